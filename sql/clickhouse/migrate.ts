/**
 * Migrations of ClickHouse: numbered files of one statement each, applied in order, once. The checksum of each applied
 * file is kept and compared: a file that was edited after it had been applied stops everything, because two databases
 * that claim the same number would differ. Comments may change: they are not part of the checksum.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { ClickHouseClient } from '@clickhouse/client';
import { DATABASE } from '../engine/configuration.ts';
import type { Descriptions } from '../engine/descriptions.ts';
import { NoRoomError } from '../engine/no-room.ts';
import type { Settings } from '../settings/settings.ts';
import { changesLeft, untilChanged } from './changes-left.ts';
import { sendBehind } from './fence.ts';
import { assertTablesAreThere, lost, unread } from './made-tables.ts';
import { withMutex } from './mutex.ts';
import { packageRoot } from './package-root.ts';
import { isUnreadable, typeOf } from './query.ts';

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/** How tables are created: on one node, or on all nodes of a cluster with replicated engines. */
export interface Topology {
  readonly cluster?: string | undefined;
  readonly replicated?: boolean | undefined;
}

export interface MigrationReport {
  readonly applied: string[];
  readonly present: number;
}

/** The topology that the settings say. */
export const topologyOf = (
  settings: Pick<Settings, 'CLICKHOUSE_CLUSTER' | 'CLICKHOUSE_REPLICATED'>,
): Topology => ({
  cluster: settings.CLICKHOUSE_CLUSTER,
  replicated: settings.CLICKHOUSE_REPLICATED === '1',
});

/** All migrations of the package, in order. @throws Error on a gap, a repeated number or a second statement. */
export function readMigrations(folder = join(packageRoot, 'clickhouse', 'migrations')): Migration[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort();
  return files.map((file, index) => {
    const number = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(file)?.[1]);
    if (number !== index + 1)
      throw new Error(`Migration ${file}: expected number ${String(index + 1).padStart(4, '0')}.`);
    const sql = readFileSync(join(folder, file), 'utf8');
    if (/;\s*\S/.test(withoutTexts(bare(sql))))
      throw new Error(`Migration ${file} holds more than one statement. Make one file of each.`);
    return { number, name: file.slice(0, -4), sql, sha256: checksum(sql) };
  });
}

/** The statement without comments. Only whole lines and ends of lines are comments here; a text may hold two hyphens. */
const bare = (sql: string): string =>
  sql.replaceAll(/'(?:[^'\\]|\\.|'')*'|--[^\n]*/g, (found) => (found.startsWith('--') ? '' : found));

const withoutTexts = (sql: string): string => sql.replaceAll(/'(?:[^'\\]|\\.|'')*'/g, "''");

/**
 * Of the statement without comments and spacing. As it has always been made, which takes two hyphens in a text for a comment
 * too: databases keep these checksums.
 */
