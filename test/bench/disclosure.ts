/**
 * Disclosure control: random small tables and the demo's months through the gate and past the auditor, in one run, and again with each defence switched off. What is lost
 * stands beside the least that any pattern must lose, what is withheld for itself included, and beside a rule of thumb. Then shares of such belts, a part and the rest of a whole.
 *
 *     npm run bench -- disclosure [--tables 200] [--months 24] [--bounds 6] [--month] [--data <folder>] [--kept <file>] [--check]
 *
 * `--months`: of the demo, the latest first, as a first start releases them; `--bounds`: of so many of them the least is asked for, minutes each. `--month`: a made-up month of 130 belts by 8 tracks by 4
 * measures besides. `--kept`: a file to which each table is added as it is done, and from which a run that was ended goes on (one file for one build). `--check` ends non-zero where there is a breach, or
 * where a defence could be switched off and nobody would be found. A line for each month tells how far it is.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DEMO_SHAPE, plantedMonth, SMALL_SHAPE } from '@beltline/api/disclosure/planted-holdings.js';
import { DEMO_SHARES, SMALL_SHARES } from '@beltline/api/disclosure/planted-shares.js';
import { print } from './api-measure.ts';
import { loadDemo } from './demo-api.ts';
import { DEMO_MEASURES, demoMonths } from './disclosure/demo-months.ts';
import { KeptRun } from './disclosure/kept-run.ts';
import { type Bound, boundOf, OFF, type Off, type Passed, pass, type ToPass } from './disclosure/passed.ts';
import { type Bounded, lineOf, report } from './disclosure/report.ts';
import { passShares } from './disclosure/shares.ts';

const MEASURES = 4;
/** Of a month: each of the others takes as long as the month, and tables say it as well. */
const OFF_OF_MONTHS: readonly Off[] = ['complementary'];
/** Of so many tables the least is asked for. */
const BOUNDED_TABLES = 20;
/** Of refunds, of repeat buyers, of what is dispatched in time, about as in the demo. */
const MONTH_SHARES = [0.007, 0.03, 0.7];

export async function benchDisclosure(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      tables: { type: 'string', default: '200' },
      months: { type: 'string', default: '24' },
      bounds: { type: 'string', default: '6' },
      month: { type: 'boolean', default: false },
      data: { type: 'string', default: '.data/bench-disclosure' },
      kept: { type: 'string' },
      check: { type: 'boolean', default: false },
    },
  });
  const kept = new KeptRun(values.kept);
  const all: Bounded[] = [];
  const told = (title: string, those: readonly Bounded[]) => {
    if (those.length > 0) report(title, those);
    all.push(...those);
  };
  const [tables, months, bounds] = [values.tables, values.months, values.bounds].map(Number) as Counts;
  const small: Bounded[] = [];
  for (let seed = 1; seed <= tables; seed++)
    small.push(await passed(kept, planted(seed, SMALL_SHAPE, 'combination', OFF), seed <= BOUNDED_TABLES));
  told('random tables of 5 belts', small);
  if (values.month) {
    const month = planted(1, DEMO_SHAPE, 'track', [...OFF_OF_MONTHS, 'rule-of-thumb']);
    told('a made-up month of 130 belts', [await passed(kept, { ...month, name: 'made-up month' }, true)]);
  }
  told('months of the demo', await demo(kept, resolve(values.data), months, bounds));
  print(`memory: ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);
  const shares = [await passShares(tables, SMALL_SHAPE, SMALL_SHARES)];
  for (const share of values.month ? MONTH_SHARES : [])
    shares.push(await passShares(1, DEMO_SHAPE, { ...DEMO_SHARES, share }));
  if (values.check) check(all, shares);
}

type Counts = [tables: number, months: number, bounds: number];

const planted = (
  seed: number,
  shape: typeof SMALL_SHAPE,
  finest: ToPass['finest'],
  off: readonly Off[],
): ToPass => ({ name: `table ${seed}`, ...plantedMonth(seed, shape), measures: MEASURES, finest, off });

async function passed(kept: KeptRun, table: ToPass, isBounded: boolean): Promise<Bounded> {
  const one = await kept.of<Passed>(table.name, () => pass(table));
  const bound = isBounded ? await kept.of<Bound>(`${table.name}, at least`, () => boundOf(table)) : null;
  return { ...one, bound };
}

/** Each withholds what the month after it withheld where it hardly matters which, as on a first start. */
async function demo(kept: KeptRun, dataDir: string, count: number, bounds: number): Promise<Bounded[]> {
  const months: Bounded[] = [];
  if (count === 0) return months;
  await loadDemo(dataDir);
  for await (const { month, belts, holdings } of demoMonths(dataDir, count)) {
    const before = months.at(-1)?.withheld;
    const table: ToPass = {
      ...{ name: month, belts, holdings, measures: DEMO_MEASURES, finest: 'track', off: OFF_OF_MONTHS },
      ...(before ? { before } : {}),
    };
    const one = await passed(kept, table, months.length < bounds);
    months.push(one);
    print(lineOf(one));
  }
  return months;
}

/** @throws Error where somebody is found, or nobody with a defence switched off */
function check(all: readonly Bounded[], shares: readonly number[]): void {
  const sum = (of: readonly number[]) => of.reduce((total, one) => total + one, 0);
  const breaches = sum(all.map((one) => one.breaches)) + sum(shares);
  if (breaches > 0) throw new Error(`${breaches} breaches`);
  const idle = OFF.filter((off) => {
    const found = all.flatMap((one) => one.off[off] ?? []);
    return found.length > 0 && sum(found) === 0;
  });
  if (idle.length > 0) throw new Error(`nobody is found without ${idle.join(', ')}`);
}
