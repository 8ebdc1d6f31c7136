import { loadSolver } from '../statistics/linear-programme.ts';
import { Exposures } from './exposure.ts';
import { RULES } from './gate.fixture.ts';
import { Holdings } from './holdings.ts';
import { LinkedTable, valueOf } from './linked-table.ts';
import { plantedMonth, type Shape } from './planted-holdings.ts';
import { relax } from './relaxation.ts';
import { suppress } from './suppress.ts';
import { Ways } from './ways.ts';

const highs = await loadSolver();

/** Two belts of one city by three tracks: some ten cells that could be shown, so that all patterns can be tried. */
const TINY: Shape = {
  ...{ belts: 2, cities: 1, provinces: 1, categories: 1 },
  ...{ sellers: 8, lines: 3, combinations: { 64: 0.5, 1: 0.3, 4: 0.2 } },
};
const SEEDS = Array.from({ length: 12 }, (_, no) => no + 1);

function tinyTable(seed: number): LinkedTable {
  const { belts, holdings } = plantedMonth(seed, TINY);
  const ofValue = holdings.map((one) => ({ ...one, values: one.values.slice(0, 1) }));
  return new LinkedTable(new Holdings(belts, ofValue, 1, RULES), RULES, 'track');
}

const safeOf = ({ cells }: LinkedTable) => cells.filter(({ isHidden, unsafe }) => !isHidden && !unsafe);
const weightsOf = ({ cells }: LinkedTable) => {
  const all = cells.reduce((sum, cell) => sum + valueOf(cell, 0), 0);
  return Float64Array.from(cells, (cell) => valueOf(cell, 0) / all);
};

/** The least that any pattern withholds beside what is unsafe, of all that protect every exposure: they are tried, the least first. */
function leastOfAll(table: LinkedTable, weights: Float64Array): number {
  const safe = safeOf(table);
  const [exposures, ways] = [new Exposures(table), new Ways(highs, table)];
  const patterns = Array.from({ length: 2 ** safe.length }, (_, bits) => {
    const withheld = safe.filter((_cell, index) => (bits >> index) & 1);
    return { withheld, weight: withheld.reduce((sum, { no }) => sum + (weights[no] ?? 0), 0) };
  }).sort((a, b) => a.weight - b.weight);
  const isProtected = ({ withheld }: (typeof patterns)[number]) => {
    const isShown = Uint8Array.from(table.cells, ({ isHidden, unsafe }) => (isHidden || unsafe ? 0 : 1));
    for (const { no } of withheld) isShown[no] = 0;
    const costs = Float64Array.from(isShown, (shown) => (shown ? Infinity : 0));
    return exposures.all(isShown).every((one) => ways.of(one, 0, costs) !== null);
  };
  const least = patterns.find(isProtected)?.weight ?? Infinity;
  ways.dispose();
  return least;
}

const FOUND = SEEDS.map((seed) => {
  const table = tinyTable(seed);
  const weights = weightsOf(table);
  return { table, weights, relaxed: relax(highs, table, weights), least: leastOfAll(table, weights) };
});

test('is never above the least of all patterns, and mostly near it', () => {
  const bounded = FOUND.filter(({ least }) => least > 0 && least < Infinity);
  expect(bounded.length).toBeGreaterThan(5);
  for (const { relaxed, least } of bounded) expect(relaxed.least).toBeLessThanOrEqual(least + 1e-9);
  const [sum, ofLeast] = [
    bounded.reduce((all, { relaxed }) => all + relaxed.least, 0),
    bounded.reduce((all, { least }) => all + least, 0),
  ];
  expect(sum / ofLeast).toBeGreaterThan(0.6);
});

test('is nothing where nothing but unsafe cells need be withheld', () => {
  for (const { relaxed } of FOUND.filter(({ least }) => least === 0)) expect(relaxed.least).toBe(0);
});

test('is below the gate, in every round', () => {
  for (const { table, weights } of FOUND) {
    const { isShown } = suppress(highs, table);
    const lost = safeOf(table).reduce((sum, { no }) => sum + (isShown[no] ? 0 : (weights[no] ?? 0)), 0);
    let before = 0;
    for (const rounds of [1, 2, 5]) {
      const { least } = relax(highs, table, weights, { rounds });
      expect(least).toBeGreaterThanOrEqual(before - 1e-9);
      expect(least).toBeLessThanOrEqual(lost + 1e-9);
      before = least;
    }
  }
});
