import { z } from 'zod';
import { annotation } from './annotations.ts';

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
    'engine-unavailable',
    'engine-overloaded',
    'store-unavailable',
    'not-ready',
    'forbidden-origin',
    'internal',
  ]),
  detail: z.string(),
  requestId: z.string(),
  issues: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  /** Of `precondition-failed`: the note as somebody else has left it. */
  current: annotation.optional(),
});
export type Problem = z.infer<typeof problem>;

/** `GET /health`. `ready` is false with status 503 until figures can be served. */
export const health = z.object({
  live: z.boolean(),
  ready: z.boolean(),
  checks: z.object({
    clickhouse: z.enum(['up', 'down']),
    postgres: z.enum(['up', 'down']),
    data: z.enum(['loaded', 'loading', 'empty']),
  }),
  /** Why annotations can be neither read nor written, and what to do; null where they can. Figures do not need them. */
  notes: z.string().nullable(),
  dataVersion: z.number().int().nullable(),
});
export type Health = z.infer<typeof health>;
