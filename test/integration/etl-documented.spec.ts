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
  const table = blocks('yaml').find((text) => text.includes("match: '订单*.xlsx'")) ?? '';
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

it('leaves out the rows that the documented reasons name', async () => {
  const folder = join(bench.folder, 'reasons');
  mkdirSync(folder);
  const yaml = blocks('yaml').find((text) => text.startsWith('id: shopsystem')) ?? '';
  writeFileSync(
    join(folder, 'source.yaml'),
    yaml.replace('id: shopsystem', 'id: reasons').replace('encoding: gb18030', 'encoding: utf-8'),
  );
  const reasons = blocks('sql').find((text) => text.includes('AS ignored_because')) ?? '';
  for (const text of blocks('sql')) {
    const name = /^-- ([\w-]+\.sql)\n/.exec(text)?.[1];
    if (name)
      writeFileSync(
        join(folder, name),
        text.replace(/\nFROM orders/, `,\n    ${reasons.trim()}\nFROM orders`),
      );
  }
  const orders = /match: '订单_[^]*?columns: \[(.*?)\]/.exec(yaml)?.[1]?.replaceAll(' ', '') ?? '';
  writeFileSync(
    join(folder, '订单_202502.csv'),
    `${orders}\nA1,1,2025-02-03 10:00:00,,2025-02-04 10:00:00,已完成,商1,买1,灯1,2,30.00,,\n合计,,,,,,,,,3,31.50,,\n` +
      `A2,1,2025-02-03 10:00:00,,2025-02-04 10:00:00,已完成,商1,QA,灯1,1,1.50,,\n`,
  );
  writeFileSync(join(folder, 'merchants.csv'), 'merchant_id,name,belt\n商1,甲,LAMP\n');
  writeFileSync(
    join(folder, 'belts.csv'),
    'belt_id,name_zh,name_en,province,city\nLAMP,灯饰,Lamps,广东省,中山市\n',
  );
  const { batch } = await loadInProcess(bench, folder, ['订单_*.csv', 'merchants.csv']);
  expect(batch.reconciliation).toMatchObject({
    loaded: { lines: 1 },
    rejected: { lines: 0 },
    ignored: { lines: 2, amount: '33' },
  });
  expect(batch.ignored.map(({ reason, lines }) => [reason, lines])).toEqual([
    ['test order', 1],
    ['total of the page', 1],
  ]);
});

it('loads an export with days before months, decimal commas and another time zone, as documented', async () => {
  const folder = join(bench.folder, 'ventas');
  mkdirSync(folder);
  const table = blocks('yaml').find((text) => text.includes("match: 'ventas*.csv'")) ?? '';
  const yaml = (blocks('yaml').find((text) => text.startsWith('id: shopsystem')) ?? '')
    .replace(
      / {2}- table: orders\n[^]*?(?= {2}- table: merchants)/,
      `${table.trimEnd().replaceAll(/^/gm, '  ')}\n`,
    )
    .replace('id: shopsystem', 'id: ventas')
    .replace('maxRejectedShare: 0.01', 'maxRejectedShare: 0.5');
  writeFileSync(join(folder, 'source.yaml'), yaml);
  const names = {
    订单号: 'Pedido',
    行号: 'Línea',
    下单时间: 'Fecha',
    付款时间: 'Pagado',
    更新时间: 'Fecha',
    商家: 'Tienda',
  };
  const others = { 买家: 'Cliente', 货号: 'Artículo', 数量: 'Unidades', 金额: 'Importe' };
  for (const text of blocks('sql')) {
    const name = /^-- ([\w-]+\.sql)\n/.exec(text)?.[1];
    if (name)
      writeFileSync(
        join(folder, name),
        text
          .replace(/transform\(`状态`[^]*?`状态`\)/, "'paid'")
          .replaceAll(/`(退款|渠道)`/g, "''")
          .replaceAll(
            /`(\p{Script=Han}+)`/gu,
            (_, column: string) =>
              `\`${{ ...names, ...others }[column as keyof (typeof names & typeof others)]}\``,
          ),
      );
  }
  writeFileSync(
    join(folder, 'ventas.csv'),
    'Pedido;Línea;Fecha;Pagado;Tienda;Cliente;Artículo;Unidades;Importe\n' +
      'A1;1;3/2/2025 9:05;3/2/2025 9:06;商1;C1;S1;1.200;"1.234,50 €"\n' +
      'A2;1;14/2/2025;-;商1;C1;S1;3;12,5\n' +
      'A3;1;2/14/2025;-;商1;C1;S1;3;12.5\n',
  );
  writeFileSync(join(folder, 'merchants.csv'), 'merchant_id,name,belt\n商1,甲,LAMP\n');
  writeFileSync(
    join(folder, 'belts.csv'),
    'belt_id,name_zh,name_en,province,city\nLAMP,灯饰,Lamps,广东省,中山市\n',
  );
  const { batch, rejectedLines } = await loadInProcess(bench, folder, ['ventas.csv', 'merchants.csv']);
  expect(batch).toMatchObject({
    state: 'committed',
    reconciliation: { read: { lines: 3, quantity: '1203', amount: '1247' }, rejected: { lines: 1 } },
  });
  expect(rejectedLines).toEqual([
    { rule: 'not-as-declared', field: 'Fecha', rows: 1, file: 'ventas.csv', line: 4, value: '2/14/2025' },
    { rule: 'not-as-declared', field: 'Importe', rows: 1, file: 'ventas.csv', line: 4, value: '12.5' },
  ]);
  expect(
    await query(
      bench.client,
      `SELECT order_id, toString(placed_at, 'UTC') AS placed, toString(paid_at, 'UTC') AS paid, quantity, toString(amount) AS amount
       FROM order_lines WHERE source = 'ventas' ORDER BY order_id`,
    ),
  ).toEqual([
    {
      order_id: 'A1',
      placed: '2025-02-03 08:05:00',
      paid: '2025-02-03 08:06:00',
      quantity: 1200,
      amount: '1234.5',
    },
    { order_id: 'A2', placed: '2025-02-13 23:00:00', paid: null, quantity: 3, amount: '12.5' },
  ]);
});
