/**
 * Takes batches back: what they brought goes out of force, what they took out comes back, and the months are made anew as
 * a version of their own, so that everything published stays answerable. Batches are taken back from the newest on, down to
 * the one that is named: of records that lost when they were loaded nothing is kept, so nobody could say what would be in force without
 * a batch in the middle (ADR 64). A purge is the same down to before the first.
 */
import type { ClickHouseClient, Engine } from '@beltline/sql/engine';
import { loadStatement } from '@beltline/sql/clickhouse';
import { z } from 'zod';
import type { Progress } from '../../progress/progress.ts';
import { type Act, actorHere, createAct, undoneNow } from './act.ts';
import { BatchJournal, type BatchRecord, NOTHING_READ, PURGED, undoOf } from './journal.ts';
import { BuiltOnDamageError, LoadRefusedError, UsageError } from './load-error.ts';
import { stageNoDimensions } from './load-dimensions.ts';
import { exclusively } from './load-lock.ts';
import type { LoadSession } from './load-session.ts';
import type { MonthChange } from './preview-orders.ts';
import { monthChange } from './preview-orders.ts';
import { recoverLoads } from './recover-loads.ts';
import { runBatch } from './run-batch.ts';
import { refuseOverDamage } from './seal-version.ts';
import { pausePoint } from './pause-points.ts';

/** One batch, or all of a source. */
export type Undoing = { readonly batchId: number; readonly withLater: boolean } | { readonly source: string };

