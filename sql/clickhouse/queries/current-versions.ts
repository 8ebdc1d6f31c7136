import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { calendarDay, moment, whole } from './row-types.ts';

/** Which sources have published data, and as of which version; the first published first. */
export const currentVersions = defineQuery({
  file: 'current-versions',
  maxSeconds: 5,
  parameters: [],
  row: z.object({
    source: z.string(),
    newest: whole,
    newest_published_at: moment,
    newest_data_through: calendarDay,
  }),
  example: {},
});
