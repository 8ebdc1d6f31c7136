import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { whole } from './row-types.ts';

/** What the loads of a source come to, up to a data version. */
export const loadQuality = defineQuery({
  file: 'load-quality',
  maxSeconds: 5,
  parameters: ['data_version'],
  row: z.object({
    row_count: whole,
    read_line_count: whole,
    loaded_line_count: whole,
    superseded_line_count: whole,
    rejected_line_count: whole,
    ignored_line_count: whole,
    warning_counts: z.record(z.string(), whole),
    longest_gap: whole,
    mapping_count: whole,
  }),
  example: { data_version: 1 },
});
