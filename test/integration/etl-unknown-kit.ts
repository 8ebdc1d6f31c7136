/** What the specs of lines without a buyer or a SKU share: such lines, a source that declares them, and what is published of it beside a count over the lines. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadReport } from '@beltline/etl/load';
import { random } from '../fixtures/rollups/random-lines.ts';
import { type Bench, goldenSource, loadInProcess, openBench, query } from './etl-harness.ts';

export let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

export const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];
const HEADER =
  'order_id,line_no,placed_at,updated_at,status,merchant_id,buyer_id,buyer_type,buyer_country,destination_country,' +
  'sales_mode,channel,quantity,amount,refund_amount,is_custom,is_factory_brand,sku\n';

export interface Line {
  readonly order: string;
  readonly no: number;
  readonly month: number;
  readonly day: number;
  readonly merchant: string;
  readonly buyer: string;
  readonly sku: string;
  readonly isDistribution: boolean;
  readonly pieces: number;
  readonly cents: number;
}

/** Lines of orders in three months; `told`: of a line, whether its buyer and its SKU are. */
function linesOf(
  seed: number,
  told: (draw: () => number) => readonly [buyer: boolean, sku: boolean],
): Line[] {
  const draw = random(seed);
  return Array.from({ length: 120 }, (_, order) => {
    const [month, day] = [1 + Math.floor(draw() * 3), 1 + Math.floor(draw() * 28)];
    return Array.from({ length: 1 + Math.floor(draw() * 3) }, (__, no) => {
      const [buyer, sku] = told(draw);
      return {
        ...{ order: `T${order}`, no, month, day },
        merchant: `M${1 + Math.floor(draw() * 3)}`,
        buyer: buyer ? `U${Math.floor(draw() * 15)}` : '',
        sku: sku ? `S${Math.floor(draw() * 6)}` : '',
        isDistribution: draw() < 0.3,
        pieces: 1 + Math.floor(draw() * 9),
        cents: 100 + Math.floor(draw() * 100_000),
      };
    });
  }).flat();
}
export const HALF = linesOf(1, (draw) => [draw() < 0.5, draw() < 0.5]);
export const NONE = linesOf(2, () => [false, false]);

const two = (value: number) => String(value).padStart(2, '0');
export const csv = (lines: readonly Line[]): string =>
  HEADER +
  lines
    .map(({ order, no, month, day, merchant, buyer, sku, isDistribution, pieces, cents }) =>
      [
        ...[
          order,
          no,
          `2025-${two(month)}-${two(day)} 10:00:00`,
          '2025-05-01 10:00:00',
          'paid',
          merchant,
          buyer,
        ],
        ...[
          'retailer',
          'CN',
          'CN',
          isDistribution ? 'distribution' : 'wholesale',
          isDistribution ? 'taobao' : '',
        ],
        ...[pieces, (cents / 100).toFixed(2), '0.00', 0, 0, sku],
      ].join(','),
    )
    .join('\n') +
  '\n';

/** A source of these columns; `declared` stands in its `source.yaml`. */
export function source(id: string, declared: string, mode = 'changes'): string {
  return goldenSource(bench, id, {
    'order-lines.sql': (text) => text.replace("concat('S-', merchant_id) AS sku_id", 'sku AS sku_id'),
    'source.yaml': (text) =>
      text
        .replace(
          'maxRejectedShare: 0.2',
          `maxRejectedShare: 1\nmode: ${mode}\nmaxWithdrawnShare: 1\n${declared}`,
        )
        .replace('        is_factory_brand,\n', '        is_factory_brand,\n        sku,\n'),
  });
}
export const BOTH = 'unknown: [buyer, sku]';

