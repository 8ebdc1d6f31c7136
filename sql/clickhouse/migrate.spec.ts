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
      expect({ name, statements: bare.match(/\b(CREATE|ALTER|DROP)\s+TABLE/g)?.length }).toEqual({
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
      expect(clustered).toMatch(/ON CLUSTER 'main'/);
      if (clustered.includes('CREATE TABLE')) expect(clustered).toMatch(/ENGINE = Replicated/);
    }
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
