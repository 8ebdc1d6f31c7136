import { lastComplete, type MonthDays } from '../../data/daily/months.ts';
import type { Month } from '../../core/calendar.ts';
import { invalidRequest } from '../../platform/problem/problem-error.ts';

/** Whether states, levels and their growth are told at the end of a month. */
export const hasStates = (months: readonly MonthDays[], month: Month): boolean =>
  months.some((one) => one.month === month && one.coverage === 1);

/**
 * The month at whose end states, levels and their growth are told: the one that is asked for, else the last complete one;
 * null where none is complete.
 * @throws ProblemError where the month that is asked for is not complete
 */
export function monthAsked(months: readonly MonthDays[], asked: Month | undefined): Month | null {
  if (asked === undefined) return lastComplete(months)?.month ?? null;
  if (hasStates(months, asked)) return asked;
  const complete = months.filter(({ coverage }) => coverage === 1);
  const [first, last] = [complete[0]?.month, complete.at(-1)?.month];
  const gaps = months.flatMap(({ month, coverage }) =>
    coverage === 0 && first !== undefined && month > first ? [month] : [],
  );
  const without = gaps.length === 0 ? '' : `, without ${gaps.join(', ')}, which were never loaded`;
  const message = `not completely loaded; complete are ${first ?? '–'} to ${last ?? '–'}${without}`;
  throw invalidRequest({ field: 'month', message });
}
