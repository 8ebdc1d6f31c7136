import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClickHouseClient, type Engine, openEngine } from '@beltline/sql/engine';
import { migrateClickHouse, type Migration, readMigrations, renderMigration } from './migrate.ts';
import { MutexLostError } from './mutex.ts';
import { placeholders } from './query.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'beltline-migrate-'));
let engine: Engine;
let client: ClickHouseClient;
beforeAll(async () => {
  engine = await openEngine({ kind: 'embedded', dataDir }, { as: 'serve' });
  client = engine.client('loader', 'default');
});
afterAll(async () => {
  await client.close();
  await engine.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('migrations', () => {
  it('are numbered without a gap and hold one statement each', () => {
    const migrations = readMigrations();
    expect(migrations.map((migration) => migration.number)).toEqual(migrations.map((_, index) => index + 1));
    for (const { sql, name } of migrations) {
      const bare = sql.replaceAll(/--[^\n]*/g, '');
      expect({
        name,
        statements: bare.match(/\b(CREATE|ALTER|DROP|RENAME)\s+TABLE|SELECT throwIf|INSERT INTO/g)?.length,
      }).toEqual({
        name,
        statements: 1,
      });
    }
  });

  it('apply once, from empty', async () => {
    const first = await migrateClickHouse(client);
    expect(first.applied).toEqual(readMigrations().map((migration) => migration.name));
    expect(await migrateClickHouse(client)).toEqual({ applied: [], present: first.applied.length });
  });

  it('refuse a file that was edited after it had been applied', async () => {
    const edited = readMigrations().map((migration, index) =>
      index === 2 ? { ...migration, sha256: 'f'.repeat(64) } : migration,
    );
    await expect(migrateClickHouse(client, { migrations: edited })).rejects.toThrow(
      /0003_\w+ was changed after/,
    );
  });

  it('have a checksum of the statement, not of what is said about it', () => {
    const [first] = readMigrations();
    const folder = mkdtempSync(join(tmpdir(), 'beltline-migrations-'));
    writeFileSync(join(folder, '0001_load_events.sql'), `-- another comment\n${first?.sql}\n`);
    expect(readMigrations(folder)[0]?.sha256).toBe(first?.sha256);
    writeFileSync(
      join(folder, '0001_load_events.sql'),
      first?.sql.replace('event_no            UInt32', 'event_no UInt64') ?? '',
    );
    expect(readMigrations(folder)[0]?.sha256).not.toBe(first?.sha256);
    rmSync(folder, { recursive: true });
  });

  it('hold one statement, told apart from what comments and texts say', () => {
    const folder = mkdtempSync(join(tmpdir(), 'beltline-migrations-'));
    const written = (sql: string) => {
      writeFileSync(join(folder, '0001_x.sql'), sql);
      return readMigrations(folder);
    };
    expect(() => written('CREATE TABLE a (b UInt8);\nDROP TABLE c')).toThrow(
      /0001_x\.sql holds more than one/,
    );
    const one =
      "-- it's one; really\nCREATE TABLE a (b String DEFAULT 'x; -- y') ENGINE = Memory;\n-- the end; so\n";
    expect(written(one)).toHaveLength(1);
    rmSync(folder, { recursive: true });
  });

  it('are not misled by a comment that speaks of creating a table', async () => {
    const all = readMigrations();
    const sql = '-- CREATE TABLE of nothing\nCREATE TABLE made {{on_cluster}} (a UInt8) ENGINE = Memory';
    const next: Migration = { number: all.length + 1, name: 'made', sql, sha256: 'a'.repeat(64) };
    await migrateClickHouse(client, { migrations: [...all, next] });
    const found = await client.query({ query: 'EXISTS TABLE beltline.made', format: 'JSONEachRow' });
    expect(await found.json()).toEqual([{ result: 1 }]);
    await client.command({ query: 'DROP TABLE beltline.made SYNC' });
    await client.command({
      query: `DELETE FROM beltline.schema_migrations WHERE number = ${next.number}`,
    });
  });

  it('refuse a database that is newer than the program', async () => {
    await expect(migrateClickHouse(client, { migrations: readMigrations().slice(0, 3) })).rejects.toThrow(
      /newer than this program/,
    );
  });

  it('fill in one node or a cluster from the same file', () => {
    for (const { sql } of readMigrations()) {
      expect(renderMigration(sql, {})).not.toMatch(/\{\{|Replicated|ON CLUSTER/);
      const clustered = renderMigration(sql, { cluster: 'main', replicated: true });
      if (!/SELECT throwIf|INSERT INTO/.test(clustered)) expect(clustered).toMatch(/ON CLUSTER 'main'/);
      if (clustered.includes('CREATE TABLE')) expect(clustered).toMatch(/ENGINE = Replicated/);
    }
  });
});

describe('a migrator that is late', () => {
  /** A client of which the first statement that a text occurs in is on its way until `arrive` is called. */
  function slowAt(text: string) {
    let arrive = (): void => undefined;
    const arrival = new Promise<void>((resolve) => (arrive = resolve));
    let sent = (): void => undefined;
    const sending = new Promise<void>((resolve) => (sent = resolve));
    const slow = new Proxy(client, {
      get: (target, key) => {
        if (key !== 'exec') return Reflect.get(target, key).bind?.(target);
        return async (statement: { query: string }) => {
          if (statement.query.includes(text)) {
            sent();
            await arrival;
          }
          return target.exec(statement);
        };
      },
    });
    return { slow, sending, arrive };
  }

  const rows = async (query: string) => (await client.query({ query, format: 'JSONEachRow' })).json();
  const all = async () => ({
    schema: await rows(
      `SELECT name, create_table_query FROM system.tables WHERE database = 'beltline' AND NOT startsWith(name, 'mutex_') ORDER BY name`,
    ),
    ledger: await rows('SELECT * FROM beltline.schema_migrations ORDER BY ALL'),
    lines: await rows('SELECT oddities, warnings FROM beltline.order_lines'),
  });

  // A table that a later migration drops again, and a column that it would fill anew.
  it.each(['beltline.rollup_buyer_month', 'MATERIALIZE COLUMN oddities'])(
    'changes nothing when another has taken its place: %s',
    async (text) => {
      await client.command({ query: 'DROP DATABASE IF EXISTS beltline SYNC' });
      const { slow, sending, arrive } = slowAt(text);
      const late = migrateClickHouse(slow);
      late.catch(() => undefined);
      await sending;
      const held = await client.query({
        query: `SELECT name FROM system.tables WHERE database = 'beltline' AND startsWith(name, 'mutex_migrations_')`,
        format: 'JSONEachRow',
      });
      const [lock] = await held.json<{ name: string }>();
      await client.command({ query: `INSERT INTO beltline.${lock?.name} SELECT now64(3), true` });
      await migrateClickHouse(client);
      await client.command({
        query: `INSERT INTO beltline.order_lines (source, oddities) VALUES ('late', 3)`,
      });
      const before = await all();
      arrive();
      await expect(late).rejects.toThrow(MutexLostError);
      expect(await all()).toEqual(before);
      expect((await migrateClickHouse(client)).applied).toEqual([]);
    },
  );
});

it('a migration that takes long says for how long and how much is left', async () => {
  await client.command({ query: 'DROP DATABASE IF EXISTS beltline SYNC' });
  await migrateClickHouse(client, { migrations: readMigrations().slice(0, -1) });
  const slow = {
    ...(readMigrations().at(-1) as Migration),
    sql: 'SELECT sleep(1)',
  };
  const said: string[] = [];
  await migrateClickHouse(client, {
    migrations: [...readMigrations().slice(0, -1), slow],
    onNews: (message) => said.push(message),
    newsEveryMs: 300,
  });
  expect(said[0]).toBe(`Bringing the database up to date: ${slow.name}`);
  expect(said[1]).toBe(`Bringing the database up to date: ${slow.name}, for 0 s, parts left: 0`);
});

it('a change of a column that was cut short is waited for, and said; the engine refuses the next one until then', async () => {
  await client.command({ query: 'DROP DATABASE IF EXISTS beltline SYNC' });
  const before = readMigrations().slice(0, 23);
  await migrateClickHouse(client, { migrations: before });
  // As a program leaves it that is killed while it drops the column: each row takes so long.
  const values = Array.from({ length: 20 }, (_, index) => ({
    ...{ source: 'demo', order_id: `o${index}`, warnings: ['no-membership'] },
    placed_day: `20${String(10 + index)}-01-01`,
  }));
  await client.insert({ table: 'beltline.order_lines', format: 'JSONEachRow', values });
  await client.command({
    query: `ALTER TABLE beltline.order_lines UPDATE warnings = arrayFilter(word -> sleepEachRow(0.2) = 0, warnings) WHERE true
      SETTINGS mutations_sync = 0`,
    clickhouse_settings: { allow_nondeterministic_mutations: 1 },
  });
  const said: string[] = [];
  await migrateClickHouse(client, {
    migrations: readMigrations().slice(0, 25),
    onNews: (message) => said.push(message),
  });
  expect(said[0]).toMatch(/a change that was cut short is being finished, parts left: [1-9]/);
  expect(said[1]).toMatch(/0024_order_lines_drop_warnings$/);
});

describe('migrations of a database that is in use', () => {
  const event = (eventNo: number, state: string) =>
    client.insert({
      table: 'beltline.load_events',
      format: 'JSONEachRow',
      values: [{ batch_id: 7, event_no: eventNo, source: 'demo', state }],
    });

  beforeAll(async () => {
    await client.command({ query: 'DROP DATABASE beltline SYNC' });
    await migrateClickHouse(client, { migrations: readMigrations().slice(0, 19) });
    await client.insert({
      table: 'beltline.order_lines',
      format: 'JSONEachRow',
      values: [
        { source: 'demo', order_id: 'a', warnings: [] },
        { source: 'demo', order_id: 'b', warnings: ['no-membership', 'dispatched-before-placed'] },
        { source: 'demo', order_id: 'c', warnings: ['clock-change'] },
      ],
    });
    await event(1, 'publishing');
  });

  it('wait for a load that was cut short while it was published', async () => {
    await expect(migrateClickHouse(client)).rejects.toThrow(/cut short while it was published.*recover/);
  });

  it('keep the warnings of order lines when they become bits', async () => {
    await event(2, 'committed');
    await migrateClickHouse(client);
    const result = await client.query({
      query: 'SELECT order_id, oddities, warnings FROM beltline.order_lines ORDER BY order_id',
      format: 'JSONEachRow',
    });
    expect(await result.json()).toEqual([
      { order_id: 'a', oddities: 0, warnings: [] },
      { order_id: 'b', oddities: 257, warnings: ['dispatched-before-placed', 'no-membership'] },
      { order_id: 'c', oddities: 512, warnings: ['clock-change'] },
    ]);
  });
});

describe('tables that migrations made', () => {
  beforeAll(() => migrateClickHouse(client));
  const whileLost = async (table: string, test: () => Promise<void>) => {
    await client.command({ query: `RENAME TABLE beltline.${table} TO beltline.kept_${table}` });
    try {
      await test();
    } finally {
      await client.command({ query: `DROP TABLE IF EXISTS beltline.${table} SYNC` });
      await client.command({ query: `RENAME TABLE beltline.kept_${table} TO beltline.${table}` });
    }
  };

  it.each(['rollup_spread_day', 'data_versions', 'quarantine', 'seals'])(
    'are missed by their names: %s',
    async (table) => {
      await whileLost(table, async () => {
        await expect(migrateClickHouse(client)).rejects.toThrow(
          new RegExp(`not whole: gone are ${table}\\. Nothing has been changed.*from a backup`, 's'),
        );
      });
      expect((await migrateClickHouse(client)).applied).toEqual([]);
    },
  );

  it('are not made again over what there is where the list of migrations is lost', async () => {
    await whileLost('schema_migrations', async () => {
      await expect(migrateClickHouse(client)).rejects.toThrow(/applied migrations ends at 0, but later ones/);
    });
    expect((await migrateClickHouse(client)).applied).toEqual([]);
  });
});

describe('placeholders', () => {
  it('finds each once and ignores comments', () => {
    expect(placeholders('SELECT {b:String}, {a:Array(UInt8)} -- {c:String}\n, {b:String}')).toEqual([
      'a',
      'b',
    ]);
  });
});
