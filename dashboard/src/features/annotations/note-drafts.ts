import { shallowReactive } from 'vue';
import type { AnnotationBody } from '@beltline/contract';
import type { KnownNote } from '../../api/questions.ts';

/** A note as its dialog has it: days as fields of dates do, '' where there is none. */
export interface NoteForm {
  kind: AnnotationBody['kind'];
  national: boolean;
  day: string;
  lastDay: string;
  text: string;
}

/** A note that was not finished. */
export interface NoteDraft {
  readonly form: NoteForm;
  /** What is changed, in the state that it was opened in: what others have written since then is not overwritten unseen. */
  readonly known: KnownNote | undefined;
  /** Under which it may have been sent already, so that it is added once. */
  readonly key: string;
}

/**
 * Notes that were begun and whose dialog was left (by Back, Escape, a page that gave way), by where they were written. In the page's
 * memory alone: a note is for everybody, and what nobody has saved is for nobody else who sits down at the same machine.
 */
const drafts = shallowReactive(new Map<string, NoteDraft>());

/** Where a note is written: a belt of a source or its nation (undefined), and the note that is changed, if it is none that is added. */
export const draftPlace = (source: string, beltId: string | undefined, noteId: string | undefined): string =>
  JSON.stringify([source, beltId ?? null, noteId ?? null]);

export const draftAt = (place: string): NoteDraft | undefined => drafts.get(place);
export const keepDraft = (place: string, draft: NoteDraft): void => void drafts.set(place, draft);
export const hasDrafts = (): boolean => drafts.size > 0;
export const forgetDraft = (place: string): void => void drafts.delete(place);

/** Whether something is in the form that would be missed: a text of one's own, or any change of a note. */
export function isWorthKeeping(form: NoteForm, start: NoteForm, isNew: boolean): boolean {
  if (isNew) return form.text.trim() !== '' && form.text !== start.text;
  return JSON.stringify(form) !== JSON.stringify(start);
}
