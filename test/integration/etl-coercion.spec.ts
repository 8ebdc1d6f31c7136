/**
 * Text that a conversion would quietly turn into something else, one row each. Every trap here was seen in ClickHouse
 * 26.7: 300 as UInt8 is 44, 1.239 as Decimal is 1.23, 2025-13-40 is 1970-01-01, nothing is 0.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, goldenSource, loadInProcess, openBench, query } from './etl-harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const GOOD = {
  order_id: 'T',
  line_no: '1',
  placed_at: '2025-01-05 10:00:00',
  updated_at: '2025-01-08 10:00:00',
  status: 'paid',
  merchant_id: 'M1',
  buyer_id: 'U1',
  buyer_type: 'retailer',
  buyer_country: 'CN',
  destination_country: 'CN',
  sales_mode: 'wholesale',
  channel: '',
  quantity: '10',
  amount: '100.00',
  refund_amount: '0.00',
  is_custom: '0',
  is_factory_brand: '0',
};
type Row = Partial<typeof GOOD>;
const HEADER = Object.keys(GOOD).join(',');

/** Rows become lines of one order each, so that a row is found by its position. */
async function load(
  id: string,
  rows: readonly Row[],
  edit: Parameters<typeof goldenSource>[2] = {},
): Promise<void> {
  const folder = goldenSource(bench, id, {
    ...edit,
    'source.yaml': (text) =>
      (edit['source.yaml'] ?? ((same) => same))(text).replace('maxRejectedShare: 0.2', 'maxRejectedShare: 1'),
  });
  const lines = rows.map((row, index) => Object.values({ ...GOOD, order_id: `T${index}`, ...row }).join(','));
  writeFileSync(join(folder, 'data', 'orders-1.csv'), `${HEADER}\n${lines.join('\n')}\n`);
  await loadInProcess(bench, folder, [
    'data/belts.csv',
    'data/merchants.csv',
    'data/memberships.csv',
    'data/orders-1.csv',
  ]);
}

