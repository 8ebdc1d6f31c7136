/**
 * A load that publishes nothing: the same files, checks and decisions, up to where a load decides to publish. It works in a
 * database like that of a batch, under the lock on loads, and takes it away; one that is killed is cleared by whoever
 * holds the lock next. What it tells of months and belts is summed up from who wins each line, apart from what a load writes.
 */
import { loadPart, loadStatement, sendBehind } from '@beltline/sql/clickhouse';
import type { Engine } from '@beltline/sql/engine';
import { z } from 'zod';
import { type BatchFile, isSkipped } from './batch-files.ts';
import type { RejectingRule } from './check-lines.ts';
import { ignoredRows, worstRejects } from './check-lines.ts';
import { type LoadOptions, readGiven } from './given-batch.ts';
import { type IgnoredRows, nextBatch, NOTHING_READ, type Reconciliation } from './journal.ts';
import { LoadRefusedError } from './load-error.ts';
import { exclusively } from './load-lock.ts';
import { loadDatabase, LoadSession } from './load-session.ts';
import { runLimits } from './mapping-limits.ts';
import { MAPPED_VIEW } from './mapping-sandbox.ts';
import type { FileNames } from './plan-months.ts';
import { dropLoadDatabase, recoverLoads } from './recover-loads.ts';
import { type Weighed, weighBatch } from './weigh-batch.ts';

/** Rows of the mapping that are shown. */
const SHOWN_ROWS = 20;

const whole = z.union([z.string(), z.number()]).transform(Number);
/** A row of what changes in a month: see MonthChange. */
export const monthChange = z.object({
  month: whole,
  lines_before: whole,
  lines_after: whole,
  orders_before: whole,
  orders_after: whole,
  gmv_before: z.string(),
  gmv_after: z.string(),
});
const beltChange = z.object({
  belt_id: z.string(),
  combination: whole,
  lines_before: whole,
  lines_after: whole,
  pieces_before: z.string(),
  pieces_after: z.string(),
  gmv_before: z.string(),
  gmv_after: z.string(),
  refund_before: z.string(),
  refund_after: z.string(),
});
const mappedRow = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

/** Counted lines in force before and after; amounts are decimal text. */
export type MonthChange = z.output<typeof monthChange>;
export type BeltChange = z.output<typeof beltChange>;

/** A record beside what the mapping makes of it. */
export interface MappedRow {
  readonly file: string;
  readonly line: number;
  readonly raw: string;
  readonly mapped: Readonly<Record<string, string>>;
}

export interface PreviewReport {
  readonly source: string;
  /** What a load of these files would end in. */
  readonly outcome: 'committed' | 'unchanged' | 'refused';
  /** Why it would be refused; '' else. */
  readonly message: string;
  readonly rows: readonly MappedRow[];
  readonly ignored: readonly IgnoredRows[];
  readonly rejectedLines: readonly RejectingRule[];
  readonly rejectedLookups: readonly RejectingRule[];
  readonly reconciliation: Reconciliation;
  readonly warnings: Readonly<Record<string, number>>;
  readonly months: readonly MonthChange[];
  readonly belts: readonly BeltChange[];
  readonly files: readonly BatchFile[];
}

/**
 * @throws what a load throws, but for a refusal of lines that are staged already, which is told in the report.
 */
export async function previewOrders(engine: Engine, options: LoadOptions): Promise<PreviewReport> {
  return exclusively(engine, options, async (admin, lock) => {
    const signal = options.signal ? AbortSignal.any([options.signal, lock.lost]) : lock.lost;
    await recoverLoads({ engine, admin, onNote: (message) => options.progress.note(message), lock, signal });
    const given = await readGiven(admin, options);
    const { files } = given.batchFiles;
    if (files.every(({ known }) => known)) return unchanged(options.source.id, files);
    const batchId = await nextBatch(admin);
    // A name that no later holder of the lock makes: whatever is still on its way finds nothing.
    const database = `${loadDatabase(batchId)}_${lock.generation}`;
    await sendBehind(admin, { query: loadStatement('create-database'), query_params: { database } });
    const client = engine.client('loader', database);
    try {
      const session = new LoadSession(client, batchId, signal, lock.assertHeld, database);
      return await look({ ...options, ...given, engine, admin, signal, startedAt: new Date() }, session);
    } finally {
      await client.close();
      // An engine that is gone cannot be told; whoever holds the lock next clears it away.
      await dropLoadDatabase(admin, batchId).catch(() => undefined);
    }
  });
}

const nothing = (source: string, files: readonly BatchFile[]): PreviewReport => ({
  source,
  outcome: 'unchanged',
  message: '',
  rows: [],
  ignored: [],
  rejectedLines: [],
  rejectedLookups: [],
  reconciliation: NOTHING_READ,
  warnings: {},
  months: [],
  belts: [],
  files,
});

/** The report of files that would be refused before a row of them is known. */
export const refusedAtOnce = (source: string, message: string): PreviewReport => ({
  ...nothing(source, []),
  outcome: 'refused',
  message,
});

const unchanged = (source: string, files: readonly BatchFile[]): PreviewReport => ({
  ...nothing(source, files),
  message: 'Every file is loaded already, under the same mapping and lookups. A load would do nothing.',
});

async function look(
  weighing: Parameters<typeof weighBatch>[0],
  session: LoadSession,
): Promise<PreviewReport> {
  const { source, names } = weighing;
  const seen = { isStaged: false, reconciliation: NOTHING_READ };
  const report = nothing(source.id, weighing.batchFiles.files);
  let weighed: Weighed;
  try {
    weighed = await weighBatch(
      {
        ...weighing,
        onStaged: () => void (seen.isStaged = true),
        onReconciled: (reconciliation) => void (seen.reconciliation = reconciliation),
      },
      session,
    );
  } catch (error) {
    if (!(error instanceof LoadRefusedError) || !seen.isStaged) throw error;
    return {
      ...report,
      outcome: 'refused',
      message: error.message,
      rows: await mappedRows(weighing, session, names),
      ignored: await ignoredRows(session, source, names),
      rejectedLines: await worstRejects(session, 'facts', names),
      rejectedLookups: await worstRejects(session, 'lookup', names),
      reconciliation: seen.reconciliation,
    };
  }
  const { months, ...told } = weighed;
  const input = {
    fill: { lines: loadPart('in-force-after') },
    parameters: { source: source.id, months: [...months] },
  };
  return {
    ...report,
    ...told,
    outcome: 'committed',
    rows: await mappedRows(weighing, session, names),
    months: await session.rows('preview-months', monthChange, input),
    belts: await session.rows('preview-belts', beltChange, input),
  };
}

async function mappedRows(
  { source }: Parameters<typeof weighBatch>[0],
  session: LoadSession,
  names: FileNames,
): Promise<MappedRow[]> {
  const facts = source.tables.find(({ role }) => role === 'facts')?.table ?? '';
  const rows = await session.rows('preview-lines', mappedRow, {
    fill: {
      mapping: MAPPED_VIEW.orderLines,
      records: `${facts}__records`,
      limits: runLimits(0, source.timeZone),
    },
    parameters: { most: SHOWN_ROWS },
  });
  return rows.map(({ _file_no, _line, _raw, ...mapped }) => ({
    file: names.get(Number(_file_no)) ?? '',
    line: Number(_line),
    raw: String(_raw ?? ''),
    mapped: Object.fromEntries(Object.entries(mapped).map(([name, value]) => [name, String(value ?? '')])),
  }));
}

/** Files that a load would leave out. */
export const leftOut = ({ files }: PreviewReport): readonly BatchFile[] => files.filter(isSkipped);
