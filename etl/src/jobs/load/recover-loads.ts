/**
 * What a killed load left behind is put in order by the next one, before it begins: a batch that had decided to publish is
 * completed, any other is given up. Only under the lock on loads. Whatever the journal says, in whatever order: it ends each
 * batch, so that no batch keeps later loads from working.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  findDamage,
  type Findings,
  type HeldMutex,
  isForbidden,
  loadStatement,
  newestKnown,
  SEEN_WITHIN_MS,
  sendBehind,
} from '@beltline/sql/clickhouse';
import { LOAD_DATABASE_PREFIX, type ClickHouseClient, type Engine } from '@beltline/sql/engine';
import {
  BatchJournal,
  type BatchRecord,
  outcomeText,
  RENUMBERED,
  takesBack,
  unfinishedBatches,
} from './journal.ts';
import { BuiltOnDamageError, DamagedStoreError, NotAddingUpError } from './load-error.ts';
import { isRunningCheck, loadDatabase, LoadSession, stopStatements } from './load-session.ts';
import { completeOlder, isCommitted, publishBatch } from './publish-batch.ts';
import { isStoredDamage } from './stored-damage.ts';
import { deleteLines, deleteVersion } from './uncommitted-rows.ts';

export interface Recovery {
  readonly completed: readonly BatchRecord[];
  readonly abandoned: readonly BatchRecord[];
}

/** What recovering works with. */
interface Recovering {
  readonly engine: Engine;
  readonly admin: ClickHouseClient;
  readonly onNote: (message: string) => void;
  readonly lock: HeldMutex;
  readonly signal?: AbortSignal;
  /** A source whose merchants and buyers are numbered anew afterwards: that their numbers are lost is in nobody's way. */
  readonly numbersAnew?: string;
  /** Decided batches are given up too: they cannot be completed. */
  readonly givesUp?: boolean;
}

/** @throws DamagedStoreError where a decided batch cannot be completed; BuiltOnDamageError where that would build upon lost numbers. */
export async function recoverLoads(recovering: Recovering): Promise<Recovery> {
  const { admin, lock } = recovering;
  const completed: BatchRecord[] = [];
  const abandoned: BatchRecord[] = [];
  for (const batch of await unfinishedBatches(admin)) {
    const journal = BatchJournal.resume(admin, batch, lock.assertHeld);
    const isCompleted = await endBatch(recovering, journal);
    (isCompleted ? completed : abandoned).push(journal.record);
  }
  // Of batches that the journal does not know, or no longer.
  for (const database of await databasesOf(admin, '[1-9][0-9]*')) {
    const batchId = Number(database.split('_')[2]);
    if (!(await isCommitted(admin, batchId))) {
      await deleteLines(admin, batchId);
      await deleteVersion(admin, batchId);
    }
    await dropDatabase(admin, database);
  }
  return { completed, abandoned };
}

/** @returns whether its version is published. */
async function endBatch(recovering: Recovering, journal: BatchJournal): Promise<boolean> {
  const { admin, onNote, lock } = recovering;
  const { batchId, state } = journal.record;
  const database = await takeDatabase(admin, batchId, lock.generation);
  // Asked only now, when nothing of who began it can commit it any more.
  if (await isCommitted(admin, batchId)) await finishBatch(admin, journal);
  else if (state === 'publishing' && database !== null && !recovering.givesUp) {
    onNote(`Batch ${batchId} was cut short while it was published; completing it.`);
    if (journal.record.fingerprint !== RENUMBERED) await refuseLostNumbers(recovering, journal.record.source);
    try {
      await publishFrom(database, recovering, journal);
    } catch (error) {
      throw decidedOnDamage(error, journal.record) ?? error;
    }
    await finishBatch(admin, journal);
  } else {
    const when =
      state !== 'publishing'
        ? 'before it was decided'
        : `while it was published, and ${database === null ? 'its own tables are gone' : 'cannot be completed'}`;
    onNote(`Batch ${batchId} was cut short ${when}; nothing of it is kept.`);
    await deleteLines(admin, batchId); // whatever the journal says: the event that it was decided may be lost
    await abandonBatch(
      admin,
      journal,
      'abandoned',
      `Cut short ${when}; ${takesBack(journal.record) ? 'undo it again.' : 'load the files again.'}`,
    );
    return false;
  }
  return true;
}

/** Numbers that are lost would be given out again, to others: so nothing is numbered before all are numbered anew. */
async function refuseLostNumbers({ admin, numbersAnew }: Recovering, source: string): Promise<void> {
  if (numbersAnew === source) return;
  const findings = await findDamage(admin, { source, tables: ['unit_numbers'], isAwaited: true });
  if (hasLostNumbers(findings, source))
    throw new BuiltOnDamageError(
      `A load of ${source} was cut short while it was published, and the numbers of its merchants and buyers are lost or damaged. ` +
        `Nothing was changed. To number them anew, and complete the load: npm run etl -- rebuild ${source}`,
    );
}

