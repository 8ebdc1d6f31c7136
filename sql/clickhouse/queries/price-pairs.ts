import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { whole } from './row-types.ts';

/** Sums over the SKUs sold in two periods, for every pair of periods. */
export const pricePairs = defineQuery({
  file: 'price-pairs',
  parameters: ['data_version', 'area_everything', 'area_belts', 'months', 'period_nos'],
  row: z.object({
    from_period: z.number().int(),
    to_period: z.number().int(),
    items: whole,
    value0: z.number(),
    value1: z.number(),
    laspeyres_sum: z.number(),
    paasche_sum: z.number(),
    tornqvist0: z.number(),
    tornqvist1: z.number(),
    log_sum: z.number(),
  }),
  example: {
    data_version: 1,
    area_everything: 1,
    area_belts: [],
    months: ['2023-02-01', '2024-02-01'],
    period_nos: [0, 1],
  },
});
