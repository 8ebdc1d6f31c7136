/**
 * Whether what is claimed holds: intervals on planted truth, states on orders in which nothing happens and on belts whose state is
 * known. `npm run bench -- trust [--lines 1200000] [--data <folder>] [--check]`; with `--check` it ends non-zero where a bar is missed.
 * Loopback only; some minutes.
 */

import { once } from 'node:events';
import {
  copyFileSync,
  createReadStream,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { BeltsAnswer, RecoveryAnswer, StatesAnswer } from '@beltline/contract';
import { demoTruth, generateDemo } from '@beltline/etl/demo';
import { type Asker, print } from './api-measure.ts';
import { withDemoApi, loadFiles } from './demo-api.ts';
import { diagonals, places, surePlaces } from './planted-clock.ts';
import { lists } from './planted-lists.ts';
import { coverage, levelCoverage, power, type Trial } from './planted-owners.ts';
import { pricesTrials } from './planted-prices.ts';

/** One line of the table. `holds` compares what was measured with the bar. */
interface Line {
  readonly name: string;
  readonly bar: string;
  readonly measured: string;
  readonly holds: boolean | null;
  readonly seeds: string;
}

/** Runs all tests of trust. @throws Error with `--check` where a bar is missed. */
export async function benchTrust(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      lines: { type: 'string', default: '1200000' },
      data: { type: 'string' },
      check: { type: 'boolean', default: false },
    },
  });
  const lines = [
    ...coverage().map(lineOf),
    ...levelCoverage().map(lineOf),
    ...power().map(lineOf),
    ...lists().map(lineOf),
    ...pricesTrials().map(lineOf),
    ...places().map(lineOf),
    ...(await demoLines(Number(values.lines))),
    ...(await nullLines(Number(values.lines), values.data)),
  ];
  const width = Math.max(...lines.map(({ name }) => name.length));
  print(`${'test'.padEnd(width)}  ${'bar'.padEnd(22)}${'measured'.padEnd(44)}seeds`);
  for (const { name, bar, measured, holds, seeds } of lines) {
    const mark = holds === null ? ' ' : holds ? '✓' : '✗';
    print(`${name.padEnd(width)}  ${bar.padEnd(20)}${mark} ${measured.padEnd(44)}${seeds}`);
  }
  const missed = lines.filter(({ holds }) => holds === false);
  if (values.check && missed.length > 0)
    throw new Error(`${missed.length} bars are missed: ${missed.map(({ name }) => name).join('; ')}`);
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function lineOf({ name, share, of, least, most, seeds }: Trial): Line {
  const bars = [
    least === undefined ? '' : `≥ ${percent(least)}`,
    most === undefined ? '' : `≤ ${percent(most)}`,
  ];
  const isTold = least !== undefined || most !== undefined;
  return {
    name,
    bar: bars.filter(Boolean).join(', ') || 'printed',
    measured: `${percent(share)} of ${of}`,
    holds: isTold ? share >= (least ?? 0) && share <= (most ?? 1) : null,
    seeds,
  };
}

