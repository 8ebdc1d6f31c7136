import fc from 'fast-check';
import {
  fisher,
  hasEnoughMatched,
  isPriceWar,
  jevons,
  laspeyres,
  paasche,
  pairSums,
  pricedItems,
  type PricedItem,
  tornqvist,
  valueIndex,
  volumeIndex,
} from './price-index.ts';
import { PPI_MANUAL } from './published/price-indices.ts';

const { prices, quantities } = PPI_MANUAL;
const INDICES = { laspeyres, paasche, fisher, tornqvist, jevons };
const all = Object.entries(INDICES);

const positive = fc.double({ min: 0.01, max: 1e4, noNaN: true });
const item: fc.Arbitrary<PricedItem> = fc.record({
  price0: positive,
  price1: positive,
  quantity0: positive,
  quantity1: positive,
});
const basket = fc.array(item, { minLength: 1, maxLength: 40 });
const backwards = (items: readonly PricedItem[]) =>
  items.map(({ price0, price1, quantity0, quantity1 }) => ({
    price0: price1,
    price1: price0,
    quantity0: quantity1,
    quantity1: quantity0,
  }));
const near = (actual: number | null, expected: number | null) =>
  expect((actual ?? NaN) / (expected ?? NaN)).toBeCloseTo(1, 9);

test.each([2, 5] as const)('published indices of period %s, base period 1', (period) => {
  const sums = pairSums(pricedItems(prices[1], prices[period], quantities[1], quantities[period]));
  for (const [name, index] of all) {
    const published = PPI_MANUAL[name as keyof typeof INDICES][period];
    expect(Math.abs((index(sums) ?? NaN) - published)).toBeLessThanOrEqual(0.00005);
  }
});

test('identity: unchanged prices give 1, whatever the quantities', () => {
  fc.assert(
    fc.property(basket, (items) => {
      const sums = pairSums(items.map((one) => ({ ...one, price1: one.price0 })));
      for (const [, index] of all) near(index(sums), 1);
    }),
  );
});

test('proportionality: twice the prices, twice the index', () => {
  fc.assert(
    fc.property(basket, positive, (items, times) => {
      const sums = pairSums(items.map((one) => ({ ...one, price1: one.price0 * times })));
      for (const [, index] of all) near(index(sums), times);
    }),
  );
});

test('time reversal for Fisher, Törnqvist and Jevons; Laspeyres turns into Paasche', () => {
  fc.assert(
    fc.property(basket, (items) => {
      const [there, back] = [pairSums(items), pairSums(backwards(items))];
      for (const index of [fisher, tornqvist, jevons]) near((index(there) ?? NaN) * (index(back) ?? NaN), 1);
      near((laspeyres(there) ?? NaN) * (paasche(back) ?? NaN), 1);
    }),
  );
});

test('every index lies between the smallest and the largest price relative', () => {
  fc.assert(
    fc.property(basket, (items) => {
      const relatives = items.map((one) => one.price1 / one.price0);
      for (const [, index] of all) {
        expect(index(pairSums(items))).toBeGreaterThanOrEqual(Math.min(...relatives) * (1 - 1e-9));
        expect(index(pairSums(items))).toBeLessThanOrEqual(Math.max(...relatives) * (1 + 1e-9));
      }
    }),
  );
});

test('price × volume = value', () => {
  fc.assert(
    fc.property(basket, (items) => {
      const sums = pairSums(items);
      for (const [, index] of all) {
        const price = index(sums);
        near((price ?? NaN) * (volumeIndex(valueIndex(sums), price) ?? NaN), valueIndex(sums));
      }
    }),
  );
});

test('factor reversal for Fisher: its volume index is Fisher with prices and quantities exchanged', () => {
  fc.assert(
    fc.property(basket, (items) => {
      const exchanged = items.map(({ price0, price1, quantity0, quantity1 }) => ({
        price0: quantity0,
        price1: quantity1,
        quantity0: price0,
        quantity1: price1,
      }));
      const sums = pairSums(items);
      near(volumeIndex(valueIndex(sums), fisher(sums)), fisher(pairSums(exchanged)));
    }),
  );
});

test('a price war: prices fall by a fifth, volume grows by half', () => {
  const sums = pairSums([
    { price0: 10, price1: 8, quantity0: 100, quantity1: 150 },
    { price0: 5, price1: 4, quantity0: 40, quantity1: 60 },
  ]);
  near(tornqvist(sums), 0.8);
  near(volumeIndex(valueIndex(sums), tornqvist(sums)), 1.5);
});

test.each([
  ['prices fall, and take back two fifths of what volume adds', 0.9, 1.3, true],
  ['prices fall by little while volume grows by a fifth', 0.983, 1.1926, false],
  ['just below a quarter of the volume effect', 1.5 ** -0.249, 1.5, false],
  ['just above a quarter of the volume effect', 1.5 ** -0.251, 1.5, true],
  ['prices rise', 1.1, 1.3, false],
  ['volume falls too', 0.9, 0.9, false],
  ['within the noise', 0.995, 1.02, false],
  ['nothing at all', 1, 1, false],
])('a price war is marked where the price is a part of the story: %s', (_case, price, volume, expected) => {
  expect(isPriceWar(price, volume)).toBe(expected);
});

test('items not sold in both periods are left out; nothing left gives no index', () => {
  const sold = { price0: 1, price1: 2, quantity0: 3, quantity1: 4 };
  const gone = { ...sold, quantity1: 0 };
  expect(pairSums([sold, gone, { ...sold, price0: 0 }])).toEqual(pairSums([sold]));
  const nothing = pairSums([gone]);
  for (const [, index] of all) expect(index(nothing)).toBeNull();
  expect(volumeIndex(valueIndex(nothing), 1)).toBeNull();
  expect(volumeIndex(valueIndex(pairSums([sold])), null)).toBeNull();
});

test.each([
  ['ten items with half of the value', 10, 50, 50, true],
  ['nine items', 9, 50, 50, false],
  ['a fifth of both values', 10, 20, 20, true],
  ['too little of the baseline', 40, 19, 90, false],
  ['too little of the period', 40, 90, 19, false],
  ['one item with 0.4 % of the value', 1, 0.4, 0.4, false],
])('matched items speak for all where they are enough: %s', (_case, items, value0, value1, expected) => {
  expect(hasEnoughMatched({ items, value0, value1 }, { value0: 100, value1: 100 })).toBe(expected);
});
