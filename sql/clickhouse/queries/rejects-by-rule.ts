import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { whole } from './row-types.ts';

/** How many rows of these batches each rule rejected. */
export const rejectsByRule = defineQuery({
  file: 'rejects-by-rule',
  parameters: ['batch_ids'],
  row: z.object({
    batch_id: whole,
    rule_name: z.string(),
    field_name: z.string(),
    row_count: whole,
  }),
  example: { batch_ids: [1] },
});
