import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { texts, wholes } from './row-types.ts';

/** Who sold and bought what in small orders and in large ones of a month, by belt and exclusive combination of tracks. */
export const sizeHoldings = defineQuery({
  file: 'size-holdings',
  maxSeconds: 60,
  parameters: ['data_version', 'month', 'small_pieces'],
  row: z.object({
    belt_id: z.string(),
    combination: z.number().int(),
    side: z.enum(['seller', 'buyer']),
    owners: texts,
    small: wholes,
    large: wholes,
  }),
  example: { data_version: 1, month: '2025-01-01', small_pieces: 100 },
});
