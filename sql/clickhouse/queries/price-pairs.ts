import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { PRICED_PERIODS } from './priced-periods.ts';
import { whole } from './row-types.ts';

/** Sums over the items sold in two periods, for every pair of periods. */
export const pricePairs = defineQuery({
  file: 'price-pairs',
  parameters: PRICED_PERIODS.parameters,
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
  example: PRICED_PERIODS.example,
});
