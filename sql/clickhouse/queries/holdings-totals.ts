import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { whole } from './row-types.ts';

/** What the holdings of a month must come to. */
export const holdingsTotals = defineQuery({
  file: 'holdings-totals',
  parameters: ['data_version', 'month'],
  row: z.object({
    belt_id: z.string(),
    combination: z.number().int(),
    gmv: whole,
    pieces: whole,
    orders: whole,
    refund: whole,
    is_of_version: whole,
  }),
  example: { data_version: 1, month: '2024-01-01' },
});
