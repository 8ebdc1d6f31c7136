import { z } from 'zod';
import { defineQuery } from '../query.ts';

const amounts = z.array(z.number());

/** Weighted sums of the months of each legal owner of a source, of which their recovery level is made. */
export const peerLevels = defineQuery({
  file: 'peer-levels',
  parameters: ['data_version', 'level_months', 'weights'],
  row: z.object({ owner: z.string(), sums: amounts, order_sums: amounts }),
  example: {
    data_version: 1,
    level_months: ['2024-01-01', '2023-01-01'],
    weights: [
      [1, 0],
      [0, 0.5],
    ],
  },
});
