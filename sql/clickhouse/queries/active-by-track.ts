import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { hundredths } from './row-types.ts';

/** Distinct merchants or buyers of whole months on each asked track, in an area. */
export const activeByTrack = defineQuery({
  file: 'active-by-track',
  parameters: [
    'data_version',
    'unit',
    'track_bits',
    'area_everything',
    'area_belts',
    'months',
    'baseline_months',
  ],
  row: z.object({
    track_bit: z.number().int(),
    units: hundredths,
    baseline_units: hundredths,
  }),
  example: {
    data_version: 1,
    unit: 'buyer',
    track_bits: [0, 4],
    area_everything: 1,
    area_belts: [],
    months: ['2024-01-01', '2024-02-01'],
    baseline_months: ['2023-01-01'],
  },
});
