/** The SELECTs of a source run with the rights of a user of their own, wherever a load runs them. */
import { join } from 'node:path';
import { type EngineProxy, startEngineProxy } from '../fixtures/engine-proxy.ts';
import { type Bench, everything, goldenSource, openBench, startCommand } from './etl-harness.ts';

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

/** Each of the four SELECTs says this, and nothing else does. */
const MARK = "'a mark of the mapping' != ''";

/** What may hold the text of a SELECT: it is read, planned and described, or made the view it runs in. */
const RUNS_NOTHING =
  /formatQuery|^SELECT explain FROM \(EXPLAIN |^DESCRIBE TABLE |^CREATE VIEW \w+ DEFINER = mapper SQL SECURITY DEFINER AS/m;

it('no statement of a load but the view of the user holds the text of a SELECT', async () => {
  const marked = (text: string) =>
    text.replace(/\bFROM (\w+)\s*$/, `FROM (SELECT * FROM $1 WHERE ${MARK}) AS $1`);
  const folder = goldenSource(bench, 'sandbox', {
    'order-lines.sql': (text) => text.replace("'goods' AS category", `if(${MARK}, 'goods', '') AS category`),
    'merchants.sql': marked,
    'memberships.sql': marked,
    'belts.sql': marked,
  });
  const holding: string[] = [];
  const reading = new Set<string>();
  proxy.failing = (statement) => {
    if (/a mark of the mapping/.test(statement)) holding.push(statement);
    for (const [view] of statement.matchAll(/load__mapped_\w+/g)) reading.add(view);
    return null;
  };
  const load = await run(folder, 'load', 'sandbox', '--files', join(folder, 'data'));
  expect([load.code, load.output]).toEqual([0, expect.any(String)]);
  expect(holding.filter((statement) => RUNS_NOTHING.test(statement)).length).toBeGreaterThan(8);
  expect(holding.filter((statement) => !RUNS_NOTHING.test(statement))).toEqual([]);
  expect([...reading].sort()).toEqual([
    'load__mapped_belts',
    'load__mapped_memberships',
    'load__mapped_merchants',
    'load__mapped_order_lines',
  ]);
});

it('a server without that user is named, with what to do, and nothing is changed', async () => {
  const folder = goldenSource(bench, 'sandboxless');
  const before = await everything(bench.client);
  proxy.failing = (statement) =>
    statement.includes('DEFINER = mapper')
      ? {
          code: 497,
          says: "loader: Not enough privileges. To execute this query, it's necessary to have the grant SET DEFINER ON mapper",
        }
      : null;
  const { code, output } = await run(folder, 'load', 'sandboxless', '--files', join(folder, 'data'));
  proxy.failing = () => null;
  expect([code, output]).toEqual([3, expect.stringContaining('the server has no user mapper')]);
  expect(output).toContain('docker/clickhouse/users.xml');
  expect(await everything(bench.client)).toEqual(before);
});
