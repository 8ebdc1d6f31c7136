import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { numbers, wholes, wholesOrText } from './row-types.ts';
import { WEIGHTS } from './weights.ts';

/** What each merchant of each area sold in windows of months, and whose it is. */
export const ownerWindows = defineQuery({
  file: 'owner-windows',
  parameters: [
    'data_version',
    ...WEIGHTS.parameters,
    'track_bit',
    'first_month',
    'shares',
    'belt_ids',
    'area_nos',
    'with_nation',
  ],
  row: z.object({
    area_no: z.number().int(),
    owner_seeds: wholesOrText,
    merchant_keys: wholes,
    /** Merchant by merchant, each with all windows. */
    sums: numbers,
  }),
  example: {
    data_version: 1,
    ...WEIGHTS.example,
    track_bit: 0,
    first_month: '2023-12-01',
    shares: [
      [1, 1, 0.5],
      [0, 0, 1],
    ],
    belt_ids: ['yi', 'ke'],
    area_nos: [1, 2],
    with_nation: 0,
  },
});
