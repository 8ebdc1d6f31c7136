/**
 * What a killed load left behind is put in order by the next one, before it begins: a batch that had decided to publish is
 * completed, any other is given up. Only under the lock on loads.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { SEEN_WITHIN_MS } from '@beltline/sql/clickhouse';
import { LOAD_DATABASE_PREFIX, type ClickHouseClient, type Engine } from '@beltline/sql/engine';
import { BatchJournal, type BatchRecord, unfinishedBatches } from './journal.ts';
import { isRunningCheck, loadDatabase, LoadSession, stopStatements } from './load-session.ts';
import { isCommitted, publishBatch } from './publish-batch.ts';
import { deleteVersion } from './uncommitted-rows.ts';

export interface Recovery {
  readonly completed: readonly BatchRecord[];
  readonly abandoned: readonly BatchRecord[];
}

export async function recoverLoads(
  engine: Engine,
  admin: ClickHouseClient,
  onNote: (message: string) => void,
  assertHeld: () => void,
  signal?: AbortSignal,
): Promise<Recovery> {
  const completed: BatchRecord[] = [];
  const abandoned: BatchRecord[] = [];
  for (const batch of await unfinishedBatches(admin)) {
    await stopStatements(admin, batch.batchId);
    const journal = BatchJournal.resume(admin, batch, assertHeld);
    if (batch.state === 'publishing') {
      await complete(engine, admin, journal, onNote, signal);
      completed.push(journal.record);
    } else {
      onNote(`Batch ${batch.batchId} was cut short before it was decided; nothing of it is kept.`);
      await abandonBatch(
        admin,
        journal,
        'abandoned',
        'Cut short before it was decided; load the files again.',
      );
      abandoned.push(journal.record);
    }
  }
  for (const database of await leftDatabases(admin))
    await admin.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` });
  return { completed, abandoned };
}

async function complete(
  engine: Engine,
  admin: ClickHouseClient,
  journal: BatchJournal,
  onNote: (message: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { batchId } = journal.record;
  if (!(await isCommitted(admin, batchId))) {
    onNote(`Batch ${batchId} was cut short while it was published; completing it.`);
    const client = engine.client('loader', loadDatabase(batchId));
    try {
      await publishBatch(new LoadSession(client, batchId, signal, journal.assertHeld), admin, journal.record);
    } finally {
      await client.close();
    }
  }
  await finishBatch(admin, journal);
}

/** Journals a committed batch and drops its load database; done when every reader that asks from now on sees it. */
export async function finishBatch(admin: ClickHouseClient, journal: BatchJournal): Promise<void> {
  const { batchId, months, reconciliation } = journal.record;
  const { read, rejected } = reconciliation;
  await journal.append({
    state: 'committed',
    finishedAt: new Date(),
    message: `${read.lines} lines read, ${rejected.lines} rejected, ${months.length} months rebuilt.`,
  });
  await dropLoadDatabase(admin, batchId);
  await sleep(SEEN_WITHIN_MS);
}

/** Ends a batch of which nothing is published. */
export async function abandonBatch(
  admin: ClickHouseClient,
  journal: BatchJournal,
  state: 'abandoned' | 'refused' | 'failed',
  message: string,
): Promise<void> {
  journal.assertHeld();
  await deleteVersion(admin, journal.record.batchId);
  await dropLoadDatabase(admin, journal.record.batchId);
  await journal.append({ state, finishedAt: new Date(), message });
}

async function dropLoadDatabase(admin: ClickHouseClient, batchId: number): Promise<void> {
  await admin.command({ query: `DROP DATABASE IF EXISTS ${loadDatabase(batchId)} SYNC` });
}

/** Load databases without a running batch: under the lock that is every one, but for those of checks, which need no lock. */
async function leftDatabases(admin: ClickHouseClient): Promise<string[]> {
  const result = await admin.query({
    query: 'SELECT name FROM system.databases WHERE match(name, {pattern:String})',
    query_params: { pattern: `^${LOAD_DATABASE_PREFIX}[0-9]+$` },
    format: 'JSONEachRow',
  });
  const names = (await result.json<{ name: string }>()).map(({ name }) => name);
  return names.filter((name) => !isRunningCheck(Number(name.slice(LOAD_DATABASE_PREFIX.length))));
}
