/** Exports that do not say when a record was changed: of two records of a line the one of the later load wins (`order: load`). */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, goldenSource, loadInProcess, openBench, query } from './etl-harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const LOOKUPS = ['belts.csv', 'merchants.csv', 'memberships.csv'].map((name) => `data/${name}`);
const HEADER =
  'order_id,line_no,placed_at,updated_at,status,merchant_id,buyer_id,buyer_type,buyer_country,destination_country,' +
  'sales_mode,channel,quantity,amount,refund_amount,is_custom,is_factory_brand\n';
/** `changed` is not read; it would put the records in another order. */
const line = (order: string, amount: string, changed: string, day = '03'): string =>
  `${order},1,2025-02-${day} 10:00:00,${changed},paid,M1,U1,retailer,CN,CN,wholesale,,1,${amount},0.00,0,0\n`;

const source = (id: string, order: string): string =>
  goldenSource(bench, id, { 'source.yaml': (text) => `${text}order: ${order}\n` });

async function load(folder: string, ...texts: string[]): Promise<void> {
  for (const [index, text] of texts.entries()) {
    const name = `data/orders-${index + 1}.csv`;
    writeFileSync(join(folder, name), HEADER + text);
    const { batch } = await loadInProcess(bench, folder, [...LOOKUPS, name]);
    expect([batch.state, batch.reconciliation.rejected.lines]).toEqual(['committed', 0]);
  }
}
const amounts = (id: string) =>
  query(
    bench.client,
    `SELECT order_id, toString(amount) AS amount, toString(placed_day) AS day FROM order_lines FINAL WHERE source = {id:String} ORDER BY order_id`,
    { id },
  );

const FIRST = line('A', '10.00', '2025-03-09 10:00:00') + line('B', '20.00', '');
const SECOND = line('A', '11.00', '2025-03-01 10:00:00', '04') + line('C', '30.00', 'no time at all');

it('the later load wins, whatever the records say of themselves, and the same file changes nothing', async () => {
  const folder = source('by-load', 'load');
  await load(folder, FIRST, SECOND);
  const after = [
    { order_id: 'A', amount: '11', day: '2025-02-04' },
    { order_id: 'B', amount: '20', day: '2025-02-03' },
    { order_id: 'C', amount: '30', day: '2025-02-03' },
  ];
  expect(await amounts('by-load')).toEqual(after);
  const { batch } = await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv']);
  expect(batch.state).toBe('unchanged');
  expect(await amounts('by-load')).toEqual(after);
  // Of two exports in one load nothing but their names would say which is the newer.
  const whole = source('by-load-at-once', 'load');
  writeFileSync(join(whole, 'data', 'orders-1.csv'), HEADER + FIRST);
  writeFileSync(join(whole, 'data', 'orders-2.csv'), HEADER + SECOND);
  const atOnce = loadInProcess(bench, whole, [...LOOKUPS, 'data/orders-1.csv', 'data/orders-2.csv']);
  await expect(atOnce).rejects.toThrow(
    /1 of 4 records have the order number, line number and updated_at of another/,
  );
});

it('without it the time of change counts, and a record without one is rejected', async () => {
  const folder = source('by-change', 'updated_at');
  await load(
    folder,
    line('A', '10.00', '2025-03-09 10:00:00'),
    line('A', '11.00', '2025-03-01 10:00:00', '04'),
  );
  expect(await amounts('by-change')).toEqual([{ order_id: 'A', amount: '10', day: '2025-02-03' }]);
  writeFileSync(join(folder, 'data', 'orders-3.csv'), HEADER + FIRST);
  await expect(loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-3.csv'])).rejects.toThrow(
    /required in updated_at: 1 row/,
  );
});
