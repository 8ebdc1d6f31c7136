/**
 * A query is a file of SQL and, beside it, its typed definition; `{{name}}` in it stands for `parts/name.sql`, which holds
 * what several queries must say in the same words. The runner sends parameters bound, never as text of the
 * statement; checks that each placeholder has its parameter; tags the query with its name; and parses each row.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import { type z, ZodError } from 'zod';
import type { StatedScope } from '../engine/row-policies.ts';
import { packageRoot } from './package-root.ts';

export type ParameterValue =
  string | number | boolean | null | readonly (string | number)[] | readonly (readonly number[])[];

export interface QueryDefinition<Name extends string, Row extends z.ZodType> {
  /** What logs and the engine's own records call it; the file's name unless one file is the text of several queries. */
  readonly name: string;
  /** The file's name without `.sql`, in `sql/clickhouse/queries/`. */
  readonly file: string;
  /** Parameters that the caller gives, besides those of the scope. */
  readonly parameters: readonly Name[];
  readonly row: Row;
  /** Values that make the query run on the golden data. */
  readonly example: Readonly<Record<Name, ParameterValue>>;
  /** How long the engine may take over it before it gives up; 30 s unless said. */
  readonly maxSeconds: number;
  readonly sql: string;
}

const MAX_SECONDS = 30;

export function defineQuery<const Name extends string, Row extends z.ZodType>(
  definition: Omit<QueryDefinition<Name, Row>, 'sql' | 'maxSeconds' | 'name'> & {
    readonly maxSeconds?: number;
    readonly name?: string;
    /** Which files of `parts/` stand for placeholders of other names, where queries share a text. */
    readonly parts?: Readonly<Record<string, string>>;
  },
): QueryDefinition<Name, Row> {
  const { parts = {}, ...own } = definition;
  return {
    maxSeconds: MAX_SECONDS,
    name: own.file,
    ...own,
    sql: withParts(readText(`${own.file}.sql`), parts),
  };
}

const readText = (file: string): string =>
  readFileSync(join(packageRoot, 'clickhouse', 'queries', file), 'utf8');

function withParts(sql: string, parts: Readonly<Record<string, string>>): string {
  return sql.replaceAll(/\{\{([\w-]+)\}\}/g, (_, name: string) =>
    withParts(readText(join('parts', `${parts[name] ?? name}.sql`)).trim(), parts),
  );
}

/** What one question may take of the engine, which refuses it beyond that. */
export interface Effort {
  readonly seconds: number;
  readonly bytes: number;
  /** Rows that it reads. */
  readonly rows: number;
}

/**
 * What a caller may see, decided once on the server and part of every query. `belts` 'everything' or a closed list; a
 * scope that lists belts never sees figures of the whole nation. Fails closed: an empty list sees nothing.
 */
export interface Scope {
  readonly source: string;
  readonly belts: 'everything' | readonly string[];
  /** Legal owners of this source whose own shops are seen beside the belts, in whatever belt they are. */
  readonly owners?: readonly string[];
  /** Nothing of what is seen follows from it. Without it the limits of the engine's user hold alone. */
  readonly effort?: Effort;
  /** What the program prepares for everybody, as `reader`. Else it is asked as `viewer`, to whom the engine itself shows no row outside. */
  readonly isSystem?: true;
}

export const SCOPE_PARAMETERS = ['scope_source', 'scope_everything', 'scope_belts', 'scope_owners'] as const;

export function scopeParameters(scope: Scope): Record<(typeof SCOPE_PARAMETERS)[number], ParameterValue> {
  return {
    scope_source: scope.source,
    scope_everything: scope.belts === 'everything' ? 1 : 0,
    scope_belts: scope.belts === 'everything' ? [] : scope.belts,
    scope_owners: scope.owners ?? [],
  };
}

/** What tells rows under one scope from those under another of the same source: part of whatever they are kept by. */
export const seenUnder = ({ belts, owners = [] }: Pick<Scope, 'belts' | 'owners'>) =>
  owners.length === 0 ? belts : { belts, owners };

/** As whom of the engine's users a question under a scope is asked. */
export const userOf = ({ isSystem }: Scope): 'reader' | 'viewer' => (isSystem ? 'reader' : 'viewer');

