/** The engine's folder after a disk was full, or after somebody damaged it: the product starts, or says what is wrong. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Migration,
  migrateClickHouse,
  readMigrations,
  renderMigration,
  withMutex,
} from '@beltline/sql/clickhouse';
import { type Engine, openEngine } from '@beltline/sql/engine';

const base = mkdtempSync(join(tmpdir(), 'beltline engine store '));
const whole = join(base, 'whole');
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

/** An engine on a folder, with what was said of its mending. */
async function start(dataDir: string): Promise<{ engine: Engine; said: string[] }> {
  const said: string[] = [];
  const engine = await openEngine(
    { kind: 'embedded', dataDir },
    { as: 'serve', onHeal: (message) => said.push(message), waitMs: 5_000 },
  );
  return { engine, said };
}

async function countSources(engine: Engine): Promise<string> {
  const client = engine.client('reader');
  const result = await client.query({ query: 'SELECT count() FROM sources', format: 'TabSeparated' });
  const count = (await result.text()).trim();
  await client.close();
  return count;
}

beforeAll(async () => {
  const { engine } = await start(whole);
  const loader = engine.client('loader', 'default');
  await migrateClickHouse(loader, { descriptions: engine.descriptions });
  // What an earlier version kept its locks in, as its user (this one may no longer make such tables).
  await loader.command({ query: 'CREATE DATABASE beltline_load_7' });
  await loader.command({
    query: 'CREATE TABLE beltline_load_7.staged (a Int8) ENGINE = MergeTree ORDER BY a',
  });
  await withMutex(loader, { name: 'load', owner: 'host:1:a' }, async () => undefined);
  const [source] = JSON.parse(
    await (await loader.query({ query: 'SELECT * FROM beltline.sources LIMIT 0', format: 'JSON' })).text(),
  ).meta as { name: string }[];
  await loader.command({ query: `INSERT INTO beltline.sources (${source?.name}) VALUES ('demo')` });
  await loader.close();
  markedWhileItRan = await becomesTrue(() => existsSync(join(whole, 'clickhouse.marker')));
  await engine.close();
  const second = await start(whole);
  expect(second.said).toEqual([]);
  await second.engine.close();
});

let markedWhileItRan = false;

async function becomesTrue(holds: () => boolean): Promise<boolean> {
  for (const deadline = Date.now() + 5_000; !holds(); await sleep(50))
    if (Date.now() > deadline) return false;
  return true;
}

it('says already in the first session, however it will end, that figures were kept', () => {
  expect(markedWhileItRan).toBe(true);
});

let copies = 0;
function copy(): string {
  const dataDir = join(base, `copy ${copies++}`);
  cpSync(whole, dataDir, { recursive: true, verbatimSymlinks: true });
  return dataDir;
}

/** The description of a table, by its name. */
function description(dataDir: string, table: string): string {
  const store = join(dataDir, 'clickhouse', 'store');
  for (const prefix of readdirSync(store)) {
    for (const uuid of readdirSync(join(store, prefix))) {
      const path = join(store, prefix, uuid, `${table}.sql`);
      if (existsSync(path)) return path;
    }
  }
  throw new Error(`no description of ${table}`);
}

function folderOf(dataDir: string, table: string): string {
  const uuid = /UUID '([^']+)'/.exec(readFileSync(description(dataDir, table), 'utf8'))?.[1] as string;
  return join(dataDir, 'clickhouse', 'store', uuid.slice(0, 3), uuid);
}

const metadata = (dataDir: string, database: string) =>
  join(dataDir, 'clickhouse', 'metadata', `${database}.sql`);

const MENDED: Record<string, (dataDir: string) => void> = {
  'a table whose version was never written': (dataDir) =>
    truncateSync(join(folderOf(dataDir, 'sources'), 'format_version.txt')),
  'a lock without a description': (dataDir) => truncateSync(description(dataDir, 'mutex_load_1')),
  'a table of an unfinished load without a description': (dataDir) =>
    truncateSync(description(dataDir, 'staged')),
  'an unfinished load without a description': (dataDir) => truncateSync(metadata(dataDir, 'beltline_load_7')),
  'a published table that was just being made': (dataDir) => {
    const folder = folderOf(dataDir, 'rollup_lineage');
    truncateSync(description(dataDir, 'rollup_lineage'));
    rmSync(folder, { recursive: true });
  },
  'a table that was changed on a full disk': (dataDir) => truncateSync(description(dataDir, 'sources')),
  'a table of which half the description was written': (dataDir) =>
    truncateSync(description(dataDir, 'sources'), 60),
  'a table whose description is gone': (dataDir) => rmSync(description(dataDir, 'sources')),
  'the list of migrations, whose description is empty': (dataDir) =>
    truncateSync(description(dataDir, 'schema_migrations')),
  'all descriptions, which are gone': (dataDir) => emptyFolder(dirname(description(dataDir, 'sources'))),
  'all descriptions, which are gone with their folder': (dataDir) =>
    rmSync(dirname(description(dataDir, 'sources')), { recursive: true }),
  'a change of a table that was never written': (dataDir) =>
    writeFileSync(join(folderOf(dataDir, 'order_lines'), 'mutation_99.txt'), ''),
  // As earlier versions left it: a lock in a TinyLog, made on a full disk.
  'a lock whose sizes were never written': (dataDir) => {
    const path = description(dataDir, 'mutex_load_1');
    const folder = folderOf(dataDir, 'mutex_load_1');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, `${text.slice(0, text.indexOf('ENGINE'))}ENGINE = TinyLog\nCOMMENT 'host_1_a'\n`);
    rmSync(folder, { recursive: true });
    execFileSync('mkdir', ['-p', folder]);
    for (const file of ['sizes.json', 'at.bin', 'released.bin']) writeFileSync(join(folder, file), '');
  },
};

