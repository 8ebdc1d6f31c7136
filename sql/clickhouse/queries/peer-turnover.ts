import { z } from 'zod';
import { defineQuery } from '../query.ts';

const amount = z.number();
const bySize = z.array(amount).length(3);

/** Buyers of each legal owner of a source who came, went and stayed on the year before. */
export const peerTurnover = defineQuery({
  file: 'peer-turnover',
  parameters: ['data_version', 'from', 'to', 'from_before', 'to_before'],
  row: z.object({
    owner: z.string(),
    buyers: amount,
    buyers_before: amount,
    came: bySize,
    went: bySize,
    stayed: bySize,
  }),
  example: {
    data_version: 1,
    from: '2025-01-01',
    to: '2025-03-01',
    from_before: '2024-01-01',
    to_before: '2024-03-01',
  },
});
