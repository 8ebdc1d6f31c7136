import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { bytesOf } from './bytes-of.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes that making a value adds to the heap and to buffers beside it. */
function grownBy(make: () => unknown): number {
  const used = () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = used();
  const value = make();
  const grown = used() - before;
  return value === undefined ? Number.NaN : grown;
}

const numbers = (length: number) => Array.from({ length }, (_, index) => index + 0.5);

test.each([
  [
    'a row with two arrays of 200,000 amounts',
    () => [{ baseline: numbers(200_000), period: numbers(200_000) }],
  ],
  [
    '20,000 rows of texts and numbers',
    () =>
      Array.from({ length: 20_000 }, (_, n) => ({
        belt_id: `B${String(n).padStart(5, '0')}`,
        orders: n + 0.5,
        gmv: n * 1.5,
      })),
  ],
  [
    'series of 100 belts over 3,000 days',
    () =>
      new Map(
        Array.from({ length: 100 }, (_, n) => [
          `B${n}`,
          { firstDay: '2020-01-01', values: new Float64Array(3_000) },
        ]),
      ),
  ],
  ['texts of an answer', () => Array.from({ length: 5_000 }, (_, n) => `产业带${n}`.repeat(20))],
])('%s: counted for no less than what they take, and for no more than three times that', (_, make) => {
  const grown = grownBy(make);
  const counted = bytesOf(make());
  expect(counted / grown).toBeGreaterThan(0.9);
  expect(counted / grown).toBeLessThan(3);
});

test('an array weighs by its length, and nothing weighs nothing', () => {
  expect(bytesOf([{ period: numbers(1_000) }]) - bytesOf([{ period: [] }])).toBe(8_000);
  expect(bytesOf(null)).toBe(0);
  expect(bytesOf(() => numbers(1_000))).toBe(0);
});
