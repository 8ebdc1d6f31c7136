/**
 * What keeps a holder out that lost its lock without knowing: stopped between its last look at the clock and its next
 * statement, or with statements that were still on their way. Each holder makes an empty database and sends its
 * statements with it as their current one; the next holder drops it. From then on the engine itself refuses every statement
 * of the earlier one, whatever it is: an ALTER or a DROP cannot carry a condition, and a clock says nothing about the wire.
 * The engine looks for the current database when it has a request's head, and lists the statement when it has the body
 * too: so what must not be late is sent in the head alone (`sendBehind`).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ClickHouseClient } from '@clickhouse/client';
import { LOAD_DATABASE_PREFIX } from '../engine/configuration.ts';

/** Within what the loader may make and drop. */
const PREFIX = `${LOAD_DATABASE_PREFIX}fence_`;

/** How long the engine may take from having the whole head to listing its statement; some microseconds when measured. */
const LET_IN_MS = 100;

export interface FencedStatement {
  readonly query: string;
  readonly query_params?: Record<string, unknown>;
  readonly clickhouse_settings?: Record<string, string | number>;
}

/**
 * Runs a statement that returns nothing, sent in the head of its request. `fence`: instead of the database of the client.
 * A statement that is let in is in the list by the time the fence is down, and ended; with a body to wait for, it would be
 * in neither. Not for statements of more than some kilobytes, which proxies refuse in a head.
 */
export async function sendBehind(
  client: ClickHouseClient,
  statement: FencedStatement,
  fence?: string,
): Promise<void> {
  const http_headers: Record<string, string> = fence === undefined ? {} : { 'X-ClickHouse-Database': fence };
  const { stream } = await client.exec({ ...statement, http_headers, values: Readable.from([]) });
  await text(stream); // only an answer that was read frees the connection
}

/**
 * Fences off all earlier holders of a lock and makes the fence of this one. When this returns, no statement of theirs
 * runs, and none will. Harmless when it is itself late: it touches what is earlier than its own.
 */
export async function raiseFence(
  client: ClickHouseClient,
  name: string,
  generation: number,
): Promise<string> {
  const earlier = (await fencesOf(client, name)).filter((one) => one.generation < generation);
  for (const { database } of earlier) await dropFence(client, database);
  if (earlier.length > 0) await sleep(LET_IN_MS);
  await client.command({
    query: `KILL QUERY WHERE match(current_database, {pattern:String})
      AND toUInt64OrZero(splitByChar('_', current_database)[-1]) < {generation:UInt64} SYNC`,
    query_params: { pattern: patternOf(name), generation },
  });
  const fence = `${PREFIX}${name}_${generation}`;
  await client.command({ query: `CREATE DATABASE IF NOT EXISTS ${fence}` }); // one may be left from before the tables were removed
  return fence;
}

export async function dropFence(client: ClickHouseClient, fence: string): Promise<void> {
  await client.command({ query: `DROP DATABASE IF EXISTS ${fence} SYNC` });
}

const patternOf = (name: string): string => `^${PREFIX}${name}_[0-9]+$`;

async function fencesOf(
  client: ClickHouseClient,
  name: string,
): Promise<{ database: string; generation: number }[]> {
  const result = await client.query({
    query: 'SELECT name FROM system.databases WHERE match(name, {pattern:String})',
    query_params: { pattern: patternOf(name) },
    format: 'JSONEachRow',
  });
  const rows = await result.json<{ name: string }>();
  return rows.map((row) => ({ database: row.name, generation: Number(row.name.split('_').at(-1)) }));
}
