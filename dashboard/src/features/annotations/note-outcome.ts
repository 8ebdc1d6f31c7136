import type { Annotation } from '@beltline/contract';
import { ProblemError } from '../../api/problem-error.ts';

/** Why a note could not be written: somebody else was there first (`current` null: it is gone), or a fault to retry after. */
export type WriteFailure =
  | { readonly kind: 'other-state'; readonly current: Annotation | null }
  | { readonly kind: 'fault'; readonly error: ProblemError };

/** A note that is not there can only be gone, because the page has shown it; of a new one it is the belt that is not there. */
export function writeFailureOf(cause: unknown, isNew: boolean): WriteFailure {
  const error = cause instanceof ProblemError ? cause : new ProblemError({ code: 'unreadable' });
  if (error.code === 'precondition-failed' && error.current !== null)
    return { kind: 'other-state', current: error.current };
  if (error.code === 'not-found' && !isNew) return { kind: 'other-state', current: null };
  return { kind: 'fault', error };
}
