import { addDays, daysThrough } from '../../core/calendar.ts';
import type { DailySeries } from '../../data/daily/daily-series.ts';
import { outliersOfMonths } from '../../data/daily/month-outliers.ts';
import { completeSums, monthDays } from '../../data/daily/months.ts';
import { SPRING_FESTIVALS } from '../../core/spring-festival.ts';
import { normal, random } from '../../statistics/planted.ts';
import { type AreaDays, STATE_MONTHS } from './area-facts.ts';
import { aligned } from './recovery.fixture.ts';
import { levelMonths, levelWithoutOutliers, recoveryLevel, seasonYears } from './recovery-level.ts';

/** Sales of made-up days, in a country without the Spring Festival unless it is said. */
function areaOf(
  of: (day: string) => number,
  {
    firstDay = '2021-01-01',
    lastDay = '2025-01-31',
    base = 2021 as number | null,
    country = 'BR',
    orders = 1000,
    outliers = 'told' as AreaDays['outliers'] | 'told',
  } = {},
): AreaDays {
  const length = daysThrough(firstDay, lastDay);
  const series: DailySeries = {
    firstDay,
    values: Float64Array.from({ length }, (_, index) => of(addDays(firstDay, index))),
  };
  const months = monthDays(series);
  const complete = months.filter(({ coverage }) => coverage === 1);
  const logs = completeSums(series, complete).map((sum, index) => {
    const { from = 0, to = 0 } = complete[index] ?? {};
    return Math.log((sum ?? 0) / (to - from + 1));
  });
  return {
    measure: 'orders',
    series,
    orders: { firstDay, values: new Float64Array(length).fill(orders) },
    months,
    ...aligned(series, base, country),
    outliers:
      outliers === 'told'
        ? outliersOfMonths(
            complete.map(({ month }) => month),
            logs,
          )
        : outliers,
    factors: new Float64Array(0),
    minBase: 30,
  };
}
const monthOf = (day: string) => Number(day.slice(5, 7));
/** A year that sells three times as much in summer as in winter. */
const season = (day: string) => 1.5 - Math.cos(((monthOf(day) - 1) / 12) * 2 * Math.PI);
const level = (days: AreaDays, month: string, count = 3) => recoveryLevel(days, month, count).value ?? NaN;
const from2022 = (days: AreaDays) =>
  days.months.map(({ month }) => month).filter((month) => month >= '2022-01');

describe('a business that never changes', () => {
  /** Factories stand still about the New Year, after a rush. */
  const festival = (day: string) => {
    const newYear = SPRING_FESTIVALS[Number(day.slice(0, 4))] ?? '';
    const offset = day < newYear ? 1 - daysThrough(day, newYear) : daysThrough(newYear, day) - 1;
    if (Math.abs(offset) <= 10) return 0.2;
    return offset < 0 && offset >= -20 ? 1.3 : 1;
  };
  test.each([
    { country: 'BR', profile: season },
    { country: 'CN', profile: festival },
  ])('is at 100 in each month, whatever its season ($country)', ({ country, profile }) => {
    // Here months are not freed of the festival before outliers are looked for.
    const days = areaOf((day) => 1000 * profile(day), { country, outliers: [] });
    for (const month of from2022(days))
      for (const count of [1, 3])
        expect([month, count, level(days, month, count)]).toEqual([month, count, expect.closeTo(100, 0)]);
  });

  test('is at 100 by whichever base year', () => {
    for (const base of [2021, 2022, 2023, 2024]) {
      const days = areaOf((day) => 1000 * season(day), { base, lastDay: '2025-06-30' });
      expect(level(days, '2025-06')).toBeCloseTo(100, 0);
    }
  });
});

test('growth at a steady pace is no season: the level is that of the pace', () => {
  const rate = Math.log(1.2) / 365.25;
  const dayOf = (day: string) => daysThrough('2021-07-01', day) - 1;
  const days = areaOf((day) => 1000 * season(day) * Math.exp(rate * dayOf(day)));
  // From the middle of 2021 to the middle of August 2024: 1.2 a year.
  expect(level(days, '2024-09') / 100).toBeCloseTo(1.2 ** (46 / 12 - 0.66), 1);
});

