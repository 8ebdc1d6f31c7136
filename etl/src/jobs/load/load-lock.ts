import { hostname } from 'node:os';
import { randomUUID } from 'node:crypto';
import { type HeldMutex, MutexHeldError, MutexLostError, withMutex } from '@beltline/sql/clickhouse';
import type { ClickHouseClient, Engine } from '@beltline/sql/engine';
import type { Progress } from '../../progress/progress.ts';
import { LoadBusyError } from './load-error.ts';

export interface LockOptions {
  /** How long to wait for another load; 0 = do not. */
  readonly waitMs: number;
  readonly progress: Progress;
  /** Gives up waiting. */
  readonly signal?: AbortSignal;
}

/**
 * Runs work while no other load runs, on this host or another, with a client whose statements the engine refuses once
 * another load has taken the lock over. What goes on in the load's own database is kept out by that one's name, see
 * recoverLoads.
 * @throws LoadBusyError where another load did not end in time; MutexLostError where one took this load's place.
 */
export async function exclusively<T>(
  engine: Engine,
  { waitMs, progress, signal }: LockOptions,
  work: (admin: ClickHouseClient, lock: HeldMutex) => Promise<T>,
): Promise<T> {
  const owner = `${hostname()}:${process.pid}:${randomUUID()}`;
  const onWait = (holder: string): void =>
    progress.note(`Another load is running (${processOf(holder)}); waiting for it.`);
  const locking = engine.client('loader');
  try {
    const options = { name: 'load', owner, waitMs, onWait, ...(signal ? { signal } : {}) };
    return await withMutex(locking, options, async (lock) => {
      const admin = engine.client('loader', lock.fence);
      try {
        return await work(admin, lock);
      } finally {
        await admin.close();
      }
    });
  } catch (error) {
    if (error instanceof MutexLostError) throw lostTo(error.holder);
    if (!(error instanceof MutexHeldError)) throw error;
    throw new LoadBusyError(
      `Another load is running (${processOf(error.holder)}). Wait for it, or use --wait.`,
      { cause: error },
    );
  } finally {
    await locking.close();
  }
}

const lostTo = (holder: string | null): MutexLostError =>
  new MutexLostError(
    'This program stood still, or did not reach the database, for so long that another load ' +
      `${holder === null ? 'may have taken' : `(${processOf(holder)}) took`} its place. Nothing of it is half done: ` +
      'what was decided is completed by that load or the next one, the rest is cleared away. See: npm run etl -- status',
    holder,
  );

function processOf(holder: string): string {
  const [host, pid] = holder.split(':');
  return `process ${pid} on ${host}`;
}
