import { invalidRequest } from '../../platform/problem/problem-error.ts';

/**
 * Where a page ended, as an opaque text: whole numbers of a keyset. Pages by key do not shift when rows are added, and the
 * last page costs as little as the first.
 */
export const cursorOf = (...key: number[]): string => Buffer.from(key.join(':')).toString('base64url');

/** The key in a cursor; zeros where none was given. @throws ProblemError where it is none of ours. */
export function keyOf(cursor: string | undefined, length: number): number[] {
  if (cursor === undefined) return Array.from({ length }, () => 0);
  const key = Buffer.from(cursor, 'base64url').toString('utf8').split(':');
  if (key.length !== length || !key.every((part) => /^\d{1,15}$/.test(part))) {
    throw invalidRequest({ field: 'after', message: 'is not the `next` of an answer' });
  }
  return key.map(Number);
}
