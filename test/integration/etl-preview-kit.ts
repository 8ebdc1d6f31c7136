/** What the specs of previews share: a preview beside the load of the same files. */
import { join } from 'node:path';
import { previewOrders, type PreviewReport } from '@beltline/etl/load';
import { quietProgress } from '@beltline/etl/progress';
import { LOAD_DATABASE_PREFIX } from '@beltline/sql/engine';
import {
  type Bench,
  everything,
  goldenSource,
  loadInProcess,
  query,
  sourceOf,
  startCommand,
} from './etl-harness.ts';

const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];

export const preview = (bench: Bench, folder: string, files: readonly string[]): Promise<PreviewReport> =>
  previewOrders(bench.engine, {
    source: sourceOf(folder),
    files: [...LOOKUPS, ...files],
    folder,
    waitMs: 60_000,
    progress: quietProgress({ write: () => undefined }),
  });

/** Databases of loads, checks and previews. */
export const left = (bench: Bench): Promise<unknown[]> =>
  query(bench.client, `SELECT name FROM system.databases WHERE match(name, '^${LOAD_DATABASE_PREFIX}[0-9]')`);

/** A preview that is killed at a point of its way leaves what the next command clears away, and has changed nothing. */
export async function killedPreview(bench: Bench, point: string): Promise<void> {
  const folder = goldenSource(bench, `previewed-killed-${point}`);
  const before = await everything(bench.client);
  const run = startCommand(
    bench.dataDir,
    ['--source-folder', folder, 'preview', `previewed-killed-${point}`, '--files', join(folder, 'data')],
    { BELTLINE_ETL_PAUSE_AT: point },
  );
  await run.until(`paused at ${point}`);
  expect(await left(bench)).toHaveLength(1);
  run.child.kill('SIGKILL');
  await run.done;
  expect((await startCommand(bench.dataDir, ['recover']).done).code).toBe(0);
  expect(await left(bench)).toEqual([]);
  expect(await everything(bench.client)).toEqual(before);
}

interface Side {
  readonly months: unknown[];
  readonly belts: unknown[];
}

/** What the published figures say of the months that a preview spoke of. */
async function published(bench: Bench, source: string, months: readonly number[]): Promise<Side> {
  const inForce = `source = {source:String} AND toYYYYMM(r.month) IN {months:Array(UInt32)} AND (r.month, data_version) IN (
    SELECT arrayJoin(months) AS m, max(data_version) FROM data_versions WHERE source = {source:String} GROUP BY m)`;
  const parameters = { source, months: [...months] };
  return {
    months: await query(
      bench.client,
      `SELECT toYYYYMM(r.month) AS month, toUInt32(sum(r.lines)) AS lines, toUInt32(sum(r.orders)) AS orders, toFloat64(sum(r.gmv)) AS gmv
       FROM rollup_belt_month AS r WHERE level = 'nation' AND ${inForce} GROUP BY r.month HAVING lines > 0 ORDER BY month`,
      parameters,
    ),
    belts: await query(
      bench.client,
      `SELECT belt_id, combination, toUInt32(sum(r.lines)) AS lines, toUInt32(sum(r.pieces)) AS pieces, toFloat64(sum(r.gmv)) AS gmv, toFloat64(sum(r.refund)) AS refund
       FROM rollup_belt_month AS r WHERE level = 'belt' AND belt_id != '' AND ${inForce} GROUP BY belt_id, combination HAVING lines > 0
       ORDER BY belt_id, combination`,
      parameters,
    ),
  };
}

/** One side of a preview in the same form. */
const sideOf = ({ months, belts }: PreviewReport, side: 'before' | 'after'): Side => ({
  months: months
    .filter((one) => one[`lines_${side}`] > 0)
    .map((one) => ({
      month: one.month,
      lines: one[`lines_${side}`],
      orders: one[`orders_${side}`],
      gmv: Number(one[`gmv_${side}`]),
    })),
  belts: belts
    .filter((one) => one[`lines_${side}`] > 0 && one.belt_id !== '')
    .map((one) => ({
      belt_id: one.belt_id,
      combination: one.combination,
      lines: one[`lines_${side}`],
      pieces: Number(one[`pieces_${side}`]),
      gmv: Number(one[`gmv_${side}`]),
      refund: Number(one[`refund_${side}`]),
    })),
});

/** Previews files, then loads them: the same balance, rejects, warnings, months and sums, and nothing changed in between. */
export async function previewedThenLoaded(
  bench: Bench,
  folder: string,
  files: readonly string[],
): Promise<void> {
  const id = sourceOf(folder).id;
  const before = await everything(bench.client);
  const journal = await query(bench.client, 'SELECT count() AS events FROM load_events');
  const seen = await preview(bench, folder, files);
  expect(await everything(bench.client)).toEqual(before);
  expect(await query(bench.client, 'SELECT count() AS events FROM load_events')).toEqual(journal);
  expect(await left(bench)).toEqual([]);
  const months = seen.months.map(({ month }) => month);
  const was = await published(bench, id, months);
  const { batch, rejectedLines, rejectedLookups } = await loadInProcess(bench, folder, [
    ...LOOKUPS,
    ...files,
  ]);
  expect(seen.outcome).toBe(batch.state);
  expect(seen.reconciliation).toEqual(batch.reconciliation);
  expect(seen.warnings).toEqual(batch.warnings);
  expect([seen.rejectedLines, seen.rejectedLookups]).toEqual([rejectedLines, rejectedLookups]);
  expect(sideOf(seen, 'before')).toEqual(was);
  expect(sideOf(seen, 'after')).toEqual(await published(bench, id, months));
  // Only months whose counted lines change are told; a month may be made anew without that.
  const made = batch.months.map((day) => Number(day.slice(0, 4) + day.slice(5, 7)));
  expect(months.filter((month) => !made.includes(month))).toEqual([]);
}
