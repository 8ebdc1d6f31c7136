/**
 * A store from before rollups had owners and room for more than eight tracks is brought up to date: with the same rows, owners
 * as they were, seals that still tell what is damaged, wherever a program was killed on the way.
 */
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClickHouseClient, type Engine, openEngine } from '@beltline/sql/engine';
import { migrateClickHouse, readMigrations } from './migrate.ts';
import { findDamage } from './seals/find-damage.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'beltline-wide-'));
let engine: Engine;
let admin: ClickHouseClient;
let client: ClickHouseClient;
beforeAll(async () => {
  engine = await openEngine({ kind: 'embedded', dataDir }, { as: 'serve' });
  admin = engine.client('loader', 'default');
  client = engine.client('loader');
});
afterAll(async () => {
  await Promise.all([admin.close(), client.close()]);
  await engine.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const MIGRATIONS = readMigrations();
const numberOf = (name: string): number => MIGRATIONS.find((one) => one.name.endsWith(name))?.number ?? 0;
const to = (last: number) => migrateClickHouse(admin, { migrations: MIGRATIONS.slice(0, last) });
const rowsOf = async <T>(query: string): Promise<T[]> =>
  (await client.query({ query, format: 'JSONEachRow' })).json<T>();
const insert = (table: string, values: object[]) => client.insert({ table, values, format: 'JSONEachRow' });

const RENAMED = 'wide_tables_take_their_place';
const [JANUARY, FEBRUARY] = ['2024-01-01', '2024-02-01'];
const tag = (data_version: number, month: string) => ({ source: 's', data_version, month });
const merchantRow = (data_version: number, month: string, merchant_id: string, combination: number) => ({
  ...tag(data_version, month),
  ...{ belt_id: 'b', merchant_id, combination, lines: 1, orders: 1, pieces: 1, gmv: '1.00', refund: '0.00' },
});
const owner = (data_version: number, merchant_id: string, owner_id: string) => ({
  ...{
    source: 's',
    merchant_id,
    data_version,
    name: '',
    owner_id,
    size: '',
    successor_education: '',
    tags: [],
  },
});

/** Version 1 makes both months, version 2 January anew, version 4 sells a shop and makes no month. */
async function oldStore(): Promise<void> {
  await admin.command({ query: 'DROP DATABASE IF EXISTS beltline SYNC' });
  await to(numberOf('27_seals'));
  await insert('merchants', [
    owner(1, 'sold', 'first'),
    owner(1, 'kept', 'kept-owner'),
    owner(1, 'lone', ''),
    owner(2, 'sold', 'second'),
    owner(4, 'sold', 'third'),
  ]);
  await insert('rollup_merchant_month', [
    merchantRow(1, JANUARY, 'sold', 64),
    merchantRow(1, FEBRUARY, 'sold', 127),
    merchantRow(1, FEBRUARY, 'kept', 1),
    merchantRow(1, FEBRUARY, 'lone', 1),
    merchantRow(2, JANUARY, 'sold', 64),
    merchantRow(2, JANUARY, 'kept', 255),
  ]);
  const bucket = { level: 'nation', belt_id: '', combination: 127, lines: 1, orders: 1 };
  await insert('rollup_belt_month', [{ ...tag(1, JANUARY), ...bucket }]);
  await insert('rollup_belt_day', [{ ...tag(1, JANUARY), ...bucket, day: '2024-01-05' }]);
  await insert('rollup_spread_day', [
    { ...tag(1, JANUARY), unit: 'order', belt_id: 'b', day: '2024-01-05', unit_no: 7, combination: 5 },
  ]);
  await client.command({
    query: `INSERT INTO rollup_active_month SELECT 's', 'buyer', 'belt', 'b', 64, '${JANUARY}', 1, bitmapBuild([toUInt32(3), 9])`,
  });
  const version = { source: 's', published_at: '2024-03-01 00:00:00.000', data_through: '2024-02-29' };
  await insert('data_versions', [
    { ...version, data_version: 1, months: [JANUARY, FEBRUARY] },
    { ...version, data_version: 2, months: [JANUARY] },
    { ...version, data_version: 4, months: [] },
  ]);
  await to(numberOf('29_data_versions_add_days'));
}

const contents = () =>
  rowsOf(`SELECT * FROM (SELECT 'day' AS name, toString(tuple(*)) AS row FROM rollup_belt_day
    UNION ALL SELECT 'month', toString(tuple(*)) FROM rollup_belt_month
    UNION ALL SELECT 'spread', toString(tuple(*)) FROM rollup_spread_day
    UNION ALL SELECT 'active', toString(tuple(* REPLACE (bitmapToArray(active) AS active))) FROM rollup_active_month
    UNION ALL SELECT 'merchant', toString(tuple(source, belt_id, month, data_version, merchant_id, combination, lines, orders, pieces, gmv, refund)) FROM rollup_merchant_month)
    ORDER BY ALL`);
const owners = () =>
  rowsOf(
    'SELECT merchant_id, toUInt32(data_version) AS version, toString(month) AS month, owner_id FROM rollup_merchant_month ORDER BY ALL',
  );
const OWNERS = [
  { merchant_id: 'kept', version: 1, month: FEBRUARY, owner_id: 'kept-owner' },
  { merchant_id: 'kept', version: 2, month: JANUARY, owner_id: 'kept-owner' },
  { merchant_id: 'lone', version: 1, month: FEBRUARY, owner_id: 'lone' },
  // The first January was read up to version 1, the others still are.
  { merchant_id: 'sold', version: 1, month: JANUARY, owner_id: 'first' },
  { merchant_id: 'sold', version: 1, month: FEBRUARY, owner_id: 'third' },
  { merchant_id: 'sold', version: 2, month: JANUARY, owner_id: 'third' },
];
const widths = () =>
  rowsOf<{ type: string }>(
    `SELECT DISTINCT type FROM system.columns WHERE database = 'beltline' AND name IN ('combination', 'track_bit')`,
  );

describe('a store of before', () => {
  beforeAll(oldStore);

  it('keeps its rows, and gets the owners that its newest version answered with', async () => {
    const before = await contents();
    expect(before).toHaveLength(10);
    await migrateClickHouse(admin);
    expect(await contents()).toEqual(before);
    expect(await owners()).toEqual(OWNERS);
    expect(await widths()).toEqual([{ type: 'UInt16' }]);
    expect((await findDamage(client)).damages).toEqual([]);
    expect((await migrateClickHouse(admin)).applied).toEqual([]);
  });
});

it('still tells what was damaged before, and nothing else', async () => {
  await oldStore();
  await client.command({
    query: `DELETE FROM rollup_merchant_month WHERE data_version = 2 AND merchant_id = 'kept'`,
  });
  await client.command({
    query: `ALTER TABLE rollup_merchant_month UPDATE orders = 2 WHERE data_version = 1 AND merchant_id = 'lone' SETTINGS mutations_sync = 2`,
  });
  const before = await findDamage(client, { tables: ['rollup_belt_month'] });
  expect(before.damages).toEqual([]);
  await migrateClickHouse(admin);
  const { damages } = await findDamage(client);
  expect(
    damages.map(({ table, dataVersion, months, sealedRows, foundRows }) => [
      table,
      dataVersion,
      months,
      sealedRows,
      foundRows,
    ]),
  ).toEqual([
    ['rollup_merchant_month', 1, [FEBRUARY], 3, 3],
    ['rollup_merchant_month', 2, [JANUARY], 2, 1],
  ]);
});

it('is not changed where sums cannot be read, so that the program of before can mend them', async () => {
  await oldStore();
  const [stored] = await rowsOf<{ path: string }>(
    `SELECT data_paths[1] AS path FROM system.tables WHERE database = 'beltline' AND name = 'rollup_spread_day'`,
  );
  const [part] = await rowsOf<{ part: string }>('SELECT DISTINCT _part AS part FROM rollup_spread_day');
  const place = join(stored?.path ?? '', part?.part ?? '');
  const files = readdirSync(place).filter((name) => name.endsWith('.bin'));
  expect(files.length).toBeGreaterThan(0);
  for (const file of files)
    writeFileSync(join(place, file), Buffer.alloc(statSync(join(place, file)).size, 0xa5));
  await expect(migrateClickHouse(admin)).rejects.toThrow(
    /cannot be read .*Nothing has been.*version of Beltline that you had/s,
  );
  expect(await rowsOf('SELECT toUInt32(max(number)) AS last FROM schema_migrations')).toEqual([
    { last: numberOf('29_data_versions_add_days') },
  ]);
});

describe('a program that was killed', () => {
  it.each(['fill_rollup_merchant_month_next', 'fill_rollup_active_month_next', 'fill_seals_next'])(
    'while it copied leaves nothing twice: %s',
    async (name) => {
      await oldStore();
      const before = await contents();
      await to(numberOf(name));
      // As if it had not come to the end of it: the rows are there, and no record says so.
      await client.command({ query: `DELETE FROM schema_migrations WHERE number = ${numberOf(name)}` });
      await migrateClickHouse(admin);
      expect(await contents()).toEqual(before);
      expect(await owners()).toEqual(OWNERS);
      expect((await findDamage(client)).damages).toEqual([]);
    },
  );

  it.each(['drop_narrow_tables', RENAMED])('after %s, which no record says, goes on', async (name) => {
    await oldStore();
    const before = await contents();
    await to(numberOf(name));
    await client.command({ query: `DELETE FROM schema_migrations WHERE number = ${numberOf(name)}` });
    await migrateClickHouse(admin);
    expect(await contents()).toEqual(before);
    expect((await findDamage(client)).damages).toEqual([]);
  });

  it('does not go on where a copy is gone whose original was dropped', async () => {
    await oldStore();
    await to(numberOf('drop_narrow_tables'));
    await client.command({ query: 'DROP TABLE rollup_spread_day_next SYNC' });
    await expect(migrateClickHouse(admin)).rejects.toThrow(/gone are rollup_spread_day_next/);
  });
});
