import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { calendarDay } from './row-types.ts';

/** What the shops of one legal owner sold in each month, by exclusive combination of tracks. */
export const ownerMonths = defineQuery({
  file: 'owner-months',
  parameters: ['data_version', 'owner', 'belts', 'from', 'to'],
  row: z.object({
    month: calendarDay,
    combination: z.number().int(),
    gmv: z.number(),
    orders: z.number(),
    pieces: z.number(),
    refund: z.number(),
  }),
  example: { data_version: 1, owner: 'm1', belts: ['yi', 'ke', ''], from: '2024-01-01', to: '2025-12-01' },
});
