import { annotationKey } from '@beltline/contract';
import { invalidRequest } from '../../platform/problem/problem-error.ts';

/** The key that a request is sent under; null where it has none. @throws ProblemError where it is no UUID. */
export function idempotencyKey(header: string | undefined): string | null {
  if (header === undefined) return null;
  const { success, data } = annotationKey.safeParse(header.trim());
  if (!success)
    throw invalidRequest({ field: 'Idempotency-Key', message: 'must be a UUID, a new one for each note' });
  return data;
}
