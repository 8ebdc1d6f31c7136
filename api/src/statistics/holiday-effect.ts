/**
 * The Spring Festival in monthly series: what part of an ordinary day's sales the days of standstill lose, and what the days before
 * and after them add, estimated over several series together (two to four years of one belt hold two to four holidays), and its
 * removal. A month is H = 1 + Σ βₖ·wₖ of what it would be without the holiday, wₖ = the share of its days that lies in the window k;
 * for the standstill alone that is ln H = ln(1 − δ·w), a moving-holiday regressor in the manner of Bell and Hillmer (1983) that is not
 * linear in the share: a holiday that all but stops a belt takes more logarithm from a February that it fills than twice what it takes
 * from half of one. Year-on-year differences with a fixed effect for each series and calendar year take out how business went; the
 * months' working days and sales of fixed date are divided out before, where they are known (data/daily/workload.ts). Least squares by
 * Gauss–Newton.
 *
 * On China's trade of 2001–2013 the pooled effect takes 43 % off the difference between January's and February's growth of imports and
 * 11 % off that of exports; one linear window, −4 … +20, took 41 % and 4 %. Fitted to each flow it takes 57 % and 42 % (47 % and 18 % in
 * 2007–2013 with the effect of 2000–2006). Exports and imports differ: groups that trade alike have
 * effects of their own (`holiday-groups.ts`).
 */
import type { Month } from '../core/calendar.ts';
import { type LunarWindow, monthShare, type NewYears } from '../core/lunar.ts';
import {
  type Fit,
  fitted,
  hasLog,
  type HolidayCoefficient,
  logOf,
  type MonthlySeries,
  Pool,
} from './holiday-fit.ts';
import { atOnce } from './steps.ts';
import { at, mean } from '../core/vector.ts';

export type { HolidayCoefficient, MonthlySeries };

/** The standstill, the rush from thirty days before, and the return to work to the 42nd day after; the first is the standstill. */
const around = ({ before, after }: LunarWindow): readonly LunarWindow[] => [
  { before, after },
  { before: 30, after: -before - 1 },
  { before: -after - 1, after: 42 },
];
/**
 * Where the standstill may begin and end; the data choose, by least squares. Factories and markets close from about ten days before to
 * twelve after; what passes customs stops later and longer.
 */
export const HOLIDAY_SHAPES: readonly (readonly LunarWindow[])[] = [
  { before: 10, after: 12 },
  { before: 7, after: 16 },
  { before: 4, after: 20 },
  { before: 0, after: 20 },
].map(around);

/** An estimate, or why there is none. */
export interface HolidayEffect {
  /** One for each window; empty where there is no estimate. */
  readonly coefficients: readonly HolidayCoefficient[];
  /** Beta and standard error of the first window, which is the standstill. */
  readonly beta: number | null;
  readonly standardError: number | null;
  /** Year-on-year differences that were used. */
  readonly observations: number;
  readonly reason: 'under-24-months' | 'no-variation' | null;
}

/**
 * Estimates the effect of each window over all series: Δ12 log y on Δ12 ln H, both as deviations from their mean within the series and
 * calendar year, for the shape that leaves the least. Where the windows of no shape can be told apart in the months that there are, the
 * standstill alone. No estimate where no series has 24 months, or where the holiday fell alike in all years.
 */
export function pooledHolidayEffect(
  panel: readonly MonthlySeries[],
  newYears: NewYears,
  shapes: readonly (readonly LunarWindow[])[] = HOLIDAY_SHAPES,
): HolidayEffect {
  return atOnce(pooledHolidaySteps(panel, newYears, shapes));
}

/** The same in steps, a series each, for who must let others in between. */
export function* pooledHolidaySteps(
  panel: readonly MonthlySeries[],
  newYears: NewYears,
  shapes: readonly (readonly LunarWindow[])[] = HOLIDAY_SHAPES,
): Generator<void, HolidayEffect> {
  const months = [...new Set(panel.flatMap((series) => series.months))].sort();
  const pool = new Pool(months);
  for (const series of panel) {
    yield;
    pool.add(series);
  }
  const { observations } = pool;
  const none = { coefficients: [], beta: null, standardError: null, observations };
  if (!panel.some((series) => series.values.filter(hasLog).length >= 24)) {
    return { ...none, reason: 'under-24-months' };
  }
  const alone = shapes.map((windows) => windows.slice(0, 1));
  for (const some of [shapes, alone]) {
    const fits: Fit[] = [];
    for (const windows of some) {
      yield;
      const shares = months.map((month) => windows.map((window) => monthShare(month, newYears, window)));
      const fit = fitted(pool, windows, shares);
      if (fit !== null) fits.push(fit);
    }
    const [best] = fits.sort((a, b) => a.squares - b.squares);
    if (best === undefined) continue;
    const [first] = best.coefficients;
    const { beta = null, standardError = null } = first ?? {};
    return { coefficients: best.coefficients, beta, standardError, observations, reason: null };
  }
  return { ...none, reason: 'no-variation' };
}

/**
 * ln H of months minus its mean over the table's years: what the holiday usually takes from a calendar month belongs to its season.
 */
export const centredHoliday = (
  months: readonly Month[],
  coefficients: readonly Pick<HolidayCoefficient, 'window' | 'beta'>[],
  newYears: NewYears,
): number[] =>
  holidayOfMonths(
    months,
    coefficients.map(({ window }) => window),
    newYears,
  )(coefficients.map(({ beta }) => beta));

/** The same for any betas of the windows: the shares of the months, which cost more than the rest, are counted once. */
export function holidayOfMonths(
  months: readonly Month[],
  windows: readonly LunarWindow[],
  newYears: NewYears,
): (betas: readonly number[]) => number[] {
  const sharesOf = (month: Month) => windows.map((window) => monthShare(month, newYears, window));
  const own = months.map(sharesOf);
  const usual = new Map(
    [...new Set(months.map((month) => month.slice(4)))].map((calendarMonth) => [
      calendarMonth,
      Object.keys(newYears).map((year) => sharesOf(`${year}${calendarMonth}`)),
    ]),
  );
  return (betas) => {
    const means = new Map(
      [...usual].map(([month, shares]) => [month, mean(shares.map((one) => logOf(betas, one))) ?? 0]),
    );
    return months.map((month, index) => logOf(betas, at(own, index)) - (means.get(month.slice(4)) ?? 0));
  };
}

/** A series without the holiday's deviation from its usual place, unit unchanged. Null stays null. */
export function removeHoliday(
  values: readonly (number | null)[],
  months: readonly Month[],
  { coefficients }: Pick<HolidayEffect, 'coefficients'>,
  newYears: NewYears,
): (number | null)[] {
  if (coefficients.length === 0) return [...values];
  const logs = centredHoliday(months, coefficients, newYears);
  return values.map((value, index) => (value === null ? null : value * Math.exp(-at(logs, index))));
}
