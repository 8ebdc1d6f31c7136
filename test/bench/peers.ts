/**
 * Eight questions of the dashboard beside the same on DuckDB and PostgreSQL: of the order lines themselves, and of the rollups that
 * a good engineer would make for them. `npm run bench -- peers [--lines 2000000] [--data <folder>]`.
 *
 * DuckDB reads the CSV files that Beltline loaded, and only what counts; PostgreSQL (Debian's, skipped where it is not installed)
 * gets the lines from DuckDB. The answers of all are compared before any time is printed, and a difference ends the benchmark.
 * Beltline is timed as it is used: over HTTP, cold (no answer kept), to the end of the JSON. The peers are timed from the
 * statement to the rows, in the same process or over a socket, their caches warm. Loopback only; some three minutes after the
 * load; its temporary folder is deleted at the end.
 */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BeltsAnswer, GrowthByBeltAnswer, SourcesAnswer } from '@beltline/contract';
import { type Asker, ms, print } from './api-measure.ts';
import { type DemoApi, printGround, withDemoApi } from './demo-api.ts';
import { answerOf, difference, median } from './peers/answers.ts';
import { openDuckDb } from './peers/duckdb.ts';
import { type Peer, peerSql } from './peers/peer.ts';
import { openPostgres, postgresPrograms } from './peers/postgres.ts';
import { askAll, type PeerQuestion, peerQuestions } from './peers/questions.ts';

/** So many rounds for a median, in each of which all are asked in turn, so that the machine's other work weighs on all. */
const ROUNDS = 9;
/** No further round of a question begins later than this. */
const ROUNDS_MS = 15_000;
const WAYS = ['rolled', 'raw'] as const;
type Way = (typeof WAYS)[number];

async function questionsOf(asker: Asker): Promise<PeerQuestion[]> {
  const { belts } = JSON.parse(await asker.ask('/belts')) as BeltsAnswer;
  const path = '/growth/by-belt?from=2024-01&to=2024-12&limit=1';
  const { rows } = JSON.parse(await asker.ask(path)) as GrowthByBeltAnswer;
  const belt = rows[0]?.belt.beltId;
  if (belt === undefined) throw new Error('No belt has sold anything.');
  return peerQuestions({ provinces: [...new Set(belts.map(({ province }) => province))], belt });
}

const statement = (question: PeerQuestion, way: Way): string => peerSql(`${way}/${question.sql}`);

/** @throws Error where a peer answers otherwise than Beltline. */
async function assertAgree(asker: Asker, peers: readonly Peer[], questions: readonly PeerQuestion[]) {
  for (const question of questions) {
    const ours = question.read((await askAll(asker, question)).map((text) => JSON.parse(text) as unknown));
    for (const peer of peers) {
      for (const way of WAYS) {
        const theirs = answerOf(await peer.ask(statement(question, way), question.parameters));
        const what = difference(question.kinds, ours, theirs);
        if (what !== null)
          throw new Error(`${question.name}: Beltline and ${peer.name} (${way}) answer differently: ${what}`);
      }
    }
  }
}

/** Milliseconds. */
async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

/** Medians of Beltline, cold, and of each statement of each peer. */
async function timesOf({ asker, forget }: DemoApi, peers: readonly Peer[], question: PeerQuestion) {
  const ways = peers.flatMap((peer) =>
    WAYS.map((way) => ({ peer, sql: statement(question, way), times: [] as number[] })),
  );
  const ours: number[] = [];
  const end = performance.now() + ROUNDS_MS;
  while (ours.length < ROUNDS && (ours.length === 0 || performance.now() < end)) {
    await forget('answers');
    ours.push(await timeOf(() => askAll(asker, question)));
    for (const { peer, sql, times } of ways)
      times.push(await timeOf(() => peer.ask(sql, question.parameters)));
  }
  return { cold: median(ours), theirs: ways.map(({ times }) => median(times)) };
}

const ratio = (theirs: number, ours: number) => {
  const value = theirs / ours;
  return `${value.toFixed(value < 1 ? 2 : value < 10 ? 1 : 0)} ×`.padStart(8);
};

async function printTimes(
  api: DemoApi,
  peers: readonly Peer[],
  questions: readonly PeerQuestion[],
): Promise<void> {
  const columns = peers.flatMap(({ name }) =>
    WAYS.map((way) => `${name}, ${way === 'raw' ? 'lines' : 'rollups'}`),
  );
  print(
    'Milliseconds, the median. First: everything of the version forgotten. ×: so many times what Beltline takes cold.',
  );
  print(
    `${''.padEnd(30)}${'first'.padStart(8)}${'cold'.padStart(8)}${columns.map((name) => name.padStart(21)).join('')}`,
  );
  for (const question of questions) {
    await api.forget('version');
    const first = await timeOf(() => askAll(api.asker, question));
    const { cold, theirs } = await timesOf(api, peers, question);
    const cells = theirs.map((time) => `${ms(time)} ${ratio(time, cold)}`.padStart(21));
    print(`${question.name.padEnd(30)}${ms(first).padStart(8)}${ms(cold).padStart(8)}${cells.join('')}`);
  }
}

async function compare(api: DemoApi, folder: string): Promise<void> {
  const { asker, dataDir } = api;
  const csvFolder = join(dataDir, 'demo');
  if (!existsSync(csvFolder))
    throw new Error(`${csvFolder} is gone; the peers read the files that were loaded.`);
  const { sources } = JSON.parse(await asker.ask('/sources')) as SourcesAnswer;
  printGround(sources[0]);
  const peers: Peer[] = [];
  try {
    const [duckFolder, serverFolder] = [join(folder, 'duckdb'), join(folder, 'server')];
    for (const one of [duckFolder, serverFolder]) mkdirSync(one, { mode: 0o700 });
    const duckDb = await openDuckDb(csvFolder, duckFolder);
    peers.push(duckDb);
    const bin = postgresPrograms();
    if (bin === null) print('PostgreSQL: skipped (not installed)');
    else {
      await duckDb.export(serverFolder);
      peers.push(await openPostgres(bin, serverFolder));
    }
    const questions = await questionsOf(asker);
    await assertAgree(asker, peers, questions);
    print(
      `All ${questions.length} answers agree: ${['Beltline', ...peers.map(({ name }) => name)].join(', ')}.`,
    );
    for (const { name, filled } of peers)
      print(`${name}: ${filled.map(({ step, seconds }) => `${step} ${seconds.toFixed(1)} s`).join(', ')}`);
    print();
    await printTimes(api, peers, questions);
  } finally {
    for (const peer of peers.reverse()) await peer.close();
  }
}

/** Runs the benchmark. @throws Error where answers differ. */
export async function benchPeers(args: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'beltline-peers-'));
  chmodSync(folder, 0o711); // the server's user passes through to its own folder
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const stopped = () => process.exit(130);
  process.on('exit', remove);
  process.on('SIGINT', stopped).on('SIGTERM', stopped);
  try {
    await withDemoApi(['--lines', '2000000', ...args], (api) => compare(api, folder));
  } finally {
    process.off('SIGINT', stopped).off('SIGTERM', stopped);
    remove();
    process.off('exit', remove);
  }
}
