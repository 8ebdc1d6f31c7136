/**
 * How long the dashboard's questions take: p50 and p95 over HTTP, cold (no answer kept in memory) and warm, for one
 * caller and for 32 at a time, beside the same question asked of the raw order lines (FINAL, once the file cache is warm).
 * `npm run bench -- api [--lines 10000000] [--data <folder>]`. The orders are the demo's, loaded through the ETL; a folder
 * that holds them already is used as it is. Loopback only. At most some minutes after the load.
 */
import { type BeltsAnswer, type GrowthAnswer, MEASURES, type SourcesAnswer } from '@beltline/contract';
import { findRunningEngine, openEngine } from '@beltline/sql/engine';
import { type Asker, measure, ms, pair, print, quantile } from './api-measure.ts';
import { type Question, questions } from './api-questions.ts';
import { printGround, withDemoApi } from './demo-api.ts';
import { heavyPaths, livePings } from './live-ping.ts';
import { quiet } from './quiet.ts';

const CALLERS = 32;
/** Milliseconds of a statement on the raw lines, the better of two. */
async function rawTime(
  dataDir: string,
  sql: string,
): Promise<{ time: number; rows: Record<string, unknown>[] }> {
  const running = await findRunningEngine(dataDir);
  if (!running) throw new Error('The engine has ended.');
  const engine = await openEngine({ kind: 'embedded', dataDir }, { as: 'load' });
  const client = engine.client('reader');
  try {
    let time = Number.POSITIVE_INFINITY;
    let rows: Record<string, unknown>[] = [];
    for (let turn = 0; turn < 2; turn += 1) {
      const started = performance.now();
      const result = await client.query({
        query: sql,
        format: 'JSONEachRow',
        clickhouse_settings: { max_execution_time: 60 },
      });
      rows = await result.json();
      time = Math.min(time, performance.now() - started);
    }
    return { time, rows };
  } finally {
    await client.close();
  }
}

/** Where the raw headline is not what the API answers: a fast answer that differs would be worth nothing. */
function differences(answer: GrowthAnswer, row: Record<string, unknown>): string[] {
  const raw = Object.values(row).map(Number);
  const api = answer.tracks.flatMap(({ track, measures }) =>
    (['value', 'baseline'] as const).flatMap((side) =>
      MEASURES.map((measure) => ({
        name: `${track} ${measure} ${side}`,
        figure: measures[measure]?.[side].value ?? null,
      })),
    ),
  );
  return api
    .filter(({ figure }, index) => !(Math.abs((figure ?? Number.NaN) - (raw[index] ?? Number.NaN)) < 0.005))
    .map(({ name, figure }) => `${name} ${figure}, raw ${raw[api.findIndex((one) => one.name === name)]}`);
}

async function measureQuestion(question: Question, asker: Asker, forget: () => Promise<void>) {
  const cold = (caller: number, round: number) => asker.time(question.path(caller + round));
  const warm = () => asker.time(question.path(0));
  return {
    coldOne: await measure(1, { requests: 20, ms: 6_000 }, cold, forget),
    coldMany: await measure(CALLERS, { requests: 2 * CALLERS, ms: 6_000 }, cold, forget),
    warmOne: await measure(1, { requests: 200, ms: 2_000 }, warm),
    warmMany: await measure(CALLERS, { requests: 30 * CALLERS, ms: 2_000 }, warm),
  };
}

function printHeader(source: SourcesAnswer['sources'][number] | undefined): void {
  printGround(source);
  print(
    'Milliseconds, p50 p95. First: the very first one of its kind, which may begin to read what those after it are',
  );
  print(
    'answered from; that is waited for. Cold: no answer is in memory, callers ask for different months or belts.',
  );
  print('Raw: the same question of order_lines FINAL, the better of two.');
  print();
  const columns = ['cold, 1', `cold, ${CALLERS}`, 'warm, 1', `warm, ${CALLERS}`].map((name) =>
    name.padStart(15),
  );
  print(
    `${''.padEnd(36)}${'first'.padStart(7)}${columns.join('')}${'raw'.padStart(10)}${'÷ cold p50'.padStart(12)}`,
  );
}

type Measured = Awaited<ReturnType<typeof measureQuestion>>;

function printRow(name: string, first: number, times: Measured, raw: number | null): void {
  const cells = [times.coldOne, times.coldMany, times.warmOne, times.warmMany].map((one) =>
    pair(one).padStart(15),
  );
  const ratio = raw === null ? '' : `${(raw / quantile(times.coldOne, 0.5)).toFixed(0)} ×`;
  print(
    `${name.padEnd(36)}${ms(first).padStart(7)}${cells.join('')}${(raw === null ? '' : ms(raw)).padStart(10)}${ratio.padStart(12)}`,
  );
}

/** @throws Error where the API's headline is not that of the raw lines. */
async function assertAgrees(asker: Asker, question: Question, row: Record<string, unknown>): Promise<void> {
  const wrong = differences(JSON.parse(await asker.ask(question.path(0))) as GrowthAnswer, row);
  if (wrong.length > 0) throw new Error(`The API and the raw lines disagree: ${wrong.join('; ')}`);
}

/** A health check beside the heaviest questions: the bar is 50 ms for 95 % of them. */
async function printLivePings(
  asker: Asker,
  belts: BeltsAnswer['belts'],
  forget: (what: 'answers' | 'version') => Promise<void>,
): Promise<void> {
  const path = heavyPaths(belts.map((belt) => belt.beltId));
  for (const what of ['version', 'answers'] as const) {
    await forget(what);
    const times = await livePings(asker, path, { callers: CALLERS, rounds: 4 });
    const name = `live ping, ${CALLERS} callers, ${what === 'version' ? 'first' : 'cold'}`;
    const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
    print(
      `${name.padEnd(40)}${ms(p50)} ${ms(p95)}  max ${ms(times.at(-1) ?? Number.NaN)}  bar 50, ${p95 <= 50 ? 'met' : 'missed'}`,
    );
  }
  print();
}

/** Runs the benchmark. */
export const benchApi = (args: readonly string[]): Promise<void> =>
  withDemoApi(args, async ({ asker, dataDir, forget, processorMs }) => {
    const { sources } = JSON.parse(await asker.ask('/sources')) as SourcesAnswer;
    const { belts } = JSON.parse(await asker.ask('/belts')) as BeltsAnswer;
    printHeader(sources[0]);
    for (const question of questions({ belts })) {
      const first = await asker.time(question.path(0)); // compiled and read from disk once
      await quiet(processorMs); // what it began to read for those after it
      const times = await measureQuestion(question, asker, () => forget('answers'));
      const raw = question.raw ? await rawTime(dataDir, question.raw) : null;
      printRow(question.name, first, times, raw?.time ?? null);
      if (raw && question.name === 'headline with buyers')
        await assertAgrees(asker, question, raw.rows[0] ?? {});
    }
    print();
    await printLivePings(asker, belts, forget);
    print('The headline agrees with the raw lines in every track and measure.');
  });
