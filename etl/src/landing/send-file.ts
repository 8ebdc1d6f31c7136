import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ClickHouseClient } from '@beltline/sql/engine';

type Settings = NonNullable<Parameters<ClickHouseClient['exec']>[0]['clickhouse_settings']>;

export interface SendStatement {
  /** INSERT … FORMAT …, whose data is the body. */
  readonly query: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly settings: Settings;
  readonly headers?: Record<string, string>;
}

/**
 * Streams a body into an INSERT, at the pace at which the engine takes it. What stops the body (a fault of the file, an
 * abort) is thrown as it is: the broken connection that follows from it says nothing. The insert may by then have stored
 * a part, so whoever catches the error must drop the database of the load.
 */
export async function sendFile(
  client: ClickHouseClient,
  { query, parameters, settings, headers }: SendStatement,
  body: Readable,
  signal: AbortSignal | undefined,
): Promise<void> {
  let stopped: { readonly reason: unknown } | null = null;
  body.once('error', (reason) => (stopped ??= { reason }));
  try {
    const { stream } = await client.exec({
      query,
      ...(parameters ? { query_params: { ...parameters } } : {}),
      values: body,
      clickhouse_settings: settings,
      ...(headers ? { http_headers: headers } : {}),
      ...(signal ? { abort_signal: signal } : {}),
    });
    await text(stream); // an INSERT answers nothing, but only an answer that was read frees the connection
  } catch (error) {
    throw (stopped as { readonly reason: unknown } | null)?.reason ?? error;
  } finally {
    body.destroy();
  }
}
