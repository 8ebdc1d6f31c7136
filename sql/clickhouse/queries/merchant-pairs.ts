import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { numbers, whole, wholesOrText } from './row-types.ts';

/** What each merchant of an area sold in a period and in its baseline. */
export const merchantPairs = defineQuery({
  file: 'merchant-pairs',
  parameters: ['data_version', 'area_everything', 'area_belts', 'track_bit', 'months', 'baseline_months'],
  row: z.object({ baseline: numbers, period: numbers, owner_seeds: wholesOrText, same_store_orders: whole }),
  example: {
    data_version: 1,
    area_everything: 0,
    area_belts: ['yi', 'ke'],
    track_bit: 0,
    months: ['2024-02-01'],
    baseline_months: ['2023-02-01'],
  },
});
