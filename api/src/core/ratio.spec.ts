/**
 * One rule for every ratio: what the places that divide answer for the same two sides is compared with the rule itself, for
 * bases of nothing, below nothing, too small, and not known.
 */
import fc from 'fast-check';
import type { BriefFigure, Reason } from '@beltline/contract';
import { partsByBelt, presentParts } from '../questions/contributions/parts.ts';
import type { PeriodComparison } from '../data/context/period-comparison.ts';
import type { DailySeries } from '../data/daily/daily-series.ts';
import { monthDays } from '../data/daily/months.ts';
import { changeOf } from '../questions/decomposition/decomposition-context.ts';
import { type AreaDays, lunarGrowth } from '../questions/recovery/area-facts.ts';
import { aligned } from '../questions/recovery/recovery.fixture.ts';
import { headlineGrowth } from '../questions/recovery/headline.ts';
import { recoveryPoints } from '../questions/recovery/recovery-points.ts';
import { mergeFestivalMonths } from './merged-months.ts';
import { monthBuckets, monthPoints } from '../questions/series/series-points.ts';
import { CHINA_EXPORTS, CHINA_EXPORTS_GROWTH } from '../statistics/published/china-trade.ts';
import { daysThrough } from './calendar.ts';
import { compare } from './compare.ts';
import { growthOf, judge, ratioOf, whyNoRatio } from './ratio.ts';

const MIN_BASE = 30;
/** Sides in hundredths, and orders of the base in whole ones. */
const side = fc.oneof(
  fc.constant(0),
  fc.integer({ min: -9_999_999, max: 9_999_999 }).map((n) => n * 100),
);
const orders = fc.integer({ min: 0, max: 60 });

interface Told {
  readonly growth: number | null;
  readonly reason: Reason | null;
  readonly isSmall: boolean;
}
function toldOf(figure: BriefFigure | undefined): Told {
  if (!figure) throw new Error('no figure');
  return { growth: figure.value, reason: figure.reason, isSmall: figure.flag === 'base-too-small' };
}

/** A month of 2024 against the same of 2023, of which everything was sold on the first days. */
function daysOf(
  value: number,
  base: number,
  baseOrders: number,
  notLoaded: readonly string[] = [],
): AreaDays {
  const firstDay = '2023-01-01';
  const length = daysThrough(firstDay, '2024-06-30');
  const at = (day: string) => daysThrough(firstDay, day) - 1;
  const filled = (of: readonly (readonly [string, number])[]): DailySeries => {
    const values = new Float64Array(length);
    for (const [day, amount] of of) values[at(day)] = amount;
    return { firstDay, values, notLoaded };
  };
  const series = filled([
    ['2023-05-10', base],
    ['2024-05-10', value],
  ]);
  return {
    measure: 'net-gmv',
    series,
    orders: filled([['2023-05-10', baseOrders]]),
    months: monthDays(series),
    ...aligned(series, 2023),
    factors: new Float64Array(0),
    minBase: MIN_BASE,
  };
}

const conditions = {
  nothingLoaded: false,
  provisional: false,
  hasBaseline: true,
  minBase: MIN_BASE,
  unknownBecause: 'no-data',
} as const;
const loaded = { firstDay: '2023-01-01', dataThrough: '2024-06-30' };
const seriesPoint = (
  value: number,
  base: number,
  baseOrders: number,
  month = '2024-05',
  notLoaded: string[] = [],
) => {
  const whole = new Map([
    [`${month}-01`, { value, orders: 100_000 }],
    [`2023${month.slice(4)}-01`, { value: base, orders: baseOrders * 100 }],
  ]);
  const question = { from: month, to: month, measure: 'net-gmv' } as const;
  const [point] = monthPoints(
    monthBuckets(question, { ...loaded, notLoaded }),
    { whole, clipped: new Map() },
    MIN_BASE,
  );
  if (!point) throw new Error('no point');
  return point;
};

/** Every place that divides, for one value and its base. */
const places: Record<string, (value: number, base: number, baseOrders: number) => Told> = {
  'a tile or a row of a ranking': (value, base, baseOrders) => {
    const told = compare('net-gmv', { value, baseline: base, baselineOrders: baseOrders * 100 }, conditions);
    return toldOf(told.growth);
  },
  'a point of a series': (value, base, baseOrders) => {
    const point = seriesPoint(value, base, baseOrders);
    return toldOf(point.growth);
  },
  'January and February together': (value, base, baseOrders) => {
    const points = [seriesPoint(value, base, baseOrders, '2024-01'), seriesPoint(0, 0, 0, '2024-02')];
    const ordersOf = (month: string) => (month === '2023-01' ? baseOrders : 0);
    const [point] = mergeFestivalMonths(points, { ordersOf, minBase: MIN_BASE });
    return toldOf(point?.growth);
  },
  'a month of a recovery': (value, base, baseOrders) => {
    const points = recoveryPoints(
      daysOf(value, base, baseOrders),
      { reason: 'too-little-data' },
      { measure: 'net-gmv', mergesFestival: true },
    );
    const point = points.find(({ month }) => month === '2024-05');
    return toldOf(point?.growth);
  },
  'the headline of a recovery': (value, base, baseOrders) => {
    const figure = headlineGrowth(daysOf(value, base, baseOrders), '2024-05', true);
    return toldOf(figure);
  },
  'lunar-aligned growth': (value, base, baseOrders) => {
    const figure = lunarGrowth(daysOf(value, base, baseOrders), '2024-05', 1);
    return toldOf(figure);
  },
};

