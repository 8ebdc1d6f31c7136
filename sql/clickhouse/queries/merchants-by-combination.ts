import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { hundredths } from './row-types.ts';

/** Distinct merchants of whole months by exclusive combination of tracks: one belt, or the nation. */
export const merchantsByCombination = defineQuery({
  file: 'merchants-by-combination',
  parameters: ['data_version', 'area_everything', 'area_belts', 'months', 'baseline_months'],
  row: z.object({
    combination: z.number().int(),
    units: hundredths,
    baseline_units: hundredths,
  }),
  example: {
    data_version: 1,
    area_everything: 1,
    area_belts: [],
    months: ['2024-01-01', '2024-02-01'],
    baseline_months: ['2023-01-01'],
  },
});
