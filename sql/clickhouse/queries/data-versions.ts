import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { calendarDay, moment, whole } from './row-types.ts';

/** The data versions that a source has published, newest first. */
export const dataVersions = defineQuery({
  file: 'data-versions',
  maxSeconds: 5,
  parameters: ['limit'],
  row: z.object({
    data_version: whole,
    source: z.string(),
    published_at: moment,
    month_list: z.array(calendarDay),
  }),
  example: { limit: 10 },
});
