/** What the golden mapping leaves empty, taken from another column here: times of an order's way, SKU, category, currency. */
import { query } from './etl-harness.ts';
import { loadLines } from './etl-line-kit.ts';
import { bench, loadFields } from './etl-fields-kit.ts';

const LONG = 'x'.repeat(201);

const FAULTS = [
  ['buyer_id', '', 'required'],
  ['buyer_id', LONG, 'too-long'],
  ['paid_at', '2025-02-30 10:00:00', 'invalid-time'],
  ['paid_at', '1970-01-01 08:00:00', 'out-of-range'],
  ['dispatched_at', 'soon', 'invalid-time'],
  ['dispatched_at', '2299-01-01 00:00:00', 'out-of-range'],
  ['delivered_at', '2025-01-05', 'invalid-time'],
  ['delivered_at', '1999-12-31 23:59:59', 'out-of-range'],
  ['sku_id', '', 'required'],
  ['sku_id', LONG, 'too-long'],
  ['sku_listed_on', '2025-02-29', 'invalid-time'],
  ['sku_listed_on', '2025-1-5', 'invalid-time'],
  ['category', LONG, 'too-long'],
  ['buyer_id', '1.23E+15', 'rounded-id'],
  ['sku_id', '7e+09', 'rounded-id'],
  ['buyer_id', '\ufeffU1', 'invisible-character'],
  ['sku_id', 'S1\t', 'invisible-character'],
  ['currency', '', 'required'],
  ['currency', 'USD', 'wrong-currency'],
] as const;

it('quarantines each of them, and keeps what is just right', async () => {
  const edge = { buyer_id: LONG.slice(1), sku_id: LONG.slice(1), category: LONG.slice(1), sku_listed_on: '' };
  await loadFields('fields', [edge, ...FAULTS.map(([field, value]) => ({ [field]: value }))]);
  const rejects = await query<{ line: number; fault: [string, string, string][] }>(
    bench.client,
    `SELECT toUInt32(line) AS line, arrayMap(f -> [f.field, f.value, f.rule], faults) AS fault FROM quarantine
     WHERE source = 'fields' ORDER BY line`,
  );
  expect(rejects).toEqual(FAULTS.map((fault, index) => ({ line: index + 3, fault: [[...fault]] })));
  const kept = await query(
    bench.client,
    `SELECT toUInt32(file_line) AS line, sku_listed_on FROM order_lines WHERE source = 'fields'`,
  );
  expect(kept).toEqual([{ line: 2, sku_listed_on: null }]);
});

it('takes no order for another: neither by a rounded number nor by a byte order mark before it', async () => {
  const ids = ['1.23E+15', '\ufeffT1', '"T\r1"', '\x1aT1', 'T1', '123E15', 'E+1', '订单+1'];
  await loadLines(
    bench,
    'ids',
    ids.map((order_id) => ({ order_id })),
  );
  const rejects = await query<{ fault: string }>(
    bench.client,
    `SELECT faults[1].rule AS fault FROM quarantine WHERE source = 'ids' ORDER BY line`,
  );
  expect(rejects.map(({ fault }) => fault)).toEqual([
    'rounded-id',
    ...Array<string>(3).fill('invisible-character'),
  ]);
  const kept = await query<{ id: string }>(
    bench.client,
    `SELECT order_id AS id FROM order_lines WHERE source = 'ids' ORDER BY file_line`,
  );
  expect(kept.map(({ id }) => id)).toEqual(ids.slice(4));
});

it('takes ids as they are written, and warns of lines with a blank around one', async () => {
  const ids = ['T1', 'T1 ', ' T1', 'T1\u3000', 'T1\u00a0', 'T 1', 'T\u30001'];
  const lines = [...ids.map((order_id) => ({ order_id })), { order_id: 'T2', buyer_id: 'U1 ' }];
  await loadLines(bench, 'blanks', lines);
  const kept = await query(
    bench.client,
    `SELECT uniqExact(order_id) AS orders FROM order_lines WHERE source = 'blanks'`,
  );
  expect(kept).toEqual([{ orders: String(ids.length + 1) }]);
  const [load] = await query<{ warnings: Record<string, string> }>(
    bench.client,
    `SELECT warnings FROM load_events WHERE source = 'blanks' AND state = 'committed'`,
  );
  expect(load?.warnings).toEqual({ 'blank-around-id': '5' });
});
