/** What a batch is, as its version keeps it: a load, or one of those that change what is in force without files of their own. */
import { hostname, userInfo } from 'node:os';
import { loadStatement } from '@beltline/sql/clickhouse';
import type { ClickHouseClient } from '@beltline/sql/engine';
import { z } from 'zod';
import type { LoadSession } from './load-session.ts';

export interface Act {
  readonly act: 'load' | 'rebuild' | 'undo' | 'purge' | 'replace';
  /** Who asked for it: account and machine. */
  readonly actor: string;
  /** Why, where it was told; else ''. */
  readonly reason: string;
  /** Versions that are out of force as of the batch's own. */
  readonly undone: readonly number[];
  /** Of a batch that undoes others the first of them; else 0. */
  readonly since: number;
}

/** The account that runs this process, and the machine: `ann@etl-1`. */
export function actorHere(): string {
  const name = (() => {
    try {
      return userInfo().username;
    } catch {
      return String(process.getuid?.() ?? '?'); // an account without a name, as in many containers
    }
  })();
  return `${name}@${hostname()}`;
}

const row = z.object({ undone: z.array(z.union([z.string(), z.number()]).transform(Number)) });

/** Versions of a source that an undo or a purge has taken out of force; none of what they brought holds. */
export async function undoneNow(client: ClickHouseClient, source: string): Promise<readonly number[]> {
  const result = await client.query({
    query: loadStatement('undone-now'),
    query_params: { source },
    format: 'JSONEachRow',
  });
  return z.array(row).parse(await result.json())[0]?.undone ?? [];
}

/** Leaves `load__act` in the load's database; what is there already stays, since it was decided with the batch. */
export async function createAct(session: LoadSession, act: Act): Promise<void> {
  await session.run('create-act', {
    parameters: {
      act: act.act,
      actor: act.actor,
      reason: act.reason,
      undone: [...act.undone],
      since: act.since,
    },
  });
}