type Fault = [row: Row, ...faults: (readonly [rule: string, field: string])[]];
const FAULTS: Fault[] = [
  [{ order_id: '' }, ['required', 'order_id']],
  [{ order_id: 'x'.repeat(201) }, ['too-long', 'order_id']],
  [{ line_no: '' }, ['required', 'line_no']],
  [{ line_no: '1.0' }, ['invalid-number', 'line_no']],
  [{ line_no: '4294967296' }, ['out-of-range', 'line_no']],
  [{ line_no: '-1' }, ['negative', 'line_no']],
  [{ placed_at: '' }, ['required', 'placed_at']],
  [{ placed_at: '2024-02-30 10:00:00' }, ['invalid-time', 'placed_at']],
  [{ placed_at: '2025-02-29 10:00:00' }, ['invalid-time', 'placed_at']],
  [{ placed_at: '2025-13-40 10:00:00' }, ['invalid-time', 'placed_at']],
  [{ placed_at: '2025-00-10 10:00:00' }, ['invalid-time', 'placed_at']],
  [{ placed_at: '2025-01-05 24:00:00' }, ['invalid-time', 'placed_at']],
  [{ placed_at: '2025-01-05 10:60:00' }, ['invalid-time', 'placed_at']],
  [{ placed_at: '2025-01-05 10:00:60' }, ['invalid-time', 'placed_at']],
  [{ placed_at: '2025-01-05' }, ['invalid-time', 'placed_at']],
  [{ placed_at: '2025-1-5 10:00:00' }, ['invalid-time', 'placed_at']],
  [{ placed_at: '05/01/2025 10:00:00' }, ['invalid-time', 'placed_at']],
  [{ placed_at: '1736042400' }, ['invalid-time', 'placed_at']],
  [{ placed_at: ' 2025-01-05 10:00:00' }, ['invalid-time', 'placed_at']],
  [{ placed_at: '2025-02-30T10:00:00Z' }, ['invalid-time', 'placed_at']],
  [{ placed_at: '2025-01-05T10:00:00+08:60' }, ['invalid-time', 'placed_at']],
  [{ placed_at: '2025-01-05T10:00:00+19:00' }, ['invalid-time', 'placed_at']],
  [{ placed_at: '0000-00-00 00:00:00' }, ['invalid-time', 'placed_at']],
  [{ placed_at: '1970-01-01 08:00:00' }, ['out-of-range', 'placed_at']],
  [{ placed_at: '1969-12-31 23:59:59' }, ['out-of-range', 'placed_at']],
  [{ placed_at: '2299-01-01 00:00:00' }, ['out-of-range', 'placed_at']],
  [{ updated_at: '' }, ['required', 'updated_at']],
  [{ updated_at: '2025-06-31 10:00:00' }, ['invalid-time', 'updated_at']],
  [{ status: 'shipped' }, ['unknown-value', 'status']],
  [{ status: 'PAID' }, ['unknown-value', 'status']],
  [{ status: 'paid ' }, ['unknown-value', 'status']],
  [{ status: '' }, ['required', 'status']],
  [{ merchant_id: '' }, ['required', 'merchant_id']],
  [{ merchant_id: 'M9' }, ['unknown-merchant', 'merchant_id']],
  [{ buyer_id: '' }, ['required', 'buyer_id']],
  [{ buyer_type: 'robot' }, ['unknown-value', 'buyer_type']],
  [{ buyer_country: 'China' }, ['unknown-value', 'buyer_country']],
  [{ buyer_country: 'cn' }, ['unknown-value', 'buyer_country']],
  [{ destination_country: 'ZZ' }, ['unknown-value', 'destination_country']],
  [{ sales_mode: 'online' }, ['unknown-value', 'sales_mode']],
  [{ channel: 'tictoc' }, ['unknown-value', 'channel']],
  [{ quantity: '' }, ['required', 'quantity']],
  [{ quantity: 'many' }, ['invalid-number', 'quantity']],
  [{ quantity: '12件' }, ['invalid-number', 'quantity']],
  [{ quantity: '1.5' }, ['invalid-number', 'quantity']],
  [{ quantity: '1e3' }, ['invalid-number', 'quantity']],
  [{ quantity: '0x10' }, ['invalid-number', 'quantity']],
  [{ quantity: ' 5' }, ['invalid-number', 'quantity']],
  [{ quantity: '１２' }, ['invalid-number', 'quantity']],
  [{ quantity: 'NaN' }, ['invalid-number', 'quantity']],
  [{ quantity: '-3' }, ['negative', 'quantity']],
  [{ quantity: '4294967296' }, ['out-of-range', 'quantity']],
  [{ quantity: '18446744073709551621' }, ['invalid-number', 'quantity']],
  [{ amount: '' }, ['required', 'amount']],
  [{ amount: '1.239' }, ['too-many-decimals', 'amount']],
  [{ amount: '1.230' }, ['too-many-decimals', 'amount']],
  [{ amount: '1.2.3' }, ['invalid-number', 'amount']],
  [{ amount: '1e3' }, ['invalid-number', 'amount']],
  [{ amount: '.' }, ['invalid-number', 'amount']],
  [{ amount: 'NaN' }, ['invalid-number', 'amount']],
  [{ amount: 'inf' }, ['invalid-number', 'amount']],
  [{ amount: '¥100' }, ['invalid-number', 'amount']],
  [{ amount: '1 000' }, ['invalid-number', 'amount']],
  [{ amount: '-0.01' }, ['negative', 'amount']],
  [{ amount: '99999999999999999' }, ['out-of-range', 'amount']],
  [{ refund_amount: '0.001' }, ['too-many-decimals', 'refund_amount']],
  [{ refund_amount: '-1' }, ['negative', 'refund_amount']],
  [{ refund_amount: 'no' }, ['invalid-number', 'refund_amount']],
  [{ is_custom: 'yes' }, ['unknown-value', 'is_custom']],
  [{ is_custom: '2' }, ['unknown-value', 'is_custom']],
  [{ is_factory_brand: '' }, ['required', 'is_factory_brand']],
  [
    { quantity: '-1', amount: '1.239', status: 'gone' },
    ['unknown-value', 'status'],
    ['negative', 'quantity'],
    ['too-many-decimals', 'amount'],
  ],
];

