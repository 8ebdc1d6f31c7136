import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { calendarDay, hundredths } from './row-types.ts';

/** What adds up, from month to month, on each asked track. */
export const seriesByMonth = defineQuery({
  file: 'series-by-month',
  parameters: ['data_version', 'area_everything', 'area_belts', 'tracks', 'track_bits', 'from', 'to'],
  row: z.object({
    track: z.string(),
    bucket: calendarDay,
    orders: hundredths,
    pieces: hundredths,
    gmv: hundredths,
    refund: hundredths,
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
