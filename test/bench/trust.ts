/**
 * Whether what is claimed holds: intervals on planted truth, states on orders in which nothing happens and on belts whose state is
 * known. `npm run bench -- trust [--lines 2700000] [--seed <number>] [--data <folder>] [--check]`; with `--check` it ends non-zero where a bar is missed.
 * Loopback only; some minutes.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { demoTruth } from '@beltline/etl/demo';
import { print } from './api-measure.ts';
import { noiseDiagonal, places } from './planted-clock.ts';
import { lists } from './planted-lists.ts';
import { coverage, levelCoverage, power } from './planted-owners.ts';
import { pricesTrials } from './planted-prices.ts';
import { revisionTrials } from './planted-revisions.ts';
import { turns } from './planted-turns.ts';
import { nowcastLines } from './nowcast.ts';
import { inScratch } from './scratch.ts';
import { demoLines } from './trust-demo.ts';
import { type Line, lineOf } from './trust-line.ts';
import { nullLines } from './trust-null.ts';

/** Lines about the demo's orders, loaded once; of another seed they are other orders of the same belts. */
function ofDemo(lines: string, seed: string | undefined): Promise<Line[]> {
  return inScratch(async (folder) => {
    const drawn = seed === undefined ? [] : ['--seed', seed];
    const loaded = ['--lines', lines, ...drawn, '--data', join(folder, 'data')];
    const truth = await demoTruth(Number(lines), seed === undefined ? undefined : Number(seed));
    return [...(await demoLines(truth, loaded)), ...(await nowcastLines(loaded))];
  });
}

/** Where nothing happens, fewer lines are the harder test, and take less time. */
const NULL_LINES = 1_200_000;

/** Runs all tests of trust. @throws Error with `--check` where a bar is missed. */
export async function benchTrust(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      lines: { type: 'string', default: '2700000' },
      seed: { type: 'string' },
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
    noiseDiagonal(),
    ...turns().map(lineOf),
    ...revisionTrials().map(lineOf),
    ...(await ofDemo(values.lines, values.seed)),
    ...(await nullLines(Math.min(NULL_LINES, Number(values.lines)), values.data)),
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
