import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fillStatement, packageRoot } from '@beltline/sql/clickhouse';
import type { ClickHouseClient } from '@beltline/sql/engine';
import { sendFile, type SendStatement } from './send-file.ts';

const read = (name: string): string =>
  readFileSync(join(packageRoot, 'clickhouse', 'landing', `${name}.sql`), 'utf8');

/**
 * A statement of `sql/clickhouse/landing/`, by its name without `.sql`. Values travel bound; what a definition of a table or a view
 * cannot bind is filled in for `{{name}}`.
 */
export function landingSql(name: string, filling: Readonly<Record<string, string>> = {}): string {
  return fillStatement(`landing/${name}`, read(name), filling);
}

/** What statements of landing are put together from, a file of `sql/clickhouse/landing/parts/`, without its header. */
export function landingPart(name: string, filling: Readonly<Record<string, string>>): string {
  return landingSql(`parts/${name}`, filling)
    .replace(/^(?:--[^\n]*\n)*/, '')
    .trimEnd();
}

export type Parameters = Readonly<
  Record<string, string | number | boolean | readonly string[] | readonly number[]>
>;

/** Runs statements on the tables of one file of a load. */
export class FileStatements {
  constructor(
    readonly client: ClickHouseClient,
    readonly common: Parameters,
    readonly signal: AbortSignal | undefined,
  ) {}

  /** Runs a statement that returns nothing. */
  async run(query: string, parameters: Parameters = {}): Promise<void> {
    await this.client.command({ query, ...this.#options(parameters) });
  }

  /** The first row of a query, null where it has none. Numbers of 64 bits come as text. */
  async first<Row>(query: string, parameters: Parameters = {}): Promise<Row | null> {
    const result = await this.client.query({ query, format: 'JSONEachRow', ...this.#options(parameters) });
    const [row] = await result.json<Row>();
    return row ?? null;
  }

  /** Streams a body into an INSERT, see sendFile. */
  async send({ parameters = {}, ...statement }: SendStatement, body: Readable): Promise<void> {
    const all = { ...this.common, ...parameters };
    await sendFile(this.client, { ...statement, parameters: all }, body, this.signal);
  }

  #options(parameters: Parameters) {
    return {
      query_params: { ...this.common, ...parameters },
      clickhouse_settings: { async_insert: 0 as const },
      ...(this.signal ? { abort_signal: this.signal } : {}),
    };
  }
}
