import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { texts, wholes } from './row-types.ts';

/** Who sold and bought what in a month, by belt and exclusive combination of tracks. */
export const holdings = defineQuery({
  file: 'holdings',
  maxSeconds: 60,
  parameters: ['data_version', 'month'],
  row: z.object({
    belt_id: z.string(),
    combination: z.number().int(),
    side: z.enum(['seller', 'buyer']),
    owners: texts,
    gmv: wholes,
    pieces: wholes,
    orders: wholes,
    refund: wholes,
  }),
  example: { data_version: 1, month: '2025-01-01' },
});
