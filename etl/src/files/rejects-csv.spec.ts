/** Rejected rows go into a file and come back letter for letter, and no cell of it is a formula. */
import { correctedRows, rejectsCsv } from './rejects-csv.ts';

const ROWS = [
  'a,b',
  '=1+1',
  "'=1",
  "''",
  '-5,x',
  '@x',
  '＝1',
  'say ""x"", "y"',
  'two\nlines',
  'x\r\ny',
  ' x ',
  '\tx',
  '+',
  "'",
];
const listed = ROWS.map((row, index) => ({
  file: '=f.csv',
  line: index + 2,
  reasons: 'negative in amount: "-5"',
  row,
}));

it('what goes out comes back, letter for letter', () => {
  expect(correctedRows('r.csv', rejectsCsv(listed))).toEqual(ROWS);
});

it('any text comes back', () => {
  const signs = ["'", '"', ',', ';', '=', '-', '\n', '\r', '\t', 'a', '＝', ' '];
  let state = 7;
  const next = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below;
  const rows = Array.from({ length: 2_000 }, () =>
    ['x', ...Array.from({ length: 1 + next(8) }, () => signs[next(signs.length)])]
      .sort(() => next(3) - 1)
      .join(''),
  );
  expect(
    correctedRows('r.csv', rejectsCsv(rows.map((row) => ({ file: 'f', line: 1, reasons: '', row })))),
  ).toEqual(rows);
});

it('no cell begins as a formula does', () => {
  const cells = rejectsCsv(listed)
    .split(/\r\n(?=")/)
    .flatMap((record) => record.match(/"(?:[^"]|"")*"/g) ?? []);
  expect(cells.length).toBeGreaterThan(ROWS.length);
  expect(cells.filter((cell) => /^"[=+\-@\t\r\n＝＋－＠]/u.test(cell))).toEqual([]);
});

it('is read as a spreadsheet saves it: semicolons, no quotes, no mark, a row emptied', () => {
  expect(correctedRows('r.csv', 'file;line;reasons;row\nf.csv;2;why;a,b\nf.csv;3;why;\n;;;\n')).toEqual([
    'a,b',
  ]);
});

it.each([
  ['another file', 'a,b\n1,2\n', /no list of rejected rows/],
  ['an open quote', 'file,line,reasons,row\nf,1,"x,y\n', /not closed/],
  ['too few columns', 'file,line,reasons,row\nf,1,x\n', /3 columns instead of 4/],
])('refuses %s by name', (_, text, message) => {
  expect(() => correctedRows('r.csv', text)).toThrow(message);
});

it.each(['a', '\n'])('a row as long as any may be comes back: %j', (sign) => {
  const row = `x${sign.repeat(9_900_000)}y`;
  expect(correctedRows('r.csv', rejectsCsv([{ file: 'f', line: 1, reasons: '', row }]))).toEqual([row]);
  expect(correctedRows('r.csv', `file,line,reasons,row\nf,1,,${'a'.repeat(9_900_000)}`)[0]).toHaveLength(
    9_900_000,
  );
});

it.each([
  ['file,line,reasons,row\rf,1,,x\r', 'line 1: a carriage return alone'],
  ['file,line,reasons,row\nf,1,,"x', 'record 1 below the header has a quote'],
  ['file,line,reasons,row\nf,0,,y\nf,1,,"\nx', 'record 2 below the header has a quote'],
  ['file,line,reasons,row\nf,1,,"x"y', 'record 1 below the header has a quote'],
  ['file,line,reasons,row\nf,1,', '3 columns instead of 4'],
])('%j is refused by its place', (text, why) => {
  expect(() => correctedRows('r.csv', text)).toThrow(why);
});

it('a last cell may be empty, and the file without a last line end', () => {
  expect(correctedRows('r.csv', 'file,line,reasons,row\nf,1,r,x\nf,2,r,')).toEqual(['x']);
});
