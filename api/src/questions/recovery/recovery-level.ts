/**
 * How far an area's sales are back: a double ratio. What a window of months sells is compared with the same window of each other clean year,
 * and that year, the twelve months about its window, with the base year; the level is the median over these years. So the season is that
 * of all clean years but the base, and the base is a whole year.
 */
import type { Figure } from '@beltline/contract';
import { addMonths, type Month, monthsThrough } from '../../core/calendar.ts';
import { missing, scaleOf } from '../../core/figure.ts';
import { rememberedOf } from '../../core/remembered.ts';
import { hasTooFewOrders, whyNoRatio } from '../../core/ratio.ts';
import { comparedSums, type DailySeries, sumOver } from '../../data/daily/daily-series.ts';
import { withoutOutliers } from '../../data/daily/month-outliers.ts';
import { type MonthDays, windowTo } from '../../data/daily/months.ts';
import type { MonthShares } from '../../data/owners/owner-windows.service.ts';
import { FEWEST_SEASONS, medianLevel, recoveryRatio } from '../../statistics/recovery.ts';
import { type AreaDays, comparedMonths, spanOf, whyNoWindow } from './area-facts.ts';

const DEFINITION = 'recovery-ratio';
const YEAR = 12;

/** Recovery ratio over `count` (odd) complete months up to one of them, in points; 100 = the base year's level. */
export const recoveryLevel = (days: AreaDays, month: Month, count: number): Figure =>
  levelOf(days, days.series, month, count);

/**
 * The same where months that stand out alone, in the window or in the base year, are brought to what was expected of them: `level`, the
 * one with them, where none is sure.
 */
export function levelWithoutOutliers(days: AreaDays, month: Month, count: number, level: Figure): Figure {
  const undisturbed = undisturbedOf(days);
  return undisturbed === days.series ? level : levelOf(days, undisturbed, month, count);
}

/** The days without single months that surely stand out, once for all months of an area; the same series where there are none. */
const undisturbedOf = rememberedOf(({ series, months, outliers }: AreaDays) =>
  withoutOutliers(
    series,
    months,
    outliers.filter(({ kind, isSure }) => isSure && kind === 'outlier'),
  ),
);
/** The days that tell seasons: without all that stands out. */
const seasonalOf = rememberedOf(({ series, months, outliers }: AreaDays) =>
  withoutOutliers(series, months, outliers),
);

function levelOf(days: AreaDays, series: DailySeries, month: Month, count: number): Figure {
  const window = windowTo(days.months, month, count);
  if (window === null) return missing(DEFINITION, 'index', whyNoWindow(days, month, count));
  if (days.base === null) return missing(DEFINITION, 'index', 'no-base-year');
  const base = sumOver(series, ...ends(windowTo(days.months, `${days.base.year}-12`, YEAR)));
  const noBase = whyNoRatio(base);
  if (noBase !== null) return missing(DEFINITION, 'index', noBase);
  const seasonal = seasonalOf(days);
  const years = seasonYears(days.months, days.base.year, month, count);
  const seasons = years.flatMap((season) => againstSeason(days, { series, seasonal }, window, season) ?? []);
  const value = medianLevel(seasons.map(({ level }) => level));
  if (value === null) {
    const isThere = years.length >= FEWEST_SEASONS;
    return missing(DEFINITION, 'index', isThere ? 'not-positive' : 'too-few-clean-years');
  }
  const numerator = (sumOver(series, window.from, window.to) ?? 0) / scaleOf(days.measure);
  return {
    ...missing(DEFINITION, 'index', 'no-baseline'),
    value,
    flag: hasTooFewOrders(fewestOrders(days, window, seasons), days.minBase) ? 'base-too-small' : 'final',
    reason: null,
    period: spanOf(series, window.from, window.to),
    baseline: { firstDay: `${days.base.year}-01-01`, lastDay: `${days.base.year}-12-31` },
    numerator,
    // What the window would sell at the base year's level; not known where nothing is sold.
    denominator: value === 0 ? null : (100 * numerator) / value,
    coverage: Math.min(...seasons.map(({ coverage }) => coverage)),
  };
}

type Window = NonNullable<ReturnType<typeof windowTo>>;
const ends = (window: Window | null): [number, number] => (window ? [window.from, window.to] : [0, -1]);

/** A clean year whose season is asked. */
export interface SeasonYear {
  /** Years before the window's own; 0 is its own, below 0 a later one. */
  readonly back: number;
  /** The month in the middle of its window. */
  readonly middle: Month;
}

