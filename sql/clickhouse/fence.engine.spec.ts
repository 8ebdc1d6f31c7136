import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@clickhouse/client';
import { type ClickHouseClient, type Engine, openEngine } from '@beltline/sql/engine';
import { raiseFence, sendBehind } from './fence.ts';
import { packageRoot } from './package-root.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'beltline-fence-'));
let engine: Engine;
let client: ClickHouseClient;
beforeAll(async () => {
  engine = await openEngine({ kind: 'embedded', dataDir }, { as: 'serve' });
  client = engine.client('loader', 'default');
  await client.command({ query: 'CREATE DATABASE beltline' });
  await client.command({ query: 'CREATE TABLE beltline.t (a Int64) ENGINE = MergeTree ORDER BY a' });
});
afterAll(async () => {
  await client?.close();
  await engine?.close();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
});

const rows = async (query: string): Promise<unknown> =>
  (await client.query({ query, format: 'JSONEachRow' })).json();

it.each([
  'INSERT INTO beltline.t SELECT 1',
  'INSERT INTO beltline.t FORMAT JSONEachRow {"a":1}',
  'ALTER TABLE beltline.t ADD COLUMN b Int8',
  'ALTER TABLE beltline.t DELETE WHERE true SETTINGS mutations_sync = 2',
  'CREATE TABLE beltline.u (a Int8) ENGINE = Memory',
  'DROP TABLE beltline.t',
  'CREATE DATABASE beltline_load_1',
  'DROP DATABASE beltline SYNC',
])('an earlier holder is refused: %s', async (query) => {
  const earlier = await raiseFence(client, 'kinds', 1);
  await client.command({ query: 'TRUNCATE TABLE beltline.t' });
  await sendBehind(client, { query: 'INSERT INTO beltline.t SELECT 7' }, earlier); // let in as long as nobody came
  await raiseFence(client, 'kinds', 2);
  await expect(sendBehind(client, { query }, earlier)).rejects.toThrow(/beltline_load_fence_kinds_1/);
  expect(await rows('SELECT * FROM beltline.t')).toEqual([{ a: '7' }]);
  expect(await rows(`SELECT name FROM system.databases WHERE match(name, '^beltline_load_[0-9]')`)).toEqual(
    [],
  );
});

it('what an earlier holder has running is ended, and what a later one has is not', async () => {
  const [earlier, later] = [await raiseFence(client, 'runs', 3), await raiseFence(client, 'others', 1)];
  const query =
    'INSERT INTO beltline.t SELECT sleepEachRow(0.1) FROM numbers(200) SETTINGS max_block_size = 1';
  const ended = sendBehind(client, { query }, earlier);
  const spared = sendBehind(client, { query: query.replace('200', '20') }, later);
  ended.catch(() => undefined);
  for (;;) {
    const [listed] = (await rows(
      `SELECT count() AS n FROM system.processes WHERE startsWith(current_database, 'beltline_load_fence_')`,
    )) as [{ n: string }];
    if (Number(listed.n) === 2) break;
  }
  await raiseFence(client, 'runs', 4);
  await expect(ended).rejects.toThrow(/cancelled/i);
  await spared;
  await raiseFence(client, 'runs', 3); // late itself: the later one's stays
  expect(await rows(`SELECT name FROM system.databases WHERE match(name, 'fence_runs_')`)).toContainEqual({
    name: 'beltline_load_fence_runs_4',
  });
});

it('a statement is sent in the head of its request, so that the engine waits for nothing once it has let it in', async () => {
  let request = '';
  const server = createServer((socket) =>
    socket.on('data', (chunk) => {
      request += chunk.toString();
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const recorded = createClient({ url });
  await sendBehind(recorded, { query: 'DROP TABLE t' }, 'a_fence');
  await recorded.close();
  server.close();
  const [head = '', body] = request.split('\r\n\r\n');
  expect(head).toMatch(/query=DROP\+TABLE\+t\b/);
  expect(head).toMatch(/^X-ClickHouse-Database: a_fence$/im);
  expect(head).toMatch(/^Content-Length: 0$/im);
  expect(body).toBe('');
});

/** Sent behind the fence, in the head of a request alone. */
const SENT_BEHIND = ['delete-uncommitted.sql', 'detach-part.sql', 'forget-numbers.sql'];

/** Statements of a load have bodies of any length: what keeps them out is that they name a table of the load's own. */
describe('statements of the load that write published rows', () => {
  const folder = join(packageRoot, 'clickhouse', 'load');
  const writing = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .filter((file) =>
      /^(INSERT INTO|ALTER TABLE) \{\{published\}\}/m.test(readFileSync(join(folder, file), 'utf8')),
    );

  it.each(writing.filter((file) => !SENT_BEHIND.includes(file)))('%s names one', (file) => {
    const statement = readFileSync(join(folder, file), 'utf8').replaceAll(/^--.*$/gm, '');
    expect(statement).toMatch(/\b(FROM|JOIN) (load__|\{\{(months|name)\}\})/);
  });
});
