import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { bothSides, rollupLevel } from './row-types.ts';

/** Whole months of a period and of its baseline by belt, and of the nation, on one track. */
export const growthByBelt = defineQuery({
  file: 'growth-by-belt',
  parameters: ['data_version', 'track_bit', 'months', 'baseline_months'],
  row: z.object({ level: rollupLevel, belt_id: z.string(), ...bothSides }),
  example: {
    data_version: 1,
    track_bit: 0,
    months: ['2024-01-01', '2024-02-01'],
    baseline_months: ['2023-01-01', '2023-02-01'],
  },
});
