import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { bothSides, rollupLevel } from './row-types.ts';

/** Part months of a period and of its baseline by belt, and of the nation, on one track. */
export const growthByBeltPart = defineQuery({
  file: 'growth-by-belt-part',
  parameters: [
    'data_version',
    'track_bit',
    'part_months',
    'first_day',
    'last_day',
    'baseline_part_months',
    'baseline_first_day',
    'baseline_last_day',
  ],
  row: z.object({ level: rollupLevel, belt_id: z.string(), ...bothSides }),
  example: {
    data_version: 1,
    track_bit: 0,
    part_months: ['2024-03-01'],
    first_day: '2024-01-01',
    last_day: '2024-03-10',
    baseline_part_months: ['2023-02-01'],
    baseline_first_day: '2023-01-01',
    baseline_last_day: '2023-02-20',
  },
});
