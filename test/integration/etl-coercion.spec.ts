/**
 * Text that a conversion would quietly turn into something else, one row each. Every trap here was seen in ClickHouse
 * 26.7: 300 as UInt8 is 44, 1.239 as Decimal is 1.23, 2025-13-40 is 1970-01-01, nothing is 0.
 */
import { type Bench, openBench, query } from './etl-harness.ts';
import { GOOD, loadLines, type Row } from './etl-line-kit.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

type Fault = [row: Row, ...faults: (readonly [rule: string, field: string])[]];

/** A time so many hours from now, as the golden source writes it. */
function ahead(hours: number): string {
  const local = new Date(Date.now() + (hours + 8) * 3_600_000); // Shanghai
  return local.toISOString().slice(0, 19).replace('T', ' ');
}

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
  [{ amount: '10000000000000.00' }, ['out-of-range', 'amount']],
  [{ refund_amount: '10000000000000' }, ['out-of-range', 'refund_amount']],
  [{ placed_at: ahead(25), updated_at: ahead(23) }, ['out-of-range', 'placed_at']],
  [{ updated_at: ahead(25) }, ['out-of-range', 'updated_at']],
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
    await loadLines(
      bench,
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

it('a number beyond what a line can have counts as none in the sums of what was read', async () => {
  const [row] = await query<{ amount: number; quantity: number }>(
    bench.client,
    `SELECT toFloat64(max(read_amount)) AS amount, toFloat64(max(read_quantity)) AS quantity
     FROM load_events WHERE source = 'coercion-faults'`,
  );
  expect(row?.amount).toBeLessThan(100_000);
  expect(row?.quantity).toBeLessThan(10_000);
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
  [{ placed_at: ahead(22), updated_at: ahead(23) }, { warnings: ['placed-in-future'] }],
  [{ updated_at: ahead(23) }, { warnings: [] }],
  [{ merchant_id: 'M4' }, { warnings: ['no-membership'] }],
];

it('keeps what is right, exactly, and warns of what is odd', async () => {
  await loadLines(
    bench,
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
