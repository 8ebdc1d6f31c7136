import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { numbers } from './row-types.ts';

/** What each merchant of each area sold in windows of months, and in the same months a year before. */
export const merchantWindows = defineQuery({
  file: 'merchant-windows',
  parameters: [
    'data_version',
    'measure',
    'track_bit',
    'first_months',
    'last_months',
    'belt_ids',
    'area_nos',
    'with_nation',
  ],
  row: z.object({
    area_no: z.number().int(),
    /** Of the window, from 0. */
    position: z.number().int(),
    before: numbers,
    after: numbers,
  }),
  example: {
    data_version: 1,
    measure: 'gmv',
    track_bit: 0,
    first_months: ['2023-12-01'],
    last_months: ['2024-02-01'],
    belt_ids: ['yi', 'ke'],
    area_nos: [1, 2],
    with_nation: 0,
  },
});
