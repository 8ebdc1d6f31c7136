import { cliffsDelta } from './cliffs-delta.ts';
import { uniformOf } from './hashed.ts';
import { pValueOf } from './studentised.ts';

const compared = (firsts: readonly number[], others: readonly number[]) =>
  [
    ...firsts.map((value) => ({ value, isFirst: true })),
    ...others.map((value) => ({ value, isFirst: false })),
  ].map((one, at) => ({ ...one, seed: 7_919 * (at + 1) }));

test('it is the share of pairs above less that below, ties for neither', () => {
  // Pairs of 2 and 4 with 1, 2, 3: above 1+0... counted by hand: 2>1, 2=2, 2<3, 4>1, 4>2, 4>3.
  expect(cliffsDelta(compared([2, 4], [1, 2, 3]))?.value).toBeCloseTo(3 / 6, 12);
  expect(cliffsDelta(compared([5, 6], [1, 2]))?.value).toBe(1);
  expect(cliffsDelta(compared([1, 1], [1, 1]))?.value).toBe(0);
  expect(cliffsDelta(compared([], [1]))).toBeNull();
});

test('its standard error is that of draws of owners, and does not depend on the size of values', () => {
  const draw = (round: number) => {
    const value = (at: number) => uniformOf(round, at) ** 4;
    return cliffsDelta(
      Array.from({ length: 80 }, (_, at) => ({
        value: value(at),
        isFirst: at < 20,
        seed: 104_729 * (round * 80 + at + 1),
      })),
    );
  };
  const all = Array.from({ length: 200 }, (_, round) => draw(round + 1));
  const values = all.map((one) => one?.value ?? NaN);
  const spread = Math.sqrt(values.reduce((sum, one) => sum + one * one, 0) / values.length);
  const told = all.reduce((sum, one) => sum + (one?.standardError ?? NaN), 0) / all.length;
  expect(told / spread).toBeGreaterThan(0.85);
  expect(told / spread).toBeLessThan(1.15);
  // Of nothing but chance five of a hundred are below 0.05, give or take.
  const found = all.filter((one) => one && pValueOf(one, 0) < 0.05).length;
  expect(found).toBeLessThanOrEqual(18);
});
