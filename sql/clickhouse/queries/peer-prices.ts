import { z } from 'zod';
import { defineQuery } from '../query.ts';

const numbers = z.array(z.number());

/** Prices of each legal owner of a source by goods, tracks and size of the order line, in a quarter. */
export const peerPrices = defineQuery({
  file: 'peer-prices',
  parameters: ['data_version', 'months', 'belt_ids', 'goods_numbers'],
  row: z.object({
    owner: z.string(),
    goods_list: numbers,
    combinations: numbers,
    classes: numbers,
    item_counts: numbers,
    value_list: numbers,
    logs_list: numbers,
    squares_list: numbers,
    square_logs_list: numbers,
    square_log_squares_list: numbers,
  }),
  example: {
    data_version: 1,
    months: ['2024-01-01', '2024-02-01', '2024-03-01'],
    belt_ids: ['yi', 'ke'],
    goods_numbers: [1, 2],
  },
});
