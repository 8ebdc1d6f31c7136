import { hostname } from 'node:os';
import { randomUUID } from 'node:crypto';
import { type HeldMutex, MutexHeldError, withMutex } from '@beltline/sql/clickhouse';
import type { ClickHouseClient } from '@beltline/sql/engine';
import type { Progress } from '../../progress/progress.ts';
import { LoadBusyError } from './load-error.ts';

export interface LockOptions {
  /** How long to wait for another load; 0 = do not. */
  readonly waitMs: number;
  readonly progress: Progress;
}

/** Runs work while no other load runs, on this host or another. @throws LoadBusyError where one did not end in time. */
export async function exclusively<T>(
  admin: ClickHouseClient,
  { waitMs, progress }: LockOptions,
  work: (lock: HeldMutex) => Promise<T>,
): Promise<T> {
  const owner = `${hostname()}:${process.pid}:${randomUUID()}`;
  const onWait = (holder: string): void =>
    progress.note(`Another load is running (${processOf(holder)}); waiting for it.`);
  try {
    return await withMutex(admin, { name: 'load', owner, waitMs, onWait }, work);
  } catch (error) {
    if (!(error instanceof MutexHeldError)) throw error;
    throw new LoadBusyError(
      `Another load is running (${processOf(error.holder)}). Wait for it, or use --wait.`,
      { cause: error },
    );
  }
}

function processOf(holder: string): string {
  const [host, pid] = holder.split(':');
  return `process ${pid} on ${host}`;
}
