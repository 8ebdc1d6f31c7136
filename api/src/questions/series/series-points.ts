import {
  type BriefFigure,
  isFlow,
  type Measure,
  type Period,
  type Reason,
  type SeriesPoint,
} from '@beltline/contract';
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
import { remembered, rememberedOf } from '../../core/remembered.ts';
import { judge } from '../../core/ratio.ts';
import {
  baselineOf,
  coveredPeriod,
  dayAYearAgo,
  isDayLoaded,
  isNotLoaded,
  type LoadedRange,
} from '../../core/period.ts';
import { known, unknown, wholeness } from '../../core/brief-figure.ts';

/** What a query found for a bucket. No row = nothing sold, as long as the bucket is loaded. */
export interface Observed {
  /** Null: the source does not tell it. */
  readonly value: Hundredths | null;
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
  const whyNoValue = now !== null && value === null ? 'not-told' : unknownBecause;
  const isBaseTold = yearAgo === null || base !== null;
  const whyNoBase = isBaseTold ? 'no-baseline' : 'not-told';
  const baseOrders = plain(yearAgo?.orders ?? null);
  return {
    day,
    coverage,
    value: known(plain(value), whyNoValue, wholeness(provisional)),
    yearAgo: known(plain(base), now === null ? unknownBecause : whyNoBase),
    growth:
      value === null || isBaseTold
        ? judge({ value, base, baseOrders, minBase, provisional, unknownBecause: whyNoValue })
        : unknown(whyNoBase),
    merged: false,
  };
}

/** What is known of a month before anything is counted: the same on every track. */
export interface MonthBucket {
  /** First day of the month. */
  readonly day: Day;
  readonly coverage: number;
  /** null = known. */
  readonly unknownBecause: Bucket['unknownBecause'] | null;
  /** Where the value of a year ago is found, by first days: a whole month, or its days up to those that are loaded now. */
  readonly yearAgo: { readonly of: 'whole' | 'clipped'; readonly day: Day } | null;
}

/**
 * The months of a question. An incomplete one is compared with its own days of a year ago; merchants and buyers of it are not
 * known.
 */
export function monthBuckets(
  question: { from: Month; to: Month; measure: Measure },
  loaded: LoadedRange,
): MonthBucket[] {
  const { sums, counts } = bucketsOf(loaded);
  return monthsThrough(question.from, question.to).map(isFlow(question.measure) ? sums : counts);
}

/** Of a version: every page asks for the same months, and each track and belt again. */
const bucketsOf = rememberedOf((loaded: LoadedRange) => ({
  sums: remembered((month: Month) => monthBucket(month, true, loaded), MOST_MONTHS),
  counts: remembered((month: Month) => monthBucket(month, false, loaded), MOST_MONTHS),
}));
const MOST_MONTHS = 1_000;

function monthBucket(month: Month, isSum: boolean, loaded: LoadedRange): MonthBucket {
  const [first, last] = [monthOf(loaded.firstDay), monthOf(loaded.dataThrough)];
  const day = firstDayOf(month);
  const none = { day, coverage: 0, yearAgo: null };
  if (month < first || month > last) return { ...none, unknownBecause: 'no-data' };
  if (isNotLoaded(loaded, month)) return { ...none, unknownBecause: 'not-loaded' };
  const period: Period = coveredPeriod(month, month, loaded);
  const { complete, coverage } = period;
  if (!complete && !isSum) return { day, coverage, unknownBecause: 'part-month', yearAgo: null };
  const hasBaseline = baselineOf(period, 'year-ago', loaded) !== null;
  const before = complete
    ? ({ of: 'whole', day: firstDayOf(addMonths(month, -12)) } as const)
    : ({ of: 'clipped', day } as const);
  return { day, coverage, unknownBecause: null, yearAgo: hasBaseline ? before : null };
}

/** Points of months, from what was found of whole ones, and of a year before the incomplete ones (`clipped`, by their first days). */
export const monthPoints = (
  buckets: readonly MonthBucket[],
  rows: { whole: ReadonlyMap<Day, Observed>; clipped: ReadonlyMap<Day, Observed> },
  minBase: number,
): SeriesPoint[] =>
  buckets.map(({ day, coverage, unknownBecause, yearAgo }) =>
    point(
      {
        day,
        coverage,
        now: unknownBecause === null ? (rows.whole.get(day) ?? NONE) : null,
        unknownBecause: unknownBecause ?? 'no-data',
        yearAgo: yearAgo && (rows[yearAgo.of].get(yearAgo.day) ?? NONE),
      },
      minBase,
    ),
  );

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

/** A point whose month is over, but whose figures are known to be revised at its age: provisional. */
export function unlessFinal(
  point: SeriesPoint,
  isProvisional: { readonly level: (month: Month) => boolean; readonly growth: (month: Month) => boolean },
): SeriesPoint {
  const month = monthOf(point.day);
  const flagged = (figure: BriefFigure, is: boolean): BriefFigure =>
    is && figure.flag === 'final' ? { ...figure, flag: 'provisional' } : figure;
  return {
    ...point,
    value: flagged(point.value, isProvisional.level(month)),
    growth: flagged(point.growth, isProvisional.growth(month)),
  };
}
