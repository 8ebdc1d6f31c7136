/**
 * What the specs of the load job share: an engine of their own on a temporary directory, loads through the job's own
 * entry or through its command line, and checksums of the published tables.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ClickHouseClient, type Engine, openEngine } from '@beltline/sql/engine';
import { loadOrders, type LoadReport } from '@beltline/etl/load';
import { quietProgress } from '@beltline/etl/progress';
import { readSource, type SourceDefinition } from '@beltline/etl/source';
import { putMigratedEngine } from '../fixtures/fresh-stores.ts';

export const TEST_FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..');
export const GOLDEN = join(TEST_FOLDER, 'fixtures', 'golden');
const CLI = join(TEST_FOLDER, '..', 'etl', 'dist', 'cli.js');

export interface Bench {
  readonly engine: Engine;
  readonly client: ClickHouseClient;
  readonly dataDir: string;
  /** A folder of this bench for files that a test writes. */
  readonly folder: string;
  close(): Promise<void>;
}

/** An engine on a directory of its own, owned by the test as the product owns it: loads of other processes share it. */
export async function openBench(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'beltline etl-')); // a space, as a person's path may have
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir, { mode: 0o700 });
  await putMigratedEngine(dataDir);
  const engine = await openEngine({ kind: 'embedded', dataDir }, { as: 'serve' });
  const client = engine.client('loader');
  const close = async (): Promise<void> => {
    await client.close();
    await engine.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  return { engine, client, dataDir, folder, close };
}

/** How much of the long rows is run: `SWEEP=all` all of it, `few` (as .ci/run does, to stay under half an hour) a sixth, else half. */
const STEP = { all: 1, few: 6 }[process.env['SWEEP'] ?? ''] ?? 2;

/** Of a long row of moments as many as are swept. For neighbours that are alike: the first of each row is always met. */
export const swept = <T>(moments: readonly T[]): readonly T[] =>
  moments.filter((_, index) => index % STEP === 0);

/** Of so many random runs as many as are swept. */
export const sweptRuns = (runs: number): number => Math.ceil(runs / STEP);

/** A copy of the golden source under another id, so that tests on one engine do not meet. `edit` changes its files. */
export function goldenSource(
  bench: Bench,
  id: string,
  edit: Readonly<Record<string, (text: string) => string>> = {},
): string {
  const folder = join(bench.folder, id);
  cpSync(GOLDEN, folder, { recursive: true });
  rewrite(join(folder, 'source.yaml'), (text) => text.replace('id: golden', `id: ${id}`));
  for (const [file, change] of Object.entries(edit)) rewrite(join(folder, file), change);
  return folder;
}

export function rewrite(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

/** Adds a buyer of two belts on one day, in one order, to the second file: without one, the tables of those are empty. */
export function sellToTwoBelts(folder: string): void {
  const lines = ['M1', 'M3'].map(
    (merchant, index) =>
      `SPREAD,${index + 1},2025-02-07 10:00:00,2025-02-08 10:00:00,paid,${merchant},U77,retailer,CN,CN,wholesale,,1,10.00,0.00,0,0\n`,
  );
  appendFileSync(join(folder, 'data', 'orders-2.csv'), lines.join(''));
}

export function sourceOf(folder: string): SourceDefinition {
  return readSource(folder);
}

/** Loads within this process. Paths are relative to the source's folder. */
export function loadInProcess(
  bench: Bench,
  folder: string,
  files: readonly string[],
  signal?: AbortSignal,
  keepOldLines = false,
  again = false,
): Promise<LoadReport> {
  return loadOrders(bench.engine, {
    source: sourceOf(folder),
    files,
    folder,
    keepOldLines,
    again,
    waitMs: 60_000,
    progress: quietProgress({ write: () => undefined }),
    ...(signal ? { signal } : {}),
  });
}

export interface CommandResult {
  readonly code: number | null;
  readonly output: string;
}

export interface RunningCommand {
  readonly child: ChildProcess;
  readonly done: Promise<CommandResult>;
  /** Resolves once the output holds a text; rejects where the program ends before. */
  until(text: string): Promise<void>;
}

/** Starts the command line as a person would, on the bench's data directory. */
export function startCommand(
  dataDir: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): RunningCommand {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: {
      ...process.env,
      BELTLINE_DATA: dataDir,
      CLICKHOUSE_URL: '',
      INIT_CWD: '',
      NODE_OPTIONS: '',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const waiting: { text: string; resolve: () => void; reject: (error: Error) => void }[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      for (const { text, resolve } of waiting) if (output.includes(text)) resolve();
    });
  }
  const done = new Promise<CommandResult>((resolve) => {
    child.once('close', (code) => {
      for (const { text, reject } of waiting)
        reject(new Error(`The program ended (${code}) without "${text}":\n${output}`));
      resolve({ code, output });
    });
  });
  const until = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      if (output.includes(text)) resolve();
      else waiting.push({ text, resolve, reject });
    });
  return { child, done, until };
}

