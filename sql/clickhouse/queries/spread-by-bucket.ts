import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { calendarDay, hundredths } from './row-types.ts';

/** What sums over the belts of an area count too often. */
export const spreadByBucket = defineQuery({
  file: 'spread-by-bucket',
  parameters: ['data_version', 'unit', 'area_belts', 'by_day', 'months'],
  row: z.object({
    bucket: calendarDay,
    combination: z.number().int(),
    units: hundredths,
  }),
  example: {
    data_version: 1,
    unit: 'order',
    area_belts: ['ke', 'yi'],
    by_day: 0,
    months: ['2024-01-01', '2024-02-01'],
  },
});
