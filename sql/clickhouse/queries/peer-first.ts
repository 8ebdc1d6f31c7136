import { z } from 'zod';
import { defineQuery } from '../query.ts';

/** What each legal owner of a source sold in the base year. */
export const peerFirst = defineQuery({
  file: 'peer-first',
  parameters: ['data_version', 'first_months', 'track_bits'],
  row: z.object({
    owner: z.string(),
    ...{ gmv: z.number(), orders: z.number(), pieces: z.number(), of_tracks: z.array(z.number()) },
  }),
  example: { data_version: 1, first_months: ['2023-01-01'], track_bits: [1, 31] },
});