describe('what a full disk left unfinished', () => {
  it.each(Object.keys(MENDED))('is mended and said, and nothing published is lost: %s', async (kind) => {
    const dataDir = copy();
    MENDED[kind]?.(dataDir);
    const { engine, said } = await start(dataDir);
    expect(said.length).toBeGreaterThan(0);
    expect(said.join(' ')).toMatch(/moved to .*damaged|written again|put back/);
    expect(await countSources(engine)).toBe('1');
    const loader = engine.client('loader');
    await withMutex(loader, { name: 'load', owner: 'host:2:b', waitMs: 60_000 }, async () => undefined);
    await loader.close();
    await engine.close();
    const again = await start(dataDir);
    expect(again.said).toEqual([]);
    await again.engine.close();
  });
});

const REFUSED: Record<string, (dataDir: string) => void> = {
  'the folder is gone': (dataDir) => rmSync(join(dataDir, 'clickhouse'), { recursive: true }),
  'the database has no description': (dataDir) => truncateSync(metadata(dataDir, 'beltline')),
  'the database is gone': (dataDir) => rmSync(metadata(dataDir, 'beltline')),
  'the database has half a description': (dataDir) => truncateSync(metadata(dataDir, 'beltline'), 30),
  'the database has another description': (dataDir) => writeFileSync(metadata(dataDir, 'beltline'), 'x\n'),
  'the database has a description without its end': (dataDir) =>
    truncateSync(metadata(dataDir, 'beltline'), statSync(metadata(dataDir, 'beltline')).size - 3),
  'a table has no description, and no copy of it is left': (dataDir) => {
    forgetCopies(dataDir);
    truncateSync(description(dataDir, 'sources'));
  },
  'a table has half a description, and the copy is of another table': (dataDir) => {
    const copies = join(dataDir, 'clickhouse.descriptions');
    cpSync(join(copies, 'belts.sql'), join(copies, 'sources.sql'));
    truncateSync(description(dataDir, 'sources'), 60);
  },
  ...vanished(', and the copies too', forgetCopies),
  ...vanished(', in a store of an earlier version', (dataDir) => {
    forgetCopies(dataDir);
    writeFileSync(join(dataDir, 'clickhouse.marker'), 'made\n');
  }),
  'the folder of all tables is gone': (dataDir) =>
    rmSync(join(dataDir, 'clickhouse', 'store'), { recursive: true }),
  'all but the description of the database is gone': (dataDir) => {
    for (const name of ['store', 'data', 'metadata_dropped', join('metadata', 'beltline')])
      rmSync(join(dataDir, 'clickhouse', name), { recursive: true, force: true });
  },
  'the list of migrations has lost its rows': (dataDir) => {
    emptyFolder(folderOf(dataDir, 'schema_migrations'));
  },
};

function foldersOf(dataDir: string): string[] {
  const store = join(dataDir, 'clickhouse', 'store');
  return existsSync(store) ? readdirSync(store) : [];
}

function forgetCopies(dataDir: string): void {
  rmSync(join(dataDir, 'clickhouse.descriptions'), { recursive: true });
}

function emptyFolder(folder: string): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
}

/** Every table gone with its description, while the database's own is still there. */
function vanished(where: string, first: (dataDir: string) => void): typeof REFUSED {
  const tables = (dataDir: string) => dirname(description(dataDir, 'sources'));
  const ways: typeof REFUSED = {
    'the folder of all tables is gone': (dataDir) =>
      rmSync(join(dataDir, 'clickhouse', 'store'), { recursive: true }),
    'the folder of descriptions is gone': (dataDir) => rmSync(tables(dataDir), { recursive: true }),
    'the descriptions are gone': (dataDir) => emptyFolder(tables(dataDir)),
  };
  const both = (lose: (dataDir: string) => void) => (dataDir: string) => {
    first(dataDir);
    lose(dataDir);
  };
  return Object.fromEntries(Object.entries(ways).map(([way, lose]) => [`${way}${where}`, both(lose)]));
}

