import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { calendarDay, hundredths, whole } from './row-types.ts';

/** What an area sold in months, as given versions made them. */
export const monthPrints = defineQuery({
  file: 'month-prints',
  parameters: ['area_everything', 'area_belts', 'track_bit', 'months', 'versions'],
  row: z.object({
    month: calendarDay,
    data_version: whole,
    orders: hundredths,
    pieces: hundredths,
    gmv: hundredths,
    refund: hundredths,
  }),
  example: {
    area_everything: 0,
    area_belts: ['ke'],
    track_bit: 0,
    months: ['2024-01-01', '2024-02-01'],
    versions: [1, 1],
  },
});
