/** Order lines that differ from a right one in a field or two, loaded as a source of their own. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, goldenSource, loadInProcess } from './etl-harness.ts';

export const GOOD = {
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
export type Row = Partial<typeof GOOD>;
const HEADER = Object.keys(GOOD).join(',');

/** Rows become lines of one order each, so that a row is found by its position. */
export async function loadLines(
  bench: Bench,
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
