/**
 * Who held what in a month, as disclosure control is told: held against a count over the loaded lines one by one, and against the sums that
 * all other figures are made of. In the golden source, with an order of two shops, a buyer under a shop's name, and a shop that moves.
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { queries, runQuery, type Scope } from '@beltline/sql/clickhouse';
import { difference, serviceDifference } from '@beltline/api/releases/month-holdings.service.js';
import {
  type Bench,
  goldenSource,
  loadInProcess,
  openBench,
  query,
  rewrite,
  sellToTwoBelts,
} from './etl-harness.ts';

const MONTHS = ['2025-01-01', '2025-02-01'];
const FILES = ['belts', 'merchants', 'memberships', 'orders-1', 'orders-2'].map((name) => `data/${name}.csv`);
const SUMS = ['gmv', 'pieces', 'orders', 'refund'] as const;

let bench: Bench;
let folder: string;
let scope: Scope;
let first: number;
beforeAll(async () => {
  bench = await openBench();
  folder = goldenSource(bench, 'held');
  sellToTwoBelts(folder);
  // The buyer is called as a shop is: no owner on the other side for that.
  appendFileSync(
    join(folder, 'data', 'orders-2.csv'),
    'SAME,1,2025-01-07 10:00:00,2025-01-08 10:00:00,paid,M1,M2,retailer,CN,CN,wholesale,,3,30.00,10.00,0,0\n',
  );
  await loadInProcess(bench, folder, FILES);
  scope = { source: 'held', belts: 'everything', isSystem: true };
  first = await newest();
});
afterAll(() => bench?.close());

const newest = async (): Promise<number> =>
  Number(
    (
      await query<{ v: string }>(
        bench.client,
        `SELECT max(data_version) AS v FROM data_versions WHERE source = 'held'`,
      )
    )[0]?.v,
  );

interface Line {
  readonly merchant_id: string;
  readonly order_id: string;
  readonly buyer_id: string;
  readonly placed_day: string;
  readonly combination: number;
  readonly amount: string;
  readonly quantity: number;
  readonly refund_amount: string;
}
const cents = (text: string) => Math.round(Number(text) * 100);

/** Lines of a month, each with its belt on its day and its legal owner. */
async function placed<T extends Line>(
  month: string,
  columns: string,
): Promise<(T & { readonly belt: string; readonly owner: string })[]> {
  const lines = await query<T>(
    bench.client,
    `SELECT merchant_id, order_id, placed_day, ${columns}
     FROM order_lines FINAL WHERE source = 'held' AND is_counted AND toStartOfMonth(placed_day) = '${month}'`,
  );
  const members = await query<{ merchant_id: string; belt_id: string; valid_from: string; valid_to: string }>(
    bench.client,
    `SELECT merchant_id, belt_id, valid_from, valid_to FROM memberships FINAL WHERE source = 'held'
     AND (merchant_id, data_version) IN (SELECT merchant_id, max(data_version) FROM memberships WHERE source = 'held' GROUP BY merchant_id)`,
  );
  const owners = new Map(
    (
      await query<{ merchant_id: string; owner_id: string }>(
        bench.client,
        `SELECT merchant_id, argMax(owner_id, data_version) AS owner_id FROM merchants WHERE source = 'held' GROUP BY merchant_id`,
      )
    ).map(({ merchant_id, owner_id }) => [merchant_id, owner_id || merchant_id]),
  );
  return lines.map((line) => {
    const day = line.placed_day;
    const isThen = ({ valid_from, valid_to }: (typeof members)[number]) =>
      day >= valid_from && day < valid_to;
    const member = members.find((one) => one.merchant_id === line.merchant_id && isThen(one));
    return {
      ...line,
      belt: member?.belt_id ?? '',
      owner: owners.get(line.merchant_id) ?? line.merchant_id,
    };
  });
}

