import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { calendarDay, hundredths, whole } from './row-types.ts';

/** The batches behind the figures of a period. */
export const lineage = defineQuery({
  file: 'lineage',
  parameters: ['data_version', 'belt', 'from', 'to'],
  row: z.object({
    batch_id: whole,
    line_count: whole,
    gmv_sum: hundredths,
    month_list: z.array(calendarDay),
  }),
  example: { data_version: 1, belt: '', from: '2024-01-01', to: '2024-03-01' },
});
