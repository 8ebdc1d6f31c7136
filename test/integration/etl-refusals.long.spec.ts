/** What is refused, with which message and exit code; and that it leaves every table as it was. */
import {
  appendFileSync,
  createWriteStream,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import {
  type Bench,
  everything,
  GOLDEN,
  goldenSource,
  openBench,
  query,
  rewrite,
  startCommand,
} from './etl-harness.ts';

let bench: Bench;
let before: Record<string, string>;
beforeAll(async () => {
  bench = await openBench();
  const folder = goldenSource(bench, 'before');
  expect((await load(folder)).code).toBe(0);
  before = await everything(bench.client);
});
afterEach(async () => {
  expect(await everything(bench.client)).toEqual(before);
  const databases = await query(
    bench.client,
    `SELECT name FROM system.databases WHERE name LIKE 'beltline_load_%'`,
  );
  expect(databases).toEqual([]);
});
afterAll(() => bench.close());

const load = (
  folder: string,
  files = join(folder, 'data'),
): Promise<{ code: number | null; output: string }> =>
  startCommand(bench.dataDir, [
    '--source-folder',
    folder,
    'load',
    folder.split('/').at(-1) as string,
    '--files',
    files,
    '--quiet',
  ]).done;

const lastEvent = async (source: string): Promise<{ state: string; message: string } | undefined> =>
  (
    await query<{ state: string; message: string }>(
      bench.client,
      `SELECT state, message FROM load_events WHERE source = {source:String} ORDER BY batch_id DESC, event_no DESC LIMIT 1`,
      { source },
    )
  )[0];

it('too many bad rows: names the worst rules with file and line', async () => {
  const folder = goldenSource(bench, 'threshold', { 'source.yaml': (text) => text.replace('0.2', '0.05') });
  const { code, output } = await load(folder);
  expect(code).toBe(1);
  expect(output).toContain('1 of 18 rows (5.56 %) break a rule, more than the 5 % that threshold allows');
  expect(output).toContain('invalid-number in quantity: 1 row, first in orders-1.csv, line 13: "many"');
  expect(await lastEvent('threshold')).toMatchObject({
    state: 'refused',
    message: expect.stringContaining('orders-1.csv, line 13'),
  });
});

it('rejected lookups are named where they are why lines are refused', async () => {
  const folder = goldenSource(bench, 'ownerless', {
    'data/merchants.csv': (text) => text.replaceAll(/,O\d/g, ','),
  });
  const { code, output } = await load(folder);
  expect(code).toBe(1);
  expect(output).toContain('unknown-merchant in merchant_id: 18 rows, first in orders-1.csv, line 2');
  expect(output).toContain('required in owner_id: 3 rows, first in merchants.csv, line 2');
});

it('amounts that add up to more than can be kept to the cent', async () => {
  const folder = goldenSource(bench, 'fortune', {
    'data/orders-1.csv': (text) => text.replaceAll(/,(\d+)\.\d\d,0\.00,/g, ',9999999999999.99,0.00,'),
  });
  const { code, output } = await load(folder);
  expect(code).toBe(1);
  expect(output).toMatch(/The amounts of the load add up to \d{15}\S*, more than the 90,000,000,000,000/);
});

describe('a file that cannot be used', () => {
  const faults: [name: string, edit: (folder: string) => void, message: RegExp][] = [
    ['empty', (folder) => truncateSync(join(folder, 'data', 'orders-2.csv')), /orders-2\.csv/],
    [
      'other-header',
      (folder) => rewrite(join(folder, 'data', 'orders-2.csv'), (text) => text.replace('amount', 'price')),
      /orders-2\.csv/,
    ],
    [
      'open-quote',
      (folder) => appendFileSync(join(folder, 'data', 'orders-2.csv'), 'Z,1,"2025-01-01\nrest,of,file\n'),
      /orders-2\.csv, line 8/,
    ],
    [
      'lone-returns',
      (folder) => rewrite(join(folder, 'data', 'orders-2.csv'), (text) => text.replace(/\n(?=A.*\n$)/, '\r')),
      /orders-2\.csv, line \d: a carriage return stands here alone/,
    ],
    [
      'link-in-a-circle',
      (folder) => {
        rmSync(join(folder, 'data', 'orders-2.csv'));
        symlinkSync('orders-2.csv', join(folder, 'data', 'orders-2.csv'));
      },
      /orders-2\.csv: the file cannot be read: it is a link that leads back to itself/,
    ],
    ['missing-table', (folder) => rmSync(join(folder, 'data', 'merchants.csv')), /merchants/],
    [
      'no-gzip',
      (folder) => writeFileSync(join(folder, 'data', 'orders-2.csv'), Buffer.from([0x1f, 0x8b, 8, 0, 1, 2])),
      /orders-2\.csv/,
    ],
  ];
  it.each(faults)('%s', async (name, edit, message) => {
    const folder = goldenSource(bench, name);
    edit(folder);
    const { code, output } = await load(folder);
    expect(output).toMatch(message);
    expect(code).toBe(1);
  });
});

it('lines that are a gigabyte and a half together are too long for a column, and no fault of the mapping', async () => {
  const folder = goldenSource(bench, 'long-texts');
  const [header = '', line = ''] = readFileSync(join(folder, 'data', 'orders-1.csv'), 'utf8').split('\n');
  const fields = line.split(',');
  const cell = header.split(',').indexOf('channel');
  const long = [...fields.slice(0, cell), 'x'.repeat(1_000_000), ...fields.slice(cell + 1)].join(',');
  const lines = Array.from({ length: 1500 }, () => `${long}\n`);
  rmSync(join(folder, 'data', 'orders-2.csv'));
  const file = createWriteStream(join(folder, 'data', 'orders-1.csv'));
  await pipeline([`${header}\n`, ...lines], createGzip({ level: 1 }), file);
  const { code, output } = await load(folder);
  expect(output).toContain('1500 of 1500 rows (100 %) break a rule');
  expect(output).toMatch(/unknown-value in channel: 1500 rows, first in orders-1\.csv, line 2: "x{32,}"/);
  expect(code).toBe(1);
});

describe('a mapping that does not fit', () => {
  const mappings: [name: string, edit: (text: string) => string, ...messages: string[]][] = [
    [
      'lost-column',
      (text) => text.replace("'CNY' AS currency, ", ''),
      'order-lines.sql: the column currency is missing',
    ],
    [
      'more-columns',
      (text) => text.replace("'goods' AS category", "'goods' AS category, '' AS colour"),
      'colour is no column of the model',
    ],
    [
      'typed-column',
      (text) => text.replace(' quantity,', ' toUInt8(quantity) AS quantity,'),
      'quantity must be text (String), not UInt8',
    ],
    ['no-sql', () => 'SELEKT 1', 'order-lines.sql'],
    ['no-such-table', (text) => text.replace('FROM orders', 'FROM ordes'), 'ordes'],
    [
      'multiplies',
      (text) =>
        `${text} INNER JOIN memberships ON orders.merchant_id = memberships.merchant_id`
          .replace('merchant_id, buyer_id', 'orders.merchant_id AS merchant_id, buyer_id')
          .replace('_file_no, _line', 'orders._file_no AS _file_no, orders._line AS _line'),
      'order-lines.sql: INNER JOIN leaves records out or repeats them',
    ],
    [
      'loses',
      (text) => `${text} WHERE buyer_country = 'CN'`,
      'order-lines.sql: WHERE leaves records out or repeats them',
    ],
    [
      'swaps',
      (text) =>
        `${text} WHERE NOT (_file_no = '4' AND _line = '4')`.replace(
          `_file_no = '4' AND _line = '4'`,
          'toUInt16(_file_no) = 4 AND toUInt64(_line) = 4',
        ) +
        ' ' +
        'UNION ALL ' +
        text +
        ' WHERE toUInt16(_file_no) = 4 AND toUInt64(_line) = 5',
      'order-lines.sql: UNION leaves records out or repeats them',
    ],
  ];
  it.each(mappings)('%s', async (name, edit, ...messages) => {
    const folder = goldenSource(bench, name, { 'order-lines.sql': edit });
    const { code, output } = await load(folder);
    for (const message of messages) expect(output).toContain(message);
    expect(code).toBe(1);
  });

  it('is found without data by `check`', async () => {
    const folder = goldenSource(bench, 'checked', { 'belts.sql': (text) => text.replace('name_zh, ', '') });
    const { code, output } = await startCommand(bench.dataDir, [
      '--source-folder',
      folder,
      'check',
      'checked',
    ]).done;
    expect(output).toContain('belts.sql: the column name_zh is missing');
    expect(code).toBe(1);
    const fine = await startCommand(bench.dataDir, [
      '--source-folder',
      join(bench.folder, 'before'),
      'check',
      'before',
    ]).done;
    expect(fine).toMatchObject({ code: 0 });
  });
});

describe('what was typed', () => {
  it.each([
    [['load', 'nosuch', '--files', '.'], 2, 'There is no source nosuch'],
    [['load', 'olist'], 2, '--files'],
    [['load', 'demo', '--files', 'nowhere/*.csv'], 1, 'nowhere/*.csv'],
    [['load', 'demo', '--files', 'nowhere.csv'], 1, 'nowhere.csv'],
    [['lod'], 2, 'lod'],
    [['generate', 'demo', '--out', '/tmp', '--lines', '5'], 2, 'lines'],
    [['generate', 'demo', '--out', GOLDEN], 2, 'is not empty and holds no demo orders'],
    [['generate', 'demo', '--out', join(GOLDEN, 'source.yaml')], 2, 'source.yaml is a file'],
    [['generate', 'demo', '--out', join(GOLDEN, 'source.yaml', 'demo')], 2, 'lies below one'],
    [['--help'], 0, 'Loads orders into Beltline'],
    [['sources'], 0, 'olist'],
  ])('%j', async (args, code, message) => {
    const result = await startCommand(bench.dataDir, args).done;
    expect(result.output).toContain(message);
    expect(result.code).toBe(code);
  });

  it('a size of the demo that cannot be, or comes too late', async () => {
    const demo = join(bench.dataDir, 'demo');
    mkdirSync(demo);
    writeFileSync(join(demo, 'manifest.json'), '{"lines":20000}');
    const run = (...args: string[]) => startCommand(bench.dataDir, ['load', 'demo', '--lines', ...args]).done;
    expect(await run('100')).toMatchObject({ code: 2, output: expect.stringContaining('at least 10000') });
    const most = { code: 2, output: expect.stringContaining('at most 50000000') };
    expect(await run('99999999999999999999')).toMatchObject(most);
    expect(await run('30000', '--files', '.')).toMatchObject({
      code: 2,
      output: expect.stringContaining('leave out --files'),
    });
    expect((await run('30000')).output).toContain('--lines 30000 has no effect');
    expect((await run('20000')).output).not.toContain('has no effect');
    const set = (BELTLINE_DEMO_LINES: string) =>
      startCommand(bench.dataDir, ['load', 'demo'], { BELTLINE_DEMO_LINES }).done;
    expect((await set('30000')).output).toContain('BELTLINE_DEMO_LINES=30000 has no effect');
    expect((await set('20000')).output).not.toContain('has no effect');
    for (const wrong of ['100', 'many', '20000.5'])
      expect(await set(wrong)).toMatchObject({
        code: 2,
        output: expect.stringContaining('BELTLINE_DEMO_LINES: must be a whole number from 10000'),
      });
    rmSync(demo, { recursive: true });
  });

  it('an engine that cannot be reached', async () => {
    const result = await startCommand(bench.dataDir, ['status'], { CLICKHOUSE_URL: 'http://127.0.0.1:9' })
      .done;
    expect(result.code).toBe(3);
  });

  it.each(['nonsense', 'ftp://host', 'http://loader:secret@host:8123'])(
    'a setting of the engine that is wrong: %s',
    async (url) => {
      const result = await startCommand(bench.dataDir, ['status'], { CLICKHOUSE_URL: url }).done;
      expect(result).toMatchObject({ code: 2, output: expect.stringContaining('CLICKHOUSE_URL: must') });
    },
  );
});

it('is interrupted cleanly, and says so', async () => {
  const folder = goldenSource(bench, 'interrupted');
  const run = startCommand(
    bench.dataDir,
    ['--source-folder', folder, 'load', 'interrupted', '--files', join(folder, 'data')],
    {
      BELTLINE_ETL_PAUSE_AT: 'staged',
    },
  );
  await run.until('paused at staged');
  run.child.kill('SIGINT');
  const { code, output } = await run.done;
  expect(code).toBe(130);
  expect(output).toContain('nothing of the load is published');
  expect(await lastEvent('interrupted')).toMatchObject({ state: 'abandoned' });
});
