import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { whole, wholes } from './row-types.ts';

/** Who was active in areas of a level, or in the nation, in each month, on one track: as numbers that say nothing but who is who. */
export const activeSetsOfAreas = defineQuery({
  file: 'active-sets-of-areas',
  parameters: ['data_version', 'unit', 'track_bit', 'belt_ids', 'area_nos', 'with_nation'],
  row: z.object({
    area_no: whole,
    month_no: whole,
    units: wholes.transform((units) => Uint32Array.from(units)),
  }),
  example: { data_version: 1, unit: 'merchant', track_bit: 1, belt_ids: [], area_nos: [], with_nation: 1 },
});
