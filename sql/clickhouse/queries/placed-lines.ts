import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { hundredths, whole } from './row-types.ts';

/** Of how many lines of an area is known where they belong, and how often that changed. */
export const placedLines = defineQuery({
  file: 'placed-lines',
  parameters: ['data_version', 'area_everything', 'area_belts', 'wholesale_bit'],
  row: z.object({
    row_count: whole,
    lines_without_belt: whole,
    lines_of_own_owner: whole,
    lines_without_track: whole,
    gmv_sum: hundredths,
    gmv_without_belt: hundredths,
    moved_merchants: whole,
    altered_belts: whole,
  }),
  example: { data_version: 1, area_everything: 1, area_belts: [], wholesale_bit: 64 },
});
