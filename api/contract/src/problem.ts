import { z } from 'zod';
import { annotation } from './annotations.ts';
import { user } from './users.ts';

/** RFC 9457 problem details: the one body of every error. `code` is stable, `issues` names each field at fault. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum([
    'invalid-request',
    'not-found',
    'precondition-failed',
    'precondition-required',
    'key-reused',
    'report-unchanged',
    'engine-unavailable',
    'engine-overloaded',
    'figures-damaged',
    'store-unavailable',
    'not-ready',
    'provider-unavailable',
    'not-signed-in',
    'code-needed',
    'forbidden',
    'too-many-attempts',
    'too-many-requests',
    'forbidden-origin',
    'internal',
  ]),
  detail: z.string(),
  requestId: z.string(),
  issues: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  /** Of `precondition-failed`: the note as somebody else has left it. Of `key-reused`: the note that was added under the key. */
  current: annotation.optional(),
  /** Of `precondition-failed`: the user as somebody else has left them. */
  currentUser: user.optional(),
});
export type Problem = z.infer<typeof problem>;

/** `GET /health`. `ready` is false with status 503 until figures can be served, and where those of a source are damaged. */
export const health = z.object({
  live: z.boolean(),
  ready: z.boolean(),
  checks: z.object({
    clickhouse: z.enum(['up', 'down']),
    postgres: z.enum(['up', 'down']),
    /** `unknown`: what the database holds cannot be said, because it does not answer, was not compared yet, or has lost what it held. */
    data: z.enum(['loaded', 'loading', 'empty', 'unknown']),
    /** Whether what is stored is what was committed: compared at start, and when the database was started anew. */
    figures: z.enum(['checking', 'sound', 'damaged', 'unchecked']),
  }),
  /** Told to who may see the source: what is no longer what was committed, with the data version it belongs to; `months` as YYYY-MM-DD of their first days. */
  damage: z.array(
    z.object({
      source: z.string(),
      dataVersion: z.number().int(),
      table: z.string(),
      months: z.array(z.string()),
      sealedRows: z.number().int().nullable(),
      foundRows: z.number().int().nullable(),
    }),
  ),
  /** Why annotations can be neither read nor written, and what to do; null where they can. Figures do not need them. */
  notes: z.string().nullable(),
  /** The newest of all sources; null where there is none, and for who is not signed in. */
  dataVersion: z.number().int().nullable(),
});
export type Health = z.infer<typeof health>;
