/**
 * Seals: what the rows of a data version added up to when it was committed. Parts of a table can be lost or damaged on the
 * disk, and what is left then gives other figures without a word. Who compares the rows with their seals notices.
 */
import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { isForbidden, isUnreadable } from '../query.ts';
import { type Damage, type Findings, newestOf, type SealedVersion } from './damage.ts';
import { knownVersions } from './known-versions.ts';
import { FACTS, rowsOf, SEALED, statement } from './sealed-tables.ts';

const count = z.union([z.string(), z.number()]).transform(Number);
const broken = z.object({ data_version: count, month: z.string(), sealed_rows: count, found_rows: count });

/** The lowest of the engine's priorities, on one thread: readers come first. */
const BACKGROUND = { priority: '10', max_threads: 1 } as const;
const MAX_SECONDS = 60;
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
  /** Where nobody waits, how long a table may take; a minute unless given. */
  readonly maxSeconds?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

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
      clickhouse_settings: options.isAwaited
        ? FOREGROUND
        : { ...BACKGROUND, max_execution_time: options.maxSeconds ?? MAX_SECONDS },
      ...(signal ? { abort_signal: signal } : {}),
    });
    return z.array(row).parse(await result.json());
  };
  const known = await knownVersions(async (name, row, filling) =>
    (await ask(statement(name, filling), row)).filter(isAsked),
  );
  const versions = known.listed;
  const lost = (table: string) => as(table, known.forbidden.has(table));
  const damages = [...known.unlisted.map(lost('data_versions')), ...known.unsealed.map(lost('seals'))];
  const unsealed = new Set(damages.map(({ dataVersion }) => dataVersion));
  const sealed = versions.filter(({ dataVersion }) => !unsealed.has(dataVersion));
  // Said of the newest of each source, and in no figure's way: the other places know the versions too.
  if (!known.hasJournal) damages.push(...newestOfEach(versions).map(lost('load_events')));
  const sources = [...new Set([...sealed, ...known.unlistedSealed].map(({ source }) => source))];
  const tables = options.tables ?? Object.keys(SEALED);
  const everCommitted = [...versions, ...known.unlisted];
  for (const [index, table] of tables.entries()) {
    for (const source of sources) {
      // What stands until it is replaced, or is only added to, is as a version that is no longer listed left it.
      const isKept = SEALED[table] !== undefined && SEALED[table].rows !== 'own';
      const own = [...sealed, ...(isKept ? known.unlistedSealed : [])].filter((one) => one.source === source);
      if (own.length === 0) continue;
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
      const isSlow = (error as { type?: string } | null)?.type === 'TIMEOUT_EXCEEDED';
      if (!isUnreadable(error) && !(isSlow && of.length > 1)) throw error;
      // Which versions it is, is found by halves: the others are still told from their rows. Of half of them, there is less to read.
      if (of.length === 1) return of.map(as(table, isForbidden(error)));
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
  (table: string, isForbiddenToUs = false) =>
  ({ source, dataVersion, months }: SealedVersion): Damage => ({
    source,
    dataVersion,
    table,
    months: [...months].sort(),
    sealedRows: null,
    foundRows: null,
    ...(isForbiddenToUs ? { forbidden: true } : {}),
  });

/** Lines in force are one state; the versions before the newest one of a month have sealed what they no longer are. */
const isMadeBy = (versions: readonly SealedVersion[]) => {
  const made = newestOf(versions);
  return (row: z.output<typeof broken>) => made.get(row.month) === row.data_version;
};

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
