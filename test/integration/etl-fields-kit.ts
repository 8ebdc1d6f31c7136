/** What the specs of fields share: sources whose mapping takes from another column, and what became of their lines. */
import { type Bench, openBench } from './etl-harness.ts';
import { loadLines } from './etl-line-kit.ts';

export let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
});

afterAll(() => bench.close());

/** The buyer's column holds the fields, in this order. */
const FIELDS = [
  'buyer_id',
  'paid_at',
  'dispatched_at',
  'delivered_at',
  'sku_id',
  'sku_listed_on',
  'category',
  'currency',
];

const RIGHT = ['U1', '', '', '', 'S1', '2024-02-29', 'goods', 'CNY'];

/** Lines that are right but for the fields given. */
export async function loadFields(
  id: string,
  lines: readonly Readonly<Record<string, string>>[],
): Promise<void> {
  const part = (field: string): string =>
    `splitByChar('|', orders.buyer_id)[${FIELDS.indexOf(field) + 1}] AS ${field}`;
  const mapping = (text: string): string =>
    [
      ["'' AS paid_at, '' AS dispatched_at, '' AS delivered_at", 'paid_at', 'dispatched_at', 'delivered_at'],
      [
        "concat('S-', merchant_id) AS sku_id, '' AS sku_listed_on, 'goods' AS category",
        'sku_id',
        'sku_listed_on',
        'category',
      ],
      ["'CNY' AS currency", 'currency'],
      ['merchant_id, buyer_id,', 'merchant_id', 'buyer_id'],
    ].reduce((sql, [from = '', ...to]) => {
      const columns = to.map((field) => (field === 'merchant_id' ? field : part(field))).join(', ');
      return sql.replace(from, from.endsWith(',') ? `${columns},` : columns);
    }, text);
  const rows = lines.map((line) => ({
    buyer_id: FIELDS.map((field, index) => line[field] ?? RIGHT[index]).join('|'),
  }));
  await loadLines(bench, id, rows, { 'order-lines.sql': mapping });
}
