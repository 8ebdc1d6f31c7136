import fc from 'fast-check';
import { addDays, daysThrough, firstDayOf, lastDayOf, monthsThrough } from '../core/calendar.ts';
import { growthOf } from '../core/ratio.ts';
import {
  centredHoliday,
  HOLIDAY_SHAPES,
  type HolidayEffect,
  pooledHolidayEffect,
  removeHoliday,
} from './holiday-effect.ts';
import { CHINA_EXPORTS, CHINA_IMPORTS } from './published/china-trade.ts';
import { PUBLISHED_NEW_YEARS as newYears } from './published/new-years.ts';
import { at, sum } from '../core/vector.ts';
import { normal, random } from './planted.ts';

const months = monthsThrough('2000-01', '2013-12');
const flow = (years: Readonly<Record<number, readonly number[]>>) => ({
  months,
  values: Object.values(years).flat(),
});
const [exports, imports] = [flow(CHINA_EXPORTS), flow(CHINA_IMPORTS)];

/**
 * Mean difference between the growth of January and of February, log points: what the holiday's date does to them.
 */
function januaryFebruarySwing(values: readonly (number | null)[], from = 2001): number {
  const growth = new Map(
    months.map((month, index) => {
      const growth = growthOf(values[index] ?? null, values[index - 12] ?? null);
      return [month, Math.log(1 + (growth ?? NaN))];
    }),
  );
  const years = Array.from({ length: 2014 - from }, (_, index) => from + index);
  return (
    sum(years.map((y) => Math.abs((growth.get(`${y}-01`) ?? NaN) - (growth.get(`${y}-02`) ?? NaN)))) / 13
  );
}
/** The part of the swing that removing the holiday leaves. */
const swingLeft = (series: typeof exports, effect: HolidayEffect, from?: number) =>
  januaryFebruarySwing(removeHoliday(series.values, months, effect, newYears), from) /
  januaryFebruarySwing(series.values, from);

test('China’s trade: the holiday costs a day about a third, and pooled removal cuts the swing of January and February', () => {
  const effect = pooledHolidayEffect([exports, imports], newYears);
  expect(effect).toMatchObject({ observations: 2 * 13 * 12, reason: null });
  expect(effect.beta).toBeCloseTo(-0.3, 2);
  expect(Math.abs(effect.beta ?? NaN)).toBeGreaterThan(5 * (effect.standardError ?? NaN));
  // What is left; one linear window left 0.589 and 0.959.
  expect(swingLeft(imports, effect)).toBeCloseTo(0.57, 3); // 25.4 → 14.5 log points
  expect(swingLeft(exports, effect)).toBeCloseTo(0.892, 3); // 15.1 → 13.5: one shape fits both badly
});

test.each([
  ['imports', imports, 0.427],
  ['exports', exports, 0.577],
])('fitted to the flow, it cuts the swing of %s to %s', (_, series, left) => {
  expect(swingLeft(series, pooledHolidayEffect([series], newYears))).toBeCloseTo(left, 3);
});

test.each([
  ['imports', imports, 0.526],
  ['exports', exports, 0.824],
])(
  'years that were not fitted: the effect of 2000–2006 cuts the swing of %s in 2007–2013 to %s',
  (_, series, left) => {
    const early = { months: months.slice(0, 84), values: series.values.slice(0, 84) };
    expect(swingLeft(series, pooledHolidayEffect([early], newYears), 2007)).toBeCloseTo(left, 3);
  },
);

/** Made-up series: growth that differs by year, a season, the holiday's effect and no noise. */
const [SHAPE = []] = HOLIDAY_SHAPES;
const madeUp = (betas: readonly number[], yearly: readonly number[], season: readonly number[]) => {
  const span = monthsThrough('2018-01', '2023-12');
  const coefficients = SHAPE.map((window, index) => ({ window, beta: at(betas, index) }));
  const holiday = centredHoliday(span, coefficients, newYears);
  const values = span.map((_, index) =>
    Math.exp(10 + at(yearly, Math.floor(index / 12)) + at(season, index % 12) + at(holiday, index)),
  );
  return { months: span, values };
};
const numbers = (length: number) =>
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: length, maxLength: length });
const part = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const made = fc.tuple(
  fc.tuple(part(-0.95, 0.3), part(-0.2, 0.3), part(-0.2, 0.3)),
  fc.array(fc.tuple(numbers(6), numbers(12)), { minLength: 1, maxLength: 4 }),
);

