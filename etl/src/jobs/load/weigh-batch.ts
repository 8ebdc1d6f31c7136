/**
 * What a batch comes to, worked out in full before anything is published: files landed as text, lines checked, winners
 * decided, the balance struck, months planned. All of it in the batch's own database, so that a preview does the very same.
 */
import type { ClickHouseClient, Engine } from '@beltline/sql/engine';
import { createLandedViews, createLandingTables, landFile, layoutsOf } from '../../landing/index.ts';
import { actorHere, createAct, undoneNow } from './act.ts';
import type { Progress } from '../../progress/progress.ts';
import type { SourceDefinition } from '../../source/index.ts';
import { type BatchFile, type BatchFiles, isSkipped, type ReadFile } from './batch-files.ts';
import {
  collectRejects,
  ignoredRows,
  refuseTooManyRejects,
  refuseTooMuchMoney,
  type RejectingRule,
  stageLines,
  worstRejects,
} from './check-lines.ts';
import { assertSpace } from './disk-space.ts';
import type { BatchRecord, IgnoredRows, Reconciliation } from './journal.ts';
import { stageDimensions } from './load-dimensions.ts';
import type { LoadSession } from './load-session.ts';
import { otherMapping, refuseHalfMapped } from './mapping-change.ts';
import { MAPPED_VIEW } from './mapping-sandbox.ts';
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
import { refuseOutside, refuseUnclear, type ReplacedMonths } from './replace-months.ts';
import { refuseOverDamage } from './seal-version.ts';
import { checkMapping, type SourceMapping } from './source-mapping.ts';

/** What is weighed, and how. */
export interface Weighing {
  readonly source: SourceDefinition;
  readonly mapping: SourceMapping;
  readonly batchFiles: BatchFiles;
  readonly names: FileNames;
  readonly admin: ClickHouseClient;
  readonly engine: Pick<Engine, 'place'>;
  readonly keepOldLines?: boolean;
  readonly again?: boolean;
  readonly replaces?: ReplacedMonths;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
  /** Times that are later than this by a day are out of range. */
  readonly startedAt: Date;
  /** Told when all files have landed, with what was found in each. */
  readonly onLanded?: (read: ReadonlyMap<number, ReadFile>) => Promise<void>;
  readonly onChecking?: () => Promise<void>;
  /** Told when lines are staged, and when the balance is struck: what is refused later is known that far. */
  readonly onStaged?: () => void;
  readonly onReconciled?: (reconciliation: Reconciliation) => void;
}

export interface Weighed {
  /** As `YYYYMM`: months whose figures the batch changes. */
  readonly months: readonly number[];
  readonly reconciliation: Reconciliation;
  readonly warnings: BatchRecord['warnings'];
  readonly ignored: readonly IgnoredRows[];
  readonly rejectedLines: readonly RejectingRule[];
  readonly rejectedLookups: readonly RejectingRule[];
  /** With their hashes. */
  readonly files: readonly BatchFile[];
}

/** @throws LoadRefusedError, FileFault: what a load is refused for. */
export async function weighBatch(weighing: Weighing, session: LoadSession): Promise<Weighed> {
  const { source, mapping, progress, names, replaces } = weighing;
  const { malformed, unread, open, files } = await land(weighing, session);
  await pausePoint('landed');
  await weighing.onChecking?.();
  progress.step('check');
  const columns = await checkMapping(session, source, mapping);
  const hasUnreadRows = unread.some(({ rejected }) => rejected > 0);
  await stageDimensions(session, source, MAPPED_VIEW, columns, { hasUnreadRows });
  await pausePoint('dimensions');
  const wellFormed = await stageLines(session, source, weighing.startedAt, names, columns.orderLines);
  const ignored = await ignoredRows(session, source, names);
  const read = { ...wellFormed, lines: wellFormed.lines + malformed };
  await collectRejects(session, source);
  const lookups = await worstRejects(session, 'lookup', names);
  weighing.onStaged?.();
  await pausePoint('staged');
  progress.step('reconcile');
  const other = await otherMapping(
    weighing.admin,
    source.id,
    weighing.batchFiles.mapping,
    await undoneNow(weighing.admin, source.id),
  );
  await decideWinners(session, source.id, read.lines, other.batches, replaces !== undefined);
  const { reconciliation, lookups: mapped } = await reconcile(session, source.id, read);
  weighing.onReconciled?.(reconciliation);
  const lines = { kind: 'rows', rows: read.lines, rejected: reconciliation.rejected.lines };
  await refuseTooManyRejects(session, source, { lines, lookups: [...mapped, ...unread] }, names, lookups);
  if (replaces) await refuseOutside(session, source, replaces, names);
  await withdrawMissing(session, source, replaces);
  if (replaces) await refuseUnclear(session, source, replaces);
  const old = await refuseHalfMapped(session, source, other, weighing.keepOldLines ?? false);
  if (other.isLast || old > 0) progress.note(mappingNote(source.id, old));
  await refuseTooManyTies(session, source, read.lines, names);
  refuseTooMuchMoney(source, read);
  const uneven = imbalances(reconciliation);
  if (uneven.length > 0) throw new Error(`The load does not balance: ${uneven.join('; ')}.`);
  const months = await planMonths(session, source.id);
  const isSound = await refuseOverDamage(session.client, {
    source: source.id,
    months,
    again: weighing.again ?? false,
    onNote: (message) => progress.note(message),
  });
  await session.run('create-expected', { parameters: { source: source.id, months, is_known: isSound } });
  await session.run('fill-expected', { parameters: { source: source.id } });
  const spread = await severalDays(session, source.id, read.lines, names);
  if (spread !== null) progress.note(spread);
  if (open.length > 0) progress.note(noLineEndNote(open));
  const warnings = {
    ...(await countWarnings(session, source, replaces !== undefined)),
    ...(open.length > 0 ? { 'no-line-end': open.length } : {}),
  };
  await pausePoint('planned');
  const rejectedLines = reconciliation.rejected.lines > 0 ? await worstRejects(session, 'facts', names) : [];
  return { months, reconciliation, warnings, ignored, rejectedLines, rejectedLookups: lookups, files };
}

