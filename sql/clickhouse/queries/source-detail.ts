import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { calendarDay, whole } from './row-types.ts';

/** What a source declares of itself, where its data begins, and how much it is. */
export const sourceDetail = defineQuery({
  file: 'source-detail',
  maxSeconds: 5,
  parameters: ['data_version'],
  row: z.object({
    name_zh: z.string(),
    name_en: z.string(),
    currency: z.string(),
    time_zone: z.string(),
    home_country: z.string(),
    first_day: calendarDay,
    belt_count: whole,
    merchant_count: whole,
    line_count: whole,
    loaded_months: z.array(calendarDay),
    loaded_from: z.array(calendarDay),
    loaded_through: z.array(calendarDay),
  }),
  example: { data_version: 1 },
});
