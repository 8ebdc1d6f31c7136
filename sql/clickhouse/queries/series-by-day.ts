import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { calendarDay, hundredths } from './row-types.ts';

/** Distinct merchants and buyers from day to day, on each asked track. */
export const seriesByDay = defineQuery({
  file: 'series-by-day',
  parameters: ['data_version', 'area_everything', 'area_belts', 'tracks', 'track_bits', 'from', 'to'],
  row: z.object({
    track: z.string(),
    bucket: calendarDay,
    merchants: hundredths,
    buyers: hundredths,
    orders: hundredths,
  }),
  example: {
    data_version: 1,
    area_everything: 1,
    area_belts: [],
    tracks: ['all', 'custom'],
    track_bits: [0, 4],
    from: '2024-01-01',
    to: '2024-03-31',
  },
});
