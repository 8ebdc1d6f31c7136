/**
 * Publishes a decided batch from what stands in its load database alone, so that a run that was killed here can be
 * completed by the next one. Every step may meet its own traces. Readers see nothing of it until the last insert.
 */
import { loadStatement, sendBehind } from '@beltline/sql/clickhouse';
import type { ClickHouseClient } from '@beltline/sql/engine';
import { z } from 'zod';
import type { BatchRecord } from './journal.ts';
import { instant, RENUMBERED, takesBack } from './journal.ts';
import { NotAddingUpError } from './load-error.ts';
import { createAct } from './act.ts';
import { inTurn, type LoadSession } from './load-session.ts';
import { pausePoint } from './pause-points.ts';
import { type PublishProgress, rollUp, verifyRollups } from './roll-up.ts';
import { sealVersion } from './seal-version.ts';
import { deleteVersion } from './uncommitted-rows.ts';

const count = z.union([z.string(), z.number()]).transform(Number);
const flag = z.union([z.boolean(), z.number()]).transform(Boolean);
const planned = z.object({
  month: count,
  is_attached: flag,
  kept: count,
  tombstones: count,
  expected: count,
});
const attached = z.object({ month: count, lines: count });
const lastDay = z.object({ day: z.string(), lines: count });
const month = z.object({ month: count });
const unlikeBefore = z.object({ month: count, lines: count, lines_before: count });

const DIMENSIONS = [
  'publish-belts',
  'publish-merchants',
  'publish-memberships',
  'publish-source',
  'publish-quarantine',
] as const;

/** Publishes and commits. @throws Error where the published tables do not hold what was reconciled; nothing is committed then. */
export async function publishBatch(
  session: LoadSession,
  admin: ClickHouseClient,
  batch: BatchRecord,
  onProgress: PublishProgress = () => undefined,
): Promise<void> {
  const months = batch.months.map((day) => Number(day.slice(0, 4) + day.slice(5, 7)));
  await attachMonths(session, batch.source, onProgress);
  await pausePoint('attached');
  session.assertHeld();
  await deleteVersion(admin, batch.batchId);
  const parameters = { source: batch.source, batch_id: batch.batchId };
  const keepsReplaced = await session.has('load__replaced');
  const statements = [...DIMENSIONS, ...(keepsReplaced ? ['publish-replaced'] : [])];
  await session.together(statements.map((statement) => () => session.run(statement, { parameters })));
  await pausePoint('published-dimensions');
  if (batch.fingerprint === RENUMBERED)
    await sendBehind(admin, { query: loadStatement('forget-numbers'), query_params: parameters });
  await rollUp(session, batch.source, months, onProgress);
  await pausePoint('rolled-up');
  onProgress('verify', 0, 1);
  const days = await verifyRollups(session, batch, months);
  await sealVersion(session, batch.source);
  if (takesBack(batch)) await refuseOtherThanBefore(session, batch);
  await pausePoint('verified');
  await session.run('commit', {
    parameters: {
      ...parameters,
      months: batch.months,
      ...spansOf(batch.months, days),
      data_through: await dataThrough(session, batch.source),
      published_at: instant(new Date()),
    },
  });
}

/**
 * What is decided by a program from before acts and replaced lines were kept lacks their tables, and its lines a column. Of what
 * it replaces nothing is known, so such a batch cannot be undone.
 */
export async function completeOlder(session: LoadSession): Promise<void> {
  await createAct(session, { act: 'load', actor: '', reason: '', undone: [], since: 0 });
  for (const name of ['load__staged', 'load__clean'])
    if (await session.has(name)) await session.run('add-written-by', { fill: { name } });
}

/** @throws NotAddingUpError where what is in force is not what it was before the batches that are undone. */
async function refuseOtherThanBefore(session: LoadSession, batch: BatchRecord): Promise<void> {
  const parameters = { source: batch.source, batch_id: batch.batchId };
  const [first, ...more] = await session.rows('facts-unlike-before', unlikeBefore, { parameters });
  if (first === undefined) return;
  throw new NotAddingUpError(
    `The undo is not committed, because it would not give the lines that were in force before: of ${first.month} ${first.lines} that count, ` +
      `and there were ${first.lines_before}${more.length > 0 ? `; and ${more.length} more such months` : ''}.`,
  );
}

/** A month whose rows are all there is left alone; one that was cut short is attached again, which FINAL sees once. */
async function attachMonths(
  session: LoadSession,
  source: string,
  onProgress: PublishProgress,
): Promise<void> {
  const parameters = { source, batch_id: session.batchId };
  const plan = await session.rows('planned-months', planned);
  const present = await session.rows('attached-rows', attached, { parameters });
  const lines = new Map(present.map((row) => [row.month, row.lines]));
  let done = 0;
  const attach = (row: z.output<typeof planned>) => async (): Promise<void> => {
    onProgress('attach', done++, plan.length);
    if ((lines.get(row.month) ?? 0) >= row.expected) return;
    const names = [
      ...(row.is_attached ? ['load__staged'] : []),
      ...(!row.is_attached || row.tombstones > 0 ? ['load__clean'] : []),
    ];
    for (const name of names) {
      await session.run('attach-partition', {
        fill: { source: `'${source.replaceAll("'", "''")}'`, month: String(row.month), name },
      });
    }
    await pausePoint('attached-one');
  };
  const half = Math.ceil(plan.length / 2);
  await session.together([
    inTurn(...plan.slice(0, half).map(attach)),
    inTurn(...plan.slice(half).map(attach)),
  ]);
}

const NO_DAY = '1970-01-01';

/** First and last day with a line in force of each month, in their order. `days`: those with one, in order. */
function spansOf(months: readonly string[], days: readonly string[]) {
  const within = (first: string) => (day: string) => day.startsWith(first.slice(0, 7));
  return {
    first_days: months.map((month) => days.find(within(month)) ?? NO_DAY),
    last_days: months.map((month) => days.findLast(within(month)) ?? NO_DAY),
  };
}

async function dataThrough(session: LoadSession, source: string): Promise<string> {
  for (const row of await session.rows('months-of-source', month, { parameters: { source } })) {
    const last = await session.row('last-day', lastDay, { parameters: { source, month: row.month } });
    if (last.lines > 0) return last.day;
  }
  return NO_DAY;
}

/** True where the batch is visible to readers. */
export async function isCommitted(client: ClickHouseClient, batchId: number): Promise<boolean> {
  const result = await client.query({
    query: loadStatement('times-committed'),
    query_params: { batch_id: batchId },
    format: 'JSONEachRow',
  });
  const [row] = await result.json<{ lines: string }>();
  return Number(row?.lines) > 0;
}
