/**
 * The load job. A load is a batch: land the files as text, check, decide who wins each line, reconcile, then publish. Up
 * to the event `publishing` nothing is published and a batch that ends is given up; from there on it is completed,
 * by this run or by the next. The one insert into `data_versions` is the commit.
 */
import { type HeldMutex, isDamage } from '@beltline/sql/clickhouse';
import type { ClickHouseClient, Engine } from '@beltline/sql/engine';
import { type BatchFile, recordFiles } from './batch-files.ts';
import type { RejectingRule } from './check-lines.ts';
import { type GivenBatch, type LoadOptions, readGiven } from './given-batch.ts';
import { BatchJournal, type BatchRecord } from './journal.ts';
import { exclusively } from './load-lock.ts';
import { type LoadSession, StatementError } from './load-session.ts';
import { pausePoint } from './pause-points.ts';
import { recoverLoads, type Recovery } from './recover-loads.ts';
import { runBatch } from './run-batch.ts';
import { refuseOverDamage } from './seal-version.ts';
import { weighBatch } from './weigh-batch.ts';

export { checkSource } from './check-source.ts';
export { PAUSE_POINTS, type PausePoint } from './pause-points.ts';
export type { LoadOptions } from './given-batch.ts';
export { type PreviewReport, previewOrders, refusedAtOnce } from './preview-orders.ts';
export { monthsBetween, type ReplacedMonths } from './replace-months.ts';
export { undoBatches, type Undoing, type UndoOptions, type UndoReport } from './undo-batch.ts';
export { rebuildFigures, type RebuildOptions, type RebuildReport } from './rebuild-figures.ts';

export interface LoadReport {
  readonly batch: BatchRecord;
  readonly files: readonly BatchFile[];
  /** What was rejected of the lines: rules with their first rows, the worst first. */
  readonly rejectedLines: readonly RejectingRule[];
  /** What was rejected of merchants, memberships and belts, which the balance of the lines does not tell. */
  readonly rejectedLookups: readonly RejectingRule[];
}

/** What a load has at hand while it runs. */
interface Load extends LoadOptions, GivenBatch {
  readonly engine: Engine;
  readonly admin: ClickHouseClient;
}

/**
 * Loads orders.
 * @throws LoadRefusedError, FileFault: refused, with the tables as they were. That holds for files and
 * mappings that do not fit. LoadBusyError: another load did not end in time. InterruptedError: stopped by the signal.
 */
export async function loadOrders(engine: Engine, options: LoadOptions): Promise<LoadReport> {
  return exclusively(engine, options, async (admin, lock) => {
    const signal = options.signal ? AbortSignal.any([options.signal, lock.lost]) : lock.lost;
    await recoverLoads({ engine, admin, onNote: (message) => options.progress.note(message), lock, signal });
    return await loadBatch(engine, admin, { ...options, signal, assertHeld: lock.assertHeld });
  });
}

/** Completes or gives up what killed loads left, and nothing else. */
export async function recover(
  engine: Engine,
  options: Pick<LoadOptions, 'waitMs' | 'progress' | 'signal'>,
): Promise<Recovery> {
  return exclusively(engine, options, (admin, lock) =>
    recoverLoads({
      engine,
      admin,
      onNote: (message) => options.progress.note(message),
      lock,
      signal: options.signal ? AbortSignal.any([options.signal, lock.lost]) : lock.lost,
    }),
  );
}

async function loadBatch(
  engine: Engine,
  admin: ClickHouseClient,
  options: LoadOptions & Pick<HeldMutex, 'assertHeld'>,
): Promise<LoadReport> {
  const { source } = options;
  const given = await readGiven(admin, options);
  const { batchFiles } = given;
  const load: Load = { ...options, ...given, engine, admin };
  const journal = await BatchJournal.open(admin, source.id, batchFiles.fingerprint, options.assertHeld);
  let rejected: Rejected = { lines: [], lookups: [] };
  let files: readonly BatchFile[] = batchFiles.files;
  if (batchFiles.files.every(({ known }) => known)) await leaveUnchanged(load, journal);
  else {
    await pausePoint('opened');
    ({ rejected, files } = await runBatch(load, journal, (session) =>
      decideBatch(load, session, journal).catch((error: unknown) => namingDamage(load, error)),
    ));
  }
  return { batch: journal.record, files, rejectedLines: rejected.lines, rejectedLookups: rejected.lookups };
}

/** What a statement could not read is named, with what mends it. @throws BuiltOnDamageError, or the error. */
async function namingDamage({ admin, source }: Load, error: unknown): Promise<never> {
  if (error instanceof StatementError && isDamage(error.cause))
    await refuseOverDamage(admin, { source: source.id, months: null, again: false, onNote: () => undefined });
  throw error;
}

async function leaveUnchanged({ admin, source, batchFiles }: Load, journal: BatchJournal): Promise<void> {
  await recordFiles(admin, source, journal.record.batchId, batchFiles, new Map());
  await journal.append({
    state: 'unchanged',
    finishedAt: new Date(),
    message: 'Every file is loaded already, under the same mapping and lookups. Nothing to do.',
  });
}

/** The worst rules of each role. */
interface Rejected {
  readonly lines: readonly RejectingRule[];
  readonly lookups: readonly RejectingRule[];
}

/** Everything up to the decision to publish, which is durable when this returns: with what was rejected, and the files as read. */
async function decideBatch(
  load: Load,
  session: LoadSession,
  journal: BatchJournal,
): Promise<{ rejected: Rejected; files: readonly BatchFile[] }> {
  const { admin, source, batchFiles } = load;
  const weighed = await weighBatch(
    {
      ...load,
      startedAt: journal.record.startedAt,
      onLanded: (read) => recordFiles(admin, source, session.batchId, batchFiles, read),
      onChecking: () => journal.append({ state: 'checking' }),
    },
    session,
  );
  const { months, reconciliation, warnings, ignored, files } = weighed;
  const { rejectedLines: lines, rejectedLookups: lookups } = weighed;
  await journal.append({
    state: 'publishing',
    months: months.map(firstDay),
    reconciliation,
    warnings,
    ignored,
  });
  return { rejected: { lines, lookups }, files };
}

const firstDay = (month: number): string =>
  `${Math.floor(month / 100)}-${String(month % 100).padStart(2, '0')}-01`;
