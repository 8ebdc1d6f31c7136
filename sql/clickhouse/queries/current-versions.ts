import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { calendarDay, moment, whole } from './row-types.ts';

/** Which sources have published data, and as of which version; the first published first. */
export const currentVersions = defineQuery({
  file: 'current-versions',
  maxSeconds: 5,
  parameters: ['seen'],
  row: z.object({
    source: z.string(),
    newest: whole,
    newest_published_at: moment,
    newest_data_through: calendarDay,
    seen_published_at: moment.nullable(),
  }),
  example: { seen: [1] },
});
