import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { PART_MONTHS, WHOLE_MONTHS } from './compared-months.ts';
import { bothSides, rollupLevel } from './row-types.ts';

const row = z.object({ level: rollupLevel, belt_id: z.string(), ...bothSides });

/** Whole months of a period and of its baseline by belt, and of the nation, on one track. */
export const growthByBelt = defineQuery({
  file: 'growth-by-belt',
  parts: { cells: 'whole-months', rows: 'visible-rollups' },
  parameters: ['data_version', 'track_bit', ...WHOLE_MONTHS.parameters],
  row,
  example: { data_version: 1, track_bit: 0, ...WHOLE_MONTHS.example },
});

/** Part months of a period and of its baseline by belt, and of the nation, on one track. */
export const growthByBeltPart = defineQuery({
  name: 'growth-by-belt-part',
  file: 'growth-by-belt',
  parts: { cells: 'part-months', rows: 'visible-rollups' },
  parameters: ['data_version', 'track_bit', ...PART_MONTHS.parameters],
  row,
  example: { data_version: 1, track_bit: 0, ...PART_MONTHS.example },
});
