/** How queries take a period and its baseline, by the parts `whole-months` and `part-months`. */

export const WHOLE_MONTHS = {
  parameters: ['months', 'baseline_months'],
  example: { months: ['2024-01-01', '2024-02-01'], baseline_months: ['2023-01-01', '2023-02-01'] },
} as const;

export const PART_MONTHS = {
  parameters: [
    'part_months',
    'first_day',
    'last_day',
    'baseline_part_months',
    'baseline_first_day',
    'baseline_last_day',
  ],
  example: {
    part_months: ['2024-03-01'],
    first_day: '2024-01-01',
    last_day: '2024-03-10',
    baseline_part_months: ['2023-02-01'],
    baseline_first_day: '2023-01-01',
    baseline_last_day: '2023-02-20',
  },
} as const;
