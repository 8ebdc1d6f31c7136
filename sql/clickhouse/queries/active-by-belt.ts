import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { hundredths, rollupLevel } from './row-types.ts';

/** Distinct merchants or buyers of whole months by belt, and of the nation, on one track. */
export const activeByBelt = defineQuery({
  file: 'active-by-belt',
  parameters: ['data_version', 'unit', 'track_bit', 'months', 'baseline_months'],
  row: z.object({
    level: rollupLevel,
    belt_id: z.string(),
    units: hundredths,
    baseline_units: hundredths,
  }),
  example: {
    data_version: 1,
    unit: 'merchant',
    track_bit: 1,
    months: ['2024-01-01', '2024-02-01'],
    baseline_months: ['2023-01-01'],
  },
});