describe('a wave that meets everybody in December 2022', () => {
  const wave = (day: string) => (day.startsWith('2022-12') ? 0.65 : 1);
  /** Noise of 2 % a month, so that there is something to tell a wave from. */
  const noisy = (seed: number) => {
    const draw = random(seed);
    const months = new Map<string, number>();
    return (day: string) => {
      const month = day.slice(0, 7);
      const known = months.get(month) ?? Math.exp(0.02 * normal(draw));
      months.set(month, known);
      return known;
    };
  };

  test('moves the level by under 3 points in every month but those that it is in', () => {
    for (const seed of [1, 2, 3]) {
      const [own, other] = [noisy(seed), noisy(seed)];
      const steady = areaOf((day) => 1000 * season(day) * own(day));
      const met = areaOf((day) => 1000 * season(day) * other(day) * wave(day));
      for (const month of from2022(met).filter((one) => !['2022-12', '2023-01', '2023-02'].includes(one)))
        expect([month, Math.abs(level(met, month) - level(steady, month)) < 3]).toEqual([month, true]);
    }
  });

  test('is flagged, and the level without it is what it would have been', () => {
    const own = noisy(4);
    const days = areaOf((day) => 1000 * season(day) * own(day) * wave(day));
    expect(days.outliers.filter(({ isSure }) => isSure)).toMatchObject([
      { month: '2022-12', kind: 'outlier' },
    ]);
    expect(level(days, '2022-12', 1)).toBeLessThan(72);
    expect(
      Math.abs(
        (levelWithoutOutliers(days, '2022-12', 1, recoveryLevel(days, '2022-12', 1)).value ?? NaN) - 100,
      ),
    ).toBeLessThan(6);
    // In the base year it makes that year smaller, and says so by the level without it.
    const based = { ...areaOf((day) => 1000 * season(day) * own(day) * wave(day), { base: 2022 }) };
    const [whole, without] = [
      level(based, '2024-09'),
      levelWithoutOutliers(based, '2024-09', 3, recoveryLevel(based, '2024-09', 3)).value ?? NaN,
    ];
    expect(whole / without).toBeCloseTo(12 / 11.65, 1);
    expect(without).toBeLessThan(whole);
  });

  test('leaves the level what it is where none is sure, or only a shift', () => {
    const days = areaOf((day) => 1000 * season(day) * noisy(4)(day) * wave(day));
    const told = recoveryLevel(days, '2024-09', 3);
    const unsure = days.outliers.map((outlier) => ({ ...outlier, isSure: false }));
    const shifts = days.outliers.map((outlier) => ({ ...outlier, kind: 'shift' as const }));
    expect(days.outliers).not.toEqual([]);
    for (const outliers of [[], unsure, shifts])
      expect(levelWithoutOutliers({ ...days, outliers }, '2024-09', 3, told)).toBe(told);
  });

  test('who stalls lies below who never fell, also where the base year is the one of the wave', () => {
    const steady = areaOf((day) => 1000 * season(day) * wave(day), { base: 2022 });
    const stalls = areaOf((day) => 1000 * season(day) * wave(day) * (day < '2022-07' ? 1 : 0.97), {
      base: 2022,
    });
    for (const month of ['2023-12', '2024-06', '2024-12', '2025-01']) {
      const [own, other] = [level(stalls, month), level(steady, month)];
      expect([month, (100 * own) / other < 99.5]).toEqual([month, true]);
    }
  });
});

test('a step down is a level, not a season: half of a year at 100 and half at 70', () => {
  const days = areaOf((day) => 1000 * season(day) * (day < '2022-07' ? 1 : 0.7));
  for (const month of from2022(days).filter((one) => one >= '2022-10'))
    expect([month, Math.abs(level(days, month) - 70) < 3]).toEqual([month, true]);
});