/** Whether numbers of merchants and buyers are lost that the next load would need; those of earlier versions alone are in nobody's way. */
export function hasLostNumbers(findings: Findings, source: string): boolean {
  const newest = newestKnown(findings, source);
  return findings.damages.some(
    (one) => one.source === source && one.table === 'unit_numbers' && one.dataVersion === newest,
  );
}

/** What a decided batch met that keeps it from being published, with what leads out; null for anything else. */
export function decidedOnDamage(error: unknown, { source }: BatchRecord): DamagedStoreError | null {
  const isUnread = isStoredDamage(error) && !isForbidden(error);
  if (!isUnread && !(error instanceof NotAddingUpError)) return null;
  const text = error instanceof Error ? error.message : String(error);
  return new DamagedStoreError(
    `${isUnread ? 'What is stored cannot be read: ' : ''}${text}\nThe load had been decided; readers still see what they saw before. ` +
      `To set aside what cannot be read, and complete the load or give it up: npm run etl -- rebuild ${source}`,
    { cause: error },
  );
}

async function publishFrom(
  database: string,
  { engine, admin, signal }: Recovering,
  journal: BatchJournal,
): Promise<void> {
  const client = engine.client('loader', database);
  try {
    const session = new LoadSession(client, journal.record.batchId, signal, journal.assertHeld, database);
    await completeOlder(session);
    await publishBatch(session, admin, journal.record);
  } finally {
    await client.close();
  }
}

/** Journals a committed batch and drops its load database; done when every reader that asks from now on sees it. */
export async function finishBatch(admin: ClickHouseClient, journal: BatchJournal): Promise<void> {
  const committed = performance.now();
  const { batchId } = journal.record;
  await journal.append({
    state: 'committed',
    finishedAt: new Date(),
    message: outcomeText(journal.record),
  });
  await dropLoadDatabase(admin, batchId);
  await sleep(Math.max(0, committed + SEEN_WITHIN_MS - performance.now()));
}

/** Ends a batch of which nothing is published. */
export async function abandonBatch(
  admin: ClickHouseClient,
  journal: BatchJournal,
  state: 'abandoned' | 'refused' | 'failed',
  message: string,
): Promise<void> {
  journal.assertHeld();
  await dropLoadDatabase(admin, journal.record.batchId);
  await deleteVersion(admin, journal.record.batchId);
  await journal.append({ state, finishedAt: new Date(), message });
}

/** Takes away what a batch worked in, whoever took it over. */
export async function dropLoadDatabase(admin: ClickHouseClient, batchId: number): Promise<void> {
  for (const database of await databasesOf(admin, String(batchId))) await dropDatabase(admin, database);
}

/** What still runs in it is ended first: a program that is gone does not stop an INSERT. */
async function dropDatabase(admin: ClickHouseClient, database: string): Promise<void> {
  await stopStatements(admin, database);
  await sendBehind(admin, { query: loadStatement('drop-database'), query_params: { database } });
}

/**
 * Gives a batch's database a name of this holder's own, so that whoever began the batch, should it still be there, finds
 * none of its tables any more; what it still has running is ended. Each statement that writes published rows names one of
 * those tables, so that the engine looks for it when it has listed the statement: it fails, or is among those ended.
 * @returns the name; null where there is none.
 */
async function takeDatabase(
  admin: ClickHouseClient,
  batchId: number,
  generation: number,
): Promise<string | null> {
  const found = (await databasesOf(admin, String(batchId))).sort((a, b) => takerOf(b) - takerOf(a))[0];
  if (found === undefined) return null;
  const own = `${loadDatabase(batchId)}_${generation}`;
  if (found !== own)
    await sendBehind(admin, { query: loadStatement('rename-database'), query_params: { found, own } });
  await stopStatements(admin, found);
  return own;
}

/** Which holder of the lock a batch's database was taken by; 0 for the one that began it. */
const takerOf = (database: string): number => Number(database.split('_')[3] ?? 0);

/** Databases of the batches that a pattern fits; not those of checks, which load nothing and wait for nobody, while they may run. */
async function databasesOf(admin: ClickHouseClient, batch: string): Promise<string[]> {
  const result = await admin.query({
    query: loadStatement('databases-named'),
    query_params: { pattern: `^${LOAD_DATABASE_PREFIX}${batch}(_[0-9]+)?$` },
    format: 'JSONEachRow',
  });
  const names = (await result.json<{ name: string }>()).map(({ name }) => name);
  return names.filter((name) => !isRunningCheck(parseInt(name.slice(LOAD_DATABASE_PREFIX.length), 10)));
}