test('an effect that was put in comes out, whatever growth and season; removing it leaves them', () => {
  fc.assert(
    fc.property(made, ([betas, shapes]) => {
      const panel = shapes.map(([yearly, season]) => madeUp(betas, yearly, season));
      const effect = pooledHolidayEffect(panel, newYears, [SHAPE]);
      effect.coefficients.forEach(({ beta }, index) => expect(beta).toBeCloseTo(at(betas, index), 6));
      panel.forEach(({ months: span, values }, index) => {
        const [yearly, season] = at(shapes, index);
        const without = removeHoliday(values, span, effect, newYears);
        const pure = madeUp([0, 0, 0], yearly, season).values;
        without.forEach((value, month) => expect((value ?? NaN) / at(pure, month)).toBeCloseTo(1, 5));
      });
    }),
    { numRuns: 30 },
  );
});

test('a holiday that all but stops a business is not linear in its share: a February that it fills keeps nothing of it', () => {
  const betas = [-0.9, 0.15, 0.1];
  const { months: span, values } = madeUp(betas, [0, 0, 0, 0, 0, 0], new Array(12).fill(0));
  const effect = pooledHolidayEffect([{ months: span, values }], newYears);
  expect(effect.coefficients.map(({ window }) => window)).toEqual(SHAPE);
  const without = removeHoliday(values, span, effect, newYears).map((value) => Math.log(value ?? NaN));
  // In log points; the series itself swings by more than sixty.
  expect(100 * (Math.max(...without) - Math.min(...without))).toBeLessThan(0.01);
  expect(100 * Math.log(Math.max(...values) / Math.min(...values))).toBeGreaterThan(60);
});

test('of belts that all but stop by days and differ, the mean residual of every January, February and March is within 3 log points', () => {
  // Factors by days from the New Year, straight lines between; wholesale nearly stops, shops go on selling.
  const wholesale = [[-28, 1], [-24, 1.25], [-14, 1.1], [-10, 0.16], [-7, 0.05], [9, 0.05], [14, 0.75], [20, 1.1], [42, 1]] as const; // prettier-ignore
  const shops = [
    [-28, 1],
    [-23, 1.14],
    [-12, 1.14],
    [-3, 0.42],
    [4, 0.42],
    [14, 0.98],
    [17, 1],
  ] as const;
  const along = (curve: readonly (readonly [number, number])[], offset: number) => {
    const next = curve.findIndex(([x]) => x > offset);
    const [[x0, y0], [x1, y1]] = [curve[next - 1] ?? [0, 1], curve[next] ?? [1, 1]];
    return next <= 0 ? 1 : y0 + ((y1 - y0) * (offset - x0)) / (x1 - x0);
  };
  const span = monthsThrough('2017-01', '2024-12');
  const monthly = (share: number) =>
    span.map((month) => {
      const days = daysThrough(firstDayOf(month), lastDayOf(month));
      const values = Array.from({ length: days }, (_, index) => {
        const offset =
          daysThrough(newYears[Number(month.slice(0, 4))] ?? '', addDays(firstDayOf(month), index)) - 1;
        return share * along(wholesale, offset) + (1 - share) * along(shops, offset);
      });
      return sum(values) / days;
    });
  const belts = [0.5, 0.6, 0.7, 0.8, 0.9].map((share) => ({ months: span, values: monthly(share) }));
  const effect = pooledHolidayEffect(belts, newYears);
  const residuals = (values: readonly (number | null)[], month: number) => {
    const logs = values
      .filter((_, index) => index % 12 === month)
      .map((value) => 100 * Math.log(value ?? NaN));
    return logs.map((log) => log - sum(logs) / logs.length);
  };
  const means = (of: (belt: (typeof belts)[number]) => readonly (number | null)[], month: number) => {
    const rows = belts.map((belt) => residuals(of(belt), month));
    return (rows[0] ?? []).map((_, year) => Math.abs(sum(rows.map((row) => at(row, year))) / rows.length));
  };
  for (const month of [0, 1, 2]) {
    expect(
      Math.max(...means(({ values }) => removeHoliday(values, span, effect, newYears), month)),
    ).toBeLessThan(3);
  }
  expect(Math.max(...means(({ values }) => values, 1))).toBeGreaterThan(25);
});

