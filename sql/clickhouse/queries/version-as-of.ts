import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { calendarDay, moment, whole } from './row-types.ts';

/** The data version that was current at the end of a day. */
export const versionAsOf = defineQuery({
  file: 'version-as-of',
  maxSeconds: 5,
  parameters: ['source', 'as_of', 'time_zone'],
  row: z.object({
    newest: whole,
    newest_published_at: moment,
    newest_data_through: calendarDay,
  }),
  example: { source: 'golden', as_of: '2099-01-01', time_zone: 'Asia/Shanghai' },
});
