/**
 * A source's folder that is made from a file's header and first rows: it loads as it was made, and its figures are those that
 * the file's rows add up to, counted here without the product.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkSource } from '@beltline/etl/load';
import writeExcelFile from 'write-excel-file/node';
import { gb18030 } from '../fixtures/gb18030.ts';
import { beltMonths, loadInProcess, query, rewrite, sourceOf } from './etl-harness.ts';
import { bench, sources, draft, written } from './etl-new-kit.ts';

interface Line {
  order: number;
  month: number;
  day: number;
  shop: number;
  buyer: number;
  pieces: number;
  cents: number;
  isCounted: boolean;
}

/** Lines of 90 orders over three months; one order in five is not paid, one is cancelled. */
const LINES: readonly Line[] = Array.from({ length: 90 }, (_, order) =>
  Array.from({ length: 1 + (order % 3) }, (__, line) => ({
    order,
    month: 1 + (order % 3),
    day: 1 + ((order * 7) % 28),
    shop: order % 4,
    buyer: order % 11,
    pieces: 1 + ((order + line) % 5),
    cents: 100_000 + order * 1_350 + line * 25,
    isCounted: order % 5 !== 0 && order % 5 !== 4,
  })),
).flat();

const STATES = ['待付款', '已付款', '已发货', '交易成功', '交易关闭'];

const two = (value: number): string => String(value).padStart(2, '0');

/** Months of the nation as the lines add up: month, lines, orders, merchants, buyers, pieces, value. */
function expectedMonths(cents: (line: Line) => number): Record<string, unknown>[] {
  return [1, 2, 3].map((month) => {
    const counted = LINES.filter((line) => line.isCounted && line.month === month);
    const distinct = (of: (line: Line) => number) => new Set(counted.map(of)).size;
    return {
      month: `2024-0${month}`,
      lines: counted.length,
      orders: distinct(({ order }) => order),
      merchants: distinct(({ shop }) => shop),
      buyers: distinct(({ buyer }) => buyer),
      pieces: counted.reduce((sum, { pieces }) => sum + pieces, 0),
      gmv: counted.reduce((sum, line) => sum + cents(line), 0),
    };
  });
}

async function nationalMonths(source: string): Promise<Record<string, unknown>[]> {
  return (await beltMonths(bench.client, source))
    .filter(({ level }) => level === 'nation')
    .map(({ month, lines, orders, merchants, buyers, pieces, gmv }) => ({
      month,
      lines,
      orders,
      merchants,
      buyers,
      pieces,
      gmv: Math.round(Number(gmv) * 100),
    }));
}

async function loadsAsMade(id: string, file: string): Promise<void> {
  const folder = join(sources, id);
  await checkSource(bench.engine, sourceOf(folder));
  const { batch, rejectedLookups } = await loadInProcess(bench, folder, [file]);
  expect(rejectedLookups).toEqual([]);
  expect([batch.state, batch.reconciliation.rejected.lines, batch.reconciliation.loaded.lines]).toEqual([
    'committed',
    0,
    LINES.length,
  ]);
}

it('a Chinese export of shops: GB18030, ids as formulas, signs of currency, days with slashes, words of states', async () => {
  const rows = LINES.map(({ order, month, day, shop, buyer, pieces, cents }, index) => {
    const time = `2024/${month}/${day} ${order % 24}:${two(order % 60)}`;
    const yuan = `￥${(cents / 100).toLocaleString('en', { minimumFractionDigits: 2 })}`;
    return `"=""${1_688_000_000_000_001 + order}""",灯${index},${pieces},"${yuan}",${STATES[order % 5]},${time},${order % 5 === 0 ? '' : `${time}:30`},店铺${shop},买家${buyer},无`;
  });
  const header = '订单号,货号,数量,实付金额,订单状态,下单时间,付款时间,店铺名称,买家会员名,备注';
  const file = written('订单_202403.csv', gb18030(`${[header, ...rows].join('\r\n')}\r\n`));
  const { code, output } = await draft('shops', file);
  expect([code, output]).toEqual([0, expect.stringMatching(/order_id +订单号\n/)]);
  expect(output).toMatch(/Not used:\n {2}备注\n/);
  expect(output).toMatch(/To be finished:\n {2}MISSING: no column names a belt/);
  await loadsAsMade('shops', file);
  expect(await nationalMonths('shops')).toEqual(expectedMonths(({ cents }) => cents));
  const [first] = await query(
    bench.client,
    `SELECT order_id, toString(placed_at, 'Asia/Shanghai') AS placed, status FROM order_lines
     WHERE source = 'shops' AND order_id = '1688000000000014' LIMIT 1`,
  );
  expect(first).toEqual({ order_id: '1688000000000014', placed: '2024-02-08 13:13:00', status: 'delivered' });
  // Another day's file fits, and what is loaded twice changes nothing.
  expect((await loadInProcess(bench, join(sources, 'shops'), [file])).batch.state).toBe('unchanged');
});

