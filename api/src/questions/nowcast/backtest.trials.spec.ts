import type { BriefFigure } from '@beltline/contract';
import { daysThrough } from '../../core/calendar.ts';
import { backtestOf } from './backtest.ts';
import { BAND } from './bands.ts';
import { learnFrom } from './nowcast.ts';
import { FIRST, monthsOf, plantedPanel, studied } from './planted-panel.fixture.ts';
import { BACKTEST_DAYS, toldThen, usuallyToldFrom } from './study.ts';

const SIZES = [4, 6, 10, 15, 20, 30, 40, 60, 80, 100];
const belts = SIZES.map((size, index) => ({ size, stillness: 0.1 + 0.05 * index }));
const panel = plantedPanel(1, belts);
const study = studied(panel);
const rows = SIZES.map((_, area) => backtestOf(study, area));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const valueOf = ({ value }: BriefFigure) => value ?? NaN;

test('the two naive rules, computed from the days themselves', () => {
  const { values } = panel.areas[3] ?? { values: [] };
  const sum = (start: number, days: number) =>
    Array.from({ length: days }, (_, day) => values[start + day] ?? 0).reduce((a, b) => a + b, 0);
  const { days: told = [] } = rows[3] ?? {};
  expect(told.map(({ day }) => day)).toEqual([...BACKTEST_DAYS]);
  // The first months about the festival have one matching month and no others, too few for a chain ladder.
  const months = monthsOf(panel).filter((month) => learnFrom(month).rows.length > 1);
  expect(months.length).toBeGreaterThan(30);
  for (const { day, months: count, daysElapsed, lastYearsShare } of told) {
    expect(count).toBe(months.length);
    const off = (estimate: (month: (typeof months)[number]) => number) =>
      mean(months.map((month) => Math.abs(estimate(month) / sum(month.start, month.days) - 1)));
    expect(daysElapsed.value).toBeCloseTo(
      off(({ start, days }) => (sum(start, day) / day) * days),
      12,
    );
    expect(lastYearsShare.value).toBeCloseTo(
      off(
        ({ start, yearAgo }) =>
          (sum(start, day) * sum(yearAgo.start, yearAgo.days)) / sum(yearAgo.start, day),
      ),
      12,
    );
  }
});

test.each(['festival', 'others'] as const)(
  'belts whose truth is planted, %s: no worse than either rule on any day, and the band holds what it says',
  (kind) => {
    for (const [index] of BACKTEST_DAYS.entries()) {
      const of = (which: 'nowcast' | 'daysElapsed' | 'lastYearsShare') =>
        mean(rows.flatMap((row) => (row[kind][index] ? [valueOf(row[kind][index][which])] : [])));
      expect(of('nowcast')).toBeLessThanOrEqual(of('daysElapsed'));
      expect(of('nowcast')).toBeLessThanOrEqual(of('lastYearsShare'));
    }
    const covered = mean(rows.flatMap((row) => row[kind].map((day) => valueOf(day.covered))));
    expect(Math.abs(covered - BAND)).toBeLessThan(0.06);
  },
);

test('months about the festival and others are apart, and together all', () => {
  for (const { days, festival, others } of rows) {
    for (const [index, { months, told, nowcast }] of days.entries()) {
      const [one, other] = [festival[index], others[index]];
      expect((one?.months ?? 0) + (other?.months ?? 0)).toBe(months);
      expect((one?.told ?? 0) + (other?.told ?? 0)).toBe(told);
      const total =
        (one?.months ?? 0) * (one?.nowcast.value ?? 0) + (other?.months ?? 0) * (other?.nowcast.value ?? 0);
      expect(total / months).toBeCloseTo(nowcast.value ?? NaN, 12);
    }
  }
});

test('a month is judged by what was known before it: later months change nothing', () => {
  const from = daysThrough(FIRST, '2022-12-31');
  const later = (values: ArrayLike<number>) =>
    Float64Array.from(values, (value, position) => (position < from ? value : 5));
  const changed = {
    whole: { values: later(panel.whole.values), orders: later(panel.whole.orders) },
    areas: panel.areas.map((area) => ({ ...area, values: later(area.values), orders: later(area.orders) })),
  };
  const other = studied(changed, monthsOf(changed));
  const until = (of: typeof study) =>
    of.trials.map((trials) =>
      trials
        .filter(({ month }) => month < 24)
        .map((trial) => ({ ...trial, told: toldThen(of.bands, trial) })),
    );
  expect(until(study)[0]?.length).toBeGreaterThan(90);
  expect(until(other)).toEqual(until(study));
});

test('a month with fewer orders than a figure needs is not tested', () => {
  const fewest = 150;
  const all = backtestOf(studied(panel, monthsOf(panel), fewest), 1);
  // Six orders a day: some sixty by the tenth, and some 150 by the 25th.
  expect(all.days.slice(0, 3).map(({ months }) => months)).toEqual([0, 0, 0]);
  expect(all.days[1]).toMatchObject({
    nowcast: { value: null, reason: 'too-little-data' },
    covered: { value: null },
  });
  expect(all.days[4]?.months).toBeGreaterThan(0);
});

test('it is too early to tell for as long as bands are usually wider than half the estimate', () => {
  const [small, large] = [usuallyToldFrom(study, 0, false), usuallyToldFrom(study, 9, false)];
  expect(large).toBe(5);
  expect(small === null || small >= 5).toBe(true);
  for (const area of [0, 9]) {
    const from = usuallyToldFrom(study, area, false) ?? 31;
    for (const { day, months, told } of rows[area]?.others ?? [])
      if (day >= from) expect(2 * told).toBeGreaterThanOrEqual(months);
  }
  // Amounts of one order in a thousand: never.
  const wild = plantedPanel(3, [
    { size: 0.2, stillness: 1 },
    { size: 50, stillness: 1 },
  ]);
  expect(usuallyToldFrom(studied(wild), 0, false)).not.toBe(5);
  expect(usuallyToldFrom(studied(wild), 9, true)).toBeNull();
});

test('without a past month, and where nothing was sold, there is no error and no NaN', () => {
  const none = {
    months: 0,
    told: 0,
    nowcast: { value: null },
    daysElapsed: { value: null },
    covered: { value: null },
  };
  const idle = plantedPanel(4, [{ size: 0, stillness: 1 }]);
  for (const one of [studied(panel, []), studied(idle)]) {
    const { days, festival, others } = backtestOf(one, 0);
    for (const row of [...days, ...festival, ...others]) expect(row).toMatchObject(none);
  }
});

test('a month that is estimated exactly lies inside its band, however narrow that is', () => {
  const values = new Float64Array(panel.whole.values.length).fill(30);
  const even = {
    whole: { values, orders: values },
    areas: [{ key: 'nation', group: null, tellsVariance: false, values, orders: values }],
  };
  for (const { months, nowcast, covered } of backtestOf(studied(even, monthsOf(even)), 0).days) {
    expect(months).toBeGreaterThan(30);
    expect(nowcast.value).toBeCloseTo(0, 12);
    expect(covered.value).toBe(1);
  }
});
