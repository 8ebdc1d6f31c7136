import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { whole } from './row-types.ts';

/** How many rows each rule rejected, up to a data version. */
export const rejectsThrough = defineQuery({
  file: 'rejects-through',
  maxSeconds: 5,
  parameters: ['data_version'],
  row: z.object({ rule_name: z.string(), field_name: z.string(), row_count: whole }),
  example: { data_version: 1 },
});