/** The scope as the engine's row policies read it, with the query's name for its records. */
const stated = (scope: Scope, query: string): string => {
  const belts = scope.belts === 'everything' ? [] : scope.belts;
  const said: StatedScope & { readonly query: string } = {
    query,
    source: scope.source,
    everything: scope.belts === 'everything',
    belts,
    owners: scope.owners ?? [],
  };
  return JSON.stringify(said);
};

/** The names of all `{name:Type}` placeholders of a statement, sorted. */
export function placeholders(sql: string): string[] {
  const bare = sql.replaceAll(/--[^\n]*/g, '');
  return [...new Set([...bare.matchAll(/\{(\w+):[^}]+\}/g)].map((match) => match[1] as string))].sort();
}

/**
 * ClickHouse did not answer, or not in time. `overloaded`: it refused for lack of memory, time or a free slot. `damaged`: a
 * table's files are gone or are not what was written. `moved`: they are gone because the engine's folder was moved.
 */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  constructor(
    readonly kind: 'unavailable' | 'overloaded' | 'damaged' | 'moved' | 'failed',
    readonly query: string,
    readonly queryId: string,
    cause: unknown,
  ) {
    super(`${query}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

const OVERLOADED = /MEMORY_LIMIT_EXCEEDED|TIMEOUT_EXCEEDED|TOO_MANY_(SIMULTANEOUS_QUERIES|ROWS)|TOO_SLOW/;
const UNREACHABLE =
  /ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|socket hang up|Timeout error|Client has been closed|server is shutting down/i;

/**
 * What is on the disk is gone, is not what was written, or is not what the structure of the table says: a file of a part, the
 * list of its files, its index or marks, or the file system's own refusal (STD_EXCEPTION).
 */
const DAMAGED = new RegExp(
  [
    'CHECKSUM_DOESNT_MATCH|CORRUPTED_DATA|CANNOT_READ_ALL_DATA|ATTEMPT_TO_READ_AFTER_EOF|EXPECTED_END_OF_FILE',
    'CANNOT_DECOMPRESS|DECODER_FAILED|UNKNOWN_CODEC|UNKNOWN_COMPRESSION_METHOD|TOO_LARGE_SIZE_COMPRESSED',
    'TOO_LARGE_STRING_SIZE|TOO_LARGE_ARRAY_SIZE|NO_FILE_IN_DATA_PART|BAD_SIZE_OF_FILE_IN_DATA_PART',
    'UNEXPECTED_FILE_IN_DATA_PART|BAD_DATA_PART_NAME|NO_SUCH_DATA_PART|UNKNOWN_PART_TYPE|INCORRECT_MARK',
    'SIZES_OF_(COLUMNS|MARKS)|NO_SUCH_COLUMN_IN_TABLE|NOT_FOUND_COLUMN_IN_BLOCK|INCORRECT_DATA|INCORRECT_FILE_NAME',
    'FILE_DOESNT_EXIST|DIRECTORY_DOESNT_EXIST|CANNOT_(OPEN_FILE|STAT|FSTAT|SEEK_THROUGH_FILE|READ_FROM_FILE_DESCRIPTOR)',
    'SEEK_POSITION_OUT_OF_BOUND|CANNOT_PARSE_INPUT_ASSERTION_FAILED|STD_EXCEPTION|POCO_EXCEPTION',
  ].join('|'),
);

/** What the engine says where it is not the stored rows: its limits, its connections, who may ask, a statement that was ended. */
const NOT_OF_ROWS =
  /MEMORY|TIMEOUT|TOO_MANY|TOO_SLOW|QUERY_WAS_CANCELLED|ABORTED|ACCESS_DENIED|AUTHENTICATION|REQUIRED_PASSWORD|UNKNOWN_USER|QUOTA|READONLY|NETWORK|SOCKET|CONNECTION|KEEPER|SCHEDULE_TASK|OVERLOADED|NOT_ENOUGH_SPACE|UNKNOWN_DATABASE|SYNTAX_ERROR|UNKNOWN_IDENTIFIER/;

/** What the engine calls an error, such as `UNKNOWN_TABLE`; empty where it is none of its. */
export function typeOf(cause: unknown): string {
  const { type, message } = (cause ?? {}) as { type?: string; message?: string };
  if (type) return type;
  // What the file system or the network told it comes without a name.
  return /^std::exception\. Code: 1001\b/.test(message ?? '')
    ? 'STD_EXCEPTION'
    : /^Poco::Exception\. Code: 1000\b(?!.*HTML Form Exception)/.test(message ?? '') // but not what it could not take in
      ? 'POCO_EXCEPTION'
      : '';
}

/** Whether the program or the machine may open no more files: what is stored was not looked at, and may be sound. */
export const isOutOfFiles = (cause: unknown): boolean =>
  /errno: (23|24)\b|too many open files/i.test(String(cause));

/** Whether a statement took more memory than itself may: the limits of a user and of the machine are shared, and say nothing of it. */
export const isOverItsMemory = (cause: unknown): boolean =>
  /memory limit/i.test(String(cause)) && /Query memory limit|\(for query\)/i.test(String(cause));

/** Whether the engine gave up because what is on its disk is gone, or is not what was written. */
export const isDamage = (cause: unknown): boolean => DAMAGED.test(typeOf(cause)) && !isOutOfFiles(cause);

/**
 * The same of a statement that is known to be sound and reads stored tables alone: then whatever the engine says, but for its
 * own limits, it says of what is stored. A list of what a broken file may lead to would never be complete.
 */
export const isUnreadable = (cause: unknown): boolean =>
  typeOf(cause) !== '' && !NOT_OF_ROWS.test(typeOf(cause)) && !isOutOfFiles(cause);

/** Whether it is sound for all we know, and only not ours to read: nothing is to be mended but that. */
export const isForbidden = (cause: unknown): boolean =>
  /errno: (1|13)\b|permission denied/i.test(String(cause)) && isUnreadable(cause);

export function engineError(query: string, queryId: string, cause: unknown): EngineError {
  const text = `${typeOf(cause)} ${String(cause)} ${String((cause as { code?: string } | null)?.code ?? '')}`;
  return new EngineError(kindOf(cause, text), query, queryId, cause);
}

function kindOf(cause: unknown, text: string): EngineError['kind'] {
  if (OVERLOADED.test(text) || isOutOfFiles(cause)) return 'overloaded';
  if (isDamage(cause)) return 'damaged';
  return UNREACHABLE.test(text) ? 'unavailable' : 'failed';
}

/** As numbers in text, as the engine's client wants those that may be large. */
const settingsOf = ({ effort }: Scope, maxSeconds: number) =>
  effort
    ? {
        max_execution_time: Math.min(maxSeconds, effort.seconds),
        max_memory_usage: String(effort.bytes),
        max_rows_to_read: String(effort.rows),
      }
    : { max_execution_time: maxSeconds };

/** How a query is run. */
export interface RunOptions {
  /** Ends the query. */
  readonly signal?: AbortSignal;
  /** Waited for before rows are parsed, so that a caller with one thread can let others in between. */
  readonly turn?: () => Promise<void>;
}

/**
 * Runs a query under a scope and gives its rows. `client`: of the scope's user, `userOf`.
 * @throws EngineError for anything the engine did; ZodError where a row is not of the definition's shape.
 */
export async function runQuery<Name extends string, Row extends z.ZodType>(
  client: ClickHouseClient,
  scope: Scope,
  definition: QueryDefinition<Name, Row>,
  parameters: Readonly<Record<Name, ParameterValue>>,
  options: RunOptions = {},
): Promise<z.output<Row>[]> {
  const rows: z.output<Row>[] = [];
  await takeRows(client, scope, definition, parameters, (row) => rows.push(row), options);
  return rows;
}

/** The same, row by row as they come, for who does not need all of them at a time. What was taken before an error is not all of it. */
export async function takeRows<Name extends string, Row extends z.ZodType>(
  client: ClickHouseClient,
  scope: Scope,
  definition: QueryDefinition<Name, Row>,
  parameters: Readonly<Record<Name, ParameterValue>>,
  take: (row: z.output<Row>) => void,
  { signal, turn }: RunOptions = {},
): Promise<void> {
  const queryId = randomUUID();
  try {
    const result = await client.query({
      query: definition.sql,
      query_params: { ...parameters, ...scopeParameters(scope) },
      query_id: queryId,
      format: 'JSONEachRow',
      clickhouse_settings: {
        log_comment: stated(scope, definition.name),
        ...settingsOf(scope, definition.maxSeconds),
      },
      ...(signal ? { abort_signal: signal } : {}),
    });
    for await (const rows of result.stream()) {
      for (const row of rows) {
        await turn?.();
        take(definition.row.parse(row.json()) as z.output<Row>);
      }
    }
  } catch (cause) {
    if (cause instanceof ZodError) throw cause;
    throw engineError(definition.name, queryId, cause);
  }
}
