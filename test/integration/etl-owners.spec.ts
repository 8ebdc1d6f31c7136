/**
 * A shop that changes hands: the lookup says whose it is, for all its months. Figures by owner against a count over the lines
 * in force, before and after, as of both versions, and through a load that is killed.
 */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { queries, runQuery } from '@beltline/sql/clickhouse';
import {
  type Bench,
  everythingOf,
  figures,
  GOLDEN,
  goldenSource,
  loadInProcess,
  openBench,
  query,
  rewrite,
  startCommand,
} from './etl-harness.ts';

const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];
const MONTHS = ['2024-01', '2024-02', '2025-01', '2025-02'];
const SHOPS = ['M1', 'M2', 'M3', 'M4', 'M5', 'M6'];
/** Owner and belt of each shop: the owners of M1 and M2, and of M3 and M4, are the same. */
const OWNERS: Record<string, string> = { M1: 'O1', M2: 'O1', M3: 'O3', M4: 'O3', M5: 'O5', M6: 'O6' };
const beltOf = (shop: string): string => (SHOPS.indexOf(shop) < 3 ? 'LAMP' : 'SOCK');

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench?.close());

const [HEADER = ''] = readFileSync(join(GOLDEN, 'data', 'orders-1.csv'), 'utf8').split('\n');
const order = (shop: string, month: string, pieces: number): string =>
  `${shop}-${month},1,${month}-05 10:00:00,${month}-08 10:00:00,paid,${shop},U1,retailer,CN,CN,wholesale,,${pieces},10.00,0.00,0,0\n`;
const merchantsFile = (owners: Record<string, string>): string =>
  `merchant_id,name,owner_id\n${SHOPS.map((shop) => `${shop},,${owners[shop]}\n`).join('')}`;

/** Every shop sells in every month, but M6, which has not sold in February of 2024. */
function sourceOfShops(id: string): string {
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
const SOLD = { ...OWNERS, M2: 'O5' };
const sell = (folder: string) => rewrite(join(folder, 'data', 'merchants.csv'), () => merchantsFile(SOLD));

/** Pieces by owner in January and February of 2025 and of 2024, of both belts together, as figures are made from them. */
async function soldByOwner(source: string, dataVersion: number): Promise<number[][]> {
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
async function naive(source: string, owners: Record<string, string>): Promise<number[][]> {
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

/** Of each version and month of the shop that is sold, whose it is. */
const ownersOfM2 = async (source: string) =>
  (
    await query<{ text: string }>(
      bench.client,
      `SELECT concat(formatDateTime(month, '%Y-%m'), ' ', owner_id) AS text FROM rollup_merchant_month
       WHERE source = {source:String} AND merchant_id = 'M2' ORDER BY data_version, month`,
      { source },
    )
  ).map(({ text }) => text);

it('takes all its months along, so that both sides of a comparison have one owner', async () => {
  const folder = sourceOfShops('sold');
  const first = (await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv'])).batch;
  expect(first.warnings).not.toHaveProperty('owners-changed');
  const before = await naive('sold', OWNERS);
  expect(await soldByOwner('sold', first.batchId)).toEqual(before);

  sell(folder);
  writeFileSync(join(folder, 'data', 'orders-2.csv'), `${HEADER}\n${order('M4', '2025-03', 1)}`);
  const { batch } = await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-2.csv']);
  expect(batch).toMatchObject({
    months: [...MONTHS, '2025-03'].map((month) => `${month}-01`),
    warnings: { 'owners-changed': 1, 'lines-of-new-owners': 4 },
  });
  expect(await ownersOfM2('sold')).toEqual([
    ...MONTHS.map((month) => `${month} O1`),
    ...MONTHS.map((month) => `${month} O5`),
  ]);
  // Nobody has left and nobody is new: every owner sold in both years.
  const after = await soldByOwner('sold', batch.batchId);
  expect(after).toHaveLength(4);
  expect(after.flat().every((pieces) => pieces > 0)).toBe(true);
  expect(after).toEqual(await naive('sold', SOLD));
  // As of the version before, the shop is still the former owner's.
  expect(await soldByOwner('sold', first.batchId)).toEqual(before);
  const again = await loadInProcess(bench, folder, LOOKUPS);
  expect(again.batch.state).toBe('unchanged');
});

it('and one that is new to the lookup takes nothing along', async () => {
  const folder = goldenSource(bench, 'unsold');
  await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv']);
  appendFileSync(join(folder, 'data', 'merchants.csv'), 'M7,,O7\n');
  const { batch } = await loadInProcess(bench, folder, LOOKUPS);
  expect(batch).toMatchObject({ state: 'committed', months: [] });
  expect(batch.warnings).not.toHaveProperty('owners-changed');
});

it.each(['planned', 'rolled-up'])(
  'is all sold or not at all where the load is killed at "%s"',
  async (point) => {
    const id = `killed-${point}`;
    const folder = sourceOfShops(id);
    const first = (await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv'])).batch;
    const seen = await figures(bench.client, id);
    sell(folder);
    const run = startCommand(
      bench.dataDir,
      ['--source-folder', folder, 'load', id, '--files', ...LOOKUPS.map((file) => join(folder, file))],
      { BELTLINE_ETL_PAUSE_AT: point },
    );
    await run.until(`paused at ${point}`);
    run.child.kill('SIGKILL');
    await run.done;
    expect(await figures(bench.client, id)).toEqual(seen);
    expect(await soldByOwner(id, first.batchId)).toEqual(await naive(id, OWNERS));
    // The next load completes what was decided, or begins anew.
    await loadInProcess(bench, folder, LOOKUPS);
    const [{ newest = 0 } = {}] = await query<{ newest: number }>(
      bench.client,
      'SELECT toUInt32(max(data_version)) AS newest FROM data_versions WHERE source = {source:String}',
      { source: id },
    );
    expect(newest).toBeGreaterThan(first.batchId);
    expect(await soldByOwner(id, newest)).toEqual(await naive(id, SOLD));
    expect(await soldByOwner(id, first.batchId)).toEqual(await naive(id, OWNERS));
    if (point === 'rolled-up')
      expect(await everythingOf(bench.client, id)).toEqual(
        await everythingOf(bench.client, 'killed-planned'),
      );
  },
);
