import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { bothSides } from './row-types.ts';

/** Part months of a period and of its baseline by exclusive combination of tracks, in an area. */
export const growthByCombinationPart = defineQuery({
  file: 'growth-by-combination-part',
  parameters: [
    'data_version',
    'area_everything',
    'area_belts',
    'part_months',
    'first_day',
    'last_day',
    'baseline_part_months',
    'baseline_first_day',
    'baseline_last_day',
  ],
  row: z.object({ combination: z.number().int(), ...bothSides }),
  example: {
    data_version: 1,
    area_everything: 1,
    area_belts: [],
    part_months: ['2024-03-01'],
    first_day: '2024-01-01',
    last_day: '2024-03-10',
    baseline_part_months: ['2023-02-01'],
    baseline_first_day: '2023-01-01',
    baseline_last_day: '2023-02-20',
  },
});
