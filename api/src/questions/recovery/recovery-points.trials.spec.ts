import { addDays, daysThrough } from '../../core/calendar.ts';
import type { DailySeries } from '../../data/daily/daily-series.ts';
import { monthDays } from '../../data/daily/months.ts';
import { turningPoints } from '../../statistics/turning-points.ts';
import type { AreaDays } from './area-facts.ts';
import { aligned } from './recovery.fixture.ts';
import { recoveryPoints } from './recovery-points.ts';

const NOT_ADJUSTED = { reason: 'too-little-data' } as const;
const CN = { measure: 'gmv', mergesFestival: true } as const;

function areaOf(
  firstDay: string,
  lastDay: string,
  of: (day: string) => number,
  { reference = 2022, orders = (_: string): number => 100 } = {},
): AreaDays {
  const length = daysThrough(firstDay, lastDay);
  const series: DailySeries = {
    firstDay,
    values: Float64Array.from({ length }, (_, index) => of(addDays(firstDay, index))),
  };
  return {
    measure: 'gmv',
    series,
    orders: {
      firstDay,
      values: Float64Array.from({ length }, (_, index) => orders(addDays(firstDay, index))),
    },
    months: monthDays(series),
    ...aligned(series, reference),
    factors: new Float64Array(0),
    minBase: 30,
  };
}
/** Points by month; fails where a month has none. */
const pointsOf = (days: AreaDays, as: Parameters<typeof recoveryPoints>[2] = CN) => {
  const points = new Map(recoveryPoints(days, NOT_ADJUSTED, as).map((point) => [point.month, point]));
  return (month: string) => {
    const point = points.get(month);
    if (!point) throw new Error(`no ${month}`);
    return point;
  };
};
const final = (value: number) => ({ value, flag: 'final', reason: null });
const small = (value: number) => ({ value, flag: 'base-too-small', reason: null });
const none = (reason: string) => ({ value: null, flag: 'not-available', reason });
const doubled = (day: string) => (day < '2023-01-01' ? 100 : 200) + (day.slice(5, 7) === '02' ? 50 : 0);

test('January and February carry the growth of both together, other months their own', () => {
  const point = pointsOf(areaOf('2022-01-01', '2023-12-31', doubled));
  const together = (31 * 200 + 28 * 250) / (31 * 100 + 28 * 150) - 1;
  for (const month of ['2023-01', '2023-02']) {
    expect(point(month)).toMatchObject({ merged: true, growth: { flag: 'final', reason: null } });
    expect(point(month).growth.value).toBeCloseTo(together, 12);
  }
  expect(point('2023-03')).toMatchObject({ value: final(62), growth: final(1), merged: false, coverage: 1 });
  const apart = pointsOf(areaOf('2022-01-01', '2023-12-31', doubled), {
    measure: 'gmv',
    mergesFestival: false,
  });
  expect([apart('2023-01').growth.value, apart('2023-02').merged]).toEqual([1, false]);
  expect(apart('2023-02').growth.value).toBeCloseTo(2 / 3, 12);
});

test('a half month is a value so far, and nothing that compares months', () => {
  const point = pointsOf(areaOf('2022-01-01', '2023-08-15', doubled));
  expect(point('2023-08')).toEqual({
    month: '2023-08',
    coverage: 15 / 31,
    merged: false,
    value: { value: 30, flag: 'provisional', reason: null },
    adjusted: none('incomplete-period'),
    trend: none('incomplete-period'),
    growth: none('incomplete-period'),
    lunarGrowth: none('incomplete-period'),
    level: none('incomplete-period'),
  });
});

describe('a base of too few orders', () => {
  // 29 orders a month in 2022, 30 in June; a January and February of 15 each.
  const few = (day: string) => {
    if (day >= '2023-01-01') return 1;
    const perMonth = { '01': 15, '02': 15, '06': 30 }[day.slice(5, 7)] ?? 29;
    return day.endsWith('-10') ? perMonth : 0;
  };
  const days = areaOf('2022-01-01', '2023-08-15', doubled, { orders: few });

  test('is said of the month, while a rate is still there', () => {
    const point = pointsOf(days);
    expect(point('2023-05')).toMatchObject({ value: { flag: 'final' }, growth: small(1) });
    expect(point('2023-05')).toMatchObject({ lunarGrowth: small(1) });
    expect(point('2023-06')).toMatchObject({ growth: { flag: 'final' }, lunarGrowth: { flag: 'final' } });
  });

  test('is that of what is compared: both months together, but each by its own lunar days', () => {
    const point = pointsOf(days);
    for (const month of ['2023-01', '2023-02'])
      expect(point(month)).toMatchObject({
        merged: true,
        growth: { flag: 'final' },
        lunarGrowth: { flag: 'base-too-small' },
      });
    const apart = pointsOf(days, { measure: 'gmv', mergesFestival: false });
    expect(apart('2023-02')).toMatchObject({ merged: false, growth: { flag: 'base-too-small' } });
  });

  test('is not said where there is no rate', () => {
    const point = pointsOf(days);
    expect(point('2023-08')).toMatchObject({
      value: { flag: 'provisional' },
      growth: none('incomplete-period'),
      lunarGrowth: none('incomplete-period'),
    });
    expect(point('2022-05')).toMatchObject({
      value: { flag: 'final' },
      growth: none('no-baseline'),
      lunarGrowth: none('no-baseline'),
    });
  });
});

