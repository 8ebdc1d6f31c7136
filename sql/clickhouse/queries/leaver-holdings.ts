import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { texts, wholes } from './row-types.ts';

/** What each legal owner sold in the months that later ones are compared with, by belt: who sells there no more, and who was new there. */
export const leaverHoldings = defineQuery({
  file: 'leaver-holdings',
  maxSeconds: 60,
  parameters: ['data_version', 'from', 'to', 'base_from', 'base_to', 'earlier_from', 'earlier_to'],
  row: z.object({
    belt_id: z.string(),
    month: z.string(),
    side: z.enum(['seller', 'buyer']),
    owners: texts,
    left_new: wholes,
    left_known: wholes,
    stayed_new: wholes,
    stayed_known: wholes,
    refunded: wholes,
  }),
  example: {
    ...{ data_version: 1, from: '2025-02-01', to: '2025-03-01' },
    ...{ base_from: '2025-01-01', base_to: '2025-02-01' },
    ...{ earlier_from: '2025-01-01', earlier_to: '2025-01-01' },
  },
});
