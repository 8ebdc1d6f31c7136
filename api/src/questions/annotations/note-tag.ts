import { ProblemError } from '../../platform/problem/problem-error.ts';

/** Strong validator of a note: its revision. */
export const noteTag = (revision: number): string => `"r${revision}"`;

/** Which states of a note a request may change: those of these revisions, or any. */
export type Expected = 'any' | readonly number[];

const TAG = /^"r([1-9]\d{0,8})"$/;

/**
 * What `If-Match` names (RFC 9110, 13.1.1): `*`, or tags, of which those that are weak or none of ours match nothing.
 * @throws ProblemError 428 where there is none, because the last writer would win unseen.
 */
export function expectedRevisions(ifMatch: string | undefined): Expected {
  if (ifMatch === undefined || ifMatch.trim() === '') {
    throw new ProblemError(
      'precondition-required',
      'Send If-Match with the `etag` of the note as it was read, so that nothing that somebody else wrote is lost.',
    );
  }
  if (ifMatch.trim() === '*') return 'any';
  return ifMatch
    .split(',')
    .flatMap((tag) => TAG.exec(tag.trim())?.[1] ?? [])
    .map(Number);
}
