/** What the specs of shops that change hands share: a source of six shops, and figures by owner beside a count over the lines. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { queries, runQuery } from '@beltline/sql/clickhouse';
import { type Bench, GOLDEN, goldenSource, openBench, query, rewrite } from './etl-harness.ts';

export const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];

export const MONTHS = ['2024-01', '2024-02', '2025-01', '2025-02'];

const SHOPS = ['M1', 'M2', 'M3', 'M4', 'M5', 'M6'];

/** Owner and belt of each shop: the owners of M1 and M2, and of M3 and M4, are the same. */
export const OWNERS: Record<string, string> = { M1: 'O1', M2: 'O1', M3: 'O3', M4: 'O3', M5: 'O5', M6: 'O6' };

const beltOf = (shop: string): string => (SHOPS.indexOf(shop) < 3 ? 'LAMP' : 'SOCK');

export let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
});

afterAll(() => bench?.close());

export const [HEADER = ''] = readFileSync(join(GOLDEN, 'data', 'orders-1.csv'), 'utf8').split('\n');

export const order = (shop: string, month: string, pieces: number): string =>
  `${shop}-${month},1,${month}-05 10:00:00,${month}-08 10:00:00,paid,${shop},U1,retailer,CN,CN,wholesale,,${pieces},10.00,0.00,0,0\n`;

const merchantsFile = (owners: Record<string, string>): string =>
  `merchant_id,name,owner_id\n${SHOPS.map((shop) => `${shop},,${owners[shop]}\n`).join('')}`;

/** Every shop sells in every month, but M6, which has not sold in February of 2024. */
export function sourceOfShops(id: string): string {
  const folder = goldenSource(bench, id);
  const rows = SHOPS.flatMap((shop, no) =>
    MONTHS.filter((month) => shop !== 'M6' || month !== '2024-02').map((month, at) =>
      order(shop, month, 1 + no + 10 * at),
    ),
  );
  writeFileSync(join(folder, 'data', 'orders-1.csv'), `${HEADER}\n${rows.join('')}`);
  writeFileSync(join(folder, 'data', 'merchants.csv'), merchantsFile(OWNERS));
  writeFileSync(
    join(folder, 'data', 'memberships.csv'),
    `merchant_id,belt_id,valid_from,valid_to\n${SHOPS.map((shop) => `${shop},${beltOf(shop)},2020-01-01,\n`).join('')}`,
  );
  return folder;
}

/** M2 goes from O1, who has M1 besides, to O5. */
export const SOLD = { ...OWNERS, M2: 'O5' };

export const sell = (folder: string) =>
  rewrite(join(folder, 'data', 'merchants.csv'), () => merchantsFile(SOLD));

/** Pieces by owner in January and February of 2025 and of 2024, of both belts together, as figures are made from them. */
export async function soldByOwner(source: string, dataVersion: number): Promise<number[][]> {
  const reader = bench.engine.client('reader');
  const [row] = await runQuery(reader, { source, belts: 'everything' }, queries.ownerWindows, {
    data_version: dataVersion,
    ...{ times_orders: 0, times_pieces: 1, times_gmv: 0, times_refund: 0 },
    track_bit: 0,
    first_month: '2024-01-01',
    shares: [
      [...Array<number>(12).fill(0), 1, 1],
      [1, 1, ...Array<number>(12).fill(0)],
    ],
    belt_ids: ['LAMP', 'SOCK'],
    area_nos: [1, 1],
    with_nation: 0,
  }).finally(() => reader.close());
  const sums = new Map<number, [number, number]>();
  row?.owner_seeds.forEach((seed, shop) => {
    const [now, before] = sums.get(seed) ?? [0, 0];
    sums.set(seed, [now + (row.sums[2 * shop] ?? 0), before + (row.sums[2 * shop + 1] ?? 0)]);
  });
  return inOrder([...sums.values()]);
}

const inOrder = (rows: number[][]) =>
  rows.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0));

/** The same from the lines in force, by owners that are given. */
export async function naive(source: string, owners: Record<string, string>): Promise<number[][]> {
  const lines = await query<{ merchant_id: string; year: number; quantity: number }>(
    bench.client,
    `SELECT merchant_id, toYear(placed_day) AS year, quantity FROM order_lines FINAL
     WHERE source = {source:String} AND is_counted AND toMonth(placed_day) <= 2`,
    { source },
  );
  const names = [...new Set(Object.values(owners))];
  return inOrder(
    names.map((owner) =>
      [2025, 2024].map((year) =>
        lines
          .filter((line) => owners[line.merchant_id] === owner && line.year === year)
          .reduce((sum, { quantity }) => sum + quantity, 0),
      ),
    ),
  );
}
