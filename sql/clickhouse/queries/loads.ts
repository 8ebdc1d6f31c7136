import { z } from 'zod';
import { defineQuery } from '../query.ts';
import { calendarDay, hundredths, moment, whole } from './row-types.ts';

/** Loads of a source, each as of its newest event. */
export const loads = defineQuery({
  file: 'loads',
  parameters: ['batch_id', 'before', 'limit'],
  row: z.object({
    batch_id: whole,
    source: z.string(),
    state: z.string(),
    started_at: moment,
    finished_at: moment.nullable(),
    message: z.string(),
    month_list: z.array(calendarDay),
    read_lines: hundredths,
    loaded_lines: hundredths,
    superseded_lines: hundredths,
    rejected_lines: hundredths,
    read_quantity: hundredths,
    loaded_quantity: hundredths,
    superseded_quantity: hundredths,
    rejected_quantity: hundredths,
    read_amount: hundredths,
    loaded_amount: hundredths,
    superseded_amount: hundredths,
    rejected_amount: hundredths,
    ignored_lines: hundredths,
    ignored_quantity: hundredths,
    ignored_amount: hundredths,
    ignored_reasons: z.array(z.string()),
    ignored_counts: z.array(whole),
    warnings: z.record(z.string(), whole),
    published: z.number().int(),
    act: z.string(),
    actor: z.string(),
    reason: z.string(),
    undone: z.number().int(),
  }),
  example: { batch_id: 0, before: 0, limit: 10 },
});
