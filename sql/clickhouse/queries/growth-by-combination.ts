import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { PART_MONTHS, WHOLE_MONTHS } from './compared-months.ts';
import { bothSides } from './row-types.ts';

const row = z.object({ combination: z.number().int(), ...bothSides });
const area = { data_version: 1, area_everything: 1, area_belts: [] } as const;

/** Whole months of a period and of its baseline by exclusive combination of tracks, in an area. */
export const growthByCombination = defineQuery({
  file: 'growth-by-combination',
  parts: { cells: 'whole-months', rows: 'area-rollups' },
  parameters: ['data_version', 'area_everything', 'area_belts', ...WHOLE_MONTHS.parameters],
  row,
  example: { ...area, ...WHOLE_MONTHS.example },
});

/** Part months of a period and of its baseline by exclusive combination of tracks, in an area. */
export const growthByCombinationPart = defineQuery({
  name: 'growth-by-combination-part',
  file: 'growth-by-combination',
  parts: { cells: 'part-months', rows: 'area-rollups' },
  parameters: ['data_version', 'area_everything', 'area_belts', ...PART_MONTHS.parameters],
  row,
  example: { ...area, ...PART_MONTHS.example },
});
