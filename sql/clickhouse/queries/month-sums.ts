import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { rollupLevel, wholes } from './row-types.ts';

/** Everything that adds up, of a data version: by belt, month and exclusive combination of tracks. */
export const monthSums = defineQuery({
  file: 'month-sums',
  parameters: ['data_version'],
  row: z.object({
    level: rollupLevel,
    belt_id: z.string(),
    month_nos: wholes,
    combinations: wholes,
    orders: wholes,
    pieces: wholes,
    gmv: wholes,
    refund: wholes,
  }),
  example: { data_version: 1 },
});
