/**
 * The load job. A load is a batch: land the files as text, check, decide who wins each line, reconcile, then publish. Up
 * to the event `publishing` nothing is published and a batch that ends is given up; from there on it is completed,
 * by this run or by the next. The one insert into `data_versions` is the commit.
 */
import { basename } from 'node:path';
import { type HeldMutex, isDamage } from '@beltline/sql/clickhouse';
import type { ClickHouseClient, Engine } from '@beltline/sql/engine';
import { shownPath } from '../../files/index.ts';
import { createLandingTables, landFile } from '../../landing/index.ts';
import type { SourceDefinition } from '../../source/index.ts';
import type { Progress } from '../../progress/progress.ts';
import {
  type BatchFile,
  type BatchFiles,
  fingerprintFiles,
  isSkipped,
  type ReadFile,
  recordFiles,
} from './batch-files.ts';
import { findFiles } from './find-files.ts';
import {
  collectRejects,
  refuseTooManyRejects,
  refuseTooMuchMoney,
  type RejectingRule,
  stageLines,
  worstRejects,
} from './check-lines.ts';
import { BatchJournal, type BatchRecord } from './journal.ts';
import { stageDimensions } from './load-dimensions.ts';
import { assertSpace } from './disk-space.ts';
import { exclusively } from './load-lock.ts';
import { type LoadSession, StatementError } from './load-session.ts';
import { otherMapping, refuseHalfMapped } from './mapping-change.ts';
import { pausePoint } from './pause-points.ts';
import {
  countWarnings,
  decideWinners,
  type FileNames,
  imbalances,
  planMonths,
  reconcile,
  refuseTooManyTies,
  type RejectedOf,
  severalDays,
  withdrawMissing,
} from './plan-months.ts';
import { recoverLoads, type Recovery } from './recover-loads.ts';
import { runBatch } from './run-batch.ts';
import { refuseOverDamage } from './seal-version.ts';
import { checkMapping, readMapping, type SourceMapping } from './source-mapping.ts';

export { checkSource } from './check-source.ts';
export { PAUSE_POINTS, type PausePoint } from './pause-points.ts';
export { rebuildFigures, type RebuildOptions, type RebuildReport } from './rebuild-figures.ts';

