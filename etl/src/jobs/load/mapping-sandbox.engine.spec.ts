/** What holds where nobody has judged a SELECT: the engine itself runs it with the rights of a user that may nearly nothing. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClickHouseClient, type Engine, LOAD_DATABASE_PREFIX, openEngine } from '@beltline/sql/engine';
import { LoadSession } from './load-session.ts';
import { MAPPED_VIEW, tryInSandbox } from './mapping-sandbox.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
let engine: Engine;
let client: ClickHouseClient;
let batch = 0;

beforeAll(async () => {
  engine = await openEngine({ kind: 'embedded', dataDir: join(folder, 'data') }, { as: 'load' });
  const owner = engine.client('loader', 'default');
  for (const query of [
    'CREATE DATABASE beltline',
    'CREATE TABLE beltline.order_lines (order_id String) ENGINE = MergeTree ORDER BY order_id',
    "INSERT INTO beltline.order_lines VALUES ('published')",
  ])
    await owner.command({ query });
  await owner.close();
});
beforeEach(async () => {
  const database = `${LOAD_DATABASE_PREFIX}${++batch}`;
  client = engine.client('loader', 'beltline');
  await client.command({ query: `CREATE DATABASE ${database}` });
  await client.close();
  client = engine.client('loader', database);
  await client.command({
    query: 'CREATE TABLE orders (order_id String) ENGINE = MergeTree ORDER BY order_id',
  });
  await client.command({ query: "INSERT INTO orders VALUES ('landed')" });
});
afterEach(() => client.close());
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

const attempt = (mapping: string) =>
  tryInSandbox(new LoadSession(client, batch), 'belts', mapping, 'Asia/Shanghai');

it('runs a SELECT on what has landed', async () => {
  expect(await attempt('SELECT order_id FROM orders')).toEqual({ complaint: null, isForbidden: false });
  const rows = await client.query({ query: `SELECT * FROM ${MAPPED_VIEW.belts}`, format: 'JSONEachRow' });
  expect(await rows.json()).toEqual([{ order_id: 'landed' }]);
});

it.each([
  ['a published table', 'SELECT order_id FROM beltline.order_lines', 'SELECT ON beltline.order_lines'],
  [
    'one in an expression',
    'SELECT (SELECT max(order_id) FROM beltline.order_lines) AS x FROM orders',
    'SELECT',
  ],
  ['one behind IN', 'SELECT order_id IN beltline.order_lines AS x FROM orders', 'SELECT'],
  [
    'one by a join',
    'SELECT o.order_id FROM orders AS o LEFT ANY JOIN beltline.order_lines AS b USING order_id',
    'SELECT',
  ],
  ['users of the engine', 'SELECT name FROM system.users', 'SELECT ON system.users'],
  ['questions of others', 'SELECT query FROM system.processes', 'SELECT ON system.processes'],
  ['a file', "SELECT * FROM file('secret', 'LineAsString')", 'READ ON FILE'],
  ['an address', "SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')", 'READ ON URL'],
  ['another server', "SELECT * FROM remote('127.0.0.1', system.one)", 'READ ON REMOTE'],
  ['a program', "SELECT * FROM executable('x', 'TSV', 'x String')", 'CREATE TEMPORARY TABLE'],
  ['a store of objects', "SELECT * FROM s3('http://127.0.0.1:1/bucket/x', 'LineAsString')", 'READ ON S3'],
  ['a database server', "SELECT * FROM postgresql('127.0.0.1:1', 'a', 'b', 'c', 'd')", 'READ ON POSTGRES'],
])('refuses %s by the right that is missing', async (_, mapping, right) => {
  expect(await attempt(mapping)).toEqual({
    complaint: expect.stringMatching(
      new RegExp(`^it needs a right that a SELECT of a source has not \\(${right}`),
    ),
    isForbidden: true,
  });
});

it('finds no published table through merge(), which passes over what one may not read', async () => {
  const { complaint } = await attempt("SELECT * FROM merge('beltline', '.*')");
  expect(complaint).toMatch(/no tables/i);
});

it('is a SELECT and no other statement', async () => {
  for (const statement of ['INSERT INTO orders SELECT 1', 'DROP TABLE orders'])
    await expect(
      client.command({ query: `CREATE VIEW v DEFINER = mapper SQL SECURITY DEFINER AS ${statement}` }),
    ).rejects.toThrow(/Syntax error/);
});

it('is given up when its time is over', async () => {
  expect(await attempt('SELECT sleepEachRow(2) AS x FROM orders')).toMatchObject({ complaint: null });
  const slow = client.query({
    query: `SELECT * FROM ${MAPPED_VIEW.belts} SETTINGS max_execution_time = 1`,
    format: 'JSONEachRow',
  });
  await expect(slow.then((rows) => rows.text())).rejects.toThrow(/Timeout exceeded/);
});

it('cannot lift its limits: what is set beyond them is not taken over', async () => {
  await attempt("SELECT toString(getSetting('max_execution_time')) AS seconds FROM orders");
  const rows = await client.query({
    query: `SELECT * FROM ${MAPPED_VIEW.belts} SETTINGS max_execution_time = 1000000`,
    format: 'JSONEachRow',
  });
  expect(await rows.json()).toEqual([{ seconds: '86400' }]);
});

it('lets nobody sign in as its user', async () => {
  const endpoint = JSON.parse(readFileSync(join(folder, 'data', 'engine', 'endpoint.json'), 'utf8')) as {
    url: string;
    pathname: string;
  };
  const answer = await fetch(`${endpoint.url}${endpoint.pathname}?user=mapper&query=SELECT%201`);
  expect([answer.ok, await answer.text()]).toEqual([false, expect.stringContaining('AUTHENTICATION_FAILED')]);
});
