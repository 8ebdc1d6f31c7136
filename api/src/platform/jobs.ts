/** Queues of jobs in PostgreSQL, one for each kind of work that must not wait for another. */
import { createHash } from 'node:crypto';
import { JOB_SCHEMA, jobDatabase } from '@beltline/sql/postgres';
import PgBoss from 'pg-boss';
import type { DataSource } from 'typeorm';

/**
 * The queues of the program, each with how long a job may take before it is believed to be lost with its process, and made by another. Of each, one job at a
 * time is under way, whichever process does it.
 */
export const QUEUES = { releases: 30 * 60, mail: 5 * 60 } as const;
export type QueueName = keyof typeof QUEUES;

/** No cron, and no other database than the one that is open. What is installed already needs no right to make tables. */
export async function startQueue(
  store: DataSource,
  queue: QueueName,
  onError: (error: Error) => void,
): Promise<PgBoss> {
  const boss = new PgBoss({ db: jobDatabase(store), schema: JOB_SCHEMA, schedule: false });
  boss.on('error', onError);
  await boss.start();
  await boss.createQueue(queue, { name: queue, policy: 'singleton', expireInSeconds: QUEUES[queue] });
  return boss;
}

/** To be taken again at once, without having been tried once more. */
export async function putBack(boss: PgBoss, queue: QueueName, ids: string[]): Promise<void> {
  await boss.cancel(queue, ids);
  await boss.resume(queue, ids);
}

/** Makes the tables of the queues, as their owner, and does nothing with them. */
export async function installQueues(store: DataSource): Promise<void> {
  for (const queue of Object.keys(QUEUES) as QueueName[]) {
    let failure: Error | null = null;
    const boss = await startQueue(store, queue, (error) => (failure = error));
    await boss.stop({ graceful: false, close: false });
    if (failure) throw failure;
  }
}

/** A UUID that is the same for the same thing. */
export function uuidOf(of: readonly unknown[]): string {
  const hex = createHash('sha256').update(JSON.stringify(of)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
