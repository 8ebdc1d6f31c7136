import fc from 'fast-check';
import { lmdi, logMean } from './lmdi.ts';
import { LMDIR } from './published/decomposition.ts';
import { at, sum } from '../core/vector.ts';

const positive = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
const factor = fc.oneof({ weight: 3, arbitrary: positive }, { weight: 1, arbitrary: fc.constant(0) });
const pairOfRows = fc.tuple(
  fc.array(factor, { minLength: 4, maxLength: 4 }),
  fc.array(factor, { minLength: 4, maxLength: 4 }),
);
const product = (factors: readonly number[]) => factors.reduce((value, x) => value * x, 1);

const expectAllClose = (actual: readonly number[], expected: readonly number[], digits: number) =>
  expected.forEach((value, index) => expect(at(actual, index)).toBeCloseTo(value, digits));

test('the logarithmic mean lies between the geometric and the arithmetic mean', () => {
  fc.assert(
    fc.property(positive, positive, (a, b) => {
      const value = logMean(a, b);
      expect(value).toBeGreaterThanOrEqual(Math.sqrt(a * b) * (1 - 1e-9));
      expect(value).toBeLessThanOrEqual(((a + b) / 2) * (1 + 1e-9));
      expect(value).toBeCloseTo(logMean(b, a), 6);
    }),
  );
  expect(logMean(7, 7)).toBe(7);
  expect(logMean(7, 0)).toBe(0);
  expect(logMean(1 + 1e-12, 1)).toBeCloseTo(1, 11); // where (a − b) ÷ ln(a ÷ b) has lost its digits
});

test('published values of two products with three factors, each decomposed and added up', () => {
  const parts = LMDIR.rows0.map((row, index) => lmdi(row, at(LMDIR.rows1, index)));
  const additive = LMDIR.additive.map((_, factor) => sum(parts.map((part) => at(part, factor))));
  expectAllClose(additive, LMDIR.additive, 7);
});

test('published zero case: what was nothing gets all of the change', () => {
  const [first0, first1] = [[0, 10, 2], at(LMDIR.rows1, 0)];
  expect(lmdi(first0, first1)).toEqual(LMDIR.additiveFromZero);
});

// Ang, Zhang and Choi 1998: v0, v1, x0, x1 and what x contributes; the other factor y makes v what it is.
test.each([
  ['x comes from 0', [0, 3], [2, 3], [6, 0]],
  ['x falls to 0', [2, 3], [0, 3], [-6, 0]],
  ['v was 0, not through x', [2, 0], [4, 3], [0, 12]],
  ['v is 0, not through x', [2, 3], [4, 0], [0, -6]],
  ['v is 0 throughout, x is not', [2, 0], [4, 0], [0, 0]],
  ['x is 0 throughout', [0, 3], [0, 5], [0, 0]],
  ['v is 0 throughout, x falls to 0', [2, 0], [0, 0], [0, 0]],
  ['v is 0 throughout, x comes from 0', [0, 0], [2, 0], [0, 0]],
  ['two come from 0 and share', [0, 0], [2, 3], [3, 3]],
])('%s', (_, factors0, factors1, expected) => expect(lmdi(factors0, factors1)).toEqual(expected));

test('contributions add up to the change of the product, zeros included', () => {
  fc.assert(
    fc.property(pairOfRows, ([row0, row1]) => {
      const parts = lmdi(row0, row1);
      const scale = Math.max(product(row0), product(row1), ...parts.map(Math.abs), 1e-300);
      expect(Math.abs(sum(parts) - (product(row1) - product(row0))) / scale).toBeLessThan(1e-12);
    }),
    { numRuns: 2000 },
  );
});

test('a factor that did not change contributes nothing; turning time around turns the signs', () => {
  expect(at(lmdi([3, 5], [3, 9]), 0)).toBe(0);
  const [there, back] = [lmdi([3, 5], [4, 9]), lmdi([4, 9], [3, 5])];
  expectAllClose(
    back,
    there.map((part) => -part),
    12,
  );
});

test.each([
  [
    [-1, 2],
    [1, 2],
  ],
  [
    [1, NaN],
    [1, 2],
  ],
  [
    [1, 2],
    [1, Infinity],
  ],
  [[1], [1, 2]],
])('%p to %p has no decomposition', (factors0, factors1) =>
  expect(() => lmdi(factors0, factors1)).toThrow(RangeError),
);