/**
 * Years that tell the season of a window: all whose twelve months about it are complete, but the base year. A window is of the year that it
 * ends in. Of the told window's own year the season is told like any other's.
 */
export function seasonYears(
  months: readonly MonthDays[],
  base: number,
  month: Month,
  count: number,
): SeasonYear[] {
  const years = [...new Set(months.map((one) => Number(one.month.slice(0, 4))))];
  return years.flatMap((year) => {
    const back = Number(month.slice(0, 4)) - year;
    const end = addMonths(month, -YEAR * back);
    const middle = addMonths(end, -Math.floor(count / 2));
    const isWhole = windowTo(months, addMonths(middle, YEAR / 2), YEAR + 1) !== null;
    return isWhole && year !== base ? [{ back, middle }] : [];
  });
}

interface AgainstSeason {
  /** Points. */
  readonly level: number;
  readonly coverage: number;
  /** Orders of the season's window. */
  readonly orders: number;
}

/** The level by the season of one year; null where a sum that divides is not above 0, or days of it are not loaded. */
function againstSeason(
  days: AreaDays,
  { series, seasonal }: { readonly series: DailySeries; readonly seasonal: DailySeries },
  window: Window,
  { back, middle }: SeasonYear,
): AgainstSeason | null {
  const matching = days.yearsBefore(back);
  const season = comparedSums(series, window, matching, days.factors, seasonal);
  const year = yearAbout(days, { series, seasonal }, middle);
  if (season === null || year === null) return null;
  const level = recoveryRatio(season.now, year.before, season.before, year.now);
  return level === null
    ? null
    : {
        level,
        coverage: season.days / (window.to - window.from + 1),
        orders: comparedSums(days.orders, window, matching)?.before ?? 0,
      };
}

/** Twelve months about a month, half of the first and half of the thirteenth, against their counterparts in the base year. */
function yearAbout(
  days: AreaDays,
  { series, seasonal }: { readonly series: DailySeries; readonly seasonal: DailySeries },
  middle: Month,
): { now: number; before: number } | null {
  const total = { now: 0, before: 0 };
  for (const { month, count, weight } of yearParts(middle)) {
    const part = windowTo(days.months, month, count);
    const sums = part && days.base && comparedSums(seasonal, part, days.base.matching, days.factors, series);
    if (!sums) return null;
    total.now += weight * sums.now;
    total.before += weight * sums.before;
  }
  return total;
}

const yearParts = (middle: Month) => [
  { month: addMonths(middle, -YEAR / 2), count: 1, weight: 0.5 },
  { month: addMonths(middle, YEAR / 2 - 1), count: YEAR - 1, weight: 1 },
  { month: addMonths(middle, YEAR / 2), count: 1, weight: 0.5 },
];

/** Of a window's season, and of so many days of the base year. */
function fewestOrders(days: AreaDays, window: Window, seasons: readonly AgainstSeason[]): number {
  const [from, to] = ends(windowTo(days.months, `${days.base?.year ?? 0}-12`, YEAR));
  const inBase = ((sumOver(days.orders, from, to) ?? 0) * (window.to - window.from + 1)) / (to - from + 1);
  return Math.min(inBase, ...seasons.map(({ orders }) => orders));
}

/** What a level of some months is made of, by months: good enough for an error, which is all that it is for. */
export interface LevelMonths {
  readonly base: MonthShares;
  /** One a clean year. Months about it count twice, the two at the ends once. */
  readonly seasons: readonly { readonly window: MonthShares; readonly year: MonthShares }[];
}

/** Of `count` (odd) months up to one of them. Null where there is no level. */
export function levelMonths(days: AreaDays, month: Month, count: number): LevelMonths | null {
  if (days.base === null || windowTo(days.months, month, count) === null) return null;
  const { year: base } = days.base;
  const seasons = seasonYears(days.months, base, month, count).flatMap(({ back, middle }) => {
    const window = comparedMonths(days, month, days.yearsBefore(back), count)?.before;
    const year = new Map(
      yearParts(middle).flatMap(({ month: end, count, weight }) =>
        monthsThrough(addMonths(end, 1 - count), end).map((one) => [one, 2 * weight]),
      ),
    );
    return window ? [{ window, year }] : [];
  });
  const whole = new Map(monthsThrough(`${base}-01`, `${base}-12`).map((one) => [one, 1]));
  return seasons.length < FEWEST_SEASONS ? null : { base: whole, seasons };
}
