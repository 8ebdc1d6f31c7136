import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { texts, wholes } from './row-types.ts';

/** Who sold and bought what through each channel of distribution, and to each country of cross-border orders, by belt and exclusive combination of tracks. */
export const partHoldings = defineQuery({
  file: 'part-holdings',
  maxSeconds: 60,
  parameters: [
    'data_version',
    'month',
    'distribution_bit',
    'cross_border_bit',
    'home_country',
    'channels',
    'countries',
  ],
  row: z.object({
    belt_id: z.string(),
    combination: z.number().int(),
    channel: z.number().int(),
    country: z.number().int(),
    side: z.enum(['seller', 'buyer']),
    owners: texts,
    gmv: wholes,
  }),
  example: {
    ...{ data_version: 1, month: '2025-01-01', distribution_bit: 1, cross_border_bit: 2, home_country: 'CN' },
    ...{ channels: ['taobao'], countries: ['US'] },
  },
});