it('an English export of a platform: semicolons, decimal commas, day before month, price by piece, a belt a line, packed', async () => {
  const rows = LINES.map(({ order, month, day, shop, buyer, pieces, cents, isCounted }, index) => {
    const state = isCounted ? 'Completed' : order % 5 === 0 ? 'Pending' : 'Cancelled';
    const price = (cents / 100).toFixed(2).replace('.', ',');
    return `O-${order};${index};${two(day)}/${two(month)}/2024 09:05;${state};Shop ${shop};C${buyer};SKU${index};${pieces};${price};Lamps ${shop % 2};Germany`;
  });
  const header =
    'Order Number;Line No;Order Date;Status;Seller Name;Customer ID;SKU;Qty;Unit Price;Industrial Belt;Ship Country';
  const file = written('sales-2024-03.csv.gz', gzipSync(`\ufeff${[header, ...rows].join('\n')}\n`));
  const { code, output } = await draft('platform', file);
  expect([code, output]).toEqual([0, expect.stringContaining('placed_at: read as day, month, year')]);
  expect(output).not.toContain('To be finished');
  await loadsAsMade('platform', file);
  expect(await nationalMonths('platform')).toEqual(expectedMonths(({ cents, pieces }) => cents * pieces));
  const belts = (await beltMonths(bench.client, 'platform')).filter(({ level }) => level === 'belt');
  const value = (belt: number) =>
    LINES.filter((line) => line.isCounted && line.shop % 2 === belt).reduce(
      (sum, line) => sum + line.cents * line.pieces,
      0,
    );
  for (const belt of [0, 1])
    expect(
      belts
        .filter(({ belt_id }) => belt_id === `Lamps ${belt}`)
        .reduce((sum, { gmv }) => sum + Math.round(Number(gmv) * 100), 0),
    ).toBe(value(belt));
});

it('a merchant that sells in two belts is one in each, and its own owner; words that are not known are named', async () => {
  const file = written(
    'two-belts-1.csv',
    'order id,sku,created at,status,merchant id,buyer id,quantity,amount,belt\n' +
      'A,S1,2024-01-02 10:00:00,paid,M1,U1,1,10.00,Lamps\n' +
      'A,S2,2024-01-02 10:00:00,shipped,M1,U1,2,20.50,Chairs\n' +
      'B,S1,2024-01-03 10:00:00,lost,M2,U2,1,7.00,Lamps\n',
  );
  const { code, output } = await draft('two-belts', file);
  expect([code, output]).toEqual([0, expect.stringContaining('rejected until they are added: “lost”')]);
  const folder = join(sources, 'two-belts');
  rewrite(join(folder, 'source.yaml'), (text) =>
    text.replace('maxRejectedShare: 0.01', 'maxRejectedShare: 0.5'),
  );
  const { batch } = await loadInProcess(bench, folder, [file]);
  expect(batch.reconciliation).toMatchObject({ loaded: { lines: 2 }, rejected: { lines: 1 } });
  const belts = (await beltMonths(bench.client, 'two-belts')).filter(({ level }) => level === 'belt');
  expect(belts.map(({ belt_id, gmv }) => [belt_id, Number(gmv)])).toEqual([
    ['Chairs', 20.5],
    ['Lamps', 10],
  ]);
  const merchants = await query(
    bench.client,
    `SELECT merchant_id, owner_id FROM merchants WHERE source = 'two-belts' ORDER BY merchant_id`,
  );
  expect(merchants).toEqual([
    { merchant_id: 'M1:Chairs', owner_id: 'M1' },
    { merchant_id: 'M1:Lamps', owner_id: 'M1' },
    { merchant_id: 'M2:Lamps', owner_id: 'M2' },
  ]);
});

it('never writes over what is there, and leaves it byte for byte', async () => {
  const file = written('again-1.csv', 'order id,amount\nA,1\n');
  expect((await draft('again', file)).code).toBe(0);
  const folder = join(sources, 'again');
  writeFileSync(join(folder, 'order-lines.sql'), 'by hand');
  const before = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
  const { code, output } = await draft('again', file);
  expect([code, output]).toEqual([2, expect.stringContaining('nothing is written over it')]);
  expect(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')])).toEqual(before);
});

it.each([
  ['2025.02.csv', '???????.csv*'],
  ['2025 02-11_3.csv', '????????????.csv*'],
  ['orders 2025.02.csv', 'orders *.csv*'],
])('of %s it looks for files called %s, and not for any file', async (name, match) => {
  const id = `named${name.length}`;
  await draft(id, written(name, 'order id,created at,amount\nA1,2025-01-05 10:00:00,5.00\n'));
  const { tables } = sourceOf(join(sources, id));
  expect(tables.find(({ role }) => role === 'facts')?.match).toBe(match);
});

it('a workbook with a title above its header, days as a spreadsheet has them, and a cell with an error', async () => {
  const header = ['订单号', '货号', '数量', '金额', '订单状态', '下单时间', '店铺名称', '买家'];
  const cell = (value: string | number | Date) =>
    value instanceof Date
      ? { value, type: Date, format: 'yyyy/m/d h:mm' }
      : typeof value === 'number'
        ? { value, type: Number }
        : { value };
  const rows = LINES.map(({ order, month, day, shop, buyer, pieces, cents }, index) =>
    [
      ...[`订单${order}`, `灯${index}`, pieces, cents / 100, STATES[order % 5] as string],
      ...[new Date(Date.UTC(2024, month - 1, day, order % 24, order % 60)), `店铺${shop}`, `买家${buyer}`],
    ].map(cell),
  );
  const file = join(bench.folder, 'exports', '订单_202403.xlsx');
  await writeExcelFile([{ data: [[cell('三月订单')], [], header.map(cell), ...rows], sheet: '订单' }]).toFile(
    file,
  );
  const { code, output } = await draft('book', file);
  expect([code, output]).toEqual([0, expect.stringMatching(/order_id +订单号\n/)]);
  await loadsAsMade('book', file);
  expect(await nationalMonths('book')).toEqual(expectedMonths(({ cents }) => cents));
});
