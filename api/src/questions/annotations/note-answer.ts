import { type Annotation, annotationKind } from '@beltline/contract';
import type { AnnotationEntity } from '@beltline/sql/postgres';
import type { Viewer } from '../../access/viewer.ts';
import { noteTag } from './note-tag.ts';

/** Whether somebody may change and remove a note that they see: their own, or with that permission anybody's. */
export const mayChange = (
  { user, permissions }: Viewer,
  { authorId }: Pick<AnnotationEntity, 'authorId'>,
): boolean =>
  permissions.has('write-notes') &&
  (permissions.has('change-any-note') || (user !== null && user.id === authorId));

/** A note with the names of who wrote it and changed it. */
type NamedNote = Omit<AnnotationEntity, 'author' | 'changedBy'> & {
  readonly author?: { readonly name: string } | null;
  readonly changedBy?: { readonly name: string } | null;
};

/** A note as its reader gets it. */
export function annotationOf(viewer: Viewer, note: NamedNote): Annotation {
  const isByAnother = note.changedById !== note.authorId;
  return {
    ...{ id: note.id, source: note.source, beltId: note.beltId },
    kind: annotationKind.parse(note.kind),
    ...{ day: note.day, lastDay: note.lastDay, text: note.text },
    createdAt: note.createdAt.toISOString(),
    updatedAt: note.updatedAt.toISOString(),
    visibility: note.beltId === null ? 'strategists' : 'belt',
    author: note.author?.name ?? null,
    changedBy: isByAnother ? (note.changedBy?.name ?? null) : null,
    mayChange: mayChange(viewer, note),
    etag: noteTag(note.revision),
  };
}