/** The same by a loop over lines: belt, combination, side and owner → sums. */
async function counted(month: string): Promise<Map<string, number[]>> {
  const lines = await placed(month, 'buyer_id, combination, amount, quantity, refund_amount');
  const found = new Map<string, number[]>();
  const add = (key: readonly unknown[], values: readonly number[]) => {
    const sums = found.get(key.join('|')) ?? [0, 0, 0, 0];
    found.set(
      key.join('|'),
      sums.map((sum, index) => sum + (values[index] ?? 0)),
    );
  };
  const orders = new Map<string, { place: unknown[]; own: number; buyers: string[] }>();
  for (const line of lines) {
    const { belt, owner } = line;
    const values = [cents(line.amount), Number(line.quantity), 0, cents(line.refund_amount)];
    add([belt, line.combination, 'seller', owner], values);
    add([belt, line.combination, 'buyer', line.buyer_id], values);
    const key = `${belt}|${line.merchant_id}|${line.order_id}`;
    const order = orders.get(key) ?? { place: [belt, owner], own: 0, buyers: [] };
    orders.set(key, order);
    order.own |= line.combination;
    order.buyers.push(line.buyer_id);
  }
  for (const { place, own, buyers } of orders.values()) {
    add([place[0], own, 'seller', place[1]], [0, 0, 1, 0]);
    add([place[0], own, 'buyer', buyers.sort()[0]], [0, 0, 1, 0]);
  }
  return found;
}

const heldIn = (version: number, month: string) =>
  runQuery(bench.client, scope, queries.holdings, { data_version: version, month });
const totalsOf = (version: number, month: string) =>
  runQuery(bench.client, scope, queries.holdingsTotals, { data_version: version, month });

async function asMap(version: number, month: string): Promise<Map<string, number[]>> {
  const rows = await heldIn(version, month);
  return new Map(
    rows.flatMap((row) =>
      row.owners.map((owner, index) => [
        [row.belt_id, row.combination, row.side, owner].join('|'),
        SUMS.map((of) => row[of][index] ?? NaN),
      ]),
    ),
  );
}

test.each(MONTHS)('in %s every owner has what a count over the lines gives', async (month) => {
  const [found, expected] = [await asMap(first, month), await counted(month)];
  expect(found.size).toBeGreaterThan(5);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
});

test.each(MONTHS)('in %s they come to what every other figure is made of, to the cent', async (month) => {
  const [rows, totals] = [await heldIn(first, month), await totalsOf(first, month)];
  expect(difference(rows, totals)).toBeNull();
  // What the API reads into memory for all of its answers.
  const sums = await runQuery(bench.client, scope, queries.monthSums, { data_version: first });
  const no = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
  const published = sums
    .filter(({ level }) => level === 'belt')
    .flatMap((row) =>
      row.month_nos.flatMap((at, index) =>
        at === no
          ? [
              [
                row.belt_id,
                row.combinations[index],
                ...[row.gmv, row.pieces, row.refund].map((of) => of[index]),
              ],
            ]
          : [],
      ),
    );
  const told = totals.map((one) => [one.belt_id, one.combination, one.gmv, one.pieces, one.refund]);
  // Units that are counted under combinations of their own come to nothing here.
  const isSold = ([, , ...of]: unknown[]) => of.some((one) => one !== 0);
  expect(told.filter(isSold).sort()).toEqual(published.filter(isSold).sort());
});

test.each(MONTHS)(
  'in %s every share has the parts and wholes of a count over the lines, on both sides',
  async (month) => {
    const rows = await servedIn(first, month);
    const found = new Map(
      rows.flatMap((row) =>
        row.owners.map((owner, at) => [
          [row.belt_id, row.side, owner].join('|'),
          SHARED.map((of) => row[of][at] ?? NaN),
        ]),
      ),
    );
    const expected = await countedService(month);
    expect(found.size).toBeGreaterThan(5);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    const totals = await totalsOf(first, month);
    expect(serviceDifference(rows, totals)).toBeNull();
    const [row, ...others] = rows;
    if (!row) throw new Error('nobody served');
    expect(serviceDifference(others, totals)).toMatch(/sides of belts/);
    const paidMore = { ...row, kept: row.kept.map((one) => one + 1) };
    expect(serviceDifference([paidMore, ...others], totals)).toMatch(/what was paid/);
    const servedMore = { ...row, late: row.late.map((one) => one + 1) };
    expect(serviceDifference([servedMore, ...others], totals)).toMatch(/late of/);
  },
);