describe('published tables that are damaged', () => {
  it.each(Object.keys(REFUSED))('are named with the remedy, and left as they are: %s', async (kind) => {
    const dataDir = copy();
    REFUSED[kind]?.(dataDir);
    const folders = foldersOf(dataDir);
    for (let turn = 0; turn < 2; turn++) {
      const refused = await start(dataDir).then(
        ({ engine }) => engine.close(), // left running, it would keep the tests from ending
        (error: unknown) => error,
      );
      expect(String(refused)).toMatch(/^EngineDamagedError/);
      expect(String(refused)).toContain(join(dataDir, 'clickhouse'));
      expect(String(refused)).toMatch(/from a backup; or move away .*load the files again/);
    }
    expect(existsSync(join(dataDir, 'damaged'))).toBe(false);
    expect(foldersOf(dataDir)).toEqual(folders);
  });
});

it('forgets no copy of a table that is kept, under its own name, and closes their folder to others', async () => {
  const dataDir = copy();
  const copies = join(dataDir, 'clickhouse.descriptions');
  const before = readdirSync(copies);
  expect(before.filter((name) => name.includes('_next'))).toEqual([]); // names that tables had before
  chmodSync(copies, 0o777);
  // Of another table: it cannot be put back, and the start fails.
  cpSync(join(copies, 'belts.sql'), join(copies, 'sources.sql'));
  rmSync(description(dataDir, 'sources'));
  rmSync(join(dataDir, 'clickhouse', 'data', 'beltline', 'sources'), { force: true });
  const { engine } = await start(dataDir);
  const loader = engine.client('loader', 'default');
  await expect(migrateClickHouse(loader)).rejects.toThrow(/gone are sources/);
  await loader.close();
  await engine.close();
  expect(readdirSync(copies)).toEqual(before.filter((name) => name !== 'sources.sql'));
  expect(statSync(copies).mode & 0o777).toBe(0o700);
});

it('says of a copy that did not keep its links how to copy', async () => {
  const dataDir = join(base, 'without links');
  cpSync(whole, dataDir, { recursive: true, dereference: true });
  const refused = await start(dataDir).catch((error: unknown) => error);
  expect(String(refused)).toMatch(/^EngineDamagedError.*copied without keeping its links \(cp -a and tar/);
});

describe('a first start that is killed', () => {
  const STEPS: Record<string, string[]> = {
    'when the database was made': [],
    'when the list of migrations was made': ['list'],
    'when the list of migrations was made, on a full disk': ['list'],
    'when a table was made and not yet listed': ['list', 'table'],
    'when a migration was listed': ['list', 'table', 'row'],
  };
  it.each(Object.keys(STEPS))('starts again: %s', async (point) => {
    const dataDir = join(base, `killed ${point}`);
    const [first] = readMigrations() as [Migration];
    const statements: Record<string, string> = {
      list: `CREATE TABLE beltline.schema_migrations (number UInt32, name String, sha256 FixedString(64), applied_at DateTime64(3, 'UTC')) ENGINE = MergeTree ORDER BY number`,
      table: renderMigration(first.sql, {}).replace('CREATE TABLE ', 'CREATE TABLE beltline.'),
      row: `INSERT INTO beltline.schema_migrations SELECT ${first.number}, '${first.name}', '${first.sha256}', now64(3)`,
    };
    const { engine } = await start(dataDir);
    const loader = engine.client('loader', 'default');
    await loader.command({ query: 'CREATE DATABASE beltline' });
    for (const step of STEPS[point] ?? []) await loader.command({ query: statements[step] as string });
    await becomesTrue(() => existsSync(join(dataDir, 'clickhouse.marker')));
    engine.kill();
    await engine.ended;
    await loader.close();
    if (point.endsWith('on a full disk')) truncateSync(description(dataDir, 'schema_migrations'));
    const again = await start(dataDir);
    const migrator = again.engine.client('loader', 'default');
    await migrateClickHouse(migrator);
    await migrator.close();
    expect(await countSources(again.engine)).toBe('0');
    await again.engine.close();
  });
});

// Root may read whatever it likes, so another account is taken on for a moment.
const asOther = process.getuid?.() === 0 ? it : it.skip;
asOther(
  "says that it may not, where the data directory is another account's (skipped unless root)",
  async () => {
    const dataDir = join(mkdtempSync(join(tmpdir(), 'beltline others ')), 'data');
    chmodSync(dirname(dataDir), 0o755);
    mkdirSync(dataDir, { mode: 0o755 });
    process.seteuid?.(65534);
    const refused = await start(dataDir).catch((error: unknown) => error);
    process.seteuid?.(0);
    rmSync(dirname(dataDir), { recursive: true });
    expect(String(refused)).toContain(`The data directory ${dataDir} cannot be used (EACCES`);
    expect(String(refused)).toMatch(/Let the account that runs Beltline .* or set BELTLINE_DATA/);
  },
);
