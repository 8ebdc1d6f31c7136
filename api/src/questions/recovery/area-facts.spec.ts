import { addDays, daysThrough } from '../../core/calendar.ts';
import type { DailySeries } from '../../data/daily/daily-series.ts';
import { monthDays } from '../../data/daily/months.ts';
import { SPRING_FESTIVALS } from '../../core/spring-festival.ts';
import { AreaOwners, bySeed } from '../../data/owners/owner-windows.ts';
import { type AreaDays, comparedMonths, lunarGrowth } from './area-facts.ts';
import { stateAt as stepsTo } from './area-state.ts';
import type { MonthEvidence } from './month-evidence.ts';
import { aligned } from './recovery.fixture.ts';
import { levelWithoutOutliers, recoveryLevel } from './recovery-level.ts';

/** Years in which nothing happens come first, so that the season is known whatever comes later. */
const FIRST = '2017-01-01';
const BAND = 0.02;
const calendar = (lastDay: string) =>
  Array.from({ length: daysThrough(FIRST, lastDay) }, (_, index) => addDays(FIRST, index));

/** An area whose days are known; 1,000 orders a day, 100 = the year 2022. */
function areaOf(
  of: (day: string) => number,
  { lastDay = '2025-06-30', country = 'CN', orders = 1000, reference = 2022 } = {},
): AreaDays {
  const days = calendar(lastDay);
  const series: DailySeries = { firstDay: FIRST, values: Float64Array.from(days, of) };
  return {
    measure: 'orders',
    series,
    orders: { firstDay: FIRST, values: new Float64Array(days.length).fill(orders) },
    months: monthDays(series),
    ...aligned(series, reference, country),
    factors: new Float64Array(0),
    minBase: 30,
  };
}

/** A hundred owners of one shop each who sell alike, so that nothing is left to chance; so many of them rise. */
function evenly(rising: number, merchants = 100): MonthEvidence {
  const all = (value: (merchant: number) => number) =>
    Float64Array.from({ length: merchants }, (_, one) => value(one));
  const seeds = Array.from({ length: merchants }, (_, one) => one + 1);
  return {
    owners: new AreaOwners(bySeed(seeds, [], 0)),
    now: all(() => 10),
    before: all(() => 10),
    sofar: all(() => 10),
    breadthBefore: all(() => 10),
    breadthNow: all((one) => (one < rising ? 20 : 5)),
    level: {
      base: all(() => 10),
      seasons: [0, 1].map(() => ({ window: all(() => 10), year: all(() => 80) })),
    },
  };
}
const WIDE = evenly(80);
const NOBODY = evenly(0, 0);

