import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { whole } from './row-types.ts';

/** Number of the sums that `month-sums` reads. */
export const monthSumsSize = defineQuery({
  file: 'month-sums-size',
  parameters: ['data_version'],
  row: z.object({ row_count: whole, area_count: whole, month_count: whole }),
  example: { data_version: 1 },
});
