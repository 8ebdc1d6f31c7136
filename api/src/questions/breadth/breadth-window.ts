import { addMonths, type Month } from '../../core/calendar.ts';

/** Months of a window: one alone is too noisy for a small merchant. */
export const BREADTH_MONTHS = 3;

/** Whole months, both counted. */
export interface MonthSpan {
  readonly from: Month;
  readonly to: Month;
}

/**
 * The months whose sum is compared with the same months a year before, at the end of a month: three. Merchants are kept by
 * month, so lunar days cannot be aligned; where the Spring Festival is kept, January and February therefore enter together
 * or not at all: in January the window ends in December, in April it begins in January.
 */
export function breadthWindow(month: Month, keepsFestival: boolean): MonthSpan {
  const plain = { from: addMonths(month, 1 - BREADTH_MONTHS), to: month };
  if (!keepsFestival) return plain;
  if (month.endsWith('-01')) return { from: addMonths(plain.from, -1), to: addMonths(month, -1) };
  return month.endsWith('-04') ? { ...plain, from: addMonths(plain.from, -1) } : plain;
}
