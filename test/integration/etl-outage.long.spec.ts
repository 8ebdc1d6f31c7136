/** An engine that is gone or full while a source is checked: said to be that, and no fault of the source. */
import { join } from 'node:path';
import { LOAD_DATABASE_PREFIX } from '@beltline/sql/engine';
import { type EngineProxy, type Failing, startEngineProxy } from '../fixtures/engine-proxy.ts';
import {
  type Bench,
  everything,
  goldenSource,
  openBench,
  query,
  rewrite,
  startCommand,
} from './etl-harness.ts';

let bench: Bench;
let proxy: EngineProxy;
beforeAll(async () => {
  bench = await openBench();
  proxy = await startEngineProxy(bench.dataDir);
});
afterAll(async () => {
  await proxy.close();
  await bench.close();
});

const run = (folder: string, ...args: string[]) =>
  startCommand(bench.dataDir, ['--source-folder', folder, ...args], proxy.environment).done;

const loadDatabases = () =>
  query(
    bench.client,
    `SELECT name FROM system.databases WHERE startsWith(name, '${LOAD_DATABASE_PREFIX}') AND name NOT LIKE '%fence%'`,
  );

const full = (says: string) => ({ code: 241, says: `${says}: would use 1.02 GiB, maximum: 1.00 GiB` });
const HOW: readonly (readonly [string, ReturnType<Failing>])[] = [
  ['ended', 'reset'],
  ['full because of others', full('User memory limit exceeded')],
  ['full as a whole', full('(total) memory limit exceeded')],
  ['stopped by its operator', { code: 394, says: 'Query was cancelled' }],
  ['without its files', { code: 76, says: 'Cannot open file /x' }],
  ['without the database', { code: 81, says: 'Database x does not exist' }],
];
const WHERE = ['formatQuery', 'EXPLAIN AST', 'EXPLAIN QUERY TREE', 'LIMIT 0 SETTINGS', 'DESCRIBE TABLE'];

it.each(HOW)('an engine that is %s ends check and load with 3, whatever they ask it', async (_, how) => {
  const folder = goldenSource(bench, 'outage');
  const before = await everything(bench.client);
  for (const where of WHERE) {
    proxy.failing = (statement) => (statement.includes(where) ? how : null);
    const { code, output } = await run(folder, 'check', 'outage');
    expect([where, code, output]).toEqual([
      where,
      3,
      expect.stringMatching(/The database engine .*says nothing against/s),
    ]);
    expect(output).not.toContain('do not fit');
  }
  const load = await run(folder, 'load', 'outage', '--files', join(folder, 'data'));
  expect([load.code, load.output]).toEqual([3, expect.stringContaining('The database engine')]);
  proxy.failing = () => null;
  // Of what was under way when one of several statements failed, nothing comes after the database was dropped.
  expect(await loadDatabases()).toEqual([]);
  expect(await everything(bench.client)).toEqual(before);
  expect(await run(folder, 'check', 'outage')).toMatchObject({ code: 0 });
});

it('a SELECT that takes too much itself is still a fault of the source', async () => {
  const folder = goldenSource(bench, 'outage-own');
  proxy.failing = (statement) =>
    statement.includes('DESCRIBE TABLE') && statement.includes('FROM belts')
      ? full('Query memory limit exceeded')
      : null;
  const { code, output } = await run(folder, 'check', 'outage-own');
  proxy.failing = () => null;
  expect([code, output]).toEqual([1, expect.stringMatching(/belts\.sql: it takes too much memory/)]);
});

it('an engine that fails right after it has found a fault is one that cannot be believed', async () => {
  const folder = goldenSource(bench, 'outage-after');
  rewrite(join(folder, 'belts.sql'), (text) => text.replace('belt_id', 'nowhere'));
  expect(await run(folder, 'check', 'outage-after')).toMatchObject({ code: 1 });
  proxy.failing = (statement) => (/DESCRIBE TABLE \(SELECT \* FROM `\w+`\)/.test(statement) ? 'reset' : null);
  expect(await run(folder, 'check', 'outage-after')).toMatchObject({ code: 3 });
  proxy.failing = () => null;
});

it("checks at the same time, and beside a load, do not take each other's tables", async () => {
  const folder = goldenSource(bench, 'outage-beside');
  const direct = (...args: string[]) =>
    startCommand(bench.dataDir, ['--source-folder', folder, ...args]).done;
  const ended = await Promise.all([
    direct('check', 'outage-beside'),
    direct('check', 'outage-beside'),
    direct('load', 'outage-beside', '--files', join(folder, 'data')),
    direct('check', 'outage-beside'),
  ]);
  expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect(await loadDatabases()).toEqual([]);
});
