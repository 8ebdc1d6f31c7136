/**
 * The nowcast's past errors beside those of two naive rules, apart for months about the Spring Festival and others: the nation, and all belts together, on the demo orders, with bars.
 * `npm run bench -- nowcast [--lines 2700000] [--data <folder>]`. Loopback only.
 */
import type { BacktestAnswer, BeltsAnswer } from '@beltline/contract';
import { type Asker, print } from './api-measure.ts';
import { withDemoApi } from './demo-api.ts';
import type { Line } from './trust-line.ts';

type Day = BacktestAnswer['days'][number];
type Kind = 'festival' | 'others';
const NAMES: Record<Kind, string> = { festival: 'December to March', others: 'April to November' };
/** Mean absolute errors of belts by GMV on day 10 that are not to be exceeded, where days elapsed miss by some 15 % outside the festival. */
const ON_DAY_10: Record<Kind, number> = { festival: 0.16, others: 0.12 };
/** What the band should hold of belts' months, and how far off it may be. */
const BAND = { covers: 0.8, within: 0.05 };

/** Means over all tested months of a day, whichever area they are of. */
interface Errors {
  readonly day: number;
  readonly months: number;
  readonly told: number;
  readonly nowcast: number;
  readonly daysElapsed: number;
  readonly lastYearsShare: number;
  readonly covered: number;
}

/** The demo as it is. With much fewer lines the chance of single large orders in the days that are left is more than the bar (ADR 27). */
const LINES = '2700000';

/** Runs the backtest. @throws Error where a bar is missed. */
export async function benchNowcast(args: readonly string[]): Promise<void> {
  const missed = (await nowcastLines(args)).filter(({ holds }) => !holds);
  if (missed.length > 0)
    throw new Error(`Bars missed: ${missed.map(({ name, measured }) => `${name}: ${measured}`).join('; ')}.`);
  print('All bars met.');
}

/** The bars, each measure and kind of months apart; prints all tested days on the way. `args`: `--lines`, `--data <folder>`. */
export async function nowcastLines(args: readonly string[]): Promise<Line[]> {
  const lines: Line[] = [];
  await withDemoApi(['--lines', LINES, ...args], async ({ asker, lines: loaded }) => {
    const { belts } = JSON.parse(await asker.ask('/belts')) as BeltsAnswer;
    const seeds = `demo ${loaded.toLocaleString('en')} lines`;
    for (const measure of ['gmv', 'orders']) {
      const nation = [await ask(asker, `measure=${measure}`)];
      const all: BacktestAnswer[] = [];
      for (const { beltId } of belts) {
        all.push(await ask(asker, `measure=${measure}&belt=${encodeURIComponent(beltId)}`));
      }
      for (const kind of ['festival', 'others'] as const) {
        printTable(`Nation, ${measure}, ${NAMES[kind]}`, errorsOf(nation.map((answer) => answer[kind])));
        const errors = errorsOf(all.map((answer) => answer[kind]));
        printTable(`${belts.length} belts, ${measure}, ${NAMES[kind]}`, errors);
        lines.push(...barsOf(errors, measure, kind).map((line) => ({ ...line, seeds })));
      }
    }
  });
  print(
    'Mean absolute error of the month, share of months inside the band (which says 80 %), and those with an estimate.',
  );
  return lines;
}

async function ask(asker: Asker, query: string): Promise<BacktestAnswer> {
  return JSON.parse(await asker.ask(`/nowcast/backtest?${query}`)) as BacktestAnswer;
}

function errorsOf(areas: readonly (readonly Day[])[]): Errors[] {
  return (areas[0] ?? []).map(({ day }, index) => {
    const rows = areas.flatMap((days) => days[index] ?? []);
    const count = (of: (row: Day) => number) => rows.reduce((total, row) => total + of(row), 0);
    const months = count((row) => row.months);
    const mean = (of: (row: Day) => number | null) => count((row) => row.months * (of(row) ?? 0)) / months;
    return {
      day,
      months,
      told: count((row) => row.told),
      nowcast: mean((row) => row.nowcast.value),
      daysElapsed: mean((row) => row.daysElapsed.value),
      lastYearsShare: mean((row) => row.lastYearsShare.value),
      covered: mean((row) => row.covered.value),
    };
  });
}

/** On every tested day no worse than either rule, the band within its bounds over all days, and day 10 by GMV. */
function barsOf(errors: readonly Errors[], measure: string, kind: Kind): Omit<Line, 'seeds'>[] {
  const where = `nowcast of belts by ${measure}, ${NAMES[kind]}`;
  const worse = errors.filter(
    ({ nowcast, daysElapsed, lastYearsShare }) => nowcast > Math.min(daysElapsed, lastYearsShare),
  );
  const months = errors.reduce((total, row) => total + row.months, 0);
  const covered = errors.reduce((total, row) => total + row.months * row.covered, 0) / months;
  const tenth = errors.find(({ day }) => day === 10)?.nowcast ?? Infinity;
  const [least, most] = [BAND.covers - BAND.within, BAND.covers + BAND.within];
  return [
    {
      name: `${where}: days on which a naive rule is better`,
      bar: 'none',
      measured: `${worse.length} of ${errors.length}${worse.map(({ day }) => `, day ${day}`).join('')}`,
      holds: worse.length === 0,
    },
    {
      name: `${where}: its band of 80 % holds`,
      bar: `≥ ${percent(least)}, ≤ ${percent(most)}`,
      measured: `${percent(covered)} of ${months} months and days`,
      holds: covered >= least && covered <= most,
    },
    ...(measure === 'gmv'
      ? [
          {
            name: `${where}: off on day 10 by`,
            bar: `≤ ${percent(ON_DAY_10[kind])}`,
            measured: percent(tenth),
            holds: tenth <= ON_DAY_10[kind],
          },
        ]
      : []),
  ];
}

const percent = (ratio: number) => `${(100 * ratio).toFixed(1)} %`;

function printTable(title: string, errors: readonly Errors[]): void {
  const heads = ['nowcast', 'days elapsed', "last year's share", 'in the band', 'with an estimate'];
  print(`${title.padEnd(42)}${heads.map((name) => name.padStart(19)).join('')}`);
  for (const row of errors) {
    const cells = [row.nowcast, row.daysElapsed, row.lastYearsShare, row.covered, row.told / row.months].map(
      percent,
    );
    print(
      `${`  on day ${row.day} (${row.months} months)`.padEnd(42)}${cells.map((cell) => cell.padStart(19)).join('')}`,
    );
  }
  print();
}