export interface UndoOptions {
  /** Only tells what would change. */
  readonly dryRun: boolean;
  /** Why, for the journal; '' where nobody says. */
  readonly reason: string;
  /** How long to wait for a load; 0 = do not. */
  readonly waitMs: number;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

export interface UndoReport {
  readonly source: string;
  /** The batches that are out of force by it, the oldest first. */
  readonly undone: readonly number[];
  /** Null where it was only looked at. */
  readonly batch: BatchRecord | null;
  /** Lines, counted or not; null where it was only looked at. */
  readonly takenOut: number | null;
  readonly putBack: number | null;
  /** The months whose figures are made anew: counted lines, orders and GMV before and after. */
  readonly months: readonly MonthChange[];
}

const whole = z.union([z.string(), z.number()]).transform(Number);
const flag = z.union([z.boolean(), z.number()]).transform(Boolean);
const version = z.object({
  batch_id: whole,
  state: z.string(),
  is_published: flag,
  act: z.string(),
  undone: z.array(whole),
  months: z.array(z.string()),
});
type Version = z.output<typeof version>;
const unlike = z.object({
  data_version: whole,
  sealed_rows: whole.nullable(),
  found_rows: whole,
});
const counts = z.object({ taken_out: whole, put_back: whole });

/**
 * Undoes a batch, or all of a source.
 * @throws LoadRefusedError where it cannot be done, by name, with nothing changed; UsageError where there is no such batch or source.
 */
export async function undoBatches(engine: Engine, what: Undoing, options: UndoOptions): Promise<UndoReport> {
  const { progress } = options;
  return exclusively(engine, options, async (admin, lock) => {
    const signal = options.signal ? AbortSignal.any([options.signal, lock.lost]) : lock.lost;
    await recoverLoads({ engine, admin, onNote: (message) => progress.note(message), lock, signal });
    const plan = await planOf(admin, what);
    const parameters = { source: plan.source, months: plan.months, since: plan.since };
    const months = await ask(admin, 'changed-figures', monthChange, parameters);
    const report = { source: plan.source, undone: plan.batches, months };
    await refuseOverDamage(admin, {
      source: plan.source,
      months: plan.months,
      again: false,
      onNote: (message) => progress.note(message),
    });
    await refuseWithoutReplaced(admin, plan);
    if (options.dryRun) return { ...report, batch: null, takenOut: null, putBack: null };
    const fingerprint = plan.act === 'undo' ? undoOf(plan.batches) : PURGED;
    const journal = await BatchJournal.open(admin, plan.source, fingerprint, lock.assertHeld);
    await pausePoint('opened');
    const { taken_out: takenOut, put_back: putBack } = await runBatch(
      { engine, admin, progress, signal },
      journal,
      (session) => decide(session, journal, plan, options.reason),
    );
    return { ...report, batch: journal.record, takenOut, putBack };
  });
}

interface UndoPlan {
  readonly source: string;
  readonly act: 'undo' | 'purge';
  /** What was in force before this batch is in force again; 0 = nothing. */
  readonly since: number;
  /** Those that it takes back, the oldest first. */
  readonly batches: readonly number[];
  /** Out of force from then on. */
  readonly undone: readonly number[];
  /** `YYYYMM`: every month that a version made anew since. */
  readonly months: readonly number[];
  /** Versions of which it must be known what they took out of force. */
  readonly replacing: readonly number[];
}

async function planOf(admin: ClickHouseClient, what: Undoing): Promise<UndoPlan> {
  const source = 'source' in what ? what.source : await sourceOf(admin, what.batchId);
  const all = await ask(admin, 'versions-of-source', version, { source });
  const published = all.filter((one) => one.is_published);
  if (published.length === 0) throw new UsageError(`Nothing of a source ${source} has been loaded.`);
  const now = await undoneNow(admin, source);
  const inForce = published.filter((one) => !now.includes(one.batch_id));
  if (!('batchId' in what)) {
    const batches = inForce.filter((one) => isLoad(one) && one.act !== 'purge').map((one) => one.batch_id);
    if (batches.length === 0)
      throw new LoadRefusedError(`Nothing of ${source} is in force. There is nothing to purge.`);
    return {
      source,
      act: 'purge',
      since: 0,
      batches,
      undone: published.map((one) => one.batch_id),
      months: monthsOf(published),
      replacing: [],
    };
  }
  const { batchId, withLater } = what;
  refuseOne(all, now, source, batchId);
  const later = inForce.filter((one) => one.batch_id > batchId && isLoad(one)).map((one) => one.batch_id);
  if (later.length > 0 && !withLater)
    throw new LoadRefusedError(
      `Batch ${batchId} is not the last of ${source}: ${later.join(', ')} came after it, and what they brought may rest on it. Nothing was changed. ` +
        `To take all of them back, in one version: npm run etl -- undo ${batchId} --with-later; then load again what is to stay.`,
    );
  const since = published.filter((one) => one.batch_id >= batchId);
  const before = published.filter((one) => one.batch_id < batchId).at(-1)?.undone ?? [];
  return {
    source,
    act: 'undo',
    since: batchId,
    batches: [batchId, ...later],
    undone: [...before, ...since.map((one) => one.batch_id)],
    months: monthsOf(since),
    replacing: since.filter((one) => one.act !== 'rebuild').map((one) => one.batch_id),
  };
}

/** A purge is what can be undone as a load can; an undo only by itself, since it brings nothing that rests on others. */
const isLoad = ({ act }: Version): boolean => act !== 'rebuild' && act !== 'undo';

const monthsOf = (versions: readonly Version[]): number[] =>
  [...new Set(versions.flatMap((one) => one.months))]
    .map((day) => Number(day.slice(0, 4) + day.slice(5, 7)))
    .sort((a, b) => a - b);

function refuseOne(all: readonly Version[], now: readonly number[], source: string, batchId: number): void {
  const one = all.find(({ batch_id }) => batch_id === batchId);
  if (!one?.is_published)
    throw new LoadRefusedError(
      `Batch ${batchId} of ${source} has published nothing (${one?.state ?? 'unknown'}), so there is nothing to undo.`,
    );
  if (now.includes(batchId)) {
    const by = all.find(
      ({ batch_id, undone }) => batch_id > batchId && undone.includes(batchId) && !now.includes(batch_id),
    );
    throw new LoadRefusedError(
      `Batch ${batchId} of ${source} has been undone already, by batch ${by?.batch_id}.`,
    );
  }
  if (one.act === 'rebuild')
    throw new LoadRefusedError(
      `Batch ${batchId} of ${source} rolled up again what was lost, and brought nothing, so there is nothing to undo.`,
    );
}

async function sourceOf(admin: ClickHouseClient, batchId: number): Promise<string> {
  const [row] = await ask(admin, 'source-of-batch', z.object({ source: z.string() }), { batch_id: batchId });
  if (row === undefined)
    throw new UsageError(`There is no batch ${batchId}. The latest ones: npm run etl -- status`);
  return row.source;
}

async function refuseWithoutReplaced(
  admin: ClickHouseClient,
  { source, since, replacing }: UndoPlan,
): Promise<void> {
  if (replacing.length === 0) return;
  const [first, ...more] = await ask(admin, 'replaced-unlike-seal', unlike, { source, versions: replacing });
  if (first === undefined) return;
  if (first.sealed_rows === null)
    throw new LoadRefusedError(
      `Batch ${first.data_version} of ${source} was published before Beltline kept the lines that a batch replaces, so nobody knows any more what was in force before it. ` +
        `Nothing was changed. Instead of undoing ${since}, load what is right: npm run etl -- replace ${source} --from … --to … --files …, or purge ${source} and load it anew.`,
    );
  throw new BuiltOnDamageError(
    `What batch ${[first, ...more].map((one) => one.data_version).join(', ')} of ${source} took out of force is no longer whole (${first.found_rows} of ${first.sealed_rows} lines are there), ` +
      `so it cannot be put back. Nothing was changed. Restore the data directory from a backup; or load what is right: npm run etl -- replace ${source} --from … --to … --files …`,
  );
}

/** Decides the batch: everything that publishing needs stands in its own database afterwards. */
async function decide(
  session: LoadSession,
  journal: BatchJournal,
  plan: UndoPlan,
  reason: string,
): Promise<z.output<typeof counts>> {
  const { source, since, act } = plan;
  const months = [...plan.months];
  const made: Act = { act, actor: actorHere(), reason, undone: plan.undone, since };
  await createAct(session, made);
  await session.run('create-last-source', { parameters: { source, batch_id: session.batchId } });
  await stageNoDimensions(session, source);
  await session.run('create-rejects');
  await pausePoint('dimensions');
  const parameters = { source, since, months };
  await session.run('create-undone-lines', { parameters });
  await session.run('create-restored', { parameters: { source, since } });
  await session.run('create-staged', { fill: { name: 'load__clean' } });
  const own = { source, batch_id: session.batchId };
  await session.run('fill-restored', { parameters: own });
  await session.run('fill-undone-tombstones', { parameters: own });
  await session.run('create-restore-plan', { parameters: { months } });
  await session.run('create-expected', { parameters: { source, months, is_known: true } });
  await session.run('fill-restored-expected');
  const counted = await session.row('counts-of-undo', counts);
  await pausePoint('planned');
  await journal.append({
    state: 'publishing',
    months: months.map((month) => `${Math.floor(month / 100)}-${String(month % 100).padStart(2, '0')}-01`),
    reconciliation: { ...NOTHING_READ, replacedLines: counted.taken_out },
    warnings: {},
  });
  return counted;
}

async function ask<Row extends z.ZodType>(
  admin: ClickHouseClient,
  name: string,
  row: Row,
  query_params: Record<string, unknown>,
): Promise<z.output<Row>[]> {
  const result = await admin.query({
    query: loadStatement(name),
    query_params,
    format: 'JSONEachRow',
    clickhouse_settings: { join_use_nulls: 0 }, // what is not there counts 0
  });
  return z.array(row).parse(await result.json());
}