describe('why there is no growth', () => {
  test('January alone waits for February; half a February keeps both waiting', () => {
    for (const lastDay of ['2023-01-31', '2023-02-20']) {
      const point = pointsOf(areaOf('2022-01-01', lastDay, doubled));
      expect(point('2023-01')).toMatchObject({
        growth: none('other-month-incomplete'),
        merged: false,
      });
      // By lunar days January is complete and can be compared.
      expect(point('2023-01').lunarGrowth.value).toBeGreaterThan(0);
    }
  });

  test('no year before', () => {
    const point = pointsOf(areaOf('2022-01-01', '2023-12-31', doubled));
    for (const month of ['2022-01', '2022-02', '2022-06']) {
      expect(point(month)).toMatchObject({ growth: none('no-baseline') });
    }
  });

  test('half a month a year before is no baseline, and for January and February neither', () => {
    const point = pointsOf(areaOf('2022-01-10', '2023-12-31', doubled));
    expect(point('2023-01')).toMatchObject({ growth: none('no-baseline') });
    expect(point('2023-02')).toMatchObject({ growth: none('no-baseline') });
    expect(point('2023-03')).toMatchObject({ growth: final(1) });
  });

  test('nothing sold a year before', () => {
    const point = pointsOf(areaOf('2022-01-01', '2023-12-31', (day) => (day < '2023-01-01' ? 0 : 100)));
    for (const month of ['2023-01', '2023-02', '2023-07']) {
      expect(point(month)).toMatchObject({ growth: none('baseline-zero'), merged: false });
    }
  });
});

test('adjusted months carry their own flag; the last three are revisable', () => {
  const days = areaOf('2022-01-01', '2022-06-15', doubled);
  const months = ['2022-01', '2022-02', '2022-03', '2022-04', '2022-05'];
  const adjusted = [100, 200, 300, 400, 500];
  const points = recoveryPoints(days, { months, adjusted, undisturbed: adjusted, trend: adjusted }, CN);
  expect(points.map(({ adjusted, trend }) => [adjusted.value, trend.value, adjusted.flag])).toEqual([
    [1, 1, 'final'],
    [2, 2, 'final'],
    [3, 3, 'revisable'],
    [4, 4, 'revisable'],
    [5, 5, 'revisable'],
    [null, null, 'not-available'],
  ]);
});

describe('levels of made-up days against the reference, and where they turn', () => {
  const line = (from: number, to: number, part: number) => from + (to - from) * part;
  /** 100 in 2022, then through the given levels, one for each half year from 2023 on. */
  const through =
    (...levels: number[]) =>
    (day: string) => {
      const months =
        (Number(day.slice(0, 4)) - 2023) * 12 + Number(day.slice(5, 7)) - 1 + Number(day.slice(8)) / 31;
      if (months < 0) return 100;
      const leg = Math.min(levels.length - 1, Math.floor(months / 6));
      return line(levels[leg - 1] ?? 100, levels[leg] ?? 0, Math.min(1, months / 6 - leg));
    };
  const turnsOf = (of: (day: string) => number) => {
    // Six years in which nothing happens tell the season.
    const all = recoveryPoints(areaOf('2016-01-01', '2026-12-31', of), NOT_ADJUSTED, CN);
    const points = all.filter(({ month }) => month >= '2022-01');
    return turningPoints(points.map(({ level }) => Math.round((level.value ?? 0) * 1000) / 1000)).map(
      ({ index, kind }) => `${points[index]?.month} ${kind}`,
    );
  };

  test.each([
    ['V', [60, 100, 100, 100, 100, 100, 100, 100], ['2023-06 trough']],
    ['W', [60, 80, 100, 60, 61, 80, 100, 110], ['2023-06 trough', '2024-06 peak', '2024-12 trough']],
    ['L', [60, 60, 60, 60, 60, 60, 60, 60], []],
    ['up and down', [120, 140, 120, 100, 80, 60, 50, 40], ['2023-12 peak']],
  ])('%s', (_, levels, turns) => {
    const near = turnsOf(through(...levels)).map((turn) => turn.split(' '));
    const truth = turns.map((turn) => turn.split(' '));
    expect(near.map(([, kind]) => kind)).toEqual(truth.map(([, kind]) => kind));
    near.forEach(([month = ''], index) => {
      const [year = 0, number = 0] = month.split('-').map(Number);
      const [trueYear = 0, trueNumber = 0] = (truth[index]?.[0] ?? '').split('-').map(Number);
      expect(Math.abs(year * 12 + number - trueYear * 12 - trueNumber)).toBeLessThanOrEqual(1);
    });
  });

  test('one month of a sale is no turn', () => {
    const falling = through(90, 80, 70, 60, 50, 40, 30, 20);
    expect(turnsOf((day) => falling(day) * (day.startsWith('2024-11') ? 3 : 1))).toEqual([]);
  });
});
