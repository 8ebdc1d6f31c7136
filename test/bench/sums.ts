/**
 * How long questions of sums take with the sums of the version in memory, beside the same program that asks the engine for them:
 * p50 and p95 over HTTP, cold (every caller asks what nobody asked before), for one caller and for 32 at a time, and the first
 * answer after everything was forgotten; and what 32 cold answers take of the processor of the API's process. What is made in the
 * background of a new version is waited for. `npm run bench -- sums [--lines 10000000] [--data <folder>]`.
 * Loopback only. At most six minutes after the load.
 */
import { createHash } from 'node:crypto';
import type { BeltsAnswer, SourcesAnswer } from '@beltline/contract';
import { measure, ms, pair, print, quantile, type Times } from './api-measure.ts';
import { questions } from './api-questions.ts';
import { printGround, withDemoApi } from './demo-api.ts';
import { quiet } from './quiet.ts';

const CALLERS = 32;
const OF_SUMS = [
  'ranking by value',
  'ranking by orders',
  'contributions by belt',
  'series by month',
  'series of a belt',
];
/** Without merchants, who are sets. */
const HEADLINE = 'measures=orders,pieces,gmv,net-gmv';

interface Timed {
  readonly name: string;
  readonly one: Times;
  /** Of 32 callers, before the engine of the program has compiled what it runs often … */
  readonly early: Times;
  /** … and after some hundred such questions, as it is from the first minute of a day on. */
  readonly many: Times;
  readonly first: number;
  /** Of the API's processor, for one of 32 cold answers. */
  readonly processor: number;
  /** Digest of what was answered, to be the same both ways. */
  readonly answers: string;
}

async function timed(args: readonly string[], sumsMb: string): Promise<Timed[]> {
  const rows: Timed[] = [];
  await withDemoApi(
    args,
    async ({ asker, forget, processorMs }) => {
      const { belts } = JSON.parse(await asker.ask('/belts')) as BeltsAnswer;
      if (sumsMb !== '0') {
        const { sources } = JSON.parse(await asker.ask('/sources')) as SourcesAnswer;
        printGround(sources[0]);
      }
      const asked = questions({ belts })
        .filter(
          ({ name }) =>
            OF_SUMS.includes(name) || name.startsWith('headline, ') || name === 'headline of a belt',
        )
        .map(({ name, path }) => ({
          name,
          path: (variation: number) => path(variation).replace(/measures=[a-z,-]+/, HEADLINE),
        }));
      await asker.ask(asked[0]?.path(0) ?? '/sources');
      await quiet(processorMs);
      for (const { name, path } of asked) {
        const different = new Set(Array.from({ length: CALLERS }, (_, caller) => path(caller)));
        if (different.size < CALLERS)
          throw new Error(`${name}: some of ${CALLERS} callers would ask the same.`);
        const text = await asker.ask(path(0));
        await forget('version');
        const first = await asker.time(path(0));
        const cold = (caller: number, round: number) => asker.time(path(caller + round));
        const before = () => forget('answers');
        const one = await measure(1, { requests: 40, ms: 5_000 }, cold, before);
        const early = await measure(CALLERS, { requests: 4 * CALLERS, ms: 5_000 }, cold, before);
        await measure(CALLERS, { requests: 10 * CALLERS, ms: 5_000 }, cold, before);
        const started = await processorMs();
        const many = await measure(CALLERS, { requests: 20 * CALLERS, ms: 10_000 }, cold, before);
        rows.push({
          ...{ name, one, early, many, first },
          processor: ((await processorMs()) - started) / many.length,
          answers: createHash('sha256').update(text).digest('hex'),
        });
      }
    },
    { BELTLINE_SUMS_MB: sumsMb },
  );
  return rows;
}

/** Runs the benchmark. @throws Error where the two do not answer alike. */
export async function benchSums(args: readonly string[]): Promise<void> {
  const memory = await timed(args, '100000');
  const engine = await timed(args, '0');
  print(
    'Milliseconds, p50 p95; ÷: engine p95 by memory p95. Bars: 10 for one caller, 50 for 32, 200 for the first.',
  );
  const columns = [
    'memory, 1',
    'engine, 1',
    '÷',
    `early, ${CALLERS}`,
    `memory, ${CALLERS}`,
    `engine, ${CALLERS}`,
    '÷',
    'first',
    'first, eng.',
    'processor',
    'proc., eng.',
  ];
  print(`${''.padEnd(28)}${columns.map((name) => name.padStart(15)).join('')}`);
  memory.forEach((row, index) => {
    const other = engine[index] as Timed;
    if (row.answers !== other.answers) throw new Error(`${row.name}: memory and engine answer differently.`);
    const ratio = (a: Times, b: Times) => `${(quantile(b, 0.95) / quantile(a, 0.95)).toFixed(1)} ×`;
    const cells = [
      pair(row.one),
      pair(other.one),
      ratio(row.one, other.one),
      pair(row.early),
      pair(row.many),
      pair(other.many),
      ratio(row.many, other.many),
      ms(row.first),
      ms(other.first),
      ms(row.processor),
      ms(other.processor),
    ];
    print(`${row.name.padEnd(28)}${cells.map((cell) => cell.padStart(15)).join('')}`);
  });
}
