/** How queries take a period and its baseline, by the parts `whole-months` and `part-months`. */

export const WHOLE_MONTHS = {
  parameters: ['months', 'baseline_months'],
  example: { months: ['2024-01-01', '2024-02-01'], baseline_months: ['2023-01-01', '2023-02-01'] },
} as const;

export const PART_MONTHS = {
  parameters: ['part_months', 'part_days', 'baseline_part_months', 'baseline_part_days'],
  example: {
    part_months: ['2024-03-01'],
    part_days: Array.from({ length: 10 }, (_, index) => `2024-03-${String(index + 1).padStart(2, '0')}`),
    baseline_part_months: ['2023-02-01'],
    baseline_part_days: ['2023-02-18', '2023-02-19', '2023-02-20'],
  },
} as const;