function stateAt(days: AreaDays, month: string, evidence: MonthEvidence, deadBand: number) {
  const figures = {
    level: recoveryLevel(days, month, 3),
    levelWithoutOutliers: levelWithoutOutliers(days, month, 3, recoveryLevel(days, month, 3)),
    growth: lunarGrowth(days, month, 3),
    breadthPeriod: {},
  };
  const steps = stepsTo(figures, evidence, deadBand);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** A level for each quarter from 2021 on, 1,000 a day at 100, as before. A country without the festival: quarters match quarters. */
const quarters = (...levels: number[]) =>
  areaOf(
    (day) =>
      10 *
      (day < '2021'
        ? 100
        : (levels[(Number(day.slice(0, 4)) - 2021) * 4 + Math.floor((Number(day.slice(5, 7)) - 1) / 3)] ??
          levels.at(-1) ??
          0)),
    { country: 'BR', lastDay: '2025-03-31' },
  );
const EIGHT = Array<number>(8).fill(100);
const statesOf = (days: AreaDays, wide = WIDE) =>
  ['2023-03', '2023-06', '2023-09', '2023-12', '2024-03', '2024-06', '2024-09', '2024-12'].map(
    (month) => stateAt(days, month, wide, BAND).state,
  );

describe('shapes whose truth is known, quarter by quarter from 2023 on', () => {
  test.each([
    [
      'step down',
      [100, 100, 70, 70, 70, 70, 70, 70],
      'recovered recovered declining declining declining declining flat flat',
    ],
    [
      'V',
      [90, 60, 60, 90, 100, 100, 105, 105],
      'declining declining declining declining recovered recovered recovered recovered',
    ],
    [
      'V with a slow rise',
      [90, 50, 50, 60, 70, 80, 90, 98],
      'declining declining declining declining declining recovering recovering recovering',
    ],
    [
      'W',
      [60, 90, 60, 90, 90, 90, 90, 100],
      'declining declining declining declining recovering flat recovering recovered',
    ],
    ['L', [60, 60, 60, 60, 60, 60, 60, 60], 'declining declining declining declining flat flat flat flat'],
    [
      'double dip',
      [60, 95, 95, 95, 60, 60, 95, 101],
      'declining declining declining declining flat declining flat recovered',
    ],
    [
      'above, and slipping',
      [120, 120, 120, 120, 110, 110, 101, 99],
      'recovered recovered recovered recovered slipping slipping slipping declining',
    ],
  ])('%s', (_, levels, states) => expect(statesOf(quarters(...EIGHT, ...levels)).join(' ')).toBe(states));

  test('level and growth are what was put in', () => {
    const days = quarters(...EIGHT, 60, 90, 60, 90, 90, 45);
    expect(recoveryLevel(days, '2023-09', 3)).toMatchObject({
      value: expect.closeTo(60, 9) as number,
      flag: 'final',
      reason: null,
      period: { firstDay: '2023-07-01', lastDay: '2023-09-30' },
      baseline: { firstDay: '2022-01-01', lastDay: '2022-12-31' },
    });
    expect(lunarGrowth(days, '2024-03', 3).value).toBeCloseTo(0.5, 12);
    expect(lunarGrowth(days, '2024-06', 3)).toMatchObject({
      value: -0.5,
      numerator: 450 * 91,
      denominator: 900 * 91,
      period: { firstDay: '2024-04-01', lastDay: '2024-06-30' },
      baseline: { firstDay: '2023-04-01', lastDay: '2023-06-30' },
    });
  });

  test('growth within the dead-band is no change of state', () => {
    expect(statesOf(quarters(...EIGHT, 60, 60, 60, 60, 61, 59.5, 61.1, 58.9)).slice(4)).toEqual(
      Array(4).fill('flat'),
    );
    expect(statesOf(quarters(...EIGHT, 60, 60, 60, 60, 61.3, 60, 58.7, 60)).slice(4)).toEqual([
      'recovering',
      'flat',
      'declining',
      'flat',
    ]);
  });
});

const offsetOf = (day: string) => {
  const newYear = SPRING_FESTIVALS[Number(day.slice(0, 4))] ?? '';
  return day >= newYear ? daysThrough(newYear, day) - 1 : 1 - daysThrough(day, newYear);
};
const allMonths = (days: AreaDays) =>
  days.months.map(({ month }) => month).filter((month) => month >= '2023-01');

describe('the Spring Festival', () => {
  const still = (day: string) => (offsetOf(day) >= -4 && offsetOf(day) <= 20 ? 150 : 1000);

  test('its shift is no growth: a business that never changed grows by 0 in every month and stays recovered', () => {
    const days = areaOf(still);
    for (const month of allMonths(days)) {
      for (const count of [1, 3]) {
        expect([month, lunarGrowth(days, month, count).value]).toEqual([month, 0]);
        expect([month, recoveryLevel(days, month, count).value]).toEqual([month, 100]);
      }
      expect(stateAt(days, month, WIDE, BAND).state).toBe('recovered');
    }
    // By the calendar the same business would have halved in a January and doubled in the next.
    const byCalendar = areaOf(still, { country: 'BR' });
    expect(lunarGrowth(byCalendar, '2024-01', 1).value).toBeGreaterThan(0.4);
  });

  test('a sale at every festival is no recovery: a belt at 60 % stays flat', () => {
    const sale = (day: string) => (offsetOf(day) >= 8 && offsetOf(day) <= 14 ? 6 : 1);
    const days = areaOf((day) => (day < '2023-01-01' ? 1000 : 600) * sale(day));
    for (const month of allMonths(days).filter((one) => one >= '2024-04')) {
      expect([month, stateAt(days, month, WIDE, BAND).state]).toEqual([month, 'flat']);
      expect(recoveryLevel(days, month, 3).value).toBeCloseTo(60, 9);
    }
  });

  test('a loss is seen through the festival, and is as large as it is', () => {
    const days = areaOf((day) => Math.round(still(day) * (day < '2024-01-01' ? 1 : 0.5)));
    for (const month of ['2024-03', '2024-04'])
      expect(lunarGrowth(days, month, 3).value).toBeCloseTo(-0.5, 9);
    expect(stateAt(days, '2024-03', WIDE, BAND)).toMatchObject({ state: 'declining', certainty: 'sure' });
  });
});

test('a belt carried by three factories is not recovered, at whatever level', () => {
  const grown = (level: number) => quarters(...EIGHT, 60, 60, 60, 60, level);
  for (const level of [80, 100, 150]) {
    expect(stateAt(grown(level), '2024-03', evenly(20), BAND).state).toBe('carried-by-few');
    // Half of them rise, or nearly: chance.
    for (const rising of [46, 50, 51])
      expect(stateAt(grown(level), '2024-03', evenly(rising), BAND).state).toBe(
        level < 100 ? 'recovering' : 'recovered',
      );
  }
});

describe('what is not known', () => {
  const TOO_LITTLE = { state: 'too-little-data', mostProbable: null, probability: null, certainty: null };

  test('a half month is not mixed with whole ones', () => {
    const half = areaOf(() => 1000, { lastDay: '2024-03-15' });
    expect(stateAt(half, '2024-03', WIDE, BAND)).toMatchObject({ ...TOO_LITTLE, reason: 'too-little-data' });
    expect(stateAt(half, '2024-02', WIDE, BAND)).toMatchObject({ state: 'recovered', reason: null });
    expect(lunarGrowth(half, '2024-04', 1)).toMatchObject({
      value: null,
      reason: 'too-little-data',
      flag: 'not-available',
    });
  });

  test('no year before: no growth and no state', () => {
    const days = areaOf(() => 1000);
    expect(lunarGrowth(days, '2017-06', 3)).toMatchObject({ value: null, reason: 'no-baseline' });
    expect(stateAt(days, '2017-06', WIDE, BAND)).toMatchObject({ ...TOO_LITTLE, reason: 'no-baseline' });
  });

  test.each([
    [900, 'declining'],
    [1000, 'flat'],
    [1100, 'growing'],
  ])('no base year: %i after 1,000 is told by growth alone', (now, state) => {
    const days = { ...areaOf((day) => (day < '2024' ? 1000 : now)), base: null };
    const found = stateAt(days, '2024-06', WIDE, BAND);
    expect(found).toMatchObject({ state, certainty: 'sure', level: { value: null, reason: 'no-base-year' } });
    expect(stateAt(days, '2024-06', evenly(20), BAND).state).toBe(
      state === 'growing' ? 'carried-by-few' : state,
    );
  });

  test('nothing sold a year before: no growth, and the reason is that', () => {
    const days = areaOf((day) => (day < '2024-01-01' ? 0 : 1000));
    expect(lunarGrowth(days, '2024-06', 3)).toMatchObject({ value: null, reason: 'baseline-zero' });
    expect(stateAt(days, '2024-06', WIDE, BAND)).toMatchObject({ ...TOO_LITTLE, reason: 'baseline-zero' });
  });

  test('a base of too few orders keeps its rate, marked, and gives no state', () => {
    const days = areaOf(() => 1000, { orders: 0.1 });
    const growth = lunarGrowth(days, '2024-06', 3);
    expect(growth).toMatchObject({ value: 0, flag: 'base-too-small' });
    expect(stateAt(days, '2024-06', WIDE, BAND)).toMatchObject({ ...TOO_LITTLE, reason: 'too-little-data' });
    expect(stateAt(days, '2024-06', NOBODY, BAND).reason).toBe('too-little-data');
  });

  test('growth without merchants', () => {
    const days = quarters(...EIGHT, 60, 60, 60, 60, 90);
    expect(stateAt(days, '2024-03', NOBODY, BAND)).toMatchObject({ ...TOO_LITTLE, reason: 'no-merchants' });
    const fallen = stateAt(quarters(...EIGHT, 60), '2023-03', NOBODY, BAND); // breadth does not decide
    expect(fallen).toMatchObject({ state: 'undetermined', reason: 'too-few-owners', probability: null });
  });
});

test('what a state compares lies in so much of each month: days without a counterpart in none', () => {
  const days = areaOf(() => 1000);
  const months = comparedMonths(days, '2024-11', days.yearsBefore(1));
  expect(months).toEqual({
    now: new Map([
      ['2024-09', 1],
      ['2024-10', 1],
      ['2024-11', 1],
    ]),
    before: new Map([
      ['2023-09', 1],
      ['2023-10', 1],
      ['2023-11', 1],
    ]),
  });
  // New Year on 29 January 2025 and 10 February 2024: from 12 December on, days are twelve days later.
  const festival = comparedMonths(days, '2025-01', days.yearsBefore(1));
  expect(festival?.now).toEqual(new Map(['2024-11', '2024-12', '2025-01'].map((month) => [month, 1])));
  expect(festival?.before.get('2023-12')).toBeCloseTo((11 + 8) / 31, 12);
  expect(festival?.before.get('2024-01')).toBe(1);
  expect(festival?.before.get('2024-02')).toBeCloseTo(12 / 29, 12);
  // 16 to 26 March 2025 have no counterpart.
  const march = comparedMonths(days, '2025-03', days.yearsBefore(1));
  expect(march?.now.get('2025-03')).toBeCloseTo(20 / 31, 12);
  expect([...(march?.before.values() ?? [])].every((share) => share <= 1)).toBe(true);
  expect(comparedMonths(days, '2017-06', days.yearsBefore(1))).toBeNull();
});

test('a month of which days have no counterpart is told over the others, and says of how many', () => {
  const days = areaOf((day) => (day < '2023-12-01' ? 1000 : 1100));
  expect(lunarGrowth(days, '2023-12', 1)).toMatchObject({
    value: expect.closeTo(0.1, 12) as number,
    numerator: 12 * 1100,
    denominator: 12 * 1000,
    coverage: 12 / 31,
    flag: 'final',
    period: { firstDay: '2023-12-01', lastDay: '2023-12-31' },
    baseline: { firstDay: '2022-12-01', lastDay: '2022-12-12' },
  });
  expect(lunarGrowth(days, '2024-06', 1).coverage).toBe(1);
});
