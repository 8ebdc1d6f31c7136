/** Each table of the embedded PostgreSQL, of which a disk has lost something that PostgreSQL itself does not miss. */
import {
  cpSync,
  mkdtempSync,
  openSync,
  closeSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgres, type PostgresStore } from '@beltline/sql/postgres';

const PAGE = 8192;
const base = mkdtempSync(join(tmpdir(), 'beltline tables '));
const whole = join(base, 'whole');
afterAll(() => rmSync(base, { recursive: true, force: true }));

const TABLES = ['users', 'user_grants', 'sessions', 'audit', 'annotations', 'schema_migrations'] as const;
type Table = (typeof TABLES)[number];
let files: Record<Table | 'key' | 'long', string>;

/** Several pages of each. */
const FILL = `
  INSERT INTO users (id, name, created_at) SELECT gen_random_uuid(), 'user ' || i, now() FROM generate_series(1, 400) AS i;
  INSERT INTO user_grants SELECT id, 'source', '*' FROM users;
  INSERT INTO sessions SELECT sha256(name::bytea), id, now(), now(), '127.0.0.1', 'test' FROM users;
  INSERT INTO audit (position, at, event, previous, digest)
    SELECT i, now(), 'signed-in', sha256((i - 1)::text::bytea), sha256(i::text::bytea) FROM generate_series(1, 400) AS i;
  INSERT INTO annotations (id, source, kind, day, text, created_at, updated_at)
    SELECT gen_random_uuid(), 'demo', 'policy', '2024-02-29', repeat('补贴', 50), now(), now() FROM generate_series(1, 300);
  UPDATE sessions SET agent = (SELECT string_agg(sha256(i::text::bytea)::text, '') FROM generate_series(1, 400) AS i)
    WHERE user_id IN (SELECT user_id FROM sessions LIMIT 1)`;

const counts = async ({ dataSource }: PostgresStore) =>
  Object.fromEntries(
    await Promise.all(
      TABLES.map(async (table) => [
        table,
        ((await dataSource.query(`SELECT count(*)::int AS n FROM ${table}`)) as [{ n: number }])[0].n,
      ]),
    ),
  ) as Record<Table, number>;

let kept: Record<Table, number>;
beforeAll(async () => {
  const store = await openPostgres({ dataDir: whole });
  for (const statement of FILL.split(';')) await store.dataSource.query(statement);
  const rows = (await store.dataSource.query(
    `SELECT relname, pg_relation_filepath(oid) AS file FROM pg_class WHERE relname = ANY($1)`,
    [[...TABLES, 'users_by_name']],
  )) as { relname: string; file: string }[];
  const [long] = (await store.dataSource.query(
    `SELECT pg_relation_filepath(reltoastrelid) AS file FROM pg_class WHERE relname = 'sessions'`,
  )) as [{ file: string }];
  const named = Object.fromEntries(rows.map(({ relname, file }) => [relname, file]));
  files = { ...(named as Record<Table, string>), key: named['users_by_name'] ?? '', long: long.file };
  kept = await counts(store);
  await store.close();
});

let copies = 0;
function copy(): string {
  const dataDir = join(base, `copy ${copies++}`);
  cpSync(whole, dataDir, { recursive: true });
  return dataDir;
}

function overwrite(file: string, page: number, bytes: Buffer): void {
  const opened = openSync(file, 'r+');
  writeSync(opened, bytes, 0, bytes.length, page * PAGE);
  closeSync(opened);
}

const pagesOf = (file: string) => statSync(file).size / PAGE;
const DAMAGES: Record<string, (file: string) => void> = {
  'is gone': (file) => rmSync(file),
  'is cut to nothing': (file) => truncateSync(file, 0),
  'has lost its last page': (file) => truncateSync(file, (pagesOf(file) - 1) * PAGE),
  'is cut within a page': (file) => truncateSync(file, pagesOf(file) * PAGE - 100),
  'has a first page of zeros': (file) => overwrite(file, 0, Buffer.alloc(PAGE)),
  'has a last page of zeros': (file) => overwrite(file, pagesOf(file) - 1, Buffer.alloc(PAGE)),
  'has a page of something else': (file) => overwrite(file, 0, Buffer.alloc(PAGE, 'x')),
};

async function isRefused(dataDir: string, says: RegExp) {
  for (let attempts = 0; attempts < 2; attempts++) {
    const store = await openPostgres({ dataDir });
    expect(store.damage?.message).toMatch(says);
    expect(store.damage?.message).toMatch(/Nothing has been changed.*backup/);
    await store.close();
  }
}

describe.each(TABLES)('the table %s', (table) => {
  it.each(Object.keys(DAMAGES))('is named where its file %s', async (kind) => {
    const dataDir = copy();
    DAMAGES[kind]?.(join(dataDir, 'postgres', files[table]));
    await isRefused(dataDir, /does not open \((?!\[object)/);
  });
});

it('values too long for their table are missed as well', async () => {
  const dataDir = copy();
  overwrite(join(dataDir, 'postgres', files.long), 0, Buffer.alloc(PAGE));
  await isRefused(dataDir, /the table sessions has lost rows on 1 page/);
});

it('a key that is cut to nothing is named', async () => {
  const dataDir = copy();
  truncateSync(join(dataDir, 'postgres', files.key), 0);
  await isRefused(dataDir, /the key users_by_name of the table users is gone/);
});

it('nothing is missed where rows were changed, removed and cleared away, nor where that was cut short by a kill', async () => {
  const dataDir = copy();
  const store = await openPostgres({ dataDir });
  const { dataSource } = store;
  for (let round = 0; round < 4; round++) {
    await dataSource.query(`UPDATE users SET disabled_at = now() WHERE name LIKE '%${round}'`);
    await dataSource.query(`DELETE FROM sessions WHERE get_byte(id_hash, 0) % 5 = ${round}`);
    await dataSource.query(`DELETE FROM annotations WHERE ctid > '(1,1)'`);
    await dataSource.query('VACUUM');
    await dataSource.query(`INSERT INTO user_grants SELECT id, 'region', '3${round}' FROM users`);
  }
  // As a kill leaves it: files as they are, and what is not in them yet in the log that is written ahead.
  const killed = join(base, 'killed');
  cpSync(dataDir, killed, { recursive: true });
  const now = await counts(store);
  await store.close();
  for (const folder of [dataDir, killed]) {
    const again = await openPostgres({ dataDir: folder });
    expect([again.damage, await counts(again)]).toEqual([null, now]);
    await again.close();
  }
});

it('a store that is whole is opened as it is, and again', async () => {
  const dataDir = copy();
  for (let attempts = 0; attempts < 2; attempts++) {
    const store = await openPostgres({ dataDir });
    expect([store.damage, await counts(store)]).toEqual([null, kept]);
    await store.close();
  }
  expect(readdirSync(dataDir)).not.toContain('damaged');
});
