import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { rollupLevel, wholes } from './row-types.ts';

const row = z.object({
  level: rollupLevel,
  belt_id: z.string(),
  month_nos: wholes,
  combinations: wholes,
  orders: wholes,
  pieces: wholes,
  gmv: wholes,
  refund: wholes,
});

/** Everything that adds up, of a data version: by belt, month and exclusive combination of tracks. */
export const monthSums = defineQuery({
  file: 'month-sums',
  parts: { cells: 'cells-of-months' },
  parameters: ['data_version'],
  row,
  example: { data_version: 1 },
});

/** The same of runs of days, each standing for a month: what a month that is not wholly loaded is compared with. */
export const partMonthSums = defineQuery({
  name: 'part-month-sums',
  file: 'month-sums',
  parts: { cells: 'cells-of-part-months' },
  parameters: ['data_version', 'part_buckets', 'part_from', 'part_to'],
  row,
  example: {
    data_version: 1,
    part_buckets: ['2024-03-01'],
    part_from: ['2024-02-01'],
    part_to: ['2024-03-10'],
  },
});
