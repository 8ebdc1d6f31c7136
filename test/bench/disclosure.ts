/**
 * Disclosure control: random small tables through the gate and the auditor, then a made-up month like the demo's, of 130 belts by 8 tracks
 * by 4 measures with all totals, as it is released: tracks alone. What is lost stands beside the least that any pattern must lose, and beside a
 * rule of thumb. Then shares of such belts, a part and the rest of a whole. `npm run bench -- disclosure [--tables 200] [--month] [--check]`: `--month` takes some minutes, most of them for the least;
 * `--check` ends non-zero where there is a breach.
 */
import { parseArgs } from 'node:util';
import { type Audit, audit } from '@beltline/api/disclosure-audit/audit.js';
import { Holdings } from '@beltline/api/disclosure/holdings.js';
import { LinkedTable, valueOf } from '@beltline/api/disclosure/linked-table.js';
import { naivePattern } from '@beltline/api/disclosure/naive.js';
import {
  DEMO_SHAPE,
  plantedMonth,
  type Shape,
  SMALL_SHAPE,
} from '@beltline/api/disclosure/planted-holdings.js';
import {
  DEMO_SHARES,
  plantedShares,
  type ShareShape,
  SMALL_SHARES,
} from '@beltline/api/disclosure/planted-shares.js';
import { lossOf, publish } from '@beltline/api/disclosure/publish.js';
import { relax } from '@beltline/api/disclosure/relaxation.js';
import { type Pattern, suppress } from '@beltline/api/disclosure/suppress.js';
import { gateShares, type ShareReport } from '@beltline/api/releases/gated-share.js';
import { loadSolver } from '@beltline/api/statistics/linear-programme.js';
import { TRACK, TRACKS } from '@beltline/contract';
import { print } from './api-measure.ts';

const RULES = { owners: 5, peers: 10, percent: 15, pooled: 1 };
const MEASURES = 4;

/** What one table cost, in seconds of the processor and in what is not shown. */
interface Passed {
  readonly seconds: { readonly table: number; readonly pattern: number; readonly audit: number };
  readonly breaches: number;
  readonly naiveBreaches: number;
  readonly isWhole: boolean;
  /** Parts of all value. */
  readonly lost: Lost;
  readonly cells: Lost & { readonly all: number };
  /** Whether the bounds are those of the whole relaxation, or of as many rounds as were made. */
  readonly isRelaxed: boolean;
}

/** Withheld for itself, at least (what is withheld for itself included), by the gate, by the naive rule. */
interface Lost {
  readonly primary: number;
  readonly least: number;
  readonly gate: number;
  readonly naive: number;
}
/** Rounds of cuts: a month's bound rises by a hundredth more in later ones, each of which takes longer than the one before. */
const ROUNDS = 12;

