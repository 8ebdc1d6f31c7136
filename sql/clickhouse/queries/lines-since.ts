import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { whole } from './row-types.ts';

/** Whether the lines in force of some months are still those of a version. */
export const linesSince = defineQuery({
  file: 'lines-since',
  parameters: ['data_version', 'from', 'to'],
  row: z.object({ row_count: whole }),
  example: { data_version: 1, from: '2024-01-01', to: '2024-03-01' },
});
