import fc from 'fast-check';
import { TURNOVER_COLUMNS, type TurnoverFacts } from './owner-facts.ts';
import { buyerChanges, factorChanges, priceChanges } from './own-change.ts';

const sums = fc
  .record({
    orders: fc.nat(500),
    each: fc.integer({ min: 1, max: 90 }),
    price: fc.integer({ min: 1, max: 9_000 }),
  })
  .map(({ orders, each, price }) => ({ orders, pieces: orders * each, gmv: orders * each * price }));

test('factors of the own change add up to it, also from nothing and to nothing', () => {
  fc.assert(
    fc.property(sums, sums, (now, before) => {
      const parts = factorChanges(now, before) ?? [];
      const total = parts.reduce((sum, { change }) => sum + change, 0);
      expect(total).toBeCloseTo(now.gmv - before.gmv, 3);
    }),
  );
});

test('twice the orders of the same kind are all by orders', () => {
  const before = { orders: 4, pieces: 40, gmv: 8_000 };
  const parts = factorChanges({ orders: 8, pieces: 80, gmv: 16_000 }, before);
  expect(parts?.map(({ change }) => Math.round(change))).toEqual([8_000, 0, 0]);
});

test('value without orders is no product', () => {
  const none = { orders: 0, pieces: 0, gmv: 0 };
  expect(factorChanges({ orders: 0, pieces: 5, gmv: 100 }, none)).toBeNull();
  expect(factorChanges({ orders: 2, pieces: 0, gmv: 100 }, none)).toBeNull();
  expect(factorChanges(none, none)?.map(({ change }) => change)).toEqual([0, 0, 0]);
});

const turnover = (buyers: number, buyersBefore: number): TurnoverFacts => ({
  ...(Object.fromEntries(TURNOVER_COLUMNS.map((name) => [name, 0])) as TurnoverFacts),
  ...{ buyers, buyersBefore },
});

test('by buyers and by prices the parts add up too', () => {
  fc.assert(
    fc.property(
      sums,
      sums,
      fc.integer({ min: 1, max: 40 }),
      fc.double({ min: 0.2, max: 5, noNaN: true }),
      (now, before, count, index) => {
        const buyers = ({ orders }: { orders: number }) => Math.min(orders, count);
        const ways = [
          buyerChanges(now, before, turnover(buyers(now), buyers(before))),
          priceChanges(now, before, index),
        ];
        for (const parts of ways.filter((way) => way !== null))
          expect(parts.reduce((sum, { change }) => sum + change, 0)).toBeCloseTo(now.gmv - before.gmv, 3);
        expect(ways[0]).not.toBeNull();
        expect(ways[1] === null).toBe(now.gmv === 0 || before.gmv === 0);
      },
    ),
  );
});

test('twice the buyers are all by buyers, and dearer goods all by price', () => {
  const before = { orders: 4, pieces: 40, gmv: 8_000 };
  const twice = buyerChanges({ orders: 8, pieces: 80, gmv: 16_000 }, before, turnover(6, 3));
  expect(twice?.map(({ change }) => Math.round(change))).toEqual([8_000, 0, 0]);
  const dearer = priceChanges({ ...before, gmv: 10_000 }, before, 1.25);
  expect(dearer?.map(({ change }) => Math.round(change))).toEqual([2_000, 0]);
});

test('what is not known is not split', () => {
  const before = { orders: 4, pieces: 40, gmv: 8_000 };
  expect(buyerChanges(before, before, null)).toBeNull();
  expect(buyerChanges(before, before, turnover(0, 3))).toBeNull();
  expect(priceChanges(before, before, null)).toBeNull();
});
