import { MONTHS } from './calendar.ts';
import { type Drawn, drawOrders } from './draws.ts';
import { KINDS } from './kinds.ts';
import { Roster } from './roster.ts';
import { type DemoTruth, truthOf } from './truth.ts';
import { type World, drawWorld } from './world.ts';

const RUNS = 40;
/** November to January: the window of the truth. */
const WINDOW = [46, 47, 48];

let world: World;
let truth: DemoTruth;
let runs: Drawn[];
beforeAll(async () => {
  world = await drawWorld(100_000, 11);
  truth = truthOf(world);
  const { plan, merchants, distributors } = world;
  const roster = new Roster(merchants, distributors, plan.beltCount);
  runs = Array.from({ length: RUNS }, (_, run) => drawOrders(plan, roster, merchants.count, run));
}, 120_000);

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const kinds = Array.from(KINDS.keys());
const ordersIn = (drawn: Drawn, belt: number): number =>
  sum(WINDOW.flatMap((month) => kinds.map((kind) => drawn(kind, belt, month))));

it('draws orders about what is expected, with the variance that is told', () => {
  const found = world.registry.belts.map(({ id }, belt) => {
    const { orders, variance } = truth.belts[id]!.windows.now;
    const drawn = runs.map((run) => ordersIn(run, belt));
    const mean = sum(drawn) / RUNS;
    return {
      score: (mean - orders) / Math.sqrt(variance / RUNS),
      ratio: sum(drawn.map((n) => (n - mean) ** 2)) / (RUNS - 1) / variance,
    };
  });
  // The mean of 130 scores with variance 1, and of 130 sample variances of 40 runs each.
  expect(Math.abs(sum(found.map(({ score }) => score)) / found.length)).toBeLessThan(0.3);
  expect(sum(found.map(({ score }) => score ** 2)) / found.length).toBeLessThan(1.5);
  expect(sum(found.map(({ ratio }) => ratio)) / found.length).toBeGreaterThan(0.9);
  expect(sum(found.map(({ ratio }) => ratio)) / found.length).toBeLessThan(1.1);
});

it('gives the nation what is expected of each kind in each year, to the order', () => {
  const { plan } = world;
  for (const year of [0, 2, 3]) {
    for (const kind of kinds) {
      const months = Array.from({ length: 12 }, (_, month) => 12 * year + month);
      const nation = (of: (belt: number, month: number) => number): number =>
        sum(world.registry.belts.flatMap((_, belt) => months.map((month) => of(belt, month))));
      const expected = Math.round(nation((belt, month) => plan.mean(kind, belt, month)));
      for (const run of runs.slice(0, 3))
        expect(nation((belt, month) => run(kind, belt, month))).toBe(expected);
    }
  }
});

it('leaves no place below zero', () => {
  const { plan } = world;
  const lowest = runs.slice(0, 3).map((run) => {
    let least = Infinity;
    for (const kind of kinds)
      for (let belt = 0; belt < plan.beltCount; belt++)
        for (let month = 0; month < MONTHS; month++) least = Math.min(least, run(kind, belt, month));
    return least;
  });
  expect(lowest).toEqual([0, 0, 0]);
});
