/** Forty random tables, all that the rules promise of each. The quick tier has two of them in `suppress.spec.ts`. */
import { loadSolver } from '../statistics/linear-programme.ts';
import { RULES, throughTheGate } from './gate.fixture.ts';
import { plantedMonth, SMALL_SHAPE } from './planted-holdings.ts';

const highs = await loadSolver();
const SEEDS = Array.from({ length: 20 }, (_, no) => 100 + 2 * no);

test.each(SEEDS)('the auditor finds nothing in tables %#, and much in those of an open gate', (first) => {
  let found = 0;
  for (let seed = first; seed < first + 2; seed++) {
    const month = plantedMonth(seed, SMALL_SHAPE);
    expect(throughTheGate(highs, month).audited.breaches).toEqual([]);
    found += throughTheGate(highs, month, { without: 'complementary' }).audited.breaches.length;
  }
  expect(found).toBeGreaterThan(100);
});

test('nor in those of a gate that expects two owners to pool; the auditor asks one at a time', () => {
  for (let seed = 200; seed < 202; seed++) {
    const month = plantedMonth(seed, SMALL_SHAPE);
    expect(throughTheGate(highs, month, {}, { ...RULES, pooled: 2 }).audited.breaches).toEqual([]);
  }
});
