/**
 * Seals: what the rows of a data version added up to when it was committed. Parts of a table can be lost or damaged on the
 * disk, and what is left then gives other figures without a word. Who compares the rows with their seals notices.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { isDamage } from './query.ts';
import { knownVersions } from './known-versions.ts';
import { fillStatement } from './load-statement.ts';
import { packageRoot } from './package-root.ts';

interface SealedTable {
  /**
   * Which rows a seal is of: those of the version; or all up to it, which hold until newer ones of the same key replace them,
   * or to which only more are added.
   */
  readonly rows: 'own' | 'standing' | 'added';
  /** What is hashed of a row, in SQL. */
  readonly columns: string;
}

const own = (columns: string): SealedTable => ({ rows: 'own', columns });
const standing = (columns: string): SealedTable => ({ rows: 'standing', columns });

/** Every table whose rows carry a data version, besides the journal's. */
export const SEALED: Readonly<Record<string, SealedTable>> = {
  rollup_belt_day: own(
    'level, belt_id, month, day, combination, lines, orders, merchants, buyers, pieces, gmv, refund',
  ),
  rollup_belt_month: own(
    'level, belt_id, month, combination, lines, orders, merchants, buyers, pieces, gmv, refund',
  ),
  rollup_merchant_month: own('belt_id, month, merchant_id, combination, lines, orders, pieces, gmv, refund'),
  rollup_sku_month: own('belt_id, month, merchant_id, sku_id, lines, pieces, gmv'),
  rollup_active_month: own('unit, level, belt_id, track_bit, month, bitmapToArray(active)'),
  rollup_spread_day: own('unit, month, belt_id, day, unit_no, combination'),
  rollup_lineage: own('belt_id, month, batch_id, lines, gmv'),
  unit_numbers: { rows: 'added', columns: 'data_version, unit, unit_id, unit_no' },
  belts: standing(
    'belt_id, data_version, name_zh, name_en, province, city, county, adcode, category_zh, category_en, longitude, latitude',
  ),
  merchants: standing(
    'merchant_id, data_version, name, owner_id, size, is_factory, founded_on, takeover_on, successor_born, successor_education, tags',
  ),
  memberships: standing('merchant_id, data_version, valid_from, valid_to, belt_id'),
  sources: standing('data_version, name_zh, name_en, currency, time_zone, home_country'),
};

/** The counted lines in force, month by month; what the rollups are made from. */
export const FACTS = 'order_lines';

/** Tables from which no figure is read, but which the next load needs. */
const UNREAD = new Set(['unit_numbers', FACTS, 'load_events']);

/** Rows that are no longer what they were when their data version was committed. */
export interface Damage {
  readonly source: string;
  readonly dataVersion: number;
  /** The table; `data_versions` where a committed version is no longer listed, `seals` where one has none, `load_events` where the journal cannot be read. */
  readonly table: string;
  /** First days of the months, in order; none where the table has no months. */
  readonly months: readonly string[];
  /** Rows sealed and rows found in those months; null where they cannot be read at all, or are not counted. */
  readonly sealedRows: number | null;
  readonly foundRows: number | null;
}

/** A published data version of a source, with the months (first days) whose figures it made. */
export interface SealedVersion {
  readonly source: string;
  readonly dataVersion: number;
  readonly months: readonly string[];
}

export interface Findings {
  readonly versions: readonly SealedVersion[];
  readonly damages: readonly Damage[];
}

const count = z.union([z.string(), z.number()]).transform(Number);
const broken = z.object({ data_version: count, month: z.string(), sealed_rows: count, found_rows: count });

const texts = new Map<string, string>();

/** A statement of `sql/clickhouse/seals/`, filled in. @throws Error where a placeholder has no filling. */
function statement(name: string, filling: Readonly<Record<string, string>> = {}): string {
  const known =
    texts.get(name) ?? readFileSync(join(packageRoot, 'clickhouse', 'seals', `${name}.sql`), 'utf8');
  texts.set(name, known);
  return fillStatement(`seals/${name}`, known, filling);
}

/** What the rows of a table add up to, as a SELECT. */
function rowsOf(table: string): string {
  if (table === FACTS) return statement('fact-rows');
  const { rows, columns } = SEALED[table] as SealedTable;
  if (rows === 'own') return statement('own-rows', { table, columns });
  return statement('standing-rows', { table, columns, final: rows === 'standing' ? 'FINAL' : '' });
}

/**
 * Statements that seal a version when all its rows are written and proven, and before it is committed. They fail where the
 * table `behind` is not there.
 */
export function sealing(behind: string): { readonly name: string; readonly query: string }[] {
  return [
    { name: 'seal-facts', query: statement('seal-facts', { behind }) },
    ...Object.keys(SEALED).map((table) => ({
      name: `seal ${table}`,
      query: statement('seal', { table, behind, rows: rowsOf(table) }),
    })),
  ];
}

/** The lowest of the engine's priorities, on one thread: readers come first. */
const BACKGROUND = { priority: '10', max_threads: 1, max_execution_time: 60 } as const;
/** For who waits for it. */
const FOREGROUND = { max_execution_time: 0 } as const;

