import { addDays, daysThrough } from '../../core/calendar.ts';
import { likeDays } from '../../data/daily/alignment.ts';
import type { DailySeries } from '../../data/daily/daily-series.ts';
import { monthDays } from '../../data/daily/months.ts';
import {
  backtest as backtestOf,
  BACKTEST_DAYS,
  type PastMonth,
  reachAfter as reachOf,
  type Refused,
} from './backtest.ts';
import { BAND, DEFAULT_REACH, learnFrom, nowcastMonth, restsOnTooFewOrders } from './nowcast.ts';
import { atOnce } from '../../statistics/steps.ts';
import { monthToComplete } from './running-month.ts';

/** With enough orders for every estimate. */
const never: Refused = () => false;
const backtest = (months: readonly PastMonth[]) => backtestOf(months, never);
const reachAfter = (months: readonly PastMonth[]) => reachOf(months, never);

/** Numbers that look like chance and are always the same. */
const chance = (day: number, seed: number) => {
  const wave = Math.sin(day * 12.9898 + seed * 78.233) * 43_758.5453;
  return wave - Math.floor(wave);
};
const noisy = (seed: number, spread: number) => (day: string, index: number) =>
  Math.round(1000 * (1 + spread * (chance(index, seed) - 0.5)) * (Number(day.slice(8)) > 25 ? 2 : 1));

const FIRST = '2020-01-01';
const DAYS = Array.from({ length: daysThrough(FIRST, '2023-12-31') }, (_, index) => addDays(FIRST, index));
const made = (of: (day: string, index: number) => number): DailySeries => ({
  firstDay: FIRST,
  values: Float64Array.from(DAYS, of),
});

const calendar = made(() => 0);
const matched = [1, 2, 3, 4, 5].map((years) => likeDays(calendar, years, 'BR'));

/** Complete months with a year before them, as the service takes them. */
function pastOf(series: DailySeries): PastMonth[] {
  const months = monthDays(series);
  return months.flatMap((month, index) => {
    const days = month.to - month.from + 1;
    const conditions = { days, likeDays: (years: number) => matched[years - 1] ?? [] };
    const one = monthToComplete(series, months, index, { ...conditions, keepsFestival: false });
    return month.coverage === 1 && one && one.yearAgo.start >= 0 ? [one] : [];
  });
}

test('the two naive rules, computed from the days themselves', () => {
  const series = made(noisy(1, 0.8));
  const sum = (month: string, days = 31) =>
    [...series.values].reduce((total, value, index) => {
      const day = DAYS[index] ?? '';
      return total + (day.startsWith(month) && Number(day.slice(8)) <= days ? value : 0);
    }, 0);
  const months = Array.from({ length: 36 }, (_, index) => {
    const [year, month] = [2021 + Math.floor(index / 12), String((index % 12) + 1).padStart(2, '0')];
    return { now: `${year}-${month}`, before: `${year - 1}-${month}` };
  });
  const rows = atOnce(backtest(pastOf(series)));
  expect(rows.map((row) => row.day)).toEqual([...BACKTEST_DAYS]);
  for (const row of rows) {
    expect(row.months).toBe(36);
    const mean = (error: (month: { now: string; before: string }) => number) =>
      months.reduce((total, month) => total + error(month), 0) / 36;
    const off = (estimate: number, month: string) => Math.abs(estimate - sum(month)) / sum(month);
    const length = (month: string) =>
      new Date(Number(month.slice(0, 4)), Number(month.slice(5)), 0).getDate();
    expect(row.daysElapsed.value).toBeCloseTo(
      mean(({ now }) => off((sum(now, row.day) / row.day) * length(now), now)),
      12,
    );
    expect(row.lastYearsShare.value).toBeCloseTo(
      mean(({ now, before }) => off(sum(now, row.day) / (sum(before, row.day) / sum(before)), now)),
      12,
    );
  }
});

test('months that fill up with a rhythm: the nowcast is nearer than both, and its error falls by the day', () => {
  const rows = atOnce(backtest(pastOf(made(noisy(2, 0.6)))));
  rows.forEach((row) => expect(row.nowcast.value).toBeLessThan(row.daysElapsed.value ?? 0));
  rows.forEach((row) => expect(row.nowcast.value).toBeLessThan(row.lastYearsShare.value ?? 0));
  expect(rows.at(-1)?.nowcast.value).toBeLessThan(rows[0]?.nowcast.value ?? 0);
});

