/** What the golden mapping leaves empty, taken from another column here: times of an order's way, SKU, category, currency. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, goldenSource, loadInProcess, openBench, query } from './etl-harness.ts';
import { GOOD, loadLines } from './etl-line-kit.ts';

let bench: Bench;
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
async function loadFields(id: string, lines: readonly Readonly<Record<string, string>>[]): Promise<void> {
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

it('takes no order for another in JSON lines: neither by a rounded number, whatever its writer, nor by U+0000', async () => {
  const folder = goldenSource(bench, 'ids-json', {
    'source.yaml': (text) =>
      text
        .replace('maxRejectedShare: 0.2', 'maxRejectedShare: 1')
        .replace(/orders-\*\.csv([\s\S]*?)format: csv/, 'orders-*.jsonl$1format: jsonl'),
  });
  const ids = ['1.23E15', '1.23e+15', '123E15', '12345678901234567890', '"123E15"', '"T\\u0000"', '"T"'];
  const line = JSON.stringify({ ...GOOD, order_id: 0 });
  const lines = ids.map((id) => line.replace('"order_id":0', `"order_id":${id}`));
  lines.push(line.replace('"U1"', '"U\\u00001"'));
  writeFileSync(join(folder, 'data', 'orders-1.jsonl'), `${lines.join('\n')}\n`);
  const lookups = ['belts', 'merchants', 'memberships'].map((name) => `data/${name}.csv`);
  await loadInProcess(bench, folder, [...lookups, 'data/orders-1.jsonl']);
  const rejects = await query<{ line: number; rule: string; field: string }>(
    bench.client,
    `SELECT toUInt32(line) AS line, faults[1].rule AS rule, faults[1].field AS field FROM quarantine WHERE source = 'ids-json' ORDER BY line`,
  );
  expect(rejects.map(({ line: at, rule, field }) => [at, rule, field])).toEqual([
    [1, 'rounded-id', 'order_id'],
    [2, 'rounded-id', 'order_id'],
    [3, 'rounded-id', 'order_id'],
    [6, 'invisible-character', 'order_id'],
    [8, 'invisible-character', 'buyer_id'],
  ]);
  const kept = await query<{ id: string }>(
    bench.client,
    `SELECT order_id AS id FROM order_lines WHERE source = 'ids-json' ORDER BY file_line`,
  );
  expect(kept.map(({ id }) => id)).toEqual(['12345678901234567890', '123E15', 'T']);
});

it('warns of paid, dispatched and delivered times in an impossible order', async () => {
  await loadFields('order-of-times', [
    {
      paid_at: '2025-01-05 10:00:01',
      dispatched_at: '2025-01-06 10:00:00',
      delivered_at: '2025-01-07 10:00:00',
    },
    { paid_at: '2025-01-05 09:59:59' },
    { dispatched_at: '2025-01-05 09:59:59' },
    { dispatched_at: '2025-01-06 10:00:00', delivered_at: '2025-01-06 09:59:59' },
  ]);
  const rows = await query<{ warnings: string[] }>(
    bench.client,
    `SELECT warnings FROM order_lines WHERE source = 'order-of-times' ORDER BY file_line`,
  );
  expect(rows.map(({ warnings }) => warnings)).toEqual([
    [],
    ['paid-before-placed'],
    ['dispatched-before-placed'],
    ['delivered-before-dispatched'],
  ]);
});

it('reads local times that a change of the clocks skips or repeats in order, and warns of them', async () => {
  // São Paulo: at 2018-11-04 00:00 clocks went to 01:00, at 2018-02-18 00:00 back to 23:00 of the 17th.
  await loadLines(
    bench,
    'coercion-clocks',
    [
      { placed_at: '2018-11-03 23:59:59' },
      { placed_at: '2018-11-04 00:30:00' },
      { placed_at: '2018-11-04 01:00:00' },
      { placed_at: '2018-02-17 22:59:59' },
      { placed_at: '2018-02-17 23:30:00' },
      { placed_at: '2018-02-18 00:00:00' },
      { placed_at: '2018-02-17T23:30:00-03:00' },
      { placed_at: '2018-11-04 10:00:00' },
    ],
    {
      'source.yaml': (text) => text.replaceAll('imeZone: Asia/Shanghai', 'imeZone: America/Sao_Paulo'),
      'data/memberships.csv': (text) => text.replaceAll('2020-01-01', '2010-01-01'),
    },
  );
  const rows = await query<{ placed_at: string; placed_day: string; warnings: string[] }>(
    bench.client,
    `SELECT placed_at, placed_day, warnings FROM order_lines WHERE source = 'coercion-clocks' ORDER BY file_line`,
  );
  expect(rows.map(({ placed_at, placed_day, warnings }) => [placed_at, placed_day, ...warnings])).toEqual([
    ['2018-11-04 02:59:59', '2018-11-03'],
    ['2018-11-04 03:30:00', '2018-11-04', 'clock-change'],
    ['2018-11-04 03:00:00', '2018-11-04'],
    ['2018-02-18 00:59:59', '2018-02-17'],
    ['2018-02-18 01:30:00', '2018-02-17', 'clock-change'],
    ['2018-02-18 03:00:00', '2018-02-18'],
    ['2018-02-18 02:30:00', '2018-02-17'],
    ['2018-11-04 12:00:00', '2018-11-04'],
  ]);
});

it('takes no merchant for another either, nor an owner', async () => {
  const header = 'merchant_id,name,owner_id\n';
  const rows = [
    '1.23E+15,甲,O1',
    '\ufeffM1,乙,O1',
    '"M\t1",丙,O1',
    'M\x1a1,丙,O1',
    'M4,丁,7e+09',
    'M5,戊,',
    'M1,己,O1',
  ];
  const folder = goldenSource(bench, 'fields-merchants', {
    'source.yaml': (text) => text.replace('maxRejectedShare: 0.2', 'maxRejectedShare: 1'),
    'data/merchants.csv': () => `${header}${rows.join('\n')}\n`,
    'data/memberships.csv': (text) => `${text.split('\n')[0]}\nM1,LAMP,2020-01-01,\n`,
    'data/orders-1.csv': (text) => `${text.split('\n')[0]}\n`,
  });
  const files = ['belts', 'merchants', 'memberships', 'orders-1'].map((name) => `data/${name}.csv`);
  const { rejectedLookups } = await loadInProcess(bench, folder, files);
  expect(rejectedLookups.map(({ rule, field, rows: count }) => `${rule} ${field} ${count}`).sort()).toEqual([
    'invisible-character merchant_id 3',
    'required owner_id 1',
    'rounded-id merchant_id 1',
    'rounded-id owner_id 1',
  ]);
  const known = await query(
    bench.client,
    `SELECT merchant_id FROM merchants WHERE source = 'fields-merchants'`,
  );
  expect(known).toEqual([{ merchant_id: 'M1' }]);
});
