import { FileFault } from './file-fault.ts';
import { shownLines, shownPath } from './shown-path.ts';

it.each([
  ['/data/订单 "1".csv', '/data/订单 "1".csv'],
  ['a\nb\r\tc.csv', String.raw`a\nb\r\tc.csv`],
  ['\u001b[31m\u007f\u0085\u2028', String.raw`\u001b[31m\u007f\u0085\u2028`],
  ['a\ufeff\u202egnp.csv\u{e0001}', String.raw`a\ufeff\u202egnp.csv\u{e0001}`],
])('%j is shown as %s', (path, shown) => {
  expect(shownPath(path)).toBe(shown);
});

it('a fault of a file is one line, and keeps the path itself', () => {
  const fault = new FileFault('empty', 'a\nb.csv', 3, 'it is empty.');
  expect([fault.message, fault.file]).toEqual([String.raw`a\nb.csv, line 3: it is empty.`, 'a\nb.csv']);
});

test('what is printed of a file moves no cursor, and stays JSON', () => {
  const said = 'status: "\u001b]0;other title\u0007\u009b2J\u202e"\n\tnext\r';
  expect(shownLines(said)).toBe('status: "\\u001b]0;other title\\u0007\\u009b2J\\u202e"\n\tnext\\r');
  expect(JSON.parse(shownLines(JSON.stringify({ said })))).toEqual({ said });
});
