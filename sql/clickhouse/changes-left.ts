/**
 * Changes of published tables that rewrite rows. The engine makes them in the background, and goes on with one when it is started
 * after it was ended in its middle, without anybody who waits for it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import { DATABASE } from '../engine/configuration.ts';

interface ChangesLeft {
  /** Parts of tables that have still to be rewritten. */
  readonly parts: number;
  /** Changes that are being made; not those that the engine tries in vain. */
  readonly going: number;
}

/** @throws the client's error, also where a server's loader may not see them. */
export async function changesLeft(client: ClickHouseClient): Promise<ChangesLeft> {
  const result = await client.query({
    query: `SELECT sum(parts_to_do) AS parts, countIf(latest_fail_reason = '') AS going
      FROM system.mutations WHERE database = {database:String} AND NOT is_done`,
    query_params: { database: DATABASE },
    format: 'JSONEachRow',
  });
  const [row] = await result.json<{ parts: string; going: string }>();
  return { parts: Number(row?.parts), going: Number(row?.going) };
}

const LOOK_MS = 200;

/**
 * Waits for changes that were begun before: the next one of the same column is refused until they are made. Where the engine fails
 * at them it is not waited for, and what comes next says what is wrong.
 */
export async function untilChanged(
  client: ClickHouseClient,
  { onLook, onWait }: { readonly onLook: () => void; readonly onWait: (left: ChangesLeft) => void },
): Promise<void> {
  for (;;) {
    const left = await changesLeft(client).catch(() => null);
    if (left === null || left.going === 0) return;
    onWait(left);
    await sleep(LOOK_MS);
    onLook();
  }
}