export async function query<T>(
  client: ClickHouseClient,
  sql: string,
  parameters: Record<string, unknown> = {},
): Promise<T[]> {
  const result = await client.query({ query: sql, query_params: parameters, format: 'JSONEachRow' });
  return result.json<T>();
}

/** Published tables, and their columns that differ between two loads of the same files. */
const RUN_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  order_lines: ['source', 'batch_id', 'file_no', 'file_line', 'written_by'],
  belts: ['source', 'data_version'],
  merchants: ['source', 'data_version'],
  memberships: ['source', 'data_version'],
  sources: ['source', 'data_version'],
  rollup_belt_day: ['source', 'data_version'],
  rollup_belt_month: ['source', 'data_version'],
  rollup_merchant_month: ['source', 'data_version'],
  rollup_active_month: ['source', 'data_version'],
  rollup_unknown_buyer_month: ['source', 'data_version'],
  rollup_spread_day: ['source', 'data_version', 'unit_no'],
  rollup_sku_month: ['source', 'data_version'],
  rollup_lineage: ['source', 'data_version', 'batch_id'],
  quarantine: ['source', 'batch_id', 'file_no'],
  replaced_lines: ['source', 'batch_id', 'file_no', 'file_line', 'written_by', 'replaced_by'],
};

/** Columns of a table that can be compared; of sets of numbers, which differ between two loads, how many are in them. */
const columnsOf = (table: string, hidden: readonly string[] = []): string =>
  `* ${hidden.length > 0 ? `EXCEPT (${hidden.join(', ')})` : ''} ` +
  (table === 'rollup_active_month' ? 'REPLACE (bitmapCardinality(active) AS active)' : '');

/** Tables that keep every data version, of which the figures in force are those of the newest version of their month. */
const VINTAGED = new Set([
  'rollup_belt_day',
  'rollup_belt_month',
  'rollup_merchant_month',
  'rollup_active_month',
  'rollup_unknown_buyer_month',
  'rollup_spread_day',
  'rollup_sku_month',
  'rollup_lineage',
]);

/** Lookups are read up to a version, as the API does, without what was undone; rows of a version that was never committed would be seen here. */
const COMMITTED = `data_version <= (SELECT max(data_version) FROM data_versions WHERE source = {source:String})
  AND NOT has((SELECT argMax(undone, data_version) FROM data_versions WHERE source = {source:String}), data_version)`;

/**
 * Rows and checksum of what a reader of a source sees in each table, whatever the batches are called. Equal for equal
 * figures, however they came about. `unseen`: columns of order lines that are left out as well.
 */
export async function figures(
  client: ClickHouseClient,
  source: string,
  unseen: readonly string[] = [],
): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  for (const [table, hidden] of Object.entries(RUN_COLUMNS)) {
    if (table === 'quarantine' || table === 'replaced_lines') continue;
    const inForce = VINTAGED.has(table)
      ? `AND (month, data_version) IN (SELECT arrayJoin(months) AS month, max(data_version) FROM data_versions WHERE source = {source:String} GROUP BY month)`
      : '';
    const newest =
      VINTAGED.has(table) || table === 'order_lines' ? '' : `AND ${COMMITTED} ${newestRows(table)}`;
    const rows = `${table} ${table === 'order_lines' ? 'FINAL' : ''} WHERE source = {source:String} ${inForce} ${newest}`;
    const columns = columnsOf(table, table === 'order_lines' ? [...hidden, ...unseen] : hidden);
    sums[table] = await checksum(client, rows, columns, { source });
  }
  return sums;
}

