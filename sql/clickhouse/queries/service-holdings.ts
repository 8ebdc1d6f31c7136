import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { texts, wholes } from './row-types.ts';

/** How each legal owner served, and each buyer was served, in a month by belt: a part and the rest of each share. */
export const serviceHoldings = defineQuery({
  file: 'service-holdings',
  maxSeconds: 60,
  parameters: ['data_version', 'month', 'dispatch_hours', 'time_zone'],
  row: z.object({
    belt_id: z.string(),
    side: z.enum(['seller', 'buyer']),
    owners: texts,
    refunded: wholes,
    kept: wholes,
    on_time: wholes,
    late: wholes,
    repeat_buyers: wholes,
    once_buyers: wholes,
  }),
  example: { data_version: 1, month: '2025-01-01', dispatch_hours: 48, time_zone: 'Asia/Shanghai' },
});
