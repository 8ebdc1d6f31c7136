import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { PRICED_PERIODS } from './priced-periods.ts';

/** What items sold in two periods say of prices, for every pair of periods. */
export const priceLinks = defineQuery({
  file: 'price-links',
  parameters: PRICED_PERIODS.parameters,
  row: z.object({
    from_period: z.number().int(),
    to_period: z.number().int(),
    items: z.number(),
    value0: z.number(),
    value1: z.number(),
    tornqvist0: z.number(),
    tornqvist1: z.number(),
  }),
  example: PRICED_PERIODS.example,
});
