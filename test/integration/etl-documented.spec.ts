/** The example of docs/sources.md, as it is printed there: a newcomer's first source must load. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
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
