/**
 * Figures that come out of the pipeline, against ones that do not pass through it: the demo orders against what the
 * programme reported of 2024 against 2023, and real orders (Olist) against sums over the published files.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, openBench, query, startCommand, TEST_FOLDER } from './etl-harness.ts';

const OLIST = join(TEST_FOLDER, '..', '..', 'shared', 'data', 'olist');
let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

async function load(...args: string[]): Promise<void> {
  const { code, output } = await startCommand(bench.dataDir, ['load', ...args]).done;
  if (code !== 0) throw new Error(output);
}

/** One load has published every month, so there is one version of each. */
const YEARS = `
  SELECT toYear(month) AS year, sum(orders) AS orders, sum(pieces) AS pieces FROM rollup_belt_month
  WHERE source = 'demo' AND level = 'nation' AND bitAnd(combination, {bit:UInt8}) != 0 AND year IN (2023, 2024)
  GROUP BY year ORDER BY year`;

describe('the demo orders, 2024 against 2023', () => {
  beforeAll(() => load('demo', '--lines', '300000'));

  const growth = async (bit: number) => {
    const rows = await query<{ orders: string; pieces: string }>(bench.client, YEARS, { bit });
    const [before, after] = rows.map((row) => ({ orders: Number(row.orders), pieces: Number(row.pieces) }));
    if (!before || !after) throw new Error('no rows');
    return { percent: (after.orders / before.orders - 1) * 100, perOrder: after.pieces / after.orders };
  };

  it.each([
    ['distribution', 1, 70],
    ['cross-border', 2, 70],
    ['overseas local users', 32, 50],
    ['custom', 4, 200],
  ])('orders in %s grow as reported, within two points', async (_track, bit, reported) => {
    expect(Math.abs((await growth(bit)).percent - reported)).toBeLessThan(2);
  });

  it('merchants with distribution grow by 30 %, within two points', async () => {
    const [row] = await query<{ before: string; after: string }>(
      bench.client,
      `SELECT uniqExactIf(merchant_id, toYear(month) = 2023) AS before, uniqExactIf(merchant_id, toYear(month) = 2024) AS after
       FROM rollup_merchant_month WHERE source = 'demo' AND bitAnd(combination, 1) != 0`,
    );
    expect(Math.abs((Number(row?.after) / Number(row?.before) - 1) * 100 - 30)).toBeLessThan(2);
  });

  it('wholesale is about 1,000 pieces an order, distribution 1.5', async () => {
    expect(Math.abs((await growth(64)).perOrder - 1000)).toBeLessThan(30);
    expect(Math.abs((await growth(1)).perOrder - 1.5)).toBeLessThan(0.05);
  });
});

const absent = !existsSync(OLIST);
if (absent) console.warn(`Olist's files are not at ${OLIST}: its figures are not checked.`);

(absent ? describe.skip : describe)('the Olist orders', () => {
  beforeAll(() => load('olist', '--files', OLIST));

  /** Columns of a file without quoted commas in them; enough for ids, states, dates and prices. */
  const rowsOf = (file: string): Record<string, string>[] => {
    const [header = '', ...lines] = readFileSync(join(OLIST, file), 'utf8')
      .replace(/^\uFEFF/, '')
      .trim()
      .split(/\r?\n/);
    const cells = (line: string) =>
      [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((match) =>
        (match[1] ?? '').replaceAll('"', ''),
      );
    const names = cells(header);
    return lines.map((line) =>
      Object.fromEntries(cells(line).map((cell, index) => [names[index] ?? '', cell])),
    );
  };

  it('have the value by state and month that the files have, without canceled and unavailable orders', async () => {
    const orders = new Map(rowsOf('olist_orders_dataset.csv').map((row) => [row['order_id'], row]));
    const states = new Map(
      rowsOf('olist_sellers_dataset.csv').map((row) => [row['seller_id'], row['seller_state']]),
    );
    const expected: Record<string, number> = {};
    for (const item of rowsOf('olist_order_items_dataset.csv')) {
      const order = orders.get(item['order_id'] ?? '');
      if (!order || ['canceled', 'unavailable'].includes(order['order_status'] ?? '')) continue;
      const key = `${states.get(item['seller_id'] ?? '')} ${order['order_purchase_timestamp']?.slice(0, 7)}`;
      expected[key] = (expected[key] ?? 0) + Math.round(Number(item['price']) * 100);
    }
    const rows = await query<{ cell: string; cents: string }>(
      bench.client,
      `SELECT concat(splitByChar(':', belt_id)[1], ' ', formatDateTime(month, '%Y-%m')) AS cell, toInt64(sum(gmv) * 100) AS cents
       FROM rollup_belt_month WHERE source = 'olist' AND level = 'belt' GROUP BY cell HAVING cents > 0`,
    );
    expect(Object.keys(expected).length).toBeGreaterThan(250);
    expect(Object.fromEntries(rows.map(({ cell, cents }) => [cell, Number(cents)]))).toEqual(expected);
  });
});
