import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { numbers, wholes } from './row-types.ts';
import { WEIGHTS } from './weights.ts';

/** The largest order of each belt on some days, in parts by day and merchant. */
export const largestOrders = defineQuery({
  file: 'largest-orders',
  parameters: ['data_version', ...WEIGHTS.parameters, 'track_bit', 'from', 'to'],
  row: z.object({
    belt_id: z.string(),
    order_id: z.string(),
    amount: z.number(),
    positions: wholes,
    merchant_keys: wholes,
    amounts: numbers,
    is_of_version: z.number().int(),
  }),
  example: { data_version: 1, ...WEIGHTS.example, track_bit: 0, from: '2025-01-01', to: '2025-02-28' },
});
