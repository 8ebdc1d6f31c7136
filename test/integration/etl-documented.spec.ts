/** The example of docs/sources.md, as it is printed there: a newcomer's first source must load. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import writeExcelFile, { type Cell } from 'write-excel-file/node';
import { gb18030 } from '../fixtures/gb18030.ts';
import { type Bench, loadInProcess, openBench, query } from './etl-harness.ts';

const DOCUMENT = readFileSync(resolve(import.meta.dirname, '../../docs/sources.md'), 'utf8');

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const blocks = (language: string): string[] =>
  [...DOCUMENT.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    (match) => match[1] ?? '',
  );

it('loads the documented source', async () => {
  const folder = join(bench.folder, 'shopsystem');
  mkdirSync(folder);
  const yaml = blocks('yaml').find((text) => text.startsWith('id: shopsystem')) ?? '';
  writeFileSync(join(folder, 'source.yaml'), yaml);
  for (const text of blocks('sql')) {
    const name = /^-- ([\w-]+\.sql)\n/.exec(text)?.[1];
    if (name) writeFileSync(join(folder, name), text);
  }
  const orders = /match: '订单_[^]*?columns: \[(.*?)\]/.exec(yaml)?.[1]?.replaceAll(' ', '') ?? '';
  writeFileSync(
    join(folder, '订单_202502.csv'),
    gb18030(
      `${orders}\nA1,1,2025-02-03 10:00:00,2025-02-03 10:01:00,2025-02-04 10:00:00,已完成,商1,买1,灯1,2,30.00,0.00,taobao\n` +
        `A2,1,2025-02-04 10:00:00,,2025-02-04 10:00:00,已取消,商1,买2,灯2,100,900.50,,\n`,
    ),
  );
  writeFileSync(join(folder, 'merchants.csv'), 'merchant_id,name,belt\n商1,甲,LAMP\n');
  writeFileSync(
    join(folder, 'belts.csv'),
    'belt_id,name_zh,name_en,province,city\nLAMP,灯饰,Lamps,广东省,中山市\n',
  );
  const { batch, rejectedLookups } = await loadInProcess(bench, folder, ['订单_*.csv', 'merchants.csv']);
  expect(rejectedLookups).toEqual([]);
  expect(batch).toMatchObject({ state: 'committed', warnings: {} });
  const lines = await query(
    bench.client,
    `SELECT order_id, merchant_id, sku_id, is_counted, toString(amount) AS amount FROM order_lines
     WHERE source = 'shopsystem' ORDER BY order_id`,
  );
  expect(lines).toEqual([
    { order_id: 'A1', merchant_id: '商1', sku_id: '灯1', is_counted: true, amount: '30' },
    { order_id: 'A2', merchant_id: '商1', sku_id: '灯2', is_counted: false, amount: '900.5' },
  ]);
});

it('loads the same from the documented workbook', async () => {
  const folder = join(bench.folder, 'workbook');
  mkdirSync(folder);
  const table = blocks('yaml').find((text) => text.startsWith('- table: orders')) ?? '';
  const yaml = (blocks('yaml').find((text) => text.startsWith('id: shopsystem')) ?? '').replace(
    / {2}- table: orders\n[^]*?(?= {2}- table: merchants)/,
    `${table.trimEnd().replaceAll(/^/gm, '  ')}\n`,
  );
  writeFileSync(join(folder, 'source.yaml'), yaml.replace('id: shopsystem', 'id: workbook'));
  const ofColumns = (/columns: \[(.*?)\]/.exec(table)?.[1] ?? '').split(', ');
  for (const text of blocks('sql')) {
    const name = /^-- ([\w-]+\.sql)\n/.exec(text)?.[1];
    if (name)
      writeFileSync(
        join(folder, name),
        text.replaceAll(/`(付款时间|退款|渠道)`/g, "''"), // the workbook does not have them
      );
  }
  const at = new Date(Date.UTC(2025, 1, 3, 10));
  const cells: Record<string, Cell> = {
    订单号: { value: 'A1' },
    行号: { value: 1, type: Number },
    下单时间: { value: at, type: Date, format: 'yyyy/m/d h:mm' },
    更新时间: { value: at, type: Date, format: 'yyyy-mm-dd hh:mm:ss' },
    状态: { value: '已完成' },
    商家: { value: '商1' },
    买家: { value: '买1' },
    货号: { value: '灯1' },
    数量: { value: 2, type: Number },
    金额: { value: 30.3, type: Number, format: '#,##0.00' },
  };
  const orders = [
    [{ value: '二月订单' }],
    [],
    ofColumns.map((value) => ({ value })),
    ofColumns.map((name) => cells[name]),
  ];
  await writeExcelFile([
    { data: [[{ value: 'notes' }]], sheet: '说明' },
    { data: orders as Cell[][], sheet: '订单' },
  ]).toFile(join(folder, '订单_202502.xlsx'));
  writeFileSync(join(folder, 'merchants.csv'), 'merchant_id,name,belt\n商1,甲,LAMP\n');
  writeFileSync(
    join(folder, 'belts.csv'),
    'belt_id,name_zh,name_en,province,city\nLAMP,灯饰,Lamps,广东省,中山市\n',
  );
  const { batch } = await loadInProcess(bench, folder, ['订单_*.xlsx', 'merchants.csv']);
  expect(batch).toMatchObject({ state: 'committed', reconciliation: { rejected: { lines: 0 } } });
  expect(
    await query(
      bench.client,
      `SELECT order_id, toUInt32(file_line) AS line, toString(placed_at, 'Asia/Shanghai') AS placed, toString(amount) AS amount FROM order_lines WHERE source = 'workbook'`,
    ),
  ).toEqual([{ order_id: 'A1', line: 4, placed: '2025-02-03 10:00:00', amount: '30.3' }]);
});