describe('a row that breaks a rule', () => {
  let found: Map<number, { faults: { rule: string; field: string; value: string }[]; raw: string }>;

  beforeAll(async () => {
    await load(
      'coercion-faults',
      FAULTS.map(([row]) => row),
    );
    const rows = await query<{
      line: number;
      raw: string;
      faults: { rule: string; field: string; value: string }[];
    }>(
      bench.client,
      `SELECT toUInt32(line) AS line, raw, faults FROM quarantine WHERE source = 'coercion-faults'`,
    );
    found = new Map(rows.map((row) => [row.line, row]));
  });

  it.each(
    FAULTS.map(([row, ...faults], index) => [JSON.stringify(row).slice(0, 80), row, faults, index] as const),
  )('%s is quarantined', (_, row, faults, index) => {
    const reject = found.get(index + 2);
    expect(reject?.faults.map(({ rule, field }) => [rule, field])).toEqual(faults.map((fault) => [...fault]));
    expect(reject?.faults[0]?.value).toBe(row[faults[0]?.[1] as keyof Row]);
    expect(reject?.raw).toBe(Object.values({ ...GOOD, order_id: `T${index}`, ...row }).join(','));
  });

  it('never reaches the published lines', async () => {
    const [row] = await query<{ lines: string }>(
      bench.client,
      `SELECT count() AS lines FROM order_lines WHERE source = 'coercion-faults'`,
    );
    expect(row?.lines).toBe('0');
  });
});

const KEPT: [row: Row, expected: Record<string, unknown>][] = [
  [
    { placed_at: '2025-01-31T16:30:00Z', updated_at: '2025-02-03 00:00:00' },
    { placed_at: '2025-01-31 16:30:00', placed_day: '2025-02-01' },
  ],
  [
    { placed_at: '2025-01-31T15:59:59Z', updated_at: '2025-02-03 00:00:00' },
    { placed_at: '2025-01-31 15:59:59', placed_day: '2025-01-31' },
  ],
  [{ placed_at: '2025-01-05 10:00:00+0530' }, { placed_at: '2025-01-05 04:30:00', placed_day: '2025-01-05' }],
  [
    { placed_at: '2025-01-05T00:00:00-08:00' },
    { placed_at: '2025-01-05 08:00:00', placed_day: '2025-01-05' },
  ],
  [{ updated_at: '2025-01-08 10:00:00.25' }, { updated_at: '2025-01-08 02:00:00.250' }],
  [{ updated_at: '2025-01-08T10:00:00.123456Z' }, { updated_at: '2025-01-08 10:00:00.123' }],
  [{ placed_at: '2024-02-29 23:59:59' }, { placed_day: '2024-02-29' }],
  [{ quantity: '4294967295' }, { quantity: 4294967295 }],
  [{ quantity: '007' }, { quantity: 7 }],
  [{ amount: '0' }, { amount: '0' }],
  [{ amount: '12.5' }, { amount: '12.5' }],
  [{ amount: '.5' }, { amount: '0.5' }],
  [{ amount: '9999999999999.99' }, { amount: '9999999999999.99' }],
  [{ refund_amount: '' }, { refund_amount: '0', warnings: [] }],
  [{ is_custom: 'true', is_factory_brand: '1' }, { combination: 12 }],
  [{ buyer_country: '', destination_country: '' }, { combination: 64 }],
  [{ buyer_country: 'VN', buyer_type: 'purchasing_agent' }, { combination: 2 }],
  [{ buyer_country: 'KZ', buyer_type: 'overseas_sme' }, { combination: 34 }],
  [{ buyer_type: 'overseas_shop' }, { combination: 64 }],
  [
    { sales_mode: 'distribution', channel: 'temu' },
    { combination: 1, warnings: [] },
  ],
  [
    { sales_mode: 'offline', channel: 'selection_centre' },
    { combination: 16, warnings: [] },
  ],
  [{ status: 'placed' }, { is_counted: false }],
  [{ status: 'cancelled' }, { is_counted: false }],
  [{ status: 'dispatched' }, { is_counted: true }],
  [{ refund_amount: '100.01' }, { warnings: ['refund-over-amount'] }],
  [{ quantity: '0' }, { warnings: ['no-pieces'] }],
  [{ updated_at: '2025-01-05 09:59:59' }, { warnings: ['updated-before-placed'] }],
  [{ sales_mode: 'wholesale', channel: 'temu' }, { warnings: ['channel-not-of-sales-mode'] }],
  [{ placed_at: '2019-12-31 23:59:59' }, { warnings: ['no-membership'] }],
  [
    { placed_at: '2099-01-01 00:00:00', updated_at: '2099-01-02 00:00:00' },
    { warnings: ['placed-in-future'] },
  ],
  [{ merchant_id: 'M4' }, { warnings: ['no-membership'] }],
];

