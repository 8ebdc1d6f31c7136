import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '@beltline/sql/clickhouse';
import type { ClickHouseClient } from '@beltline/sql/engine';

/** A statement of `sql/clickhouse/landing/`, by its name without `.sql`. */
export function landingSql(name: string): string {
  return readFileSync(join(packageRoot, 'clickhouse', 'landing', `${name}.sql`), 'utf8');
}

export type Parameters = Readonly<Record<string, string | number>>;

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

  #options(parameters: Parameters) {
    return {
      query_params: { ...this.common, ...parameters },
      clickhouse_settings: { async_insert: 0 as const },
      ...(this.signal ? { abort_signal: this.signal } : {}),
    };
  }
}