test.each(Object.entries(places))('%s follows the rule', (_, told) => {
  fc.assert(
    fc.property(side, side, orders, (value, base, baseOrders) => {
      const rule = judge({
        value,
        base,
        baseOrders,
        minBase: MIN_BASE,
        provisional: false,
        unknownBecause: 'no-data',
      });
      const { growth, reason, isSmall } = told(value, base, baseOrders);
      expect([reason, isSmall]).toEqual([rule.reason, rule.flag === 'base-too-small']);
      if (rule.value === null) expect(growth).toBeNull();
      else
        expect(Math.abs((growth ?? NaN) - rule.value)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(rule.value)));
    }),
    { numRuns: 200 },
  );
});

test('the change of an explanation and a contribution follow it too', () => {
  fc.assert(
    fc.property(side, side, orders, (value, base, baseOrders) => {
      const known = { conditions } as unknown as PeriodComparison;
      const total = changeOf({ value, baseline: base }, { value: 0, baseline: baseOrders * 100 }, known);
      const rule = judge({ ...conditions, value, base, baseOrders, minBase: MIN_BASE });
      expect(total.growth).toEqual(rule);
      const parts = partsByBelt({ value, baseline: base }, [], new Map([['x', { value, baseline: base }]]));
      for (const part of presentParts(parts, { baseline: base, total }, 10)) {
        const isSmall = rule.flag === 'base-too-small';
        expect(part.contribution.value).toBe(
          isSmall ? null : ratioOf((part.change.value ?? NaN) * 100, base),
        );
      }
    }),
  );
});

test('the rule itself', () => {
  expect([whyNoRatio(null), whyNoRatio(0), whyNoRatio(-0), whyNoRatio(-1), whyNoRatio(1)]).toEqual([
    'no-baseline',
    'baseline-zero',
    'baseline-zero',
    'baseline-negative',
    null,
  ]);
  expect([
    growthOf(3, 2),
    growthOf(0, 2),
    growthOf(-2, 2),
    growthOf(2, -1),
    growthOf(null, 2),
    growthOf(2, null),
  ]).toEqual([0.5, -1, -2, null, null, null]);
  const sides = {
    base: 5,
    baseOrders: 1,
    minBase: 30,
    provisional: true,
    unknownBecause: 'not-loaded',
  } as const;
  expect(judge({ ...sides, value: null })).toEqual({
    value: null,
    flag: 'not-available',
    reason: 'not-loaded',
  });
  expect(judge({ ...sides, value: 10 })).toEqual({ value: 1, flag: 'base-too-small', reason: null });
  expect(judge({ ...sides, value: 10, baseOrders: 30 })).toEqual({
    value: 1,
    flag: 'provisional',
    reason: null,
  });
});

test('published growth of China’s exports, months alone and January with February', () => {
  const of = (year: number, month: number) => CHINA_EXPORTS[year]?.[month - 1] ?? NaN;
  const [january, february] = [growthOf(of(2013, 1), of(2012, 1)), growthOf(of(2013, 2), of(2012, 2))];
  expect(january).toBeCloseTo(CHINA_EXPORTS_GROWTH['2013-01'], 6);
  expect(february).toBeCloseTo(CHINA_EXPORTS_GROWTH['2013-02'], 6);
  const both = growthOf(of(2013, 1) + of(2013, 2), of(2012, 1) + of(2012, 2));
  expect(both).toBeCloseTo(CHINA_EXPORTS_GROWTH['2013-01..02'], 5);
});

describe('a month that was never loaded', () => {
  const gap = ['2024-05'];
  const unknown = { value: null, flag: 'not-available', reason: 'not-loaded' };

  test('is not 0 anywhere, and no growth of −100 %', () => {
    expect(
      compare(
        'gmv',
        { value: 0, baseline: 100, baselineOrders: 9_000 },
        { ...conditions, nothingLoaded: true, unknownBecause: 'not-loaded' },
      ),
    ).toMatchObject({ value: unknown, change: unknown, growth: unknown });
    expect(seriesPoint(0, 100, 90, '2024-05', gap)).toMatchObject({
      value: unknown,
      yearAgo: unknown,
      growth: unknown,
      coverage: 0,
    });
    const days = daysOf(0, 100, 90, gap);
    const points = recoveryPoints(
      days,
      { reason: 'too-little-data' },
      { measure: 'net-gmv', mergesFestival: true },
    );
    expect(points.find(({ month }) => month === '2024-05')).toMatchObject({
      value: unknown,
      growth: unknown,
      level: unknown,
      coverage: 0,
    });
    expect(headlineGrowth(days, '2024-05', true)).toMatchObject({ value: null, reason: 'not-loaded' });
    for (const month of ['2024-05', '2024-06']) {
      expect(lunarGrowth(days, month, 3)).toMatchObject({ value: null, reason: 'not-loaded' });
    }
  });

  test('is no base either', () => {
    const days = daysOf(100, 0, 90, ['2023-05']);
    expect(lunarGrowth(days, '2024-05', 1)).toMatchObject({ value: null, reason: 'no-baseline' });
    expect(seriesPoint(100, 0, 90, '2024-05', ['2023-05'])).toMatchObject({
      growth: { ...unknown, reason: 'no-baseline' },
      yearAgo: { ...unknown, reason: 'no-baseline' },
    });
  });
});