export interface FindOptions {
  /** Compare only these tables; all but `order_lines`, unless given. */
  readonly tables?: readonly string[];
  /** Only this source. */
  readonly source?: string;
  /** Of `order_lines`, only these months (`YYYYMM`). */
  readonly months?: readonly number[];
  /** Somebody waits for it; else readers come first, and a table may take a minute. */
  readonly isAwaited?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Every table that is sealed, also those that figures are not read from. `order_lines` only while no load publishes. */
export const ALL_SEALED: readonly string[] = [...Object.keys(SEALED), FACTS];

/**
 * Compares the rows of every published version with their seals.
 * @throws the client's error where the engine does not answer; a table that cannot be read is a finding, not an error.
 */
export async function findDamage(client: ClickHouseClient, options: FindOptions = {}): Promise<Findings> {
  const { signal, onProgress, months = [] } = options;
  const isAsked = ({ source }: { source: string }): boolean => source === (options.source ?? source);
  const ask = async <Row extends z.ZodType>(
    query: string,
    row: Row,
    query_params: Record<string, unknown> = {},
  ): Promise<z.output<Row>[]> => {
    const result = await client.query({
      query,
      query_params,
      format: 'JSONEachRow',
      clickhouse_settings: options.isAwaited ? FOREGROUND : BACKGROUND,
      ...(signal ? { abort_signal: signal } : {}),
    });
    return z.array(row).parse(await result.json());
  };
  const known = await knownVersions(async (name, row, filling) =>
    (await ask(statement(name, filling), row)).filter(isAsked),
  );
  const versions = known.listed;
  const damages = [...known.unlisted.map(as('data_versions')), ...known.unsealed.map(as('seals'))];
  const unsealed = new Set(damages.map(({ dataVersion }) => dataVersion));
  const sealed = versions.filter(({ dataVersion }) => !unsealed.has(dataVersion));
  // Said of the newest of each source, and in no figure's way: the other places know the versions too.
  if (!known.hasJournal) damages.push(...newestOfEach(versions).map(as('load_events')));
  const sources = [...new Set(sealed.map(({ source }) => source))];
  const tables = options.tables ?? Object.keys(SEALED);
  const everCommitted = [...versions, ...known.unlisted];
  for (const [index, table] of tables.entries()) {
    for (const source of sources) {
      const own = sealed.filter((one) => one.source === source);
      damages.push(...(await compare(table, source, own, everCommitted)));
    }
    onProgress?.(index + 1, tables.length);
  }
  return { versions, damages };

  async function compare(
    table: string,
    source: string,
    of: readonly SealedVersion[],
    all: readonly SealedVersion[],
  ): Promise<Damage[]> {
    const query = statement('broken', { table, rows: rowsOf(table) });
    try {
      const rows = await ask(query, broken, {
        source,
        versions: of.map(({ dataVersion }) => dataVersion),
        months: table === FACTS ? months : [],
      });
      return gather(
        table,
        source,
        table === FACTS ? rows.filter(isMadeBy(all.filter((one) => one.source === source))) : rows,
      );
    } catch (error) {
      if (!isDamage(error)) throw error;
      // Which versions it is, is found by halves: the others are still told from their rows.
      if (of.length === 1) return of.map(as(table));
      const half = Math.ceil(of.length / 2);
      return [
        ...(await compare(table, source, of.slice(0, half), all)),
        ...(await compare(table, source, of.slice(half), all)),
      ];
    }
  }
}

const newestOfEach = (versions: readonly SealedVersion[]): SealedVersion[] =>
  versions.filter(
    (one) => !versions.some((other) => other.source === one.source && other.dataVersion > one.dataVersion),
  );

const as =
  (table: string) =>
  ({ source, dataVersion, months }: SealedVersion): Damage => ({
    source,
    dataVersion,
    table,
    months: [...months].sort(),
    sealedRows: null,
    foundRows: null,
  });

/** Lines in force are one state; the versions before the newest one of a month have sealed what they no longer are. */
const isMadeBy = (versions: readonly SealedVersion[]) => {
  const made = newestOf(versions);
  return (row: z.output<typeof broken>) => made.get(row.month) === row.data_version;
};

/** The newest of some versions that made each month. */
function newestOf(versions: readonly SealedVersion[]): Map<string, number> {
  const made = new Map<string, number>();
  for (const { months, dataVersion } of versions) {
    for (const month of months) made.set(month, Math.max(made.get(month) ?? 0, dataVersion));
  }
  return made;
}

function gather(table: string, source: string, rows: readonly z.output<typeof broken>[]): Damage[] {
  const versions = [...new Set(rows.map((row) => row.data_version))];
  return versions.map((dataVersion) => {
    const own = rows.filter((row) => row.data_version === dataVersion);
    return {
      source,
      dataVersion,
      table,
      months: own.map(({ month }) => month).filter((month) => month !== '1970-01-01'),
      sealedRows: own.reduce((sum, row) => sum + row.sealed_rows, 0),
      foundRows: own.reduce((sum, row) => sum + row.found_rows, 0),
    };
  });
}

/**
 * What of the findings alters figures of a source as of one of its data versions. Figures of a month are those of the newest
 * version up to it that made the month; a version that is no longer listed would have taken the place of an older one.
 */
export function damageOf({ versions, damages }: Findings, source: string, dataVersion: number): Damage[] {
  const made = newestOf(versions.filter((one) => one.source === source && one.dataVersion <= dataVersion));
  return damages.filter((damage) => {
    if (damage.source !== source || UNREAD.has(damage.table)) return false;
    if (damage.table === 'data_versions')
      return damage.months.some((month) => (made.get(month) ?? 0) < damage.dataVersion);
    if (SEALED[damage.table]?.rows === 'standing') return damage.dataVersion === dataVersion;
    if (damage.table === 'seals' && damage.dataVersion === dataVersion) return true;
    return damage.months.some((month) => made.get(month) === damage.dataVersion);
  });
}

/** What of the findings alters the newest figures of any source. */
export function damageOfNewest(findings: Findings): Damage[] {
  const sources = new Set([...findings.versions, ...findings.damages].map(({ source }) => source));
  return [...sources].flatMap((source) => {
    const own = findings.versions.filter((one) => one.source === source);
    return damageOf(findings, source, Math.max(0, ...own.map(({ dataVersion }) => dataVersion)));
  });
}