export async function benchDisclosure(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      tables: { type: 'string', default: '200' },
      month: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
    },
  });
  const small: Passed[] = [];
  for (let seed = 1; seed <= Number(values.tables); seed++)
    small.push(await pass(seed, SMALL_SHAPE, 'combination'));
  if (small.length > 0) report(`${small.length} random tables of 5 belts`, small);
  const month = values.month ? [await pass(1, DEMO_SHAPE, 'track')] : [];
  if (month.length > 0) report('a month of 130 belts', month);
  print(`memory: ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);
  const shares = [await passShares(Number(values.tables), SMALL_SHAPE, SMALL_SHARES)];
  for (const share of values.month ? MONTH_SHARES : [])
    shares.push(await passShares(1, DEMO_SHAPE, { ...DEMO_SHARES, share }));
  const breaches = [...small, ...month].reduce((sum, one) => sum + one.breaches, 0) + shares.reduce(plus, 0);
  if (values.check && breaches > 0) throw new Error(`${breaches} breaches`);
}

/** Of refunds, of repeat buyers, of what is dispatched in time, about as in the demo. */
const MONTH_SHARES = [0.007, 0.03, 0.7];
const plus = (sum: number, one: number): number => sum + one;

/** Shares of so many tables, as they are released. @returns what the auditor found */
async function passShares(tables: number, shape: Shape, ofShares: ShareShape): Promise<number> {
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

async function pass(seed: number, shape: Shape, finest: 'combination' | 'track'): Promise<Passed> {
  const highs = await loadSolver();
  const { belts, holdings } = plantedMonth(seed, shape);
  const clock = stopwatch();
  const table = new LinkedTable(new Holdings(belts, holdings, MEASURES, RULES), RULES, finest);
  const ofTable = clock();
  const pattern = suppress(highs, table);
  const ofPattern = clock();
  const tracks = TRACKS.map((key) => ({ key, bit: TRACK[key].bit, isPart: 'partOf' in TRACK[key] }));
  const audited = (one: Pattern): Audit =>
    audit(highs, { belts, tracks, measures: MEASURES, rows: publish(table, one) }, holdings, RULES);
  const { breaches } = audited(pattern);
  const ofAudit = clock();
  const naive = naivePattern(table);
  const losses = {
    primary: lossOf(table, (no) => table.cells[no]?.unsafe !== null),
    gate: lossOf(table, (no) => !pattern.isShown[no]),
    naive: lossOf(table, (no) => !naive.isShown[no]),
  };
  const part = ({ value, ofValue }: typeof losses.gate) => value / ofValue;
  const least = (of: (value: number) => number) =>
    relax(
      highs,
      table,
      Float64Array.from(table.cells, (cell) => of(valueOf(cell, 0))),
      { rounds: ROUNDS },
    );
  const ofValue = least((value) => value / losses.primary.ofValue);
  const ofCells = least(() => 1);
  return {
    seconds: { table: ofTable, pattern: ofPattern, audit: ofAudit },
    breaches: breaches.length,
    naiveBreaches: audited(naive).breaches.length,
    isWhole: pattern.isWhole,
    lost: {
      primary: part(losses.primary),
      least: part(losses.primary) + ofValue.least,
      gate: part(losses.gate),
      naive: part(losses.naive),
    },
    cells: {
      all: losses.gate.ofCells,
      primary: losses.primary.cells,
      // Cells are whole.
      least: losses.primary.cells + Math.ceil(ofCells.least - 1e-6),
      gate: losses.gate.cells,
      naive: losses.naive.cells,
    },
    isRelaxed: ofValue.isWhole && ofCells.isWhole,
  };
}

function report(title: string, passed: readonly Passed[]): void {
  const mean = (of: (one: Passed) => number) => passed.reduce((sum, one) => sum + of(one), 0) / passed.length;
  const total = (of: (one: Passed) => number) => passed.reduce((sum, one) => sum + of(one), 0);
  const percent = (of: (one: Passed) => number) => `${(100 * mean(of)).toFixed(1)} %`;
  print(title);
  for (const step of ['table', 'pattern', 'audit'] as const)
    print(`  ${step.padEnd(8)} ${mean(({ seconds }) => seconds[step]).toFixed(2)} s of processor each`);
  print(
    `  breaches: ${total((one) => one.breaches)}; of the naive rule: ${total((one) => one.naiveBreaches)}`,
  );
  print(`  withheld as a whole: ${total(({ isWhole }) => Number(isWhole))}`);
  for (const kind of ['primary', 'least', 'gate', 'naive'] as const) {
    const cells = `${total((one) => one.cells[kind])} of ${total((one) => one.cells.all)} cells`;
    print(`  ${kind.padEnd(8)} ${percent(({ lost }) => lost[kind])} of the value, ${cells}`);
  }
  const gap = (of: (one: Passed) => Lost) =>
    (mean((one) => of(one).gate) / mean((one) => of(one).least)).toFixed(2);
  const ofAll = passed.every(({ isRelaxed }) => isRelaxed) ? '' : ' (not all cuts were made)';
  print(
    `  the gate by the least: ${gap(({ lost }) => lost)} of the value, ${gap(({ cells }) => cells)} of cells${ofAll}`,
  );
}

/** Seconds of the processor since it was asked last: the machine may have others to serve. */
function stopwatch(): () => number {
  const used = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  let before = used();
  return () => {
    const [now, since] = [used(), before];
    before = now;
    return now - since;
  };
}
