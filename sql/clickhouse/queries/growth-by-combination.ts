import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { hundredths } from './row-types.ts';

/** A period and its baseline by exclusive combination of tracks: one belt, or the nation. */
export const growthByCombination = defineQuery({
  file: 'growth-by-combination',
  parameters: [
    'data_version',
    'area_everything',
    'area_belts',
    'months',
    'part_months',
    'first_day',
    'last_day',
    'baseline_months',
    'baseline_part_months',
    'baseline_first_day',
    'baseline_last_day',
  ],
  row: z.object({
    combination: z.number().int(),
    orders: hundredths,
    baseline_orders: hundredths,
    pieces: hundredths,
    baseline_pieces: hundredths,
    gmv: hundredths,
    baseline_gmv: hundredths,
    net_gmv: hundredths,
    baseline_net_gmv: hundredths,
  }),
  example: {
    data_version: 1,
    area_everything: 1,
    area_belts: [],
    months: ['2024-01-01', '2024-02-01'],
    part_months: ['2024-03-01'],
    first_day: '2024-01-01',
    last_day: '2024-03-10',
    baseline_months: ['2023-01-01', '2023-02-01'],
    baseline_part_months: ['2023-03-01'],
    baseline_first_day: '2023-01-01',
    baseline_last_day: '2023-03-10',
  },
});