const mappingNote = (source: string, old: number): string =>
  `The mapping of ${source} has changed since it was last loaded; ` +
  (old === 0
    ? 'every line in force is mapped anew.'
    : `${old} lines in force stay as the old one read them.`);

const noLineEndNote = ([first = '', ...more]: readonly string[]): string =>
  `The last record of ${first}${more.length > 0 ? ` and of ${more.length} other ${more.length === 1 ? 'file' : 'files'}` : ''} has no line end. It is taken as whole; ` +
  'a file that was cut off within its last column looks the same.';

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
async function land(weighing: Weighing, session: LoadSession): Promise<Landing> {
  const { source, batchFiles, progress, names, signal } = weighing;
  await createAct(session, {
    act: weighing.replaces ? 'replace' : 'load',
    actor: actorHere(),
    reason: weighing.replaces?.reason ?? '',
    undone: await undoneNow(session.client, source.id),
    since: 0,
  });
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
  const layouts = await layoutsOf(
    files.map(({ print: expected, ...file }) => ({ ...file, expected })),
    signal,
  );
  await createLandingTables(session.client, session.database, source, layouts);
  const total = files.reduce((sum, { print }) => sum + print.bytes, 0);
  await assertSpace(
    session,
    files.map(({ path, print }) => ({ path, bytes: print.bytes })),
    weighing.engine.place,
  );
  const read = new Map<number, ReadFile>();
  let done = 0;
  let malformed = 0;
  const unread = new Map<string, RejectedOf>();
  const open: string[] = [];
  progress.step('land');
  for (const { fileNo, table, path, print, lines } of files) {
    const onProgress = (bytes: number): void => progress.advance(done + bytes, total, 'bytes');
    const input = {
      client: session.client,
      database: session.database,
      fileNo,
      table: layouts.ofFile.get(fileNo) ?? table,
      path,
      expected: print,
      lines,
      onProgress,
    };
    const landed = await landFile({ ...input, ...(signal ? { signal } : {}) });
    const rows = landed.rows + landed.malformed;
    read.set(fileNo, { rows, sha256: landed.sha256 });
    if (landed.lacksLineEnd) open.push(names.get(fileNo) ?? path);
    if (table.role === 'facts') malformed += landed.malformed;
    else {
      const kind = `rows of the table ${table.table}`;
      const before = unread.get(kind) ?? { rows: 0, rejected: 0 };
      unread.set(kind, { kind, rows: before.rows + rows, rejected: before.rejected + landed.malformed });
    }
    done += print.bytes;
    progress.advance(done, total, 'bytes');
  }
  const apart = await createLandedViews(session.client, session.database, source, layouts);
  for (const { table, role } of source.tables) {
    const records = apart.get(table) ?? 0;
    const kind = `rows of the table ${table}`;
    const before = unread.get(kind);
    if (role === 'facts') malformed += records;
    else if (before) unread.set(kind, { ...before, rejected: before.rejected + records });
  }
  await weighing.onLanded?.(read);
  const hashed = batchFiles.files.map((file) => ({
    ...file,
    print: { ...file.print, sha256: file.print.sha256 ?? read.get(file.fileNo)?.sha256 ?? null },
  }));
  return { malformed, unread: [...unread.values()], open, files: hashed };
}
