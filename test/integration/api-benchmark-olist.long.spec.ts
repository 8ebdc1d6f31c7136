/** Merchants' pages on real orders (Olist): own figures of twenty sellers drawn at random against counts over the published files, in plain JavaScript. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchmarkAnswer } from '@beltline/contract';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { groupBy } from '../fixtures/rollups/naive.ts';
import { random } from '../fixtures/rollups/random-lines.ts';
import { addMerchant } from './benchmark-kit.ts';
import { type Bench, openBench, startCommand, TEST_FOLDER } from './etl-harness.ts';

const OLIST = join(TEST_FOLDER, '..', '..', 'shared', 'data', 'olist');
const QUARTER = { name: '2018-Q2', from: '2018-04', to: '2018-07', before: ['2017-04', '2017-07'] } as const;
const YEAR_BEFORE = '2017-04';
const SELLERS = 20;
const absent = !existsSync(OLIST);
if (absent) console.warn(`Olist's files are not at ${OLIST}: merchants' pages are not checked on them.`);

interface Line {
  readonly seller: string;
  /** A seller in a category. */
  readonly shop: string;
  readonly product: string;
  readonly order: string;
  readonly buyer: string;
  readonly cents: number;
  readonly placed: string;
  readonly paid: string;
  readonly dispatched: string;
}

/** Columns of a file without quoted commas in them; enough for ids, dates and prices. */
function rowsOf(file: string): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(join(OLIST, file), 'utf8')
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/);
  const cells = (line: string) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((match) => (match[1] ?? '').replaceAll('"', ''));
  const names = cells(header);
  return lines.map((line) => Object.fromEntries(cells(line).map((cell, at) => [names[at] ?? '', cell])));
}

function linesOfFiles(): Line[] {
  const orders = new Map(rowsOf('olist_orders_dataset.csv').map((row) => [row['order_id'], row]));
  const people = new Map(
    rowsOf('olist_customers_dataset.csv').map((row) => [row['customer_id'], row['customer_unique_id']]),
  );
  const english = new Map(
    rowsOf('product_category_name_translation.csv').map((row) => [
      row['product_category_name'],
      row['product_category_name_english'],
    ]),
  );
  const categories = new Map(
    rowsOf('olist_products_dataset.csv').map((row) => [
      row['product_id'],
      english.get(row['product_category_name']) ?? 'uncategorised',
    ]),
  );
  return rowsOf('olist_order_items_dataset.csv').flatMap((item) => {
    const order = orders.get(item['order_id']);
    if (!order || ['canceled', 'unavailable', 'created'].includes(order['order_status'] ?? '')) return [];
    return {
      ...{
        seller: item['seller_id'] ?? '',
        shop: `${item['seller_id']}:${categories.get(item['product_id']) ?? 'uncategorised'}`,
        product: item['product_id'] ?? '',
        order: item['order_id'] ?? '',
      },
      buyer: people.get(order['customer_id']) ?? '',
      cents: Math.round(Number(item['price']) * 100),
      placed: order['order_purchase_timestamp'] ?? '',
      paid: order['order_approved_at'] ?? '',
      dispatched: order['order_delivered_carrier_date'] ?? '',
    };
  });
}

/** Times of one place and season: a difference of them is one of clocks. */
const hoursFrom = (from: string, to: string) =>
  (Date.parse(`${to.replace(' ', 'T')}Z`) - Date.parse(`${from.replace(' ', 'T')}Z`)) / 3_600_000;

