import { z } from 'zod';
import { defineQuery } from '../query.ts';

const amount = z.number();

/** To whom, through what and how fast each legal owner of a source sold in a quarter. All lines of three months are read. */
export const peerBuyers = defineQuery({
  file: 'peer-buyers',
  maxSeconds: 60,
  parameters: [
    ...(['data_version', 'from', 'to', 'top', 'distribution_bit'] as const),
    ...(['home_country', 'dispatch_hours', 'time_zone'] as const),
  ],
  row: z.object({
    owner: z.string(),
    gmv: amount,
    buyers: amount,
    repeat_buyers: amount,
    top_gmv: amount,
    channels: amount,
    countries: amount,
    due: amount,
    on_time: amount,
    dispatched: amount,
  }),
  example: {
    data_version: 1,
    from: '2025-01-01',
    to: '2025-03-01',
    top: 3,
    distribution_bit: 1,
    home_country: 'CN',
    dispatch_hours: 48,
    time_zone: 'Asia/Shanghai',
  },
});
