import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { rollupLevel, whole, wholes } from './row-types.ts';

/** Who was active in each belt, and in the nation, in each month, on one track: as numbers that say nothing but who is who. */
export const activeSets = defineQuery({
  file: 'active-sets',
  parameters: ['data_version', 'unit', 'track_bit'],
  row: z.object({
    level: rollupLevel,
    belt_id: z.string(),
    month_no: whole,
    units: wholes.transform((units) => Uint32Array.from(units)),
  }),
  example: { data_version: 1, unit: 'merchant', track_bit: 1 },
});
