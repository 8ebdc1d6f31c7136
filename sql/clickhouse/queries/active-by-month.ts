import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { calendarDay, hundredths } from './row-types.ts';

/** Distinct merchants or buyers of each month on each asked track, in an area. */
export const activeByMonth = defineQuery({
  file: 'active-by-month',
  parameters: ['data_version', 'unit', 'area_everything', 'area_belts', 'track_bits', 'from', 'to'],
  row: z.object({
    track_bit: z.number().int(),
    bucket: calendarDay,
    units: hundredths,
  }),
  example: {
    data_version: 1,
    unit: 'buyer',
    area_everything: 1,
    area_belts: [],
    track_bits: [0, 4],
    from: '2024-01-01',
    to: '2024-03-31',
  },
});
