import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClickHouseClient, type Engine, engineLocation, openEngine } from '@beltline/sql/engine';
import { migrateClickHouse, readMigrations, renderMigration } from './migrate.ts';
import { MutexHeldError, withMutex } from './mutex.ts';
import { placeholders } from './query.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'beltline-migrate-'));
let engine: Engine;
let client: ClickHouseClient;
beforeAll(async () => {
  engine = await openEngine(engineLocation({ BELTLINE_DATA: dataDir }), { as: 'serve' });
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
        statements: bare.match(/\b(CREATE|ALTER|DROP)\s+TABLE|SELECT throwIf|INSERT INTO/g)?.length,
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
    await expect(migrateClickHouse(client, {}, edited)).rejects.toThrow(/0003_\w+ was changed after/);
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

  it('refuse a database that is newer than the program', async () => {
    await expect(migrateClickHouse(client, {}, readMigrations().slice(0, 3))).rejects.toThrow(
      /newer than this program/,
    );
  });

  it('fill in one node or a cluster from the same file', () => {
    for (const { sql } of readMigrations()) {
      expect(renderMigration(sql, {})).not.toMatch(/\{\{|Replicated|ON CLUSTER/);
      const clustered = renderMigration(sql, { cluster: 'main', replicated: true });
      if (!clustered.includes('SELECT throwIf')) expect(clustered).toMatch(/ON CLUSTER 'main'/);
      if (clustered.includes('CREATE TABLE')) expect(clustered).toMatch(/ENGINE = Replicated/);
    }
  });
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
    await migrateClickHouse(client, {}, readMigrations().slice(0, 19));
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

describe('the mutex', () => {
  const owner = (nonce: string) => ({ name: 'spec', owner: `elsewhere:1:${nonce}` });

  it('lets one work at a time', async () => {
    let inside = 0;
    let most = 0;
    await Promise.all(
      ['a', 'b', 'c'].map((nonce) =>
        withMutex(client, owner(nonce), async () => {
          most = Math.max(most, ++inside);
          await new Promise((resolve) => setTimeout(resolve, 100));
          inside -= 1;
        }),
      ),
    );
    expect(most).toBe(1);
  });

  it('names the holder to who does not wait', async () => {
    await withMutex(client, owner('holder'), async () => {
      const attempt = withMutex(client, { ...owner('late'), waitMs: 0 }, async () => undefined);
      await expect(attempt).rejects.toThrow(MutexHeldError);
      await expect(attempt).rejects.toThrow(/elsewhere:1:holder/);
    });
  });

  it('is free after work that failed', async () => {
    await expect(
      withMutex(client, owner('x'), async () => Promise.reject(new Error('broken'))),
    ).rejects.toThrow('broken');
    await expect(withMutex(client, { ...owner('y'), waitMs: 0 }, async () => 'worked')).resolves.toBe(
      'worked',
    );
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
