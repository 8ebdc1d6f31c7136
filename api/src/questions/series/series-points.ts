import { isFlow, type Measure, type Period, type Reason, type SeriesPoint } from '@beltline/contract';
import type { Hundredths } from '@beltline/sql/clickhouse';
import {
  addDays,
  addMonths,
  type Day,
  daysThrough,
  firstDayOf,
  lastDayOf,
  type Month,
  monthOf,
  monthsThrough,
} from '../../core/calendar.ts';
import { plain } from '../../core/compare.ts';
import { judge } from '../../core/ratio.ts';
import {
  baselineOf,
  coveredPeriod,
  dayAYearAgo,
  isDayLoaded,
  isNotLoaded,
  type LoadedRange,
} from '../../core/period.ts';
import { known, wholeness } from '../../core/brief-figure.ts';

/** What a query found for a bucket. No row = nothing sold, as long as the bucket is loaded. */
export interface Observed {
  readonly value: Hundredths;
  readonly orders: Hundredths;
}
const NONE: Observed = { value: 0, orders: 0 };

interface Bucket {
  readonly day: Day;
  readonly coverage: number;
  /** null = not known, for `reason`. */
  readonly now: Observed | null;
  readonly unknownBecause: Extract<Reason, 'no-data' | 'not-loaded' | 'part-month'>;
  /** null = not loaded. */
  readonly yearAgo: Observed | null;
}

function point({ day, coverage, now, unknownBecause, yearAgo }: Bucket, minBase: number): SeriesPoint {
  const [value, base] = [now?.value ?? null, yearAgo?.value ?? null];
  const provisional = coverage < 1;
  const baseOrders = plain(yearAgo?.orders ?? null);
  return {
    day,
    coverage,
    value: known(plain(value), unknownBecause, wholeness(provisional)),
    yearAgo: known(plain(base), now === null ? unknownBecause : 'no-baseline'),
    growth: judge({ value, base, baseOrders, minBase, provisional, unknownBecause }),
    merged: false,
  };
}

/**
 * Points of whole months. An incomplete month is compared with its own days of a year ago (`clipped`, by its first day);
 * merchants and buyers of it are not known.
 */
export function monthPoints(
  question: { from: Month; to: Month; measure: Measure },
  rows: { whole: ReadonlyMap<Day, Observed>; clipped: ReadonlyMap<Day, Observed> },
  loaded: LoadedRange,
  minBase: number,
): SeriesPoint[] {
  return monthsThrough(question.from, question.to).map((month) => {
    const day = firstDayOf(month);
    if (month < monthOf(loaded.firstDay) || month > monthOf(loaded.dataThrough)) {
      return point({ day, coverage: 0, now: null, unknownBecause: 'no-data', yearAgo: null }, minBase);
    }
    if (isNotLoaded(loaded, month)) {
      return point({ day, coverage: 0, now: null, unknownBecause: 'not-loaded', yearAgo: null }, minBase);
    }
    const period: Period = coveredPeriod(month, month, loaded);
    const isKnown = period.complete || isFlow(question.measure);
    const hasBaseline = isKnown && baselineOf(period, 'year-ago', loaded) !== null;
    const before = period.complete
      ? rows.whole.get(firstDayOf(addMonths(month, -12)))
      : rows.clipped.get(day);
    return point(
      {
        day,
        coverage: period.coverage,
        now: isKnown ? (rows.whole.get(day) ?? NONE) : null,
        unknownBecause: 'part-month',
        yearAgo: hasBaseline ? (before ?? NONE) : null,
      },
      minBase,
    );
  });
}

/** Points of days; a loaded day is always whole. */
export function dayPoints(
  question: { from: Month; to: Month },
  rows: ReadonlyMap<Day, Observed>,
  loaded: LoadedRange,
  minBase: number,
): SeriesPoint[] {
  const first = firstDayOf(question.from);
  const isInside = (day: Day) => day >= loaded.firstDay && day <= loaded.dataThrough;
  const isLoaded = (day: Day) => isInside(day) && isDayLoaded(loaded, day);
  return Array.from({ length: daysThrough(first, lastDayOf(question.to)) }, (_, index) => {
    const day = addDays(first, index);
    const before = dayAYearAgo(day);
    return point(
      {
        day,
        coverage: isLoaded(day) ? 1 : 0,
        now: isLoaded(day) ? (rows.get(day) ?? NONE) : null,
        unknownBecause: isInside(day) ? 'not-loaded' : 'no-data',
        yearAgo: isLoaded(day) && isLoaded(before) ? (rows.get(before) ?? NONE) : null,
      },
      minBase,
    );
  });
}

/** The incomplete ones of some months, by their first day, and the days of a year ago that each is compared with. */
export function clippedMonths(
  { from, to }: { from: Month; to: Month },
  loaded: LoadedRange,
): { day: Day; from: Day; to: Day }[] {
  const [first, last] = [monthOf(loaded.firstDay), monthOf(loaded.dataThrough)];
  return monthsThrough(from > first ? from : first, to < last ? to : last).flatMap((month) => {
    const period = coveredPeriod(month, month, loaded);
    if (period.complete || isNotLoaded(loaded, month)) return [];
    const baseline = baselineOf(period, 'year-ago', loaded);
    return baseline ? [{ day: firstDayOf(month), from: baseline.firstDay, to: baseline.lastDay }] : [];
  });
}