function counted(own: readonly Line[]): Record<string, number | null> {
  const within = (from: string, to: string) => own.filter(({ placed }) => placed >= from && placed < to);
  const cents = (lines: readonly Line[]) => lines.reduce((sum, line) => sum + line.cents, 0);
  const [now, before] = [within(QUARTER.from, QUARTER.to), within(...QUARTER.before)];
  const buyers = [...groupBy(now, ({ buyer }) => buyer).values()];
  const bought = buyers.map(cents).sort((a, b) => b - a);
  const due = now.filter(({ paid }) => paid !== '' && hoursFrom(paid, `${QUARTER.to}-01 00:00:00`) >= 48);
  const onTime = due.filter(({ paid, dispatched }) => dispatched !== '' && hoursFrom(paid, dispatched) <= 48);
  // An order of several shops is one for each.
  const ordersOf = (lines: readonly Line[]) =>
    new Set(lines.map(({ order, shop, placed }) => [order, shop, placed.slice(0, 7)].join())).size;
  const shopsOf = (lines: readonly Line[]) => new Set(lines.map(({ shop }) => shop));
  const [openNow, openBefore] = [shopsOf(now), shopsOf(before)];
  const ofBoth = (lines: readonly Line[]) =>
    cents(lines.filter(({ shop }) => openNow.has(shop) && openBefore.has(shop)));
  const skus = groupBy(now, ({ product }) => product);
  const year = within(YEAR_BEFORE, QUARTER.from);
  const isNew = ({ product }: Line) => !year.some((line) => line.product === product);
  const isTold = now.some(({ dispatched }) => dispatched !== '');
  return {
    gmv: cents(now) / 100,
    growth: cents(before) > 0 ? cents(now) / cents(before) - 1 : null,
    // Brazil keeps no Spring Festival: the same days are those of the same dates.
    'growth-aligned': cents(before) > 0 ? cents(now) / cents(before) - 1 : null,
    'growth-same-store': ofBoth(before) > 0 ? ofBoth(now) / ofBoth(before) - 1 : null,
    ...{ orders: ordersOf(now), pieces: now.length },
    ...{ 'order-value': cents(now) / 100 / ordersOf(now), 'order-pieces': now.length / ordersOf(now) },
    skus: skus.size,
    'new-skus': cents(now.filter(isNew)) / cents(now),
    hits: [...skus.values()].filter((lines) => lines.length >= 20).length,
    buyers: buyers.length,
    'repeat-buyers':
      buyers.filter((lines) => new Set(lines.map(({ order }) => order)).size > 1).length / buyers.length,
    'top-buyers': bought.slice(0, 3).reduce((sum, one) => sum + one, 0) / cents(now),
    'on-time': isTold && due.length > 0 ? onTime.length / due.length : null,
    'refund-rate': 0,
    ...{ countries: 0, channels: 0, programme: 0 },
    ...{ distribution: 0, 'cross-border': 0, custom: 0, 'factory-brand': 0, offline: 0 },
  };
}

(absent ? describe.skip : describe)('merchants of Olist', () => {
  let bench: Bench;
  let api: RunningApi;
  beforeAll(async () => {
    bench = await openBench();
    const { code, output } = await startCommand(bench.dataDir, ['load', 'olist', '--files', OLIST]).done;
    if (code !== 0) throw new Error(output);
    api = await startApi({ signsIn: false }, { engine: bench.engine, loader: bench.client });
  }, 300_000);
  afterAll(async () => {
    await api?.close();
    await bench?.close();
  });

  test('are told what the files come to, and a group that hides them', async () => {
    const bySeller = groupBy(linesOfFiles(), ({ seller }) => seller);
    const active = [...bySeller]
      .filter(([, lines]) => lines.some(({ placed }) => placed >= QUARTER.from && placed < QUARTER.to))
      .map(([seller]) => seller)
      .sort();
    const next = random(16);
    const drawn = Array.from({ length: SELLERS }, () => active[Math.floor(next() * active.length)] ?? '');
    const everybody = await addMerchant(api, [...new Set(drawn)], 'olist');
    let [grouped, ranked] = [0, 0];
    for (const owner of new Set(drawn)) {
      const path = `/benchmark?owner=${owner}&quarter=${QUARTER.name}`;
      const { status, body } = await api.get<BenchmarkAnswer>(path, everybody);
      expect([owner, status]).toEqual([owner, 200]);
      const expected = counted(bySeller.get(owner) ?? []);
      // No calendar year is whole from its first day on.
      const level = body.measures.find(({ measure }) => measure === 'recovery-level');
      expect(level?.value.reason).toBe('no-base-year');
      const told = Object.fromEntries(body.measures.map(({ measure, value }) => [measure, value.value]));
      for (const [measure, value] of Object.entries(expected))
        expect([owner, measure, told[measure]]).toEqual([
          owner,
          measure,
          value === null ? null : expect.closeTo(value, 8),
        ]);
      grouped += body.group ? 1 : 0;
      ranked += body.rank ? 1 : 0;
      expect(body.group === null).toBe(body.noGroup !== null);
    }
    expect(grouped).toBeGreaterThan(SELLERS / 2);
    expect(ranked).toBeGreaterThan(SELLERS / 4);
  });
});
