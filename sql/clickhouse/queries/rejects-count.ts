import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { whole } from './row-types.ts';

/** How many rows a batch rejected. */
export const rejectsCount = defineQuery({
  file: 'rejects-count',
  parameters: ['batch_id', 'rule'],
  row: z.object({
    row_count: whole,
  }),
  example: { batch_id: 1, rule: '' },
});