/** The states that are claimed of the demo's belts, against what is planted in them. */
async function demoLines(lines: number): Promise<Line[]> {
  const truth = await demoTruth(lines);
  const told: Line[] = [];
  const scratch = mkdtempSync(join(tmpdir(), 'beltline-trust-'));
  try {
    await withDemoApi(['--lines', String(lines), '--data', join(scratch, 'data')], async ({ asker }) => {
      const { rows } = JSON.parse(
        await asker.ask(`/recovery/states?measure=orders&month=${truth.month}`),
      ) as StatesAnswer;
      const seeds = `demo ${lines.toLocaleString('en')} lines`;
      const isTrue = ({ area, now }: StatesAnswer['rows'][number]) =>
        now.state === truth.belts[area.id]?.state;
      for (const [certainty, least] of [
        ['sure', 0.95],
        ['likely', 0.8],
      ] as const) {
        const claimed = rows.filter(({ now }) => now.certainty === certainty);
        const share = claimed.filter(isTrue).length / claimed.length;
        told.push(
          lineOf({
            name: `demo: states said to be ${certainty} that are true`,
            share,
            of: `${claimed.length} belts`,
            least,
            seeds,
          }),
        );
      }
      const claimed = rows.filter(({ now }) => now.certainty !== null).length;
      told.push(
        lineOf({
          name: 'demo: belts with a state at least likely',
          share: claimed / rows.length,
          of: `${rows.length} belts`,
          seeds,
        }),
      );
      const still = rows.filter(({ area }) => truth.belts[area.id]?.path === 'still');
      const sure = still.filter(({ now }) => now.certainty === 'sure').length;
      told.push(
        lineOf({
          name: 'demo: belts in which nothing happens said to be sure',
          share: sure / still.length,
          of: `${still.length} belts`,
          most: 0.06,
          seeds,
        }),
      );
      told.push(...(await diagonals(asker, seeds)));
      told.push(...(await februaryLines(asker, truth.belts, seeds)));
    });
    return told;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const FEBRUARY_POINTS = 3;
/** Paths that fall until January 2023 and rise from then on, or change pace there: the trend rounds that off, so that February lies below it. */
const BENT = ['surges', 'regains', 'settles', 'recovers', 'collapses'];

/** What the holiday leaves in the adjusted values of Februaries: their distance from the trend, on the average of belts and root mean square. */
async function februaryLines(asker: Asker, belts: DemoTruth['belts'], seeds: string): Promise<Line[]> {
  const all: Residuals = new Map();
  const straight: Residuals = new Map();
  for (const [belt, { path }] of Object.entries(belts)) {
    const { points } = JSON.parse(await asker.ask(`/recovery?measure=orders&belt=${belt}`)) as RecoveryAnswer;
    for (const { month, adjusted, trend } of points) {
      if (!month.endsWith('-02') || adjusted.value === null || trend.value === null) continue;
      const residual = 100 * Math.log(adjusted.value / trend.value);
      for (const residuals of BENT.includes(path) ? [all] : [all, straight])
        residuals.set(month, [...(residuals.get(month) ?? []), residual]);
    }
  }
  const [means, spreads] = [
    byYear(all, mean),
    byYear(all, (of) => Math.sqrt(mean(of.map((one) => one ** 2)))),
  ];
  const ofStraight = byYear(straight, mean);
  const shown = (values: readonly number[]) => values.map((one) => one.toFixed(1)).join(', ');
  return [
    {
      name: 'demo: mean residual of belts in each February, log points (root mean square)',
      bar: 'printed',
      measured: `${shown(means)} (${shown(spreads)})`,
      holds: null,
      seeds,
    },
    {
      name: 'the same of belts whose path does not bend in January 2023',
      bar: `within ${FEBRUARY_POINTS}`,
      measured: shown(ofStraight),
      holds: ofStraight.every((one) => Math.abs(one) <= FEBRUARY_POINTS),
      seeds,
    },
  ];
}

/** Residuals of belts by month. */
type Residuals = Map<string, number[]>;
type DemoTruth = Awaited<ReturnType<typeof demoTruth>>;
const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
const byYear = (residuals: Residuals, of: (values: readonly number[]) => number): number[] =>
  [...residuals].sort(([a], [b]) => a.localeCompare(b)).map(([, values]) => of(values));

const MONTHS = ['2023-06', '2023-09', '2023-12', '2024-03', '2024-06', '2024-09', '2024-12', '2025-01'];
const SEED = 42;

/** States of orders on dates drawn at random: nothing happens in them, whatever a page may say. */
async function nullLines(lines: number, data: string | undefined): Promise<Line[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'beltline-trust-'));
  try {
    const dataDir = data ?? join(scratch, 'data');
    if (data === undefined) await loadFiles(dataDir, await redatedDemo(scratch, lines));
    const told: Line[] = [];
    await withDemoApi(['--data', dataDir], async ({ asker }) => {
      const { belts } = JSON.parse(await asker.ask('/belts')) as BeltsAnswer;
      for (const measure of ['orders', 'gmv'] as const) {
        const rows: StatesAnswer['rows'][number][] = [];
        let flips = 0;
        let sureTwice = 0;
        for (const month of MONTHS) {
          const answer = JSON.parse(
            await asker.ask(`/recovery/states?measure=${measure}&month=${month}`),
          ) as StatesAnswer;
          rows.push(...answer.rows);
          flips += answer.rows.filter(({ changed }) => changed).length;
          sureTwice += answer.rows.filter(({ now }) => now.certainty === 'sure').length;
        }
        const known = rows.filter(({ now }) => now.probability !== null);
        const share = (certainty: string) =>
          known.filter(({ now }) => now.certainty === certainty).length / known.length;
        const seeds = `demo ${lines.toLocaleString('en')} lines, dates ${SEED}`;
        told.push(lineOf(await surePlaces(asker, measure, seeds)));
        const joined = rows.filter(({ now }) => now.restsOnJoiners).length;
        told.push(
          lineOf({
            name: `null, ${measure}: said to grow through joiners`,
            share: joined / rows.length,
            of: `${rows.length} belt-months`,
            most: 0.01,
            seeds,
          }),
        );
        const of = `${known.length} belt-months (${belts.length} belts)`;
        told.push(
          lineOf({
            name: `null, ${measure}: states said to be sure`,
            share: share('sure'),
            of,
            most: 0.05,
            seeds,
          }),
        );
        told.push(
          lineOf({ name: `null, ${measure}: states said to be likely`, share: share('likely'), of, seeds }),
        );
        told.push(
          lineOf({
            name: `null, ${measure}: sure changes in a month`,
            share: flips / Math.max(1, sureTwice),
            of: `${sureTwice} sure states`,
            most: 0.05,
            seeds,
          }),
        );
      }
    });
    return told;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The demo orders with every order moved to a day drawn at random; its lines and its later states move with it. */
async function redatedDemo(scratch: string, lines: number): Promise<string> {
  const [made, redated] = [join(scratch, 'demo'), join(scratch, 'redated')];
  await generateDemo({ out: made, lines });
  mkdirSync(redated);
  const names = readdirSync(made).filter((name) => name.endsWith('.csv'));
  const orders = names.filter((name) => name.startsWith('orders-')).sort();
  for (const name of names.filter((one) => !orders.includes(one)))
    copyFileSync(join(made, name), join(redated, name));
  writeFileSync(
    join(redated, 'memberships.csv'),
    lasting(readFileSync(join(made, 'memberships.csv'), 'utf8')),
  );
  const first = Date.parse(`${orders[0]?.slice(7, 14) ?? ''}-01T00:00:00Z`) / MS_A_DAY;
  const days = Date.parse('2025-02-11T00:00:00Z') / MS_A_DAY - first;
  for (const name of orders) {
    const out = createWriteStream(join(redated, name));
    let isHeader = true;
    for await (const line of createInterface({ input: createReadStream(join(made, name)) })) {
      out.write(`${isHeader ? line : moved(line, first, days)}\n`);
      isHeader = false;
    }
    out.end();
    await once(out, 'finish');
  }
  return redated;
}

/** Each merchant in its first belt for ever: an order of a day before it was founded must not fall out of the belt. */
function lasting(memberships: string): string {
  const [header = '', ...rows] = memberships.trim().split(/\r?\n/);
  const first = new Map(
    rows
      .map((row) => row.split(','))
      .map(([merchant = '', belt = '']) => [merchant, belt] as const)
      .reverse(),
  );
  return [header, ...[...first].map(([merchant, belt]) => `${merchant},${belt},2000-01-01,`), ''].join('\n');
}

const MS_A_DAY = 86_400_000;
const MOMENTS = /(\d{4}-\d\d-\d\d)(?= \d\d:\d\d:\d\d)/g;

/** All moments of a line, moved by as many days; a spoiled line stays as it is. */
function moved(line: string, first: number, days: number): string {
  const [order = '', , placed = ''] = line.split(',');
  const day = Date.parse(`${placed.slice(0, 10)}T00:00:00Z`) / MS_A_DAY;
  if (!Number.isFinite(day)) return line;
  const shift = first + Math.floor(days * uniform(order)) - day;
  return line.replace(MOMENTS, (text) => {
    const moment = Date.parse(`${text}T00:00:00Z`);
    return Number.isFinite(moment) ? new Date(moment + shift * MS_A_DAY).toISOString().slice(0, 10) : text;
  });
}

/** A number on [0, 1) of an order's id alone. */
function uniform(order: string): number {
  let bits = SEED;
  for (const character of order) bits = Math.imul(bits ^ character.charCodeAt(0), 0x01000193);
  for (const factor of [0x85ebca6b, 0xc2b2ae35]) bits = Math.imul(bits ^ (bits >>> 15), factor);
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
}
