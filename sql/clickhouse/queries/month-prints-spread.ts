import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { calendarDay, hundredths, whole } from './row-types.ts';

/** What sums of orders over the belts of an area count too often, as given versions made the months. */
export const monthPrintsSpread = defineQuery({
  file: 'month-prints-spread',
  parameters: ['area_belts', 'track_bit', 'months', 'versions'],
  row: z.object({ month: calendarDay, data_version: whole, surplus: hundredths }),
  example: {
    area_belts: ['ke', 'yi'],
    track_bit: 0,
    months: ['2024-01-01', '2024-02-01'],
    versions: [1, 1],
  },
});
