import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { numbers, rollupLevel, wholes } from './row-types.ts';
import { WEIGHTS } from './weights.ts';

/** One measure from day to day on one track: every belt, and the nation. */
export const dailyByBelt = defineQuery({
  file: 'daily-by-belt',
  parameters: ['data_version', ...WEIGHTS.parameters, 'track_bit', 'from'],
  row: z.object({
    level: rollupLevel,
    belt_id: z.string(),
    offsets: wholes,
    values: numbers,
  }),
  example: { data_version: 1, ...WEIGHTS.example, track_bit: 0, from: '2023-01-01' },
});
