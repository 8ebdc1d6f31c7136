import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { numbers, wholes, wholesOrText } from './row-types.ts';

/** What each merchant of an area sold in two windows, by exclusive combination of tracks, and whose it is. */
export const merchantCombinations = defineQuery({
  file: 'merchant-combinations',
  parameters: ['data_version', 'area_everything', 'area_belts', 'weights', 'first_month', 'shares'],
  row: z.object({
    owner_nos: wholes,
    cell_counts: wholesOrText,
    combinations: wholes,
    sides: wholes,
    /** Cell by cell, each with all measures, and of each both windows. */
    sums: numbers,
  }),
  example: {
    data_version: 1,
    area_everything: 1,
    area_belts: [],
    weights: [
      [1, 0, 0, 0],
      [0, 0, 1, -1],
    ],
    first_month: '2023-02-01',
    shares: [
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
      [1, 0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ],
  },
});
