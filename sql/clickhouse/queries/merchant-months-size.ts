import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { whole } from './row-types.ts';

/** Number of the rows that `merchant-months` reads. */
export const merchantMonthsSize = defineQuery({
  file: 'merchant-months-size',
  parameters: ['data_version'],
  row: z.object({ row_count: whole, largest_belt: whole }),
  example: { data_version: 1 },
});
