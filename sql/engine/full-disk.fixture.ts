/** A disk that fills up, for the specs of the engine on one: a file system of its own, and what is tried on it. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateClickHouse, readMigrations, withMutex } from '@beltline/sql/clickhouse';
import { type Engine, openEngine } from '@beltline/sql/engine';

/** A holder that no longer runs: its lock is free at once, and not only when it has not beaten for 30 s. */
const DEAD = `${hostname()}:4000000:c`;

const base = mkdtempSync(join(tmpdir(), 'beltline full disk '));
export const whole = join(base, 'whole');
afterAll(() => {
  if (mounted !== null) execFileSync('umount', [mounted]);
  rmSync(base, { recursive: true, force: true });
});

/** An engine on a folder, with what was said of its mending. */
export async function start(dataDir: string): Promise<{ engine: Engine; said: string[] }> {
  const said: string[] = [];
  const engine = await openEngine(
    { kind: 'embedded', dataDir },
    { as: 'serve', onHeal: (message) => said.push(message), waitMs: 5_000 },
  );
  return { engine, said };
}

beforeAll(async () => {
  const { engine } = await start(whole);
  const loader = engine.client('loader', 'default');
  await migrateClickHouse(loader, { descriptions: engine.descriptions });
  await loader.command({ query: "INSERT INTO beltline.sources (source) VALUES ('demo')" });
  await loader.close();
  await engine.close();
});

export async function countSources(engine: Engine): Promise<string> {
  const client = engine.client('reader');
  const result = await client.query({ query: 'SELECT count() FROM sources', format: 'TabSeparated' });
  const count = (await result.text()).trim();
  await client.close();
  return count;
}

// A file system of its own can be made by root only.
export const mounted = (() => {
  const folder = mkdtempSync(join(base, 'small '));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    return null;
  }
})();
/** Skips what it is given where no file system can be mounted. */
export function onSmallDisk(name: string, specs: () => void): void {
  (mounted === null ? describe.skip : describe)(name, specs);
}

// The process that holds a lock of what failed still runs: it is this one.
beforeAll(() => (process.env['BELTLINE_LOCK_STALE_MS'] = '1000'));
afterAll(() => delete process.env['BELTLINE_LOCK_STALE_MS']);

/** Migrations that change a table. */
export const CHANGES = readMigrations()
  .filter(({ sql }) => /^ALTER TABLE/m.test(sql))
  .map(({ name }) => name);

/** Fills the disk while a migration changes a table. The engine says of such a change that it was made, and leaves the table without a description. */
export async function losesNoTable(name: string): Promise<void> {
  const dataDir = join(mounted as string, `changed ${name}`);
  const filler = join(mounted as string, 'filler');
  const all = readMigrations();
  const at = all.findIndex((migration) => migration.name === name);
  const { engine } = await start(dataDir);
  const { descriptions } = engine;
  const loader = engine.client('loader', 'default');
  await migrateClickHouse(loader, { migrations: all.slice(0, at), descriptions });
  await loader.command({
    query: "INSERT INTO beltline.order_lines (source, order_id) VALUES ('demo', 'a')",
  });
  await loader.command({
    query: "INSERT INTO beltline.load_files (source) VALUES ('demo')",
  });
  const fillAfterKeeping = {
    keep: () => {
      descriptions?.keep();
      execFileSync('sh', ['-c', `cat /dev/zero > '${filler}' 2>/dev/null || true`]);
    },
    assertWritten: () => descriptions?.assertWritten(),
  };
  // It fails; or, where rows are rewritten, the engine waits until there is space, and that is said.
  const said = await new Promise<string>((tell) => {
    migrateClickHouse(loader, {
      migrations: all.slice(0, at + 1),
      descriptions: fillAfterKeeping,
      newsEveryMs: 300,
      onNews: (message) => message.includes('once there is room') && tell(message),
    }).then(
      () => tell('it went on'),
      (error: unknown) => tell(String(error)),
    );
  });
  await loader.close();
  engine.kill();
  await engine.ended;
  rmSync(filler);
  expect(said).toMatch(/not enough space/i);

  const again = await start(dataDir);
  const migrator = again.engine.client('loader', 'default');
  await migrateClickHouse(migrator, { descriptions: again.engine.descriptions });
  for (const table of ['order_lines', 'load_files']) {
    const rows = await migrator.query({ query: `SELECT * FROM beltline.${table}`, format: 'JSONEachRow' });
    expect(await rows.json()).toHaveLength(1);
  }
  await migrator.close();
  await again.engine.close();
  const last = await start(dataDir);
  expect(last.said).toEqual([]);
  await last.engine.close();
  rmSync(dataDir, { recursive: true });
}

/** Works on a disk with so many KiB left, and starts again once there is space. */
export async function startsAgain(free: number): Promise<void> {
  const dataDir = join(mounted as string, `left ${free}`);
  cpSync(whole, dataDir, { recursive: true, verbatimSymlinks: true });
  const filler = join(mounted as string, 'filler');
  execFileSync('sh', ['-c', `cat /dev/zero > '${filler}' 2>/dev/null || true`]);
  truncateSync(filler, statSync(filler).size - free * 1024);
  // Whatever is tried on the full disk may fail; nothing of it may hang.
  const started = await start(dataDir).catch(() => null);
  if (started) {
    const loader = started.engine.client('loader', 'default');
    await withMutex(loader, { name: 'load', owner: DEAD, waitMs: 0 }, async () => {
      await loader.command({ query: 'CREATE DATABASE beltline_load_8' });
      for (const name of ['a', 'b', 'c'])
        await loader.command({
          query: `CREATE TABLE beltline_load_8.${name} (a String) ENGINE = MergeTree ORDER BY a`,
        });
      await loader.command({
        query: 'INSERT INTO beltline_load_8.a SELECT randomString(1000) FROM numbers(1000)',
      });
    }).catch(() => undefined);
    await loader.close();
    await started.engine.close();
  }
  rmSync(filler);
  const { engine } = await start(dataDir);
  expect(await countSources(engine)).toBe('1');
  const loader = engine.client('loader', 'default');
  await migrateClickHouse(loader, { descriptions: engine.descriptions });
  await withMutex(loader, { name: 'load', owner: 'host:2:d', waitMs: 60_000 }, async () => undefined);
  await loader.close();
  await engine.close();
  rmSync(dataDir, { recursive: true });
}
