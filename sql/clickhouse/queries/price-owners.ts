import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { numbers } from './row-types.ts';

/** What each legal owner adds to the sums of a price index between two periods. */
export const priceOwners = defineQuery({
  file: 'price-owners',
  parameters: ['data_version', 'area_everything', 'area_belts', 'months', 'period_nos'],
  row: z.object({
    /** Owner by owner, each with all eight sums. */
    sums: numbers,
  }),
  example: {
    data_version: 1,
    area_everything: 1,
    area_belts: [],
    months: ['2023-02-01', '2024-02-01'],
    period_nos: [0, 1],
  },
});
