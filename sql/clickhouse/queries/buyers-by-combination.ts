import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { hundredths } from './row-types.ts';

/** Distinct buyers of whole months by exclusive combination of tracks: one belt, or the nation. */
export const buyersByCombination = defineQuery({
  file: 'buyers-by-combination',
  parameters: ['data_version', 'belt', 'months', 'baseline_months'],
  row: z.object({
    combination: z.number().int(),
    buyers: hundredths,
    baseline_buyers: hundredths,
  }),
  example: {
    data_version: 1,
    belt: '',
    months: ['2024-01-01', '2024-02-01'],
    baseline_months: ['2023-01-01'],
  },
});
