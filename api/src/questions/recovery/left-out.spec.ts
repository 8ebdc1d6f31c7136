import type { AreaDays } from './area-facts.ts';
import { daysWithout, ownersWithout } from './left-out.ts';

const series = { firstDay: '2024-01-30', values: Float64Array.from([10, 20, 30, 40]) };
const orders = { firstDay: '2024-01-30', values: Float64Array.from([1, 2, 3, 4]) };
/** An order of two merchants, one of them on two days. */
const PARTS = [
  { position: 1, merchantKey: 7, amount: 5 },
  { position: 2, merchantKey: 7, amount: 6 },
  { position: 2, merchantKey: 9, amount: 8 },
];

test('an order is taken from its days, and counts once on each', () => {
  const days = { series, orders } as AreaDays;
  const without = daysWithout(days, PARTS);
  expect([...without.series.values]).toEqual([10, 15, 16, 40]);
  expect([...without.orders.values]).toEqual([1, 1, 2, 4]);
  expect([...series.values]).toEqual([10, 20, 30, 40]);
});

test('and from what its merchants sold, in each window by the share of the month', () => {
  const owners = {
    seeds: Float64Array.from([1, 2]),
    ownerOf: Uint32Array.from([0, 1, 1]),
    keys: Float64Array.from([7, 8, 9]),
    sums: [Float64Array.from([100, 200, 300]), Float64Array.from([50, 0, 30]), Float64Array.from([1, 2, 3])],
  };
  const windows = [
    new Map([
      ['2024-01', 1],
      ['2024-02', 1],
    ]),
    new Map([['2024-02', 0.5]]),
    new Map([['2023-02', 1]]),
  ];
  const { sums } = ownersWithout(owners, windows, PARTS, series);
  // 31 January is position 1: 5; 1 February is position 2: 6 and 8.
  expect(sums.map((one) => [...one])).toEqual([
    [89, 200, 292],
    [47, 0, 26],
    [1, 2, 3],
  ]);
});
