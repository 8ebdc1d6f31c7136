import fc from 'fast-check';
import { addDays, daysThrough, firstDayOf, lastDayOf } from '../../core/calendar.ts';
import { likeDays } from '../../data/daily/alignment.ts';
import type { DailySeries } from '../../data/daily/daily-series.ts';
import { monthDays } from '../../data/daily/months.ts';
import { learnFrom, nowcastMonth, type RunningMonth } from './nowcast.ts';
import { monthToComplete } from './running-month.ts';

const FIRST = '2021-01-01';
const LAST = '2024-12-31';
const WEEK = [1.2, 1.1, 1, 1, 0.9, 0.5, 0.3];
const weekday = (day: string) => WEEK[(daysThrough('2021-01-04', day) + 7 * 1000 - 1) % 7] ?? NaN; // 4 Jan 2021: Monday

const DAYS = Array.from({ length: daysThrough(FIRST, LAST) }, (_, index) => addDays(FIRST, index));
const made = (of: (day: string, index: number) => number, lastDay = LAST): DailySeries => {
  const length = daysThrough(FIRST, lastDay);
  return { firstDay: FIRST, values: Float64Array.from(DAYS.slice(0, length), of) };
};

/** Matching depends on the months alone: worked out once. */
const matching = new Map<string, Int32Array>();
function matched(series: DailySeries, years: number): Int32Array {
  const key = `${DAYS[series.values.length - 1]?.slice(0, 7)} ${years}`;
  const found = matching.get(key) ?? likeDays(series, years, 'CN');
  matching.set(key, found);
  return found;
}

/** The month of a series as it is known, with all that is in the series. */
function monthOf(series: DailySeries, month: string): RunningMonth {
  const months = monthDays(series);
  const found = monthToComplete(
    series,
    months,
    months.findIndex((one) => one.month === month),
    {
      days: daysThrough(firstDayOf(month), lastDayOf(month)),
      likeDays: (years) => matched(series, years),
      keepsFestival: true,
    },
  );
  if (!found) throw new Error(`no ${month}`);
  return found;
}
const truthOf = ({ values, start, days }: RunningMonth) =>
  Array.from({ length: days }, (_, day) => values[start + day] ?? 0).reduce((sum, value) => sum + value, 0);

test('the nowcast of a complete month is that month', () => {
  const series = made((day) => 100 + Number(day.slice(8)));
  for (const month of ['2021-01', '2024-02', '2024-11']) {
    const running = monthOf(series, month);
    const truth = truthOf(running);
    expect(nowcastMonth(learnFrom(running), running.days)).toMatchObject({
      estimate: truth,
      soFar: truth,
      completion: 1,
      logError: null,
    });
  }
});

test.each(['2024-11', '2024-01', '2024-02', '2024-03'])(
  'nothing after the known days is looked at: %s',
  (month) => {
    const noise = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 90 });
    const series = made((day) => Math.round(1000 * weekday(day)) + ((daysThrough(FIRST, day) * 37) % 101));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 28 }), noise, (known, later) => {
        const before = monthOf(series, month);
        const changed = { ...series, values: Float64Array.from(series.values) };
        for (let at = before.start + known; at < changed.values.length; at++) {
          changed.values[at] = later[at % later.length] ?? 0;
        }
        const cut = { ...series, values: series.values.slice(0, before.start + known) };
        const [now, other, only] = [before, monthOf(changed, month), monthOf(cut, month)].map((one) =>
          nowcastMonth(learnFrom(one), known),
        );
        expect(other).toEqual(now);
        expect(only).toEqual(now);
      }),
      { numRuns: 10 },
    );
  },
);

test('a weekly rhythm alone is completed exactly, whatever day it is', () => {
  const running = monthOf(
    made((day) => 10_000 * weekday(day)),
    '2024-10',
  );
  const truth = truthOf(running);
  for (let known = 1; known < running.days; known++) {
    expect(Math.abs((nowcastMonth(learnFrom(running), known).estimate ?? NaN) / truth - 1)).toBeLessThan(
      1e-9,
    );
  }
});

test('a weekly rhythm and a spike on the 11th of every November are completed nearly exactly, before the spike too', () => {
  const spike = (day: string) => (day.slice(5) === '11-11' ? 5 : 1);
  const running = monthOf(
    made((day) => 10_000 * weekday(day) * spike(day)),
    '2024-11',
  );
  const truth = truthOf(running);
  const errors = Array.from(
    { length: 29 },
    (_, day) => (nowcastMonth(learnFrom(running), day + 1).estimate ?? NaN) / truth - 1,
  );
  errors.forEach((error, day) => expect(Math.abs(error)).toBeLessThan(day < 10 ? 0.04 : 0.025));
  // Days elapsed alone would be off by a tenth and more on the 12th.
  const elapsed = (nowcastMonth(learnFrom(running), 12).soFar * 30) / 12;
  expect(elapsed / truth - 1).toBeGreaterThan(0.1);
});

test('growth of the whole business carries over: the level is that of the running month', () => {
  const running = monthOf(
    made((day) => 1000 * 1.3 ** (Number(day.slice(0, 4)) - 2021)),
    '2024-06',
  );
  const estimate = nowcastMonth(learnFrom(running), 10).estimate ?? NaN;
  expect(Math.abs(estimate / (30 * 1000 * 1.3 ** 3) - 1)).toBeLessThan(0.002); // weekdays are learned across the step
});

test('a month with the holiday in it fills up like the same lunar days', () => {
  const newYears: Record<string, string> = {
    2021: '2021-02-12',
    2022: '2022-02-01',
    2023: '2023-01-22',
    2024: '2024-02-10',
  };
  const still = (day: string) => {
    const offset = daysThrough(newYears[day.slice(0, 4)] ?? '', day) - 1;
    return offset >= -4 && offset <= 15 ? 100 : 1000;
  };
  const series = made(still);
  for (const month of ['2024-01', '2024-02', '2024-03']) {
    const running = monthOf(series, month);
    for (const known of [1, 5, 12, 20, 28]) {
      const { estimate } = nowcastMonth(learnFrom(running), known);
      expect(Math.abs((estimate ?? NaN) / truthOf(running) - 1)).toBeLessThan(0.02);
    }
  }
});

test('too few months, or nothing sold so far, give no number', () => {
  const none = { estimate: null, completion: null, logError: null };
  const short = made(() => 100, '2021-02-20');
  expect(nowcastMonth(learnFrom(monthOf(short, '2021-02')), 20)).toMatchObject({ ...none, soFar: 2000 });
  const stopped = made((day) => (day >= '2024-11-01' ? 0 : 100));
  expect(nowcastMonth(learnFrom(monthOf(stopped, '2024-11')), 15)).toMatchObject({ ...none, soFar: 0 });
  const idle = made(() => 0);
  expect(nowcastMonth(learnFrom(monthOf(idle, '2024-11')), 15)).toMatchObject(none);
});
