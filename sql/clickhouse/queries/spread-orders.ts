import { z } from 'zod';
import { defineQuery } from '../query.ts';

/** Orders in several belts on a day, on one track. */
export const spreadOrders = defineQuery({
  file: 'spread-orders',
  parameters: ['data_version', 'track_bit', 'from'],
  row: z.object({ position: z.number().int(), belt_ids: z.array(z.string()) }),
  example: { data_version: 1, track_bit: 0, from: '2023-01-01' },
});
