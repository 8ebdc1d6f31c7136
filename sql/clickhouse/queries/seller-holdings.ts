import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { texts, wholes } from './row-types.ts';

/** What the largest sellers of a month sold and what the others, by belt, exclusive combination of tracks, size of the order and whether the seller is new. */
export const sellerHoldings = defineQuery({
  file: 'seller-holdings',
  maxSeconds: 60,
  parameters: ['data_version', 'month', 'from', 'base_from', 'base_to', 'small_pieces'],
  row: z.object({
    belt_id: z.string(),
    combination: z.number().int(),
    is_small: z.number().int(),
    is_new: z.number().int(),
    side: z.enum(['seller', 'buyer']),
    owners: texts,
    largest: wholes,
    others: wholes,
  }),
  example: {
    ...{ data_version: 1, month: '2025-01-01', from: '2025-01-01' },
    ...{ base_from: '2024-01-01', base_to: '2024-03-01', small_pieces: 100 },
  },
});
