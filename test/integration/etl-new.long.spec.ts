/** Files of which no source's folder can be made, and odd ones of which it can. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCommand } from './etl-harness.ts';
import { bench, sources, draft, written } from './etl-new-kit.ts';

it.each<[name: string, file: string, content: string | Buffer, code: number, message: RegExp]>([
  [
    'a workbook by another name',
    'book.csv',
    Buffer.from('504b030414000600', 'hex'),
    1,
    /an Excel workbook.*CSV/,
  ],
  [
    'a damaged workbook',
    'book.xlsx',
    Buffer.from('504b030414000600', 'hex'),
    1,
    /no Excel workbook.*cut off or damaged/,
  ],
  ['UTF-32', 'wide.csv', Buffer.from('fffe0000610000000a000000', 'hex'), 1, /UTF-32/],
  ['JSON', 'lines.jsonl', '{"order_id":"1"}\n', 1, /the file is JSON/],
  ['no header', 'bare.csv', '1,2024-01-01,3\n2,2024-01-02,4\n', 1, /line 1: the first line is no header/],
  [
    'a column twice',
    'twice.csv',
    'order id,amount,amount\nA,1,1\n',
    1,
    /column 3, “amount”: it stands there twice/,
  ],
  ['a header alone', 'alone.csv', 'order id,amount\n', 1, /no row below the header/],
  ['nothing', 'empty.csv', '', 1, /the file is empty/],
  ['a line without an end', 'endless.csv', 'x'.repeat(9_000_000), 1, /line 1: no line ends within .* 8 MB/],
  [
    'more columns than a table may have',
    'broad.csv',
    `${Array.from({ length: 100_000 }, (_, at) => `c${at}`).join()}\n`,
    1,
    /line 1: the header has 100000 columns, and a table at most 1000/,
  ],
])('refuses %s by name and makes nothing', async (_, name, content, expected, message) => {
  const before = existsSync(sources) ? readdirSync(sources) : [];
  const { code, output } = await draft('refused', written(name, content));
  expect([code, output]).toEqual([expected, expect.stringMatching(message)]);
  expect(existsSync(sources) ? readdirSync(sources) : []).toEqual(before);
});

it('refuses a named pipe at once, and waits for nobody to write into it', async () => {
  const pipe = join(bench.folder, 'exports', 'pipe.csv');
  execFileSync('mkfifo', [pipe]);
  const run = startCommand(bench.dataDir, ['--source-folder', sources, 'new', 'piped', '--from', pipe]);
  const timer = setTimeout(() => run.child.kill('SIGKILL'), 10_000);
  expect(await run.done).toMatchObject({ code: 1, output: expect.stringContaining('a named pipe') });
  clearTimeout(timer);
});

it('reads days before months in as many rows as a sample holds', async () => {
  const rows = Array.from(
    { length: 200_000 },
    (_, row) => `${row},${1 + (row % 28)}/${1 + (row % 12)}/2024,1`,
  );
  const { code, output } = await draft(
    'days',
    written('days.csv', ['order id,order date,amount', ...rows].join('\n')),
  );
  expect([code, output]).toEqual([0, expect.stringContaining('read as day, month, year')]);
});

it('a file of UTF-16 loads as it was drafted', async () => {
  const rows = Array.from(
    { length: 40 },
    (_, row) => `A${row},2024-03-${String(1 + (row % 28)).padStart(2, '0')},布匹,${row}.50`,
  );
  const file = written(
    'wide-orders.csv',
    Buffer.from(`\ufeff${['order id,order date,goods,amount', ...rows].join('\r\n')}\r\n`, 'utf16le'),
  );
  expect(await draft('wide', file)).toMatchObject({ code: 0 });
  expect(readFileSync(join(sources, 'wide', 'source.yaml'), 'utf8')).toContain('encoding: utf-16');
  const load = ['--source-folder', sources, 'load', 'wide', '--files', file];
  const { code, output } = await startCommand(bench.dataDir, load).done;
  expect([code, output]).toEqual([0, expect.stringMatching(/loaded +40 /)]);
});

it('a name that YAML has a meaning for is a name', async () => {
  const { code } = await draft('null', written('nameless.csv', 'order id,amount\nA,1\n'));
  expect(code).toBe(0);
});

it('refuses a name that no source can have, and a file that is not there', async () => {
  const file = written('orders-1.csv', 'order id,amount\nA,1\n');
  expect(await draft('No Name', file)).toMatchObject({
    code: 2,
    output: expect.stringContaining('lower-case'),
  });
  expect(await draft('gone', join(bench.folder, 'nowhere.csv'))).toMatchObject({ code: 1 });
  expect(existsSync(join(sources, 'gone'))).toBe(false);
});
