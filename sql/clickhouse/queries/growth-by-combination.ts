import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { bothSides } from './row-types.ts';

/** Whole months of a period and of its baseline by exclusive combination of tracks, in an area. */
export const growthByCombination = defineQuery({
  file: 'growth-by-combination',
  parameters: ['data_version', 'area_everything', 'area_belts', 'months', 'baseline_months'],
  row: z.object({ combination: z.number().int(), ...bothSides }),
  example: {
    data_version: 1,
    area_everything: 1,
    area_belts: [],
    months: ['2024-01-01', '2024-02-01'],
    baseline_months: ['2023-01-01', '2023-02-01'],
  },
});
