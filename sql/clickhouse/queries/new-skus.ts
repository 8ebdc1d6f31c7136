import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { numbers, whole } from './row-types.ts';

/** What an area sold of SKUs that are new, and of all, together and owner by owner. */
export const newSkus = defineQuery({
  file: 'new-skus',
  parameters: ['data_version', 'area_everything', 'area_belts', 'months', 'earlier_months'],
  row: z.object({
    value: whole,
    new_value: whole,
    sku_count: whole,
    new_count: whole,
    unknown_value: whole,
    /** Owner by owner, each with the value of new SKUs and of all. */
    owner_sums: numbers,
  }),
  example: {
    data_version: 1,
    area_everything: 1,
    area_belts: [],
    months: ['2024-01-01', '2024-02-01'],
    earlier_months: ['2023-01-01', '2023-02-01'],
  },
});
