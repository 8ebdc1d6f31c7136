import { z } from 'zod';
import { defineQuery } from '../query.ts';

const amount = z.number();

/** What each legal owner of a source sold in the same shops, and on the same lunar days, in a quarter and a year before. */
export const peerGrowth = defineQuery({
  file: 'peer-growth',
  parameters: [
    ...(['data_version', 'months', 'baseline_months'] as const),
    ...(['aligned_months', 'now_shares', 'before_shares'] as const),
  ],
  row: z.object({
    owner: z.string(),
    same_now: amount,
    same_before: amount,
    aligned_now: amount,
    aligned_before: amount,
  }),
  example: {
    data_version: 1,
    months: ['2024-01-01', '2024-02-01', '2024-03-01'],
    baseline_months: ['2023-01-01', '2023-02-01', '2023-03-01'],
    aligned_months: ['2024-01-01', '2023-01-01'],
    now_shares: [1, 0],
    before_shares: [0, 0.5],
  },
});
