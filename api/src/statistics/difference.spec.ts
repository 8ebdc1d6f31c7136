import { differenceOf, errorCorrelation } from './difference.ts';

test('is the interval of a difference of two proportions that is published: 56 of 70 less 48 of 80 (Newcombe 1998, method 10)', () => {
  // Wilson's intervals of 95 % of both: the method takes ends of any level.
  const wilson = (value: number, n: number, z = 1.959964) => {
    const middle = (value + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
    const half = (z * Math.sqrt((value * (1 - value)) / n + z ** 2 / (4 * n ** 2))) / (1 + z ** 2 / n);
    return { value, low: middle - half, high: middle + half };
  };
  const { value, low, high } = differenceOf(wilson(56 / 70, 70), wilson(48 / 80, 80), 0);
  expect([value, low, high].map((one) => one.toFixed(4))).toEqual(['0.2000', '0.0524', '0.3339']);
});

const around = (value: number, half: number) => ({ value, low: value - half, high: value + half });

test('figures whose intervals overlap may differ surely, and need not', () => {
  const [sure, unsure] = [
    differenceOf(around(114, 8), around(100, 8), 0),
    differenceOf(around(110, 8), around(100, 8), 0),
  ];
  expect([sure.low > 0, sure.pValue < 0.1]).toEqual([true, true]);
  expect([unsure.low > 0, unsure.pValue < 0.1]).toEqual([false, false]);
});

test('an interval ends at no difference exactly where the p-value is one in ten, from either side', () => {
  for (const [one, other] of [
    [around(10, 3), around(5, 4)],
    [around(5, 4), around(10, 3)],
  ] as const) {
    const told = differenceOf(one, other, 0);
    expect(Math.abs(told.value > 0 ? told.low : told.high)).toBeLessThan(1e-12);
    expect(told.pValue).toBeCloseTo(0.1, 9);
  }
});

test('what moves together differs more surely than what is apart', () => {
  const [apart, together] = [0, 0.8].map((correlation) =>
    differenceOf(around(106, 6), around(100, 6), correlation),
  );
  expect(apart?.low).toBeLessThan(0);
  expect(together?.low).toBeGreaterThan(0);
  expect(differenceOf(around(7, 2), around(7, 2), 1)).toMatchObject({ value: 0, low: 0, high: 0, pValue: 1 });
});

test('errors go together as far as the same owners move both', () => {
  const moves = (owners: readonly [seed: number, moved: number][]) => ({
    seeds: Float64Array.from(owners, ([seed]) => seed),
    moved: Float64Array.from(owners, ([, moved]) => moved),
  });
  const own = moves([
    [1, 3],
    [4, 4],
  ]);
  expect(errorCorrelation(own, own)).toBe(1);
  expect(errorCorrelation(own, moves([[2, 5]]))).toBe(0);
  expect(
    errorCorrelation(
      own,
      moves([
        [2, 3],
        [4, -4],
        [9, 0],
      ]),
    ),
  ).toBeCloseTo(-16 / 25, 12);
  expect(errorCorrelation(own, moves([[1, 0]]))).toBe(0);
});
