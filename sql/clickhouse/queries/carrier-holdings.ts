import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { texts, wholes } from './row-types.ts';

/** What each legal owner sold in a month and the year before, by belt: who is new there, and who sold more. */
export const carrierHoldings = defineQuery({
  file: 'carrier-holdings',
  maxSeconds: 60,
  parameters: ['data_version', 'month', 'from', 'base_from', 'base_to'],
  row: z.object({
    belt_id: z.string(),
    side: z.enum(['seller', 'buyer']),
    owners: texts,
    newcomer: wholes,
    known: wholes,
    now: wholes,
    before: wholes,
  }),
  example: {
    ...{ data_version: 1, month: '2025-02-01', from: '2025-01-01' },
    ...{ base_from: '2024-01-01', base_to: '2024-03-01' },
  },
});
