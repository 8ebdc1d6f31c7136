import jStat from 'jstat';
import { normalOf, pValueOf, studentOf } from './studentised.ts';

const DEVIATES = [-4, -2.5, -1, 0, 0.5, 1.7, 3, 4];
const DEGREES = [2, 3, 5, 10, 30, 200];

test.each(DEGREES)('of %i degrees it is near the exact deviate, and seldom beyond it', (degrees) => {
  for (const deviate of DEVIATES) {
    const t = jStat.studentt.inv(jStat.normal.cdf(deviate, 0, 1), degrees);
    const found = normalOf(t, degrees);
    expect(Math.abs(found)).toBeLessThanOrEqual(Math.abs(deviate) + 0.005);
    if (degrees >= 5) expect(Math.abs(found)).toBeGreaterThan(Math.abs(deviate) - 0.05);
  }
});

test.each(DEGREES)('of %i degrees there and back is the same', (degrees) => {
  for (const deviate of DEVIATES)
    expect(normalOf(studentOf(deviate, degrees), degrees)).toBeCloseTo(deviate, 9);
});

test.each(DEGREES)('of %i degrees it is never larger than Student’s t itself', (degrees) => {
  for (const t of [0.001, 0.1, 1, 2.5, 7, 40, 1e4]) expect(normalOf(t, degrees)).toBeLessThan(t);
});

test('the p-value of few degrees is larger than that of many', () => {
  const of = (degrees: number) => pValueOf({ value: 0.25, standardError: 0.1, degrees }, 0);
  expect(of(1e9)).toBeCloseTo(0.0124, 4);
  expect(of(10)).toBeCloseTo(2 * (1 - jStat.studentt.cdf(2.5, 10)), 3);
  expect(of(3)).toBeGreaterThan(of(10));
});

test('without any error it is certain, and of what is just so nothing is found', () => {
  expect(pValueOf({ value: 0.1, standardError: 0, degrees: 9 }, 0)).toBe(0);
  expect(pValueOf({ value: 0, standardError: 0, degrees: 9 }, 0)).toBe(1);
});
