import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { bytesOf } from './bytes-of.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes that making a value adds to the heap and to buffers beside it. */
function grownBy(make: () => unknown): number {
  const used = () => {
    // What a spec before has left goes in several rounds.
    for (let round = 0; round < 4; round++) collect();
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
    'a row with two arrays of 1,000,000 amounts',
    () => [{ baseline: numbers(1_000_000), period: numbers(1_000_000) }],
  ],
  [
    '200,000 rows of texts and numbers',
    () =>
      Array.from({ length: 200_000 }, (_, n) => ({
        belt_id: `B${String(n).padStart(6, '0')}`,
        orders: n + 0.5,
        gmv: n * 1.5,
      })),
  ],
  [
    'series of 1,000 belts over 3,000 days',
    () =>
      new Map(
        Array.from({ length: 1_000 }, (_, n) => [
          `B${n}`,
          { firstDay: '2020-01-01', values: new Float64Array(3_000) },
        ]),
      ),
  ],
  [
    '100,000 texts of an answer',
    // Read as an answer is, because what is put together in JavaScript shares its parts.
    () =>
      JSON.parse(
        JSON.stringify(Array.from({ length: 100_000 }, (_, n) => `产业带${n}`.repeat(10))),
      ) as string[],
  ],
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
