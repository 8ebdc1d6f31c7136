/**
 * A ninth and a tenth track: their bits go from the lines through a roll-up to the questions, and no other track counts otherwise.
 * No mapping makes them yet, so they are set on lines that are stored, whose months are then rolled up again.
 */
import { queries, runQuery } from '@beltline/sql/clickhouse';
import { rebuildFigures } from '@beltline/etl/load';
import { quietProgress } from '@beltline/etl/progress';
import * as kit from './etl-damage-kit.ts';
import { type Bench, openBench, query } from './etl-harness.ts';

const SOURCE = 'wide';
const NINTH = 256;
const TENTH = 512;
const BITS = [0, 1, 2, 4, 8, 16, 32, 64, 128, NINTH, TENTH];
const MONTHS = ['2025-01-01', '2025-02-01'];

interface Line {
  readonly order_id: string;
  readonly merchant_id: string;
  readonly buyer_id: string;
  readonly month: string;
  readonly quantity: number;
  readonly combination: number;
}

let bench: Bench;
let lines: Line[];
let dataVersion: number;
beforeAll(async () => {
  bench = await openBench();
  await kit.loadTwice(bench, SOURCE);
  const set = (bits: number, where: string) =>
    kit.run(
      bench,
      `ALTER TABLE order_lines UPDATE combination = bitOr(combination, ${bits}) WHERE source = '${SOURCE}' AND ${where}`,
    );
  await set(NINTH, `merchant_id = 'M1'`);
  await set(TENTH, `order_id IN ('A2', 'A5')`);
  // The months are made anew because their figures are missed.
  await kit.run(bench, `ALTER TABLE rollup_belt_month DELETE WHERE source = '${SOURCE}'`);
  const progress = quietProgress({ write: () => undefined });
  const { batch } = await rebuildFigures(bench.engine, SOURCE, { waitMs: 0, progress });
  expect(batch?.months).toEqual(MONTHS);
  dataVersion = batch?.batchId ?? 0;
  lines = await query<Line>(
    bench.client,
    `SELECT order_id, merchant_id, buyer_id, toString(toStartOfMonth(placed_day)) AS month, quantity, combination
     FROM order_lines FINAL WHERE source = '${SOURCE}' AND is_counted`,
  );
});
afterAll(() => bench?.close());

async function asking<T>(ask: (reader: ReturnType<Bench['engine']['client']>) => Promise<T>): Promise<T> {
  const reader = bench.engine.client('reader');
  return ask(reader).finally(() => reader.close());
}
const scope = { source: SOURCE, belts: 'everything' } as const;
const nation = { area_everything: 1, area_belts: [] };
const isOn = (bit: number) => (line: Line) => bit === 0 || (line.combination & bit) !== 0;
const distinct = (of: readonly string[]): number => new Set(of).size;
const sold = (bit: number, month: string) =>
  lines
    .filter((line) => isOn(bit)(line) && line.month === month)
    .reduce((sum, line) => sum + line.quantity, 0);

test('lines keep the bits', () => {
  expect(lines.filter(isOn(NINTH)).length).toBeGreaterThan(1);
  expect(
    lines
      .filter(isOn(TENTH))
      .map(({ order_id }) => order_id)
      .sort(),
  ).toEqual(['A2', 'A5']);
  // A line with both, beside the four tracks that it had.
  expect(lines.map(({ combination }) => combination)).toContain(39 + NINTH + TENTH);
});

test('months of each track', async () => {
  const rows = await asking((reader) =>
    runQuery(reader, scope, queries.seriesByMonth, {
      ...{ data_version: dataVersion, ...nation, from: '2025-01-01', to: '2025-02-28' },
      ...{ tracks: BITS.map(String), track_bits: BITS },
    }),
  );
  const found = new Map(rows.map((row) => [`${row.track} ${row.bucket}`, row.pieces / 100]));
  for (const bit of BITS)
    for (const month of MONTHS)
      expect([bit, month, found.get(`${bit} ${month}`) ?? 0]).toEqual([bit, month, sold(bit, month)]);
});

test.each(['merchant', 'buyer'] as const)('who was active on each track: %s', async (unit) => {
  const [months, baseline] = [[MONTHS[1] as string], [MONTHS[0] as string]];
  const rows = await asking((reader) =>
    runQuery(reader, scope, queries.activeByTrack, {
      ...{ data_version: dataVersion, ...nation, unit, track_bits: BITS },
      ...{ months, baseline_months: baseline },
    }),
  );
  const found = new Map(rows.map((row) => [row.track_bit, [row.units / 100, row.baseline_units / 100]]));
  const active = (bit: number, month: string | undefined) =>
    distinct(
      lines.filter((line) => isOn(bit)(line) && line.month === month).map((line) => line[`${unit}_id`]),
    );
  for (const bit of BITS)
    expect([bit, ...(found.get(bit) ?? [0, 0])]).toEqual([
      bit,
      active(bit, MONTHS[1]),
      active(bit, MONTHS[0]),
    ]);
});

test('exclusive combinations, of orders and of merchants', async () => {
  const both = { data_version: dataVersion, ...nation, months: MONTHS, baseline_months: [] };
  const orders = await asking((reader) => runQuery(reader, scope, queries.growthByCombination, both));
  const merchants = await asking((reader) => runQuery(reader, scope, queries.merchantsByCombination, both));
  const counted = (key: (line: Line) => string) => {
    const own = new Map<string, number>();
    for (const line of lines) own.set(key(line), (own.get(key(line)) ?? 0) | line.combination);
    const found = new Map<number, number>();
    for (const bits of own.values()) found.set(bits, (found.get(bits) ?? 0) + 1);
    return [...found].sort(([a], [b]) => a - b);
  };
  expect(orders.map((row) => [row.combination, row.orders / 100]).filter(([, count]) => count !== 0)).toEqual(
    counted((line) => `${line.order_id} ${line.month}`),
  );
  expect(merchants.map((row) => [row.combination, row.units / 100])).toEqual(
    counted((line) => line.merchant_id),
  );
});

test.each([NINTH, TENTH])('what each merchant sold on track %i', async (bit) => {
  const [row] = await asking((reader) =>
    runQuery(reader, scope, queries.ownerWindows, {
      ...{
        data_version: dataVersion,
        times_orders: 0,
        times_pieces: 1,
        times_gmv: 0,
        times_refund: 0,
        track_bit: bit,
        first_month: '2025-01-01',
      },
      ...{ shares: [[1, 1]], belt_ids: [], area_nos: [], with_nation: 1 },
    }),
  );
  const own = lines.filter(isOn(bit));
  const byMerchant = [...new Set(own.map((line) => line.merchant_id))].map((merchant) =>
    own.filter((line) => line.merchant_id === merchant).reduce((sum, line) => sum + line.quantity, 0),
  );
  const order = (values: readonly number[]) => [...values].sort((a, b) => a - b);
  expect(order(row?.sums ?? [])).toEqual(order(byMerchant));
});
