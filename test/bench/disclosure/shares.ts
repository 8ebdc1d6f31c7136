import { plantedMonth, type Shape } from '@beltline/api/disclosure/planted-holdings.js';
import { plantedShares, type ShareShape } from '@beltline/api/disclosure/planted-shares.js';
import { gateShares, type ShareReport } from '@beltline/api/releases/gated-share.js';
import { loadSolver } from '@beltline/api/statistics/linear-programme.js';
import { print } from '../api-measure.ts';
import { RULES, stopwatch } from './passed.ts';

const plus = (sum: number, one: number): number => sum + one;

/** Shares of so many tables, as they are released. @returns what the auditor found */
export async function passShares(tables: number, shape: Shape, ofShares: ShareShape): Promise<number> {
  const highs = await loadSolver();
  const told: ShareReport[] = [];
  let [seconds, open] = [0, 0];
  for (let seed = 1; seed <= tables; seed++) {
    const { belts } = plantedMonth(seed, shape);
    const holdings = plantedShares(seed, belts, ofShares);
    const asked = { belts, rules: RULES, withheld: new Set<string>(), before: [] };
    const clock = stopwatch();
    told.push(gateShares(highs, asked, holdings).report);
    seconds += clock();
    open += gateShares(highs, { ...asked, without: 'complementary' }, holdings).report.breaches ?? NaN;
  }
  const sum = (of: (one: ShareReport) => number) => told.map(of).reduce(plus, 0);
  if (tables > 0) {
    print(`shares of ${100 * ofShares.share} % in ${tables} tables of ${shape.belts} belts`);
    print(`  ${(seconds / tables).toFixed(2)} s of processor each, pattern and audit`);
    print(`  breaches: ${sum((one) => one.breaches ?? NaN)}; without complementary suppression: ${open}`);
    const cells = `${sum((one) => one.withheld)} of ${sum((one) => one.cells)} cells`;
    const whole = ((100 * sum((one) => one.withheldShare)) / tables).toFixed(1);
    print(`  withheld: ${cells}, for themselves ${sum((one) => one.unsafe)}; ${whole} % of the whole`);
  }
  return sum((one) => one.breaches ?? NaN);
}
