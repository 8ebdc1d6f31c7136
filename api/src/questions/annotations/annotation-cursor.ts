import { day } from '@beltline/contract';
import { z } from 'zod';
import { invalidRequest } from '../../platform/problem/problem-error.ts';

/** Where a page of notes ended: the key that they are in order of. */
const key = z.tuple([day, z.iso.datetime(), z.uuid()]);
export type NoteKey = z.output<typeof key>;

/** The key as an opaque text. Pages by key do not shift when notes are added or removed. */
export const noteCursor = (after: NoteKey): string =>
  Buffer.from(JSON.stringify(after)).toString('base64url');

/** @throws ProblemError where it is none of ours. */
export function keyOfCursor(cursor: string): NoteKey {
  try {
    return key.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw invalidRequest({ field: 'after', message: 'is not the `next` of an answer' });
  }
}
