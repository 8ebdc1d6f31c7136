/** One load's way to the engine: statements by name, run in the load's own database, each one tagged and stoppable. */
import { randomUUID } from 'node:crypto';
import { loadStatement, type ParameterValue } from '@beltline/sql/clickhouse';
import { LOAD_DATABASE_PREFIX, type ClickHouseClient } from '@beltline/sql/engine';
import { z } from 'zod';

/** A statement failed in the engine; the message names the statement. */
export class StatementError extends Error {
  override readonly name = 'StatementError';
  constructor(
    readonly statement: string,
    cause: unknown,
  ) {
    super(`${statement}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

export type Parameters = Readonly<Record<string, ParameterValue>>;

export interface StatementInput {
  readonly fill?: Readonly<Record<string, string>>;
  readonly parameters?: Parameters;
  /** Beside those of every statement, where the text of a statement cannot say them. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

/**
 * Settings of every statement of a load.
 * - optimize_on_insert would drop duplicates of a block before they are counted.
 * - An unmatched lookup gives '' and not NULL (join_use_nulls), because everything that a mapping sees is text.
 * - Partitions never share a line that FINAL would have to merge: what moves between months gets a tombstone.
 * - Above the external_* limits, grouping and sorting go on on disk.
 */
const SETTINGS = {
  async_insert: 0,
  optimize_on_insert: 0,
  max_partitions_per_insert_block: 0,
  join_use_nulls: 0,
  join_algorithm: 'hash',
  do_not_merge_across_partitions_select_final: 1,
  max_bytes_before_external_group_by: '2000000000',
  max_bytes_before_external_sort: '2000000000',
  max_execution_time: 0,
  // Keeps the connection of a long statement alive; once a minute, because Node limits the size of all headers together.
  send_progress_in_http_headers: 1,
  http_headers_progress_interval_ms: '60000',
} as const;

/** Each thread holds a block of a million rows. */
const MOST_INSERT_THREADS = 8;

/** Set to see where the time of a load goes. */
const TRACE = Boolean(process.env['BELTLINE_ETL_TRACE']);

/** How long a statement took, and when it ended, since the program's start. */
function trace(name: string, begun: number): void {
  const now = performance.now();
  process.stderr.write(`${(now / 1000).toFixed(2)} s: ${name} ${Math.round(now - begun)} ms\n`);
}

export const loadDatabase = (batchId: number): string => `${LOAD_DATABASE_PREFIX}${batchId}`;

const CHECKS_FROM = 1_000_000_000_000_000;
const CHECK_LASTS_MS = 3_600_000;

/** A number no batch will get, for the database of a check: its time, so that one that was killed can be told. */
export const checkBatch = (): number => Date.now() * 1000 + Math.floor(Math.random() * 1000);

/** Whether a number is that of a check which may still be running. */
export const isRunningCheck = (batch: number): boolean =>
  batch > CHECKS_FROM && batch / 1000 > Date.now() - CHECK_LASTS_MS;

const queryPrefix = (batchId: number): string => `beltline-load-${batchId}-`;

export class LoadSession {
  /** Threads that write a table; 0 would be one, and sorting and compressing is half of the work of staging. */
  private insertThreads: number | undefined;

  /** `client` is a loader connected to the load's own database. */
  constructor(
    readonly client: ClickHouseClient,
    readonly batchId: number,
    private readonly signal?: AbortSignal,
    /** Throws where the lock on loads may be another's by now. */
    readonly assertHeld: () => void = () => undefined,
    /** The load's own database, which is also what keeps a late statement out: who takes the load over renames it. */
    readonly database: string = loadDatabase(batchId),
  ) {}

  /** Runs a statement that returns nothing. */
  async run(name: string, input: StatementInput = {}): Promise<void> {
    await this.runText(name, this.text(name, input), input);
  }

  /** The same for a statement that is given as text. */
  async runText(name: string, query: string, input: Omit<StatementInput, 'fill'> = {}): Promise<void> {
    this.insertThreads ??= await this.engineThreads();
    const max_insert_threads = String(Math.min(this.insertThreads, MOST_INSERT_THREADS));
    await this.execute(
      name,
      async (options) => {
        const clickhouse_settings = { ...options.clickhouse_settings, max_insert_threads };
        await this.client.command({ ...options, query, clickhouse_settings });
      },
      input,
    );
  }

  /**
   * Statements that do not need each other at the same time: most have a part that keeps one core busy, not all. Two
   * chains of them (see inTurn) do; more only take each other's cache (measured on two cores).
   */
  async together<T>(tasks: readonly (() => Promise<T>)[]): Promise<T[]> {
    const results = await Promise.allSettled(tasks.map((task) => task()));
    // All have ended when this throws: what comes after a failure is to drop the database.
    return results.map((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
  }

  private async engineThreads(): Promise<number> {
    const { threads } = await this.row('engine-threads', z.object({ threads: z.coerce.number() }));
    return Math.max(1, threads);
  }

  /** Rows of a statement, each parsed. */
  async rows<Row extends z.ZodType>(
    name: string,
    row: Row,
    input: StatementInput = {},
  ): Promise<z.output<Row>[]> {
    return this.execute(
      name,
      async (options) => {
        const result = await this.client.query({
          ...options,
          query: this.text(name, input),
          format: 'JSONEachRow',
        });
        return z.array(row).parse(await result.json());
      },
      input,
    );
  }

  async row<Row extends z.ZodType>(
    name: string,
    row: Row,
    input: StatementInput = {},
  ): Promise<z.output<Row>> {
    const [first] = await this.rows(name, row, input);
    if (first === undefined) throw new StatementError(name, new Error('no row'));
    return first;
  }

  /** Whether the load's own database has a table. */
  async has(table: string): Promise<boolean> {
    const parameters = { database: this.database, table };
    return (await this.rows('tables-named', z.object({ name: z.string() }), { parameters })).length > 0;
  }

  /** The statement as it is sent, for messages and for DESCRIBE. */
  text(name: string, { fill = {} }: StatementInput = {}): string {
    return loadStatement(name, fill);
  }

  private async execute<T>(
    name: string,
    work: (options: {
      query_id: string;
      query_params: Record<string, unknown>;
      clickhouse_settings: Record<string, string | number>;
      abort_signal?: AbortSignal;
    }) => Promise<T>,
    { parameters = {}, settings = {} }: StatementInput,
  ): Promise<T> {
    this.signal?.throwIfAborted();
    this.assertHeld();
    const query_id = `${queryPrefix(this.batchId)}${randomUUID()}`;
    const begun = performance.now();
    try {
      const result = await work({
        query_id,
        query_params: { ...parameters },
        clickhouse_settings: { ...SETTINGS, ...settings, log_comment: `load/${name}` },
        ...(this.signal ? { abort_signal: this.signal } : {}),
      });
      if (TRACE) trace(name, begun);
      return result;
    } catch (cause) {
      // A client that goes away does not stop an INSERT: without this it would go on writing.
      if (this.signal?.aborted) await stopStatements(this.client, this.database).catch(() => undefined);
      this.signal?.throwIfAborted();
      throw new StatementError(name, cause);
    }
  }
}

/** Tasks of which each needs the one before, as one task. */
export function inTurn(...tasks: readonly (() => Promise<void>)[]): () => Promise<void> {
  return async () => {
    for (const task of tasks) await task();
  };
}

/** Ends what still runs in a load's database, for instance after its program was killed. */
export async function stopStatements(client: ClickHouseClient, database: string): Promise<void> {
  await client.command({
    query: loadStatement('kill-queries'),
    query_params: { database },
  });
}
