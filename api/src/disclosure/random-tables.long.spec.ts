/** Random tables of a gate that expects two owners to pool. Those of a gate as it is set by default are in `test/integration/disclosure-demo.long.spec.ts`, each defence switched off in turn. */
import { loadSolver } from '../statistics/linear-programme.ts';
import { RULES, throughTheGate } from './gate.fixture.ts';
import { plantedMonth, SMALL_SHAPE } from './planted-holdings.ts';

const highs = await loadSolver();

test('the auditor, who asks one owner at a time, finds nothing', () => {
  for (let seed = 200; seed < 202; seed++) {
    const month = plantedMonth(seed, SMALL_SHAPE);
    expect(throughTheGate(highs, month, {}, { ...RULES, pooled: 2 }).audited.breaches).toEqual([]);
  }
});
