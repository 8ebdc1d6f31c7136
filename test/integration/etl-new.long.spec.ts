/** Files of which no source's folder can be made, and odd ones of which it can. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startCommand } from './etl-harness.ts';
import { bench, sources, draft, written } from './etl-new-kit.ts';

it.each<[name: string, file: string, content: string | Buffer, code: number, message: RegExp]>([
  ['a workbook', 'book.xlsx', Buffer.from('504b030414000600', 'hex'), 1, /an Excel workbook.*CSV/],
  ['UTF-16', 'wide.csv', Buffer.from('\ufefforder id,amount\n', 'utf16le'), 1, /UTF-16/],
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
