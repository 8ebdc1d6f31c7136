import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { whole } from './row-types.ts';

/** Files that a batch read or left out. */
export const loadFiles = defineQuery({
  file: 'load-files',
  parameters: ['batch_id'],
  row: z.object({
    file_no: z.number().int(),
    table_name: z.string(),
    role: z.enum(['facts', 'lookup']),
    name: z.string(),
    bytes: whole,
    sha256: z.string(),
    rows: whole,
    skipped: z.boolean(),
  }),
  example: { batch_id: 1 },
});
