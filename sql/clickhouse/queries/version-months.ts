import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { calendarDay, whole } from './row-types.ts';

/** The versions of a source up to one of them, with the months that each made anew. */
export const versionMonths = defineQuery({
  file: 'version-months',
  parameters: ['data_version', 'time_zone'],
  row: z.object({
    data_version: whole,
    published_on: calendarDay,
    data_through: calendarDay,
    month_list: z.array(calendarDay),
    first_list: z.array(calendarDay),
    last_list: z.array(calendarDay),
  }),
  example: { data_version: 1, time_zone: 'Asia/Shanghai' },
});
