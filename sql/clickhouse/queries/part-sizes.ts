import { z } from 'zod';
import { defineQuery } from '../query.ts';

/** What each channel of distribution and each country of cross-border orders came to in a month, nationwide. */
export const partSizes = defineQuery({
  file: 'part-sizes',
  maxSeconds: 60,
  parameters: ['month', 'distribution_bit', 'cross_border_bit', 'home_country'],
  row: z.object({
    partition: z.enum(['channels', 'countries']),
    part: z.string(),
    gmv: z.number(),
  }),
  example: { month: '2025-01-01', distribution_bit: 1, cross_border_bit: 2, home_country: 'CN' },
});