const SHARED = ['refunded', 'kept', 'on_time', 'late', 'repeat_buyers', 'once_buyers'] as const;
const servedIn = (version: number, month: string) =>
  runQuery(bench.client, scope, queries.serviceHoldings, {
    ...{ data_version: version, month, dispatch_hours: 48, time_zone: 'Asia/Shanghai' },
  });

/** Of each side and owner in a belt, what each share is made of, by a loop over lines. */
async function countedService(month: string): Promise<Map<string, number[]>> {
  const lines = await placed<
    Line & { readonly due: number; readonly on_time: number; readonly told: number }
  >(
    month,
    `buyer_id, amount, refund_amount, dispatched_at IS NOT NULL AS told,
     ifNull(paid_at + INTERVAL 48 HOUR <= toDateTime(addMonths(toDate('${month}'), 1), 'Asia/Shanghai'), 0) AS due,
     ifNull(dispatched_at <= paid_at + INTERVAL 48 HOUR, 0) AS on_time`,
  );
  const tells = new Set(lines.flatMap(({ owner, told }) => (told ? [owner] : [])));
  const found = new Map<string, number[]>();
  const add = (belt: string, names: readonly [seller: string, buyer: string], values: readonly number[]) =>
    (['seller', 'buyer'] as const).forEach((side, at) => {
      const key = [belt, side, names[at]].join('|');
      const sums = found.get(key) ?? SHARED.map(() => 0);
      found.set(
        key,
        sums.map((sum, no) => sum + (values[no] ?? 0)),
      );
    });
  const pairs = new Map<string, { belt: string; names: [string, string]; orders: Set<string> }>();
  for (const { belt, owner, buyer_id, order_id, amount, refund_amount, due, on_time } of lines) {
    const [paid, refunded] = [cents(amount), Math.min(cents(refund_amount), cents(amount))];
    const isDue = due === 1 && tells.has(owner);
    add(
      belt,
      [owner, buyer_id],
      [...[refunded, paid - refunded], ...[Number(isDue && on_time === 1), Number(isDue && on_time === 0)]],
    );
    const key = `${belt}|${owner}|${buyer_id}`;
    const pair = pairs.get(key) ?? { belt, names: [owner, buyer_id], orders: new Set() };
    pairs.set(key, pair);
    pair.orders.add(order_id);
  }
  for (const { belt, names, orders } of pairs.values())
    add(belt, names, [0, 0, 0, 0, Number(orders.size > 1), Number(orders.size === 1)]);
  return found;
}

test('what is missing, doubled or of another side is seen', async () => {
  const [rows, totals] = [await heldIn(first, '2025-01-01'), await totalsOf(first, '2025-01-01')];
  const [row, ...others] = rows;
  if (!row) throw new Error('nothing is held');
  expect(difference(others, totals)).toMatch(/sides of cells/);
  expect(difference([{ ...row, gmv: row.gmv.map((one) => one + 1) }, ...others], totals)).toMatch(/^gmv of/);
  expect(difference([{ ...row, belt_id: 'none' }, ...others], totals)).not.toBeNull();
});

test('who may see some belts alone is told of nobody', async () => {
  const some: Scope = { source: 'held', belts: ['LAMP'] };
  const asked = { data_version: first, month: '2025-01-01' };
  expect(await runQuery(bench.client, some, queries.holdings, asked)).toEqual([]);
  expect(await runQuery(bench.client, some, queries.holdingsTotals, asked)).toEqual([]);
});

test('once a later load has replaced lines of the month, nothing is made of the version before', async () => {
  rewrite(join(folder, 'data', 'orders-2.csv'), (text) =>
    text.replace(
      'SAME,1,2025-01-07 10:00:00,2025-01-08 10:00:00',
      'SAME,1,2025-01-07 10:00:00,2025-01-09 10:00:00',
    ),
  );
  await loadInProcess(bench, folder, FILES);
  expect(await newest()).toBeGreaterThan(first);
  const asked = async (version: number) =>
    difference(await heldIn(version, '2025-01-01'), await totalsOf(version, '2025-01-01'));
  expect(await asked(first)).toMatch(/later load/);
  expect(await asked(await newest())).toBeNull();
});