it('keeps what is right, exactly, and warns of what is odd', async () => {
  await load(
    'coercion-kept',
    KEPT.map(([row]) => row),
    { 'data/merchants.csv': (text) => `${text}M4,丁,O4\n` },
  );
  const rows = await query<Record<string, unknown>>(
    bench.client,
    `SELECT placed_at, placed_day, updated_at, quantity, toString(amount) AS amount, toString(refund_amount) AS refund_amount,
       combination, is_counted, warnings FROM order_lines WHERE source = 'coercion-kept' ORDER BY file_line`,
  );
  expect(rows).toHaveLength(KEPT.length);
  KEPT.forEach(([row, expected], index) =>
    expect({ row, ...rows[index] }).toMatchObject({ row, ...expected }),
  );
});

it('reads local times that a change of the clocks skips or repeats in order, and warns of them', async () => {
  // São Paulo: at 2018-11-04 00:00 clocks went to 01:00, at 2018-02-18 00:00 back to 23:00 of the 17th.
  await load(
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

it('warns of paid, dispatched and delivered times in an impossible order', async () => {
  const times = (text: string): string =>
    text.replace(
      "'' AS paid_at, '' AS dispatched_at, '' AS delivered_at",
      "splitByChar('|', buyer_id)[2] AS paid_at, splitByChar('|', buyer_id)[3] AS dispatched_at, splitByChar('|', buyer_id)[4] AS delivered_at",
    );
  await load(
    'coercion-order',
    [
      { buyer_id: 'U|2025-01-05 10:00:01|2025-01-06 10:00:00|2025-01-07 10:00:00' },
      { buyer_id: 'U|2025-01-05 09:59:59||' },
      { buyer_id: 'U||2025-01-05 09:59:59|' },
      { buyer_id: 'U||2025-01-06 10:00:00|2025-01-06 09:59:59' },
      { buyer_id: 'U||2025-02-30 10:00:00|' },
    ],
    { 'order-lines.sql': times },
  );
  const rows = await query<{ warnings: string[] }>(
    bench.client,
    `SELECT warnings FROM order_lines WHERE source = 'coercion-order' ORDER BY file_line`,
  );
  expect(rows.map(({ warnings }) => warnings)).toEqual([
    [],
    ['paid-before-placed'],
    ['dispatched-before-placed'],
    ['delivered-before-dispatched'],
  ]);
  const rejects = await query(bench.client, `SELECT faults FROM quarantine WHERE source = 'coercion-order'`);
  expect(rejects).toEqual([
    { faults: [{ rule: 'invalid-time', field: 'dispatched_at', value: '2025-02-30 10:00:00' }] },
  ]);
});
