import fc from 'fast-check';
import { breadth } from './breadth.ts';

const values = fc.array(fc.tuple(fc.nat(1e6), fc.nat(1e6)), { maxLength: 100 });
const band = fc.double({ min: 0, max: 1, noNaN: true });
const of = (pairs: readonly (readonly [number, number])[], deadBand: number) =>
  breadth(
    pairs.map(([before]) => before),
    pairs.map(([, after]) => after),
    deadBand,
  );

test.each([
  [
    'all rise',
    [
      [1, 2],
      [3, 4],
    ],
    0,
    { rising: 2, unchanged: 0, falling: 0, value: 100 },
  ],
  [
    'all fall',
    [
      [2, 1],
      [4, 3],
    ],
    0,
    { rising: 0, unchanged: 0, falling: 2, value: 0 },
  ],
  [
    'one of each',
    [
      [1, 2],
      [3, 3],
      [5, 4],
    ],
    0,
    { rising: 1, unchanged: 1, falling: 1, value: 50 },
  ],
  [
    'an entrant rises, an exit falls',
    [
      [0, 9],
      [9, 0],
    ],
    0.5,
    { rising: 1, unchanged: 0, falling: 1, value: 50 },
  ],
  [
    'who never was active does not count',
    [
      [0, 0],
      [1, 2],
    ],
    0,
    { rising: 1, value: 100 },
  ],
  ['nobody', [[0, 0]], 0, { rising: 0, unchanged: 0, falling: 0, value: null }],
  [
    'within 5 %',
    [
      [100, 105],
      [100, 95],
    ],
    0.06,
    { unchanged: 2, value: 50 },
  ],
  [
    'refunds above sales in both periods count, less of them is a rise',
    [
      [-100, -40],
      [-40, -100],
      [-100, -101],
      [0, -1],
    ],
    0.05,
    { rising: 1, unchanged: 1, falling: 2, value: 37.5 },
  ],
  ['on the edge of the band', [[95, 105]], 0.1, { unchanged: 1 }],
  ['beyond it', [[94, 106]], 0.1, { rising: 1 }],
] as const)('%s', (_, pairs, deadBand, expected) => expect(of(pairs, deadBand)).toMatchObject(expected));

test('three factories triple while forty small ones shrink: large growth, small breadth', () => {
  const large = Array.from({ length: 3 }, () => [1_000_000, 3_000_000] as const);
  const small = Array.from({ length: 40 }, () => [10_000, 8_000] as const);
  expect(of([...large, ...small], 0.05).value).toBeCloseTo(300 / 43, 10);
});

test('turning time around mirrors the value at 50; a wider band never moves it away from 50', () => {
  fc.assert(
    fc.property(values, band, (pairs, deadBand) => {
      const there = of(pairs, deadBand);
      const back = of(
        pairs.map(([before, after]) => [after, before]),
        deadBand,
      );
      if (there.value === null) {
        expect(back.value).toBeNull();
        return;
      }
      expect((back.value ?? NaN) + there.value).toBeCloseTo(100, 9);
      expect(of(pairs, 2).value).toBe(50);
      expect(there.rising + there.unchanged + there.falling).toBe(pairs.filter(([a, b]) => a + b > 0).length);
    }),
  );
});

test('a negative band and unequal periods are refused', () => {
  expect(() => breadth([1], [1], -0.1)).toThrow(RangeError);
  expect(() => breadth([1], [1, 2], 0)).toThrow(RangeError);
});