describe('which years tell a season', () => {
  const months = (firstDay: string, lastDay: string) => areaOf(() => 1, { firstDay, lastDay }).months;
  const backs = (months: AreaDays['months'], base: number, month: string, count = 3) =>
    seasonYears(months, base, month, count).map(({ back }) => back);

  test('those with twelve whole months about the window, but the base year', () => {
    const all = months('2021-01-01', '2025-02-10');
    expect(backs(all, 2021, '2025-01')).toEqual([3, 2, 1]);
    expect(backs(all, 2021, '2024-12')).toEqual([2, 1]);
    // June 2024 is in the middle of twelve whole months; of its own year the season is told too.
    expect(backs(all, 2021, '2024-06')).toEqual([2, 1, 0]);
    expect(backs(all, 2021, '2022-06')).toEqual([0, -1, -2]);
    expect(backs(all, 2023, '2024-12')).toEqual([3, 2]);
  });

  test('of fewer than two there is no level, by name', () => {
    const two = areaOf(() => 1000, { firstDay: '2017-01-01', lastDay: '2018-08-31', base: 2017 });
    expect(recoveryLevel(two, '2018-08', 3)).toMatchObject({ value: null, reason: 'too-few-clean-years' });
    expect(levelMonths(two, '2018-08', STATE_MONTHS)).toBeNull();
    const none = areaOf(() => 1000, { base: null });
    expect(recoveryLevel(none, '2024-06', 3)).toMatchObject({ value: null, reason: 'no-base-year' });
  });

  test('a month that is not there is said before', () => {
    const days = areaOf(() => 1000, { lastDay: '2024-06-15' });
    expect(recoveryLevel(days, '2024-06', 1)).toMatchObject({ value: null, reason: 'too-little-data' });
  });
});

test('the baseline is the base year, to the day; the numerator is what the window sold', () => {
  const figure = recoveryLevel(
    areaOf((day) => 1000 * season(day)),
    '2024-09',
    3,
  );
  expect(figure).toMatchObject({
    period: { firstDay: '2024-07-01', lastDay: '2024-09-30' },
    baseline: { firstDay: '2021-01-01', lastDay: '2021-12-31' },
    coverage: 1,
    flag: 'final',
  });
  const sold = [7, 8, 9].map((month) => season(`2024-${String(month).padStart(2, '0')}-01`) * 1000);
  const [july = 0, august = 0, september = 0] = sold;
  expect(figure.numerator).toBeCloseTo(31 * july + 31 * august + 30 * september, 6);
  expect((100 * (figure.numerator ?? 0)) / (figure.denominator ?? 1)).toBeCloseTo(figure.value ?? NaN, 9);
});

test('too few orders, in the window of a season or in the base year, are said', () => {
  expect(
    recoveryLevel(
      areaOf(() => 1000, { orders: 0.3 }),
      '2024-06',
      3,
    ).flag,
  ).toBe('base-too-small');
  expect(
    recoveryLevel(
      areaOf(() => 1000, { orders: 0.4 }),
      '2024-06',
      3,
    ).flag,
  ).toBe('final');
});

test('nothing sold: no level where it divides, and 0 where it is divided', () => {
  const nothing = areaOf((day) => (day < '2022' ? 0 : 1000), { outliers: [] });
  expect(recoveryLevel(nothing, '2024-06', 3)).toMatchObject({ value: null, reason: 'baseline-zero' });
  const gone = areaOf((day) => (day < '2024-03' ? 1000 : 0), { outliers: [] });
  expect(recoveryLevel(gone, '2024-06', 3)).toMatchObject({ value: 0, numerator: 0, denominator: null });
});

test('what an error is made of: twelve months of the base, and of each year its window and the year about it', () => {
  const found = levelMonths(
    areaOf(() => 1),
    '2024-06',
    STATE_MONTHS,
  );
  expect([...(found?.base.keys() ?? [])]).toHaveLength(12);
  expect(found?.seasons).toHaveLength(3);
  const [first] = found?.seasons ?? [];
  expect([...(first?.window.keys() ?? [])]).toEqual(['2022-04', '2022-05', '2022-06']);
  expect([...(first?.year ?? [])]).toEqual([
    ['2021-11', 1],
    ...['2021-12', '2022-01', '2022-02', '2022-03', '2022-04', '2022-05', '2022-06'].map((one) => [one, 2]),
    ...['2022-07', '2022-08', '2022-09', '2022-10'].map((one) => [one, 2]),
    ['2022-11', 1],
  ]);
});
