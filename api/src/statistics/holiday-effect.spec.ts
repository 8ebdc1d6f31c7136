import fc from 'fast-check';
import { monthsThrough } from '../core/calendar.ts';
import { growthOf } from '../core/ratio.ts';
import { type HolidayEffect, pooledHolidayEffect, removeHoliday, SHAPED_WINDOWS } from './holiday-effect.ts';
import { centredHolidayRegressor } from '../core/lunar.ts';
import { CHINA_EXPORTS, CHINA_IMPORTS } from './published/china-trade.ts';
import { PUBLISHED_NEW_YEARS as newYears } from './published/new-years.ts';
import { at, sum } from '../core/vector.ts';

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

test('China’s trade: the holiday costs a month about a fifth, and pooled removal cuts the swing of January and February', () => {
  const effect = pooledHolidayEffect([exports, imports], newYears);
  expect(effect).toMatchObject({ observations: 2 * 13 * 12, reason: null });
  expect(effect.beta).toBeCloseTo(-0.216, 3);
  expect(Math.abs(effect.beta ?? NaN)).toBeGreaterThan(5 * (effect.standardError ?? NaN));
  expect(swingLeft(imports, effect)).toBeCloseTo(0.589, 3); // 25.4 → 15.0 log points
  expect(swingLeft(exports, effect)).toBeCloseTo(0.959, 3); // 15.1 → 14.4: one shape fits them badly
});

test.each([
  ['imports', imports, 0.459],
  ['exports', exports, 0.594],
])('rush and standstill apart, fitted to the flow, cut the swing of %s to %s', (_, series, left) => {
  expect(swingLeft(series, pooledHolidayEffect([series], newYears, SHAPED_WINDOWS))).toBeCloseTo(left, 3);
});

test.each([
  ['imports', imports, 0.577],
  ['exports', exports, 0.914],
])(
  'years that were not fitted: the effect of 2000–2006 cuts the swing of %s in 2007–2013 to %s',
  (_, series, left) => {
    const early = { months: months.slice(0, 84), values: series.values.slice(0, 84) };
    const effect = pooledHolidayEffect([early], newYears, SHAPED_WINDOWS);
    expect(swingLeft(series, effect, 2007)).toBeCloseTo(left, 3);
  },
);

/** Made-up series: growth that differs by year, a season, the holiday's effect and no noise. */
const madeUp = (beta: number, yearly: readonly number[], season: readonly number[]) => {
  const span = monthsThrough('2020-01', '2023-12');
  const regressor = centredHolidayRegressor(span, newYears);
  const values = span.map((_, index) =>
    Math.exp(10 + at(yearly, Math.floor(index / 12)) + at(season, index % 12) + beta * at(regressor, index)),
  );
  return { months: span, values };
};
const numbers = (length: number) =>
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: length, maxLength: length });
const made = fc.tuple(
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.array(fc.tuple(numbers(4), numbers(12)), { minLength: 1, maxLength: 4 }),
);

test('an effect that was put in comes out, whatever growth and season; removing it leaves them', () => {
  fc.assert(
    fc.property(made, ([beta, shapes]) => {
      const panel = shapes.map(([yearly, season]) => madeUp(beta, yearly, season));
      const effect = pooledHolidayEffect(panel, newYears);
      expect(effect.beta).toBeCloseTo(beta, 9);
      panel.forEach(({ months: span, values }, index) => {
        const [yearly, season] = at(shapes, index);
        const without = removeHoliday(values, span, effect, newYears);
        const pure = madeUp(0, yearly, season).values;
        without.forEach((value, month) => expect((value ?? NaN) / at(pure, month)).toBeCloseTo(1, 8));
        expect(removeHoliday(values, span, effect.beta ?? NaN, newYears)).toEqual(without);
      });
    }),
    { numRuns: 30 },
  );
});

test('two windows are told apart', () => {
  const span = monthsThrough('2016-01', '2023-12');
  const [rush, standstill] = SHAPED_WINDOWS.map((window) => centredHolidayRegressor(span, newYears, window));
  const values = span.map((_, index) =>
    Math.exp(0.1 * (rush?.[index] ?? NaN) - 0.3 * (standstill?.[index] ?? NaN)),
  );
  const { coefficients } = pooledHolidayEffect([{ months: span, values }], newYears, SHAPED_WINDOWS);
  expect(at(coefficients, 0).beta).toBeCloseTo(0.1, 9);
  expect(at(coefficients, 1).beta).toBeCloseTo(-0.3, 9);
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
  expect(
    pooledHolidayEffect(panel, newYears, [
      { before: 4, after: 20 },
      { before: 4, after: 20 },
    ]).reason,
  ).toBe('no-variation');
});

test('months without a value are left out and stay without', () => {
  const { months: span, values } = madeUp(-0.3, [0, 0.1, 0.2, 0.1], new Array(12).fill(0));
  const gaps = values.map((value, index) => (index % 7 === 3 ? null : value));
  const effect = pooledHolidayEffect([{ months: span, values: gaps }], newYears);
  expect(effect.beta).toBeCloseTo(-0.3, 9);
  expect(removeHoliday(gaps, span, effect, newYears)[3]).toBeNull();
});
