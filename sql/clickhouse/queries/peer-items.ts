import { z } from 'zod';
import { defineQuery } from '../query.ts';

const amount = z.number();

/** What each legal owner of a source sold by SKU in a quarter, and at which prices beside the year before. */
export const peerItems = defineQuery({
  file: 'peer-items',
  parameters: ['data_version', 'months', 'baseline_months', 'earlier_months', 'hit_lines'],
  row: z.object({
    owner: z.string(),
    value: amount,
    new_value: amount,
    skus: amount,
    hits: amount,
    all1: amount,
    all0: amount,
    value0: amount,
    value1: amount,
    tornqvist0: amount,
    tornqvist1: amount,
    items: amount,
  }),
  example: {
    data_version: 1,
    months: ['2024-01-01', '2024-02-01', '2024-03-01'],
    baseline_months: ['2023-01-01', '2023-02-01', '2023-03-01'],
    earlier_months: ['2023-01-01', '2023-02-01', '2023-12-01'],
    hit_lines: 20,
  },
});
