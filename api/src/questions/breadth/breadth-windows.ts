import { wholly } from '../../data/owners/owner-months.ts';
import type { Reason, Span } from '@beltline/contract';
import { addMonths, firstDayOf, lastDayOf, type Month, monthsThrough } from '../../core/calendar.ts';
import { isInGap } from '../../core/period.ts';
import { hasFestival } from '../../core/spring-festival.ts';
import type { MonthShares } from '../../data/owners/owner-windows.service.ts';
import { sourcePeriods } from '../../data/versions/source-periods.ts';
import type { Vintage } from '../../data/versions/vintage.ts';
import type { Breadth } from '../../statistics/breadth.ts';

/** Months of a window: one alone is too noisy for a small merchant. */
export const BREADTH_MONTHS = 3;

/** Whole months, both counted. */
export interface MonthSpan {
  readonly from: Month;
  readonly to: Month;
}

/** Breadth, and the days that it is of. */
export interface PeriodBreadth extends Breadth {
  readonly period?: Span | undefined;
  /** Why there is none, where there is none. */
  readonly reason?: Reason;
}

export const NOBODY: PeriodBreadth = { rising: 0, unchanged: 0, falling: 0, value: null };

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

/** The window at the end of a month of a source, and the same months a year before. */
export function breadthWindows(
  { homeCountry }: Vintage,
  month: Month,
): { now: MonthSpan; before: MonthSpan } {
  const now = breadthWindow(month, hasFestival(homeCountry));
  return { now, before: yearBefore(now) };
}

const yearBefore = ({ from, to }: MonthSpan): MonthSpan => ({
  from: addMonths(from, -12),
  to: addMonths(to, -12),
});

export const wholeMonths = ({ from, to }: MonthSpan): MonthShares => wholly(monthsThrough(from, to));

export const daysOfSpan = ({ from, to }: MonthSpan): Span => ({
  firstDay: firstDayOf(from),
  lastDay: lastDayOf(to),
});

/** Months of a breadth: those whose windows, now and a year before, lie between the first and the last complete month. */
export function breadthMonths(vintage: Vintage): Month[] {
  const complete = sourcePeriods(vintage.loaded).completeMonths;
  if (complete === null) return [];
  return monthsThrough(complete.from, complete.to).filter(
    (month) => breadthWindows(vintage, month).before.from >= complete.from,
  );
}

/** Why the breadth at the end of a month cannot be told; null where it can. A month that was never loaded is said first. */
export function whyNoBreadth(vintage: Vintage, month: Month): Reason | null {
  const { now, before } = breadthWindows(vintage, month);
  const both = [now, before].flatMap(({ from, to }) => monthsThrough(from, to));
  if ([month, ...both].some((one) => isInGap(vintage.loaded, one))) return 'not-loaded';
  return breadthMonths(vintage).includes(month) ? null : 'no-baseline';
}
