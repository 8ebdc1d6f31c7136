import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { numbers } from './row-types.ts';

const amount = z.number();

/** What each legal owner of a source sold in a quarter and in the same of the year before, by belt and size. */
export const peerSums = defineQuery({
  file: 'peer-sums',
  parameters: ['data_version', 'months', 'baseline_months', 'track_bits'],
  row: z.object({
    owner: z.string(),
    belt_id: z.string(),
    size: z.string(),
    gmv: amount,
    orders: amount,
    pieces: amount,
    refund: amount,
    gmv_before: amount,
    orders_before: amount,
    pieces_before: amount,
    of_tracks: numbers,
    of_tracks_before: numbers,
    shops: z.number().int(),
  }),
  example: {
    data_version: 1,
    months: ['2024-01-01', '2024-02-01', '2024-03-01'],
    baseline_months: ['2023-01-01', '2023-02-01', '2023-03-01'],
    track_bits: [1, 2, 31],
  },
});
