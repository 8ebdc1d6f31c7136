import fc from 'fast-check';
import { geksTornqvist } from './geks.ts';
import { pairSums, pricedItems, tornqvist } from './price-index.ts';
import { GEKS } from './published/price-indices.ts';
import { at } from '../core/vector.ts';

type Rows = readonly (readonly number[])[];

/** Logarithms of the Törnqvist indices between periods; prices and quantities: a row a period. */
const logsOf = (prices: Rows, quantities: Rows) => (from: number, to: number) => {
  const [p0, p1, q0, q1] = [at(prices, from), at(prices, to), at(quantities, from), at(quantities, to)];
  const index = tornqvist(pairSums(pricedItems(p0, p1, q0, q1)));
  return index === null ? null : Math.log(index);
};
const positive = fc.double({ min: 0.1, max: 100, noNaN: true });
const rows = fc.array(fc.array(positive, { minLength: 4, maxLength: 4 }), { minLength: 13, maxLength: 13 });

test('published levels of thirteen periods', () => {
  const periods = Array.from({ length: GEKS.periods }, (_, period) => period);
  const prices = periods.map((period) =>
    Array.from({ length: GEKS.products }, (_, product) => 1 + product * GEKS.periods + period),
  );
  const quantities = prices.map((row) => row.map((price) => 66 - price));
  const levels = geksTornqvist(logsOf(prices, quantities), GEKS.periods);
  for (const [period, level] of Object.entries(GEKS.levels)) {
    expect(levels[Number(period) - 1]).toBeCloseTo(level, 12);
  }
});

test('with every link it is the geometric mean of the ways over each period', () => {
  fc.assert(
    fc.property(rows, rows, (prices, quantities) => {
      const log = logsOf(prices, quantities);
      const way = (from: number, to: number) =>
        from === to ? 0 : from < to ? (log(from, to) ?? NaN) : -(log(to, from) ?? NaN);
      geksTornqvist(log, 13).forEach((level, to) => {
        const ways = prices.map((_, over) => way(0, over) + way(over, to));
        expect(Math.log(level ?? NaN)).toBeCloseTo(ways.reduce((sum, one) => sum + one, 0) / 13, 9);
      });
    }),
    { numRuns: 30 },
  );
});

test('time reversal: read backwards, every movement is the inverse', () => {
  fc.assert(
    fc.property(rows, rows, (prices, quantities) => {
      const there = geksTornqvist(logsOf(prices, quantities), 13);
      const back = geksTornqvist(logsOf(prices.toReversed(), quantities.toReversed()), 13);
      there.forEach((level, period) => {
        const expected = (at(there, 12) ?? NaN) / (level ?? NaN);
        expect((at(back, 12 - period) ?? NaN) * expected).toBeCloseTo(1, 9);
      });
    }),
    { numRuns: 50 },
  );
});

test('identity and proportionality: prices that only scale give the scale, without drift', () => {
  const levelOf = [1, 2, 0.5, 1, 4];
  const quantities = [
    [1, 9],
    [5, 2],
    [8, 8],
    [1, 9],
    [3, 1],
  ];
  const prices = levelOf.map((level) => [3 * level, 7 * level]);
  geksTornqvist(logsOf(prices, quantities), 5).forEach((level, period) =>
    expect(level).toBeCloseTo(at(levelOf, period), 12),
  );
});

test('missing links: consistent ones are enough, an island stays unknown', () => {
  const truth = [0, 0.3, -0.2, 0.5];
  const present = new Set(['0-1', '1-2']);
  const log = (from: number, to: number) =>
    present.has(`${from}-${to}`) ? at(truth, to) - at(truth, from) : null;
  const levels = geksTornqvist(log, 4);
  expect(levels[2]).toBeCloseTo(Math.exp(-0.2), 12);
  expect(levels[3]).toBeNull();
  const roundabout = (from: number, to: number) => (to === 2 ? at(truth, to) - at(truth, from) : null);
  expect(geksTornqvist(roundabout, 3)[1]).toBeCloseTo(Math.exp(0.3), 12); // by way of a later period
  expect(geksTornqvist(() => null, 2)).toEqual([1, null]);
  expect(geksTornqvist(() => null, 1)).toEqual([1]);
  expect(() => geksTornqvist(() => 0, 0)).toThrow(RangeError);
});