test('the standard error covers: 19 of 20 estimates lie within two of them', () => {
  const draw = random(11);
  const { months: span, values } = madeUp(
    [-0.8, 0.1, 0.05],
    [0, 0.1, 0.1, 0.2, 0.1, 0.3],
    [...numbersOf(12)],
  );
  let inside = 0;
  for (let trial = 0; trial < 100; trial++) {
    const noisy = values.map((value) => value * Math.exp(0.04 * normal(draw)));
    const { beta, standardError } = pooledHolidayEffect([{ months: span, values: noisy }], newYears, [SHAPE]);
    if (Math.abs((beta ?? NaN) + 0.8) <= 2 * (standardError ?? NaN)) inside++;
  }
  expect(inside).toBeGreaterThanOrEqual(88);
});
function* numbersOf(length: number) {
  for (let index = 0; index < length; index++) yield Math.sin(index);
}

test('series with the same months cost as one, and count as many', () => {
  const one = madeUp([-0.7, 0.1, 0], [0, 1, 1, 1, 2, 2], new Array(12).fill(0));
  const other = { ...one, values: one.values.map((value, index) => value * (2 + Math.sin(index) / 50)) };
  const [alone, both] = [[one], [one, other, other]].map((panel) =>
    pooledHolidayEffect(panel, newYears, [SHAPE]),
  );
  expect(both?.observations).toBe(3 * (alone?.observations ?? NaN));
  expect(both?.beta).toBeCloseTo(-0.7, 1);
});

test('no estimate: too short, and a holiday that fell alike', () => {
  const short = monthsThrough('2022-01', '2023-11');
  const none = { beta: null, standardError: null, coefficients: [] };
  expect(pooledHolidayEffect([{ months: short, values: short.map(() => 1) }], newYears)).toMatchObject({
    ...none,
    reason: 'under-24-months',
  });
  expect(pooledHolidayEffect([], newYears)).toMatchObject({
    ...none,
    observations: 0,
    reason: 'under-24-months',
  });
  const span = monthsThrough('2022-01', '2023-12');
  const alike = { 2021: '2021-02-01', 2022: '2022-02-01', 2023: '2023-02-01' };
  const panel = [{ months: span, values: span.map((_, index) => 1 + index) }];
  expect(pooledHolidayEffect(panel, alike)).toMatchObject({ ...none, reason: 'no-variation' });
});

test('windows that cannot be told apart: the first alone', () => {
  const twice = [SHAPE[0] ?? { before: 0, after: 0 }, SHAPE[0] ?? { before: 0, after: 0 }];
  const { months: span, values } = madeUp([-0.5, 0, 0], [0, 0, 0, 0, 0, 0], new Array(12).fill(0));
  const { coefficients } = pooledHolidayEffect([{ months: span, values }], newYears, [twice]);
  expect(coefficients).toHaveLength(1);
  expect(at(coefficients, 0).beta).toBeCloseTo(-0.5, 6);
});

test('of few sparse series no day loses more than it sells, or sells more than twice as much', () => {
  const draw = random(3);
  const span = monthsThrough('2021-01', '2024-12');
  for (let trial = 0; trial < 25; trial++) {
    const panel = Array.from({ length: 4 }, () => ({
      months: span,
      values: span.map(() => Math.exp(3 * normal(draw))),
    }));
    const { coefficients } = pooledHolidayEffect(panel, newYears);
    expect(coefficients).toHaveLength(3);
    for (const { beta } of coefficients) {
      expect(beta).toBeGreaterThanOrEqual(-0.98);
      expect(beta).toBeLessThanOrEqual(1);
    }
  }
  // A belt of which nothing is left on days of the standstill stays at the bound, and others are fitted beside it.
  const { values } = madeUp([-0.98, 0.2, 0.1], [0, 0, 0, 0, 0, 0], new Array(12).fill(0));
  const effect = pooledHolidayEffect([{ months: monthsThrough('2018-01', '2023-12'), values }], newYears, [
    SHAPE,
  ]);
  expect(effect.coefficients.map(({ beta }) => beta)).toEqual(
    [-0.98, 0.2, 0.1].map((beta) => expect.closeTo(beta, 5) as number),
  );
});

test('months without a value are left out and stay without', () => {
  const { months: span, values } = madeUp([-0.3, 0.1, 0], [0, 0.1, 0.2, 0.1, 0, 0], new Array(12).fill(0));
  const gaps = values.map((value, index) => (index % 7 === 3 ? null : value));
  const effect = pooledHolidayEffect([{ months: span, values: gaps }], newYears, [SHAPE]);
  expect(effect.beta).toBeCloseTo(-0.3, 6);
  expect(removeHoliday(gaps, span, effect, newYears)[3]).toBeNull();
});
