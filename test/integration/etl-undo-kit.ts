/** What the specs of undo, purge and replace share: what a reader sees, by checksums that say nothing of who wrote it. */
import { loadOrders, type LoadReport, undoBatches, type Undoing, type UndoReport } from '@beltline/etl/load';
import { quietProgress } from '@beltline/etl/progress';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, figures, goldenSource, loadInProcess, query, rewrite, sourceOf } from './etl-harness.ts';

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

/** Two loads, the second of which corrects, moves and cancels lines, renames a belt, and moves and sells merchants. */
export async function twoLoads(bench: Bench, id: string) {
  const folder = goldenSource(bench, id);
  const first = (await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv'])).batch.batchId;
  const before = await seen(bench, id);
  rewrite(
    join(folder, 'data', 'belts.csv'),
    (text) => `${text.replace('Lamps', 'Lights')}TOYS,玩具,Toys,广东省\n`,
  );
  rewrite(join(folder, 'data', 'merchants.csv'), (text) => `${text.replace('O3', 'O1')}M4,丁,O4\n`);
  rewrite(
    join(folder, 'data', 'memberships.csv'),
    (text) => `${text.replaceAll('2025-02-10', '2025-02-09')}M4,TOYS,2020-01-01,\n`,
  );
  const second = (await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-2.csv'])).batch.batchId;
  return { folder, first, second, before, after: await seen(bench, id) };
}

/** What made each version of a source. */
export const versionsOf = (bench: Bench, source: string) =>
  query<{ version: number; act: string; actor: string; reason: string; undone: number[] }>(
    bench.client,
    `SELECT toUInt32(data_version) AS version, act, actor, reason, CAST(undone, 'Array(UInt32)') AS undone
     FROM data_versions WHERE source = {source:String} ORDER BY version`,
    { source },
  );

/** Replaces months within this process. */
export const replaceInProcess = (
  bench: Bench,
  folder: string,
  files: readonly string[],
  months: Readonly<{ first: number; last: number }>,
  mayBeEmpty = false,
): Promise<LoadReport> =>
  loadOrders(bench.engine, {
    source: sourceOf(folder),
    files,
    folder,
    replaces: { ...months, mayBeEmpty, reason: 'a spec' },
    waitMs: 60_000,
    progress: quietProgress({ write: () => undefined }),
  });

/** The header of orders of the golden source. */
export const HEADER =
  'order_id,line_no,placed_at,updated_at,status,merchant_id,buyer_id,buyer_type,buyer_country,destination_country,sales_mode,channel,quantity,amount,refund_amount,is_custom,is_factory_brand';

/** An order of one line. */
export interface Row {
  readonly order: string;
  readonly month: number;
  readonly updated: number;
  readonly merchant: string;
  readonly quantity: number;
  readonly isPaid: boolean;
}
/** Its line in a file of the golden source. */
export const lineOf = ({ order, month, updated, merchant, quantity, isPaid }: Row): string =>
  `${order},1,2025-0${month}-05 10:00:00,2025-0${updated}-06 10:00:00,${isPaid ? 'paid' : 'cancelled'},${merchant},U${quantity % 3},retailer,CN,CN,wholesale,,${quantity},${quantity}.50,0.00,0,0`;
let written = 0;
/** Writes a file of orders into a source's folder; its name there. */
export function write(folder: string, rows: readonly Row[]): string {
  const name = `data/orders-w${written++}.csv`;
  writeFileSync(join(folder, name), `${[HEADER, ...rows.map(lineOf)].join('\n')}\n`);
  return name;
}