test('the band covers about what it says, once past errors tell', () => {
  const all = [3, 4, 5].flatMap((seed) => atOnce(backtest(pastOf(made(noisy(seed, 1))))));
  const covered = all.reduce((total, row) => total + (row.covered.value ?? 0), 0) / all.length;
  expect(covered).toBeGreaterThan(BAND - 0.08);
  expect(covered).toBeLessThan(BAND + 0.15);
});

test('the reach is the band’s quantile of past deviations, and before six months a set one', () => {
  const past = pastOf(made(noisy(9, 1)));
  expect(atOnce(reachAfter(past.slice(0, 5)))).toBe(DEFAULT_REACH);
  const deviations = past.flatMap((month) =>
    BACKTEST_DAYS.map((day) => {
      const { estimate, soFar, logError } = nowcastMonth(learnFrom(month), day);
      const truth = nowcastMonth(learnFrom(month), month.days).soFar;
      return Math.abs(Math.log((truth - soFar) / ((estimate ?? NaN) - soFar))) / (logError ?? NaN);
    }),
  );
  const reach = atOnce(reachAfter(past));
  const inside = deviations.filter((deviation) => deviation <= reach).length;
  expect(inside).toBe(Math.ceil(BAND * deviations.length));
});

test('a month is judged by what was known before it: later months change nothing', () => {
  const [series, other] = [made(noisy(10, 1)), made(noisy(10, 1))];
  other.values.fill(123_456, daysThrough(FIRST, '2022-12-31'));
  const until = (of: DailySeries) =>
    pastOf(of).filter(({ start }) => start < daysThrough(FIRST, '2022-12-31'));
  expect(until(other)).toHaveLength(24);
  expect(atOnce(backtest(until(other)))).toEqual(atOnce(backtest(until(series))));
  expect(atOnce(reachAfter(until(other)))).toBe(atOnce(reachAfter(until(series))));
});

test('without a past month, and where nothing was sold, there is no error and no NaN', () => {
  const unknown = { value: null, flag: 'not-available', reason: 'too-little-data' };
  const errors = { nowcast: unknown, daysElapsed: unknown, lastYearsShare: unknown };
  const none = { months: 0, ...errors, covered: unknown };
  for (const rows of [atOnce(backtest([])), atOnce(backtest(pastOf(made(() => 0))))]) {
    expect(rows).toEqual(BACKTEST_DAYS.map((day) => ({ day, ...none })));
  }
  const sparse = atOnce(backtest(pastOf(made((_, index) => (chance(index, 11) < 0.03 ? 100 : 0)))));
  for (const row of sparse) {
    expect(
      Object.values(row).filter((value) => typeof value === 'number' && !Number.isFinite(value)),
    ).toEqual([]);
  }
});

test('a month that would not have been estimated is not tested, nor does the band come from its errors', () => {
  const series = made(noisy(2, 0.6));
  // Ten orders a day, from 2022 on; one a day before that, which with its counterparts is too few until the 25th.
  const orders = made((day) => (day < '2022' ? 1 : 10)).values;
  const refused: Refused = (month, day) => restsOnTooFewOrders(orders, month, day, 30);
  const past = pastOf(series);
  const rows = atOnce(backtestOf(past, refused));
  const all = atOnce(backtest(past));
  expect(all.map(({ months }) => months)).toEqual([36, 36, 36, 36, 36]);
  const made2022 = past.filter(({ start }) => start >= daysThrough(FIRST, '2021-12-31'));
  rows.forEach((row, index) => {
    const day = BACKTEST_DAYS[index] ?? 0;
    expect(row.months).toBe(past.filter((month) => !refused(month, day)).length);
    expect(row.months).toBeLessThan(36);
  });
  expect(atOnce(reachOf(past, () => true))).toBe(DEFAULT_REACH);
  expect(made2022).toHaveLength(24);
});

test('a month that is estimated exactly lies inside its band, however narrow that is', () => {
  const past = pastOf(made(() => 30));
  for (const row of atOnce(backtest(past))) {
    expect(row.months).toBeGreaterThan(30);
    expect(row.nowcast.value).toBeCloseTo(0, 12);
    expect(row.covered.value).toBe(1);
  }
  expect(atOnce(reachAfter(past))).toBe(0);
});