export interface LoadOptions {
  readonly source: SourceDefinition;
  /** Files, folders and globs. */
  readonly files: readonly string[];
  /** Folder that relative paths start from. */
  readonly folder: string;
  /** Lets lines stay that another mapping read and that the files do not bring; else such a load is refused. */
  readonly keepOldLines?: boolean;
  /** Reads every file, also those that are loaded already: where something of what they brought was lost. */
  readonly again?: boolean;
  /** How long to wait for another load; 0 = do not. */
  readonly waitMs: number;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

export interface LoadReport {
  readonly batch: BatchRecord;
  readonly files: readonly BatchFile[];
  /** What was rejected of the lines: rules with their first rows, the worst first. */
  readonly rejectedLines: readonly RejectingRule[];
  /** What was rejected of merchants, memberships and belts, which the balance of the lines does not tell. */
  readonly rejectedLookups: readonly RejectingRule[];
}

/** What a load has at hand while it runs. */
interface Load extends LoadOptions {
  readonly engine: Engine;
  readonly admin: ClickHouseClient;
  readonly mapping: SourceMapping;
  readonly names: FileNames;
  readonly batchFiles: BatchFiles;
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
  const { source, progress } = options;
  const mapping = readMapping(source);
  const paths = await findFiles(source, options.files, options.folder);
  progress.step('fingerprint');
  const found = await fingerprintFiles(admin, source, mapping, paths, (done, total) =>
    progress.advance(done, total),
  );
  const batchFiles = options.again
    ? { ...found, files: found.files.map((file) => ({ ...file, known: false })) }
    : found;
  const names = new Map(batchFiles.files.map(({ fileNo, path }) => [fileNo, shownPath(basename(path))]));
  const load: Load = { ...options, engine, admin, mapping, names, batchFiles };
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
  const { source, mapping, progress, names } = load;
  const { malformed, unread, open, files } = await land(load, session);
  await pausePoint('landed');
  await journal.append({ state: 'checking' });
  progress.step('check');
  const columns = await checkMapping(session, source, mapping);
  const hasUnreadRows = unread.some(({ rejected }) => rejected > 0);
  await stageDimensions(session, source, mapping, columns, { hasUnreadRows });
  await pausePoint('dimensions');
  const wellFormed = await stageLines(session, source, mapping, journal.record.startedAt, names);
  const read = { ...wellFormed, lines: wellFormed.lines + malformed };
  await collectRejects(session, source);
  const lookups = await worstRejects(session, 'lookup', names);
  await pausePoint('staged');
  progress.step('reconcile');
  const other = await otherMapping(load.admin, source.id, load.batchFiles.mapping);
  await decideWinners(session, source.id, read.lines, other.batches);
  const { reconciliation, lookups: mapped } = await reconcile(session, source.id, read);
  const lines = { kind: 'rows', rows: read.lines, rejected: reconciliation.rejected.lines };
  await refuseTooManyRejects(session, source, { lines, lookups: [...mapped, ...unread] }, names, lookups);
  await withdrawMissing(session, source);
  const old = await refuseHalfMapped(session, source, other, load.keepOldLines ?? false);
  if (other.isLast || old > 0) progress.note(mappingNote(source.id, old));
  await refuseTooManyTies(session, source, read.lines, names);
  refuseTooMuchMoney(source, read);
  const uneven = imbalances(reconciliation);
  if (uneven.length > 0) throw new Error(`The load does not balance: ${uneven.join('; ')}.`);
  const months = await planMonths(session, source.id);
  const isSound = await refuseOverDamage(session.client, {
    source: source.id,
    months,
    again: load.again ?? false,
    onNote: (message) => progress.note(message),
  });
  await session.run('create-expected', { parameters: { source: source.id, months, is_known: isSound } });
  await session.run('fill-expected', { parameters: { source: source.id } });
  const spread = await severalDays(session, source.id, read.lines, names);
  if (spread !== null) progress.note(spread);
  if (open.length > 0) progress.note(noLineEndNote(open));
  const warnings = {
    ...(await countWarnings(session, source)),
    ...(open.length > 0 ? { 'no-line-end': open.length } : {}),
  };
  await pausePoint('planned');
  await journal.append({ state: 'publishing', months: months.map(firstDay), reconciliation, warnings });
  const worst = reconciliation.rejected.lines > 0 ? await worstRejects(session, 'facts', names) : [];
  return { rejected: { lines: worst, lookups }, files };
}

const mappingNote = (source: string, old: number): string =>
  `The mapping of ${source} has changed since it was last loaded; ` +
  (old === 0
    ? 'every line in force is mapped anew.'
    : `${old} lines in force stay as the old one read them.`);

const noLineEndNote = ([first = '', ...more]: readonly string[]): string =>
  `The last record of ${first}${more.length > 0 ? ` and of ${more.length} other ${more.length === 1 ? 'file' : 'files'}` : ''} has no line end. It is taken as whole; ` +
  'a file that was cut off within its last column looks the same.';

const firstDay = (month: number): string =>
  `${Math.floor(month / 100)}-${String(month % 100).padStart(2, '0')}-01`;

interface Landing {
  /** Records of the facts that could not be taken apart. */
  readonly malformed: number;
  /** The same of each table of lookups. */
  readonly unread: readonly RejectedOf[];
  /** Names of the files whose last record has no line end. */
  readonly open: readonly string[];
  /** With their hashes. */
  readonly files: readonly BatchFile[];
}

/** Lands every file that is to be read. */
async function land(load: Load, session: LoadSession): Promise<Landing> {
  const { source, batchFiles, progress, admin, signal } = load;
  await createLandingTables(session.client, session.database, source);
  await session.run('create-source', {
    parameters: {
      source: source.id,
      name_zh: source.name.zh,
      name_en: source.name.en,
      currency: source.currency,
      time_zone: source.businessTimeZone,
      home_country: source.homeCountry,
    },
  });
  const files = batchFiles.files.filter((file) => !isSkipped(file));
  const total = files.reduce((sum, { print }) => sum + print.bytes, 0);
  await assertSpace(
    session,
    files.map(({ path, print }) => ({ path, bytes: print.bytes })),
  );
  const read = new Map<number, ReadFile>();
  let done = 0;
  let malformed = 0;
  const unread = new Map<string, RejectedOf>();
  const open: string[] = [];
  progress.step('land');
  for (const { fileNo, table, path, print } of files) {
    const onProgress = (bytes: number): void => progress.advance(done + bytes, total, 'bytes');
    const input = {
      client: session.client,
      database: session.database,
      fileNo,
      table,
      path,
      expected: print,
      onProgress,
    };
    const landed = await landFile({ ...input, ...(signal ? { signal } : {}) });
    const rows = landed.rows + landed.malformed;
    read.set(fileNo, { rows, sha256: landed.sha256 });
    if (landed.lacksLineEnd) open.push(load.names.get(fileNo) ?? path);
    if (table.role === 'facts') malformed += landed.malformed;
    else {
      const kind = `rows of the table ${table.table}`;
      const before = unread.get(kind) ?? { rows: 0, rejected: 0 };
      unread.set(kind, { kind, rows: before.rows + rows, rejected: before.rejected + landed.malformed });
    }
    done += print.bytes;
    progress.advance(done, total, 'bytes');
  }
  await recordFiles(admin, source, session.batchId, batchFiles, read);
  const hashed = batchFiles.files.map((file) => ({
    ...file,
    print: { ...file.print, sha256: file.print.sha256 ?? read.get(file.fileNo)?.sha256 ?? null },
  }));
  return { malformed, unread: [...unread.values()], open, files: hashed };
}
