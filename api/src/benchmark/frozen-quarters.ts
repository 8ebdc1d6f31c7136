/**
 * As of which version a quarter is told: the first that has it whole. Later versions change nothing of it, so that nobody sees two editions of a
 * peer group, of which the difference is an owner's.
 */
import { addMonths, firstDayOf, lastDayOf, type Month, monthOf, monthsThrough } from '../core/calendar.ts';
import { isInGap, loadedRange, type MonthSpan } from '../core/period.ts';

/** A calendar quarter `YYYY-Qn`. */
export type Quarter = string;

export const monthsOfQuarter = (quarter: Quarter): Month[] => {
  const first = `${quarter.slice(0, 4)}-${String(Number(quarter.slice(6)) * 3 - 2).padStart(2, '0')}`;
  return [0, 1, 2].map((later) => addMonths(first, later));
};
export const quarterOf = (month: Month): Quarter =>
  `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`;
/** A quarter some quarters later (or, below 0, earlier). */
export const addQuarters = (quarter: Quarter, quarters: number): Quarter =>
  quarterOf(addMonths(monthsOfQuarter(quarter)[0] as Month, 3 * quarters));

/** Quarters of a trend, and back to what one is compared with. */
export const TREND_QUARTERS = 8;
const BASE_QUARTERS = 4;
/** The first month of the base. */
export const firstMonthFor = (quarter: Quarter): Month =>
  monthsOfQuarter(addQuarters(quarter, -BASE_QUARTERS))[0] as Month;
/** The quarters of a trend, the oldest first. */
export const trendTo = (quarter: Quarter): Quarter[] =>
  Array.from({ length: TREND_QUARTERS }, (_, back) => addQuarters(quarter, back + 1 - TREND_QUARTERS));

/** A version of a source as it was published, with what it made anew. */
export interface VersionMade {
  readonly version: number;
  readonly publishedOn: string;
  readonly dataThrough: string;
  /** `known`: from which day to which there are lines; null where there are none left; undefined where it was not kept. */
  readonly months: readonly { readonly month: Month; readonly known?: MonthSpan | null }[];
}

export interface FrozenQuarter {
  readonly quarter: Quarter;
  readonly version: number;
  readonly publishedOn: string;
  /** Quarters that are whole as of that version, this one included. */
  readonly whole: ReadonlySet<Quarter>;
}

/** Every quarter that was ever whole, the latest first. `versions` from the oldest on. */
export function frozenQuarters(versions: readonly VersionMade[]): FrozenQuarter[] {
  const spans = new Map<Month, MonthSpan>();
  const frozen = new Map<Quarter, FrozenQuarter>();
  for (const { version, publishedOn, dataThrough, months } of versions) {
    for (const { month, known } of months) {
      if (known === null) spans.delete(month);
      else spans.set(month, known ?? { month, firstDay: firstDayOf(month), lastDay: lastDayOf(month) });
    }
    const whole = wholeQuarters([...spans.values()], dataThrough);
    for (const quarter of whole)
      if (!frozen.has(quarter)) frozen.set(quarter, { quarter, version, publishedOn, whole });
  }
  return [...frozen.values()].sort((a, b) => (a.quarter < b.quarter ? 1 : -1));
}

/** The quarters of which each day is loaded. */
function wholeQuarters(spans: readonly MonthSpan[], dataThrough: string): Set<Quarter> {
  const firstDay = spans.map((span) => span.firstDay).sort()[0];
  if (firstDay === undefined || dataThrough < firstDay) return new Set();
  const loaded = loadedRange(firstDay, dataThrough, spans);
  const isWhole = (month: Month) =>
    firstDayOf(month) >= firstDay && lastDayOf(month) <= dataThrough && !isInGap(loaded, month);
  const quarters = new Set(monthsThrough(monthOf(firstDay), monthOf(dataThrough)).map(quarterOf));
  return new Set([...quarters].filter((quarter) => monthsOfQuarter(quarter).every(isWhole)));
}
