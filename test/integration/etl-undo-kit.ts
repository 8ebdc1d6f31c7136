/** What the specs of undo, purge and replace share: what a reader sees, by checksums that say nothing of who wrote it. */
import { undoBatches, type Undoing, type UndoReport } from '@beltline/etl/load';
import { quietProgress } from '@beltline/etl/progress';
import { type Bench, figures, query } from './etl-harness.ts';

export const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];

/** Takes batches back within this process. */
export const takeBack = (bench: Bench, what: Undoing, dryRun = false): Promise<UndoReport> =>
  undoBatches(bench.engine, what, {
    dryRun,
    reason: 'a spec',
    waitMs: 60_000,
    progress: quietProgress({ write: () => undefined }),
  });

/** The same of one batch. */
export const undo = (bench: Bench, batchId: number, withLater = false): Promise<UndoReport> =>
  takeBack(bench, { batchId, withLater });

export interface Seen {
  /** Every published table as a reader reads it. */
  readonly tables: Record<string, string>;
  /** What the figures in force add up to, numbers of buyers and merchants and batches behind them included. */
  readonly seals: unknown[];
  readonly through: unknown[];
}

/**
 * What is in force of a source. A line that is put back has a higher version than before, which no figure is made of. A month that
 * no version has is as one that a version has emptied.
 */
export async function seen(bench: Bench, source: string): Promise<Seen> {
  return {
    tables: await figures(bench.client, source, ['version']),
    seals: await query(
      bench.client,
      `SELECT sealed, seals.month AS month, toString(rows) AS rows, toString(checksum) AS checksum FROM seals
       WHERE source = {source:String} AND sealed LIKE 'rollup%' AND (seals.month, data_version) IN (
         SELECT arrayJoin(months) AS of_month, max(data_version) FROM data_versions WHERE source = {source:String} GROUP BY of_month)
       ORDER BY sealed, month`,
      { source },
    ),
    through: await query(
      bench.client,
      `SELECT argMax(data_through, data_version) AS through FROM data_versions WHERE source = {source:String}`,
      { source },
    ),
  };
}
