import fc from 'fast-check';
import { factorChanges } from './own-change.ts';

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