export async function loadAs(
  id: string,
  lines: readonly Line[],
  declared = BOTH,
): Promise<LoadReport & { readonly folder: string }> {
  const folder = source(id, declared);
  writeFileSync(join(folder, 'data', 'orders-1.csv'), csv(lines));
  return { folder, ...(await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv'])) };
}

const inForce = `r.source = {source:String} AND (r.month, r.data_version) IN (
  SELECT arrayJoin(months) AS m, max(data_version) FROM data_versions WHERE source = {source:String} GROUP BY m)`;
export const distinct = (lines: readonly Line[], of: (line: Line) => string) =>
  new Set(lines.map(of).filter((one) => one !== '')).size;
export const sum = (lines: readonly Line[], of: (line: Line) => number) =>
  lines.reduce((total, line) => total + of(line), 0);
/** `[month, lines of it]`, of months with any. */
const byMonth = (lines: readonly Line[]) =>
  [1, 2, 3].map((month) => [month, lines.filter((line) => line.month === month)] as const);

/** What is published of a source, month by month, as a person would count it. */
export async function published(id: string) {
  const parameters = { source: id };
  const ask = <T>(text: string) => query<T>(bench.client, text, parameters);
  return {
    nation: await ask(
      `SELECT toMonth(r.month) AS month, toUInt32(sum(lines)) AS lines, toUInt32(sum(orders)) AS orders, toUInt32(sum(merchants)) AS merchants,
         toUInt32(sum(buyers)) AS buyers, toUInt32(sum(pieces)) AS pieces, toUInt32(sum(gmv) * 100) AS cents
       FROM rollup_belt_month AS r WHERE ${inForce} AND level = 'nation' GROUP BY month ORDER BY month`,
    ),
    sets: await ask(
      `SELECT toMonth(r.month) AS month, toUInt32(bitmapCardinality(active)) AS buyers FROM rollup_active_month AS r
       WHERE ${inForce} AND level = 'nation' AND unit = 'buyer' AND track_bit = 1 AND buyers > 0 ORDER BY month`,
    ),
    untold: await ask(
      `SELECT toMonth(r.month) AS month, toUInt8(combination) AS combination, toUInt32(sum(lines)) AS lines, toUInt32(sum(gmv) * 100) AS cents
       FROM rollup_unknown_buyer_month AS r WHERE ${inForce} GROUP BY month, combination ORDER BY month, combination`,
    ),
    skus: await ask(
      `SELECT toMonth(r.month) AS month, toUInt32(uniqExactIf((merchant_id, sku_id), sku_id != '')) AS skus,
         toUInt32(sumIf(lines, sku_id = '')) AS untold FROM rollup_sku_month AS r WHERE ${inForce} GROUP BY month ORDER BY month`,
    ),
  };
}

export function counted(lines: readonly Line[]): Awaited<ReturnType<typeof published>> {
  const months = byMonth(lines);
  return {
    nation: months.map(([month, own]) => ({
      ...{ month, lines: own.length, orders: distinct(own, ({ order }) => order) },
      merchants: distinct(own, ({ merchant }) => merchant),
      buyers: distinct(own, ({ buyer }) => buyer),
      ...{ pieces: sum(own, ({ pieces }) => pieces), cents: sum(own, ({ cents }) => cents) },
    })),
    sets: months
      .map(([month, own]) => ({
        month,
        buyers: distinct(
          own.filter(({ isDistribution }) => isDistribution),
          ({ buyer }) => buyer,
        ),
      }))
      .filter(({ buyers }) => buyers > 0),
    untold: months.flatMap(([month, own]) =>
      [1, 64].flatMap((combination) => {
        const untold = own.filter(
          ({ buyer, isDistribution }) => buyer === '' && isDistribution === (combination === 1),
        );
        const cents = sum(untold, (line) => line.cents);
        return untold.length > 0 ? [{ month, combination, lines: untold.length, cents }] : [];
      }),
    ),
    skus: months.map(([month, own]) => ({
      month,
      skus: distinct(own, ({ merchant, sku }) => (sku === '' ? '' : `${merchant}/${sku}`)),
      untold: own.filter(({ sku }) => sku === '').length,
    })),
  };
}
