import fc from 'fast-check';
import { gini, hhi, lorenz, topShare } from './concentration.ts';
import { GINI, HHI } from './published/concentration.ts';
import { at } from '../core/vector.ts';

const amounts = fc
  .array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 300 })
  .filter((values) => values.some((value) => value > 1e-3));

test('published HHI', () => expect(hhi(HHI.shares)).toBeCloseTo(HHI.hhi, 9));

test.each(GINI)('published Gini of $values', ({ values, ...expected }) => {
  const result = gini(values);
  expect(result?.gini).toBeCloseTo(expected.gini, 7);
  if ('corrected' in expected) expect(result?.corrected).toBeCloseTo(expected.corrected, 7);
});

test('Gini is half the mean difference over the mean', () => {
  fc.assert(
    fc.property(amounts, (values) => {
      const total = values.reduce((all, value) => all + value, 0);
      const differences = values.reduce(
        (all, x) => all + values.reduce((row, y) => row + Math.abs(x - y), 0),
        0,
      );
      expect(gini(values)?.gini).toBeCloseTo(differences / (2 * values.length * total), 9);
    }),
    { numRuns: 50 },
  );
});

test('bounds: equal members, one that has all, and everything between', () => {
  expect(gini([4, 4, 4])).toEqual({ gini: 0, corrected: 0 });
  expect(gini([0, 0, 0, 8])).toEqual({ gini: 0.75, corrected: 1 });
  expect(gini([5])).toEqual({ gini: 0, corrected: null });
  expect(hhi([7])).toBe(10_000);
  fc.assert(
    fc.property(amounts, fc.double({ min: 0, max: 1, noNaN: true }), (values, part) => {
      const index = hhi(values) ?? NaN;
      expect(index).toBeGreaterThanOrEqual((10_000 / values.length) * (1 - 1e-9));
      expect(index).toBeLessThanOrEqual(10_000 * (1 + 1e-9));
      expect(topShare(values, part)).toBeGreaterThanOrEqual(part - 1e-9);
    }),
  );
});

test('the unit does not matter', () => {
  fc.assert(
    fc.property(amounts, fc.double({ min: 0.01, max: 100, noNaN: true }), (values, scale) => {
      const scaled = values.map((value) => value * scale);
      expect(hhi(scaled)).toBeCloseTo(hhi(values) ?? NaN, 5);
      expect(gini(scaled)?.gini).toBeCloseTo(gini(values)?.gini ?? NaN, 9);
      expect(topShare(scaled, 0.2)).toBeCloseTo(topShare(values, 0.2) ?? NaN, 9);
    }),
  );
});

test('the top 20 % counts a fraction of the last member', () => {
  expect(topShare([1, 1, 1, 1, 6], 0.2)).toBe(0.6);
  expect(topShare([10, 5, 1, 1, 1, 1, 1], 0.2)).toBeCloseTo((10 + 0.4 * 5) / 20, 12);
  expect(topShare([3, 1], 0.2)).toBeCloseTo((0.4 * 3) / 4, 12); // less than one member
  expect(
    topShare(
      Array.from({ length: 15 }, (_, i) => i),
      0.2,
    ),
  ).toBeCloseTo((14 + 13 + 12) / 105, 12);
  expect(topShare([3, 1], 1)).toBe(1);
  expect(topShare([3, 1], 0)).toBe(0);
});

test('the Lorenz curve runs from corner to corner, below equality, bending upwards', () => {
  expect(lorenz([3, 1])).toEqual([
    { population: 0, share: 0 },
    { population: 0.5, share: 0.25 },
    { population: 1, share: 1 },
  ]);
  fc.assert(
    fc.property(amounts, fc.integer({ min: 2, max: 120 }), (values, points) => {
      const curve = lorenz(values, points);
      expect(curve.length).toBe(Math.min(points, values.length + 1));
      expect(at(curve, 0)).toEqual({ population: 0, share: 0 });
      expect(curve.at(-1)).toEqual({ population: 1, share: 1 });
      curve.forEach(({ population, share }) => expect(share).toBeLessThanOrEqual(population + 1e-9));
    }),
  );
  expect(lorenz(Array.from({ length: 10_000 }, (_, i) => i))).toHaveLength(101);
});

test('the area under the whole Lorenz curve gives the Gini coefficient', () => {
  fc.assert(
    fc.property(amounts, (values) => {
      const curve = lorenz(values, Infinity);
      const area = curve.slice(1).reduce((sum, point, index) => {
        const last = at(curve, index);
        return sum + ((point.share + last.share) / 2) * (point.population - last.population);
      }, 0);
      expect(gini(values)?.gini).toBeCloseTo(1 - 2 * area, 9);
    }),
  );
});

test('without value there is nothing to concentrate', () => {
  for (const values of [[], [0, 0]]) {
    expect([hhi(values), gini(values), topShare(values, 0.2)]).toEqual([null, null, null]);
    expect(lorenz(values)).toEqual([]);
  }
  expect(() => hhi([1, -1])).toThrow(RangeError);
  expect(() => gini([1, NaN])).toThrow(RangeError);
});
