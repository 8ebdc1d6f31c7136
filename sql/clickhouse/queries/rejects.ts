import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { whole } from './row-types.ts';

/** Rows that a batch rejected, in the order of its files. */
export const rejects = defineQuery({
  file: 'rejects',
  parameters: ['batch_id', 'rule', 'after_file', 'after_line', 'limit'],
  row: z.object({
    file_no: z.number().int(),
    file_name: z.string().nullable(),
    line: whole,
    raw: z.string(),
    faults: z.array(z.object({ rule: z.string(), field: z.string(), value: z.string() })),
  }),
  example: { batch_id: 1, rule: '', after_file: 0, after_line: 0, limit: 10 },
});