function newestRows(table: string): string {
  if (table === 'memberships') {
    return `AND (merchant_id, data_version) IN (SELECT merchant_id, max(data_version) FROM memberships WHERE source = {source:String} AND ${COMMITTED} GROUP BY merchant_id)`;
  }
  const key = { belts: 'belt_id', merchants: 'merchant_id', sources: 'source' }[table] ?? 'source';
  return `ORDER BY data_version DESC LIMIT 1 BY ${key}`;
}

/**
 * Rows and checksum of every row of every published table, to see that nothing at all has changed. Of order lines those that no
 * later record replaces: the engine drops the others when it likes.
 */
export async function everything(client: ClickHouseClient): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  for (const table of [...Object.keys(RUN_COLUMNS), 'unit_numbers', 'data_versions'])
    sums[table] = await checksum(
      client,
      table === 'order_lines' ? `${table} FINAL` : table,
      columnsOf(table),
    );
  return sums;
}

/**
 * Rows and checksum of all that the loads of a source have written, in force or not, whatever the batches are called.
 * Equal for the same loads, so that what a killed one leaves behind shows.
 */
export async function everythingOf(
  client: ClickHouseClient,
  source: string,
): Promise<Record<string, string>> {
  const hidden = {
    ...RUN_COLUMNS,
    unit_numbers: ['source', 'data_version', 'unit_no'],
    data_versions: ['source', 'data_version', 'published_at', 'undone'],
  };
  const sums: Record<string, string> = {};
  for (const [table, columns] of Object.entries(hidden)) {
    const rows = `${table} ${table === 'order_lines' ? 'FINAL' : ''} WHERE source = {source:String}`;
    sums[table] = await checksum(client, rows, columnsOf(table, columns), { source });
  }
  return sums;
}

/** The hash is of the tuple: that of columns is NULL as soon as one of them is, and such rows would not be compared. */
async function checksum(
  client: ClickHouseClient,
  rows: string,
  columns: string,
  parameters: Record<string, unknown> = {},
): Promise<string> {
  const [row] = await query<{ sum: string }>(
    client,
    `SELECT concat(toString(count()), ' rows ', toString(sum(cityHash64(tuple(*))))) AS sum FROM (SELECT ${columns} FROM ${rows})
     SETTINGS do_not_merge_across_partitions_select_final = 0`,
    parameters,
  );
  return row?.sum ?? '';
}

export interface BucketRow {
  level: string;
  belt_id: string;
  month: string;
  combination: number;
  lines: number;
  orders: number;
  merchants: number;
  buyers: number;
  pieces: number;
  gmv: string;
  refund: string;
}

/** The months of a source by belt, as a reader sees them at a data version (default: the newest). */
export async function beltMonths(
  client: ClickHouseClient,
  source: string,
  version?: number,
): Promise<BucketRow[]> {
  return query<BucketRow>(
    client,
    `SELECT level, belt_id, formatDateTime(month, '%Y-%m') AS month, combination, toUInt32(lines) AS lines, toUInt32(orders) AS orders,
       toUInt32(merchants) AS merchants, toUInt32(buyers) AS buyers, toUInt32(pieces) AS pieces, toString(gmv) AS gmv, toString(refund) AS refund
     FROM rollup_belt_month AS r
     WHERE source = {source:String} AND (r.month, data_version) IN (
       SELECT arrayJoin(months) AS m, max(data_version) FROM data_versions
       WHERE source = {source:String} AND data_version <= {version:UInt64} GROUP BY m)
     ORDER BY level, belt_id, month, combination`,
    { source, version: version ?? 1e15 },
  );
}

/** One row of `beltMonths` in one line, for expectations that a person can read. */
export const bucketText = (row: BucketRow): string =>
  `${row.belt_id || row.level} ${row.month} ${row.combination}: ${row.lines} lines, ${row.orders} orders, ${row.merchants} merchants, ` +
  `${row.buyers} buyers, ${row.pieces} pieces, ${row.gmv} gmv, ${row.refund} refund`;
