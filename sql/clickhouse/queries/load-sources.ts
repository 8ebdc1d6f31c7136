import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { whole } from './row-types.ts';

/** Which sources have ever been loaded; which one a batch belongs to. */
export const loadSources = defineQuery({
  file: 'load-sources',
  maxSeconds: 5,
  parameters: ['batch_id'],
  row: z.object({
    source: z.string(),
    newest_batch: whole,
  }),
  example: { batch_id: 0 },
});