function checksum(sql: string): string {
  const statement = sql
    .replaceAll(/--[^\n]*/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return createHash('sha256').update(statement).digest('hex');
}

/** The statement of a migration for a topology: the only place where the templates are filled in. */
export function renderMigration(sql: string, topology: Topology): string {
  return sql
    .replaceAll('{{database}}', DATABASE)
    .replaceAll('{{emptied}}', DATABASE)
    .replaceAll(
      '{{on_cluster}}',
      topology.cluster ? `ON CLUSTER '${topology.cluster.replaceAll("'", "''")}'` : '',
    )
    .replaceAll('{{replicated}}', topology.replicated ? 'Replicated' : '');
}

/**
 * The statement that comes before a migration which fills a table, `INSERT INTO {{emptied}}.table`: it removes what a run that was
 * cut short has left there, whose rows would be there twice. Null for any other migration.
 */
export function emptyingBefore(sql: string, topology: Topology): string | null {
  const table = /INSERT INTO \{\{emptied\}\}\.(\w+)/.exec(bare(sql))?.[1];
  if (table === undefined) return null;
  const emptying = `TRUNCATE TABLE {{database}}.${table} {{on_cluster}} SETTINGS max_table_size_to_drop = 0`;
  return renderMigration(emptying, topology);
}

/** A change of a large table takes as long as it takes; what it says of its progress keeps the connection alive. */
const LONG = {
  max_execution_time: 0,
  send_progress_in_http_headers: 1,
  http_headers_progress_interval_ms: '60000',
} as const;

export interface MigrateOptions {
  /** One node where it is left out. */
  readonly topology?: Topology;
  /** Those of the package where they are left out. */
  readonly migrations?: readonly Migration[];
  /** Told each migration before it is run, and again while it runs. */
  readonly onNews?: (message: string) => void;
  readonly newsEveryMs?: number;
  /** Of an embedded engine: a migration counts as applied once what it changed is on the disk. */
  readonly descriptions?: Descriptions | null;
  /** Where the tables lie, in words, for who has to make room there. */
  readonly place?: string;
}

/** Room on the engine's disk below which no migration is begun, bytes: on a full disk a change can lose a table. */
const ROOM = 32 * 1024 ** 2;

/**
 * Brings a database up to the package's migrations. `client` is a loader connected to the database `default`. Takes the
 * lock only where there is something to do.
 * @throws Error where an applied migration differs from its file, the database is newer than the package, or there is not
 * enough space on its disk; TablesLostError where tables that were made are gone; MutexLostError where another migrator
 * took this one's place.
 */
export async function migrateClickHouse(
  client: ClickHouseClient,
  {
    topology = {},
    migrations = readMigrations(),
    onNews = () => undefined,
    newsEveryMs = 30_000,
    descriptions = null,
    place = 'the database',
  }: MigrateOptions = {},
): Promise<MigrationReport> {
  const onCluster = renderMigration('{{on_cluster}}', topology);
  await client.command({ query: `CREATE DATABASE IF NOT EXISTS ${DATABASE} ${onCluster}` });
  const ledger = `${DATABASE}.schema_migrations`;
  await client.command({
    query: `CREATE TABLE IF NOT EXISTS ${ledger} ${onCluster}
      (number UInt32, name String, sha256 FixedString(64), applied_at DateTime64(3, 'UTC'))
      ENGINE = ${topology.replicated ? 'Replicated' : ''}MergeTree ORDER BY number`,
  });
  const found = await appliedMigrations(client, ledger);
  if (outstanding(migrations, found).length === 0) {
    await assertTablesAreThere(client, migrations, found.keys());
    return { applied: [], present: found.size };
  }
  if (found.size === 0) await assertRoom(client, place); // before the lock, whose first beat says less of a full disk
  const lock = { name: 'migrations', owner: `${hostname()}:${process.pid}:${randomUUID()}` };
  return withMutex(client, lock, async ({ assertHeld, fence }) => {
    const done = await appliedMigrations(client, ledger);
    await assertTablesAreThere(client, migrations, done.keys());
    const report: MigrationReport = { applied: [], present: done.size };
    let toldAt = -Infinity;
    await untilChanged(client, {
      onLook: assertHeld,
      onWait: ({ parts }) => {
        if (performance.now() < toldAt + newsEveryMs) return;
        toldAt = performance.now();
        onNews(
          `Bringing the database up to date: a change that was cut short is being finished, parts left: ${parts}`,
        );
      },
    });
    for (const migration of outstanding(migrations, done)) {
      await assertRoom(client, place);
      descriptions?.keep();
      assertHeld();
      const emptying = emptyingBefore(migration.sql, topology);
      const statement = repeatable(renderMigration(migration.sql, topology));
      const apply = async (): Promise<void> => {
        for (const query of emptying === null ? [statement] : [emptying, statement])
          await sendBehind(client, { query, clickhouse_settings: LONG }, fence).catch((error: unknown) => {
            throw /^\s*SELECT/.test(query) && isDamaged(error) ? unread(migration.name, error) : error;
          });
      };
      const tell = (message: string): void =>
        onNews(`Bringing the database up to date: ${migration.name}${message}`);
      if (report.present === 0)
        await apply(); // those of a first start take no time
      else await withNews(client, apply, tell, newsEveryMs);
      descriptions?.assertWritten();
      assertHeld();
      const record = {
        query: `INSERT INTO ${ledger} SELECT {number:UInt32}, {name:String}, {sha256:String}, now64(3)`,
        query_params: { number: migration.number, name: migration.name, sha256: migration.sha256 },
      };
      await sendBehind(client, record, fence);
      report.applied.push(migration.name);
    }
    descriptions?.keep();
    return report;
  });
}

/** Of a check, which changes nothing: whether it could not read what it looks at, instead of finding something there. */
const isDamaged = (error: unknown): boolean => isUnreadable(error) && !/THROW_IF/.test(typeOf(error));

async function assertRoom(client: ClickHouseClient, place: string): Promise<void> {
  const free = await freeBytes(client);
  if (free < ROOM)
    throw new NoRoomError(
      `There is not enough space to bring the database up to date: ${inMegabytes(free)} are free on the disk of ${place}, ` +
        `and ${inMegabytes(ROOM)} are needed. Nothing is lost; make room and start again.`,
    );
}

/** What can still be written where the engine keeps its tables, bytes. */
async function freeBytes(client: ClickHouseClient): Promise<number> {
  const result = await client.query({
    query: 'SELECT filesystemAvailable() AS bytes',
    format: 'JSONEachRow',
  });
  const [row] = await result.json<{ bytes: string }>();
  return Number(row?.bytes);
}

const inMegabytes = (bytes: number): string => `${Math.floor(bytes / 1e6)} MB`;

/** @throws Error where what was applied is not what the package has. */
function outstanding(migrations: readonly Migration[], done: ReadonlyMap<number, string>): Migration[] {
  const newest = Math.max(0, ...done.keys());
  if (newest > migrations.length) {
    throw new Error(
      `The database is at migration ${newest}, newer than this program (${migrations.length}). Update Beltline.`,
    );
  }
  for (const { number, name, sha256 } of migrations) {
    if ((done.get(number) ?? sha256) === sha256) continue;
    throw new Error(
      `Migration ${name} was changed after it had been applied. Restore the file; add a new migration instead.`,
    );
  }
  return migrations.filter(({ number }) => !done.has(number));
}

async function withNews(
  client: ClickHouseClient,
  apply: () => Promise<void>,
  tell: (message: string) => void,
  everyMs: number,
): Promise<void> {
  tell('');
  const begun = Date.now();
  const tellOn = async (): Promise<void> => {
    const left = await changesLeft(client).catch(() => null); // a server's loader may not be allowed to see them
    const room = await freeBytes(client).catch(() => Infinity);
    const seconds = Math.round((Date.now() - begun) / 1000);
    tell(
      `, for ${seconds} s${left === null ? '' : `, parts left: ${left.parts}`}` +
        // The engine says nothing of it: it waits.
        (room < ROOM
          ? `. Its disk has not enough space (${inMegabytes(room)}): it goes on once there is room`
          : ''),
    );
  };
  const news = setInterval(() => void tellOn(), everyMs);
  try {
    await apply();
  } finally {
    clearInterval(news);
  }
}

/** The statement as it is sent: it may have run already, before a program was killed that did not come to record it. */
const repeatable = (statement: string): string =>
  bare(statement)
    .replace(/CREATE TABLE (?!IF NOT EXISTS)/, `CREATE TABLE IF NOT EXISTS ${DATABASE}.`)
    .replace(/DROP TABLE (?!IF EXISTS)/, `DROP TABLE IF EXISTS ${DATABASE}.`);

async function appliedMigrations(client: ClickHouseClient, ledger: string): Promise<Map<number, string>> {
  const result = await client
    .query({ query: `SELECT number, sha256 FROM ${ledger} ORDER BY number`, format: 'JSONEachRow' })
    .catch((error: unknown) => {
      throw isUnreadable(error) ? lost('the list of applied migrations cannot be read', error) : error;
    });
  const rows = await result.json<{ number: number; sha256: string }>();
  return new Map(rows.map((row) => [Number(row.number), row.sha256]));
}
