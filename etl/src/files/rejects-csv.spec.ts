/** Rejected rows go into a file and come back letter for letter, and no cell of it is a formula. */
import { CELL_LIMIT, correctedRows, longRows, rejectsCsv } from './rejects-csv.ts';

const textsOf = (text: string): string[] => correctedRows('r.csv', text).map(({ row }) => row);

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
  expect(textsOf(rejectsCsv(listed))).toEqual(ROWS);
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
  expect(textsOf(rejectsCsv(rows.map((row) => ({ file: 'f', line: 1, reasons: '', row }))))).toEqual(rows);
});

it('no cell begins as a formula does', () => {
  const cells = rejectsCsv(listed)
    .split(/\r\n(?=")/)
    .flatMap((record) => record.match(/"(?:[^"]|"")*"/g) ?? []);
  expect(cells.length).toBeGreaterThan(ROWS.length);
  expect(cells.filter((cell) => /^"[=+\-@\t\r\n＝＋－＠]/u.test(cell))).toEqual([]);
});

it('is read as a spreadsheet saves it: semicolons, no quotes, no mark, a row emptied', () => {
  expect(textsOf('file;line;reasons;row\nf.csv;2;why;a,b\nf.csv;3;why;\n;;;\n')).toEqual(['a,b']);
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
  expect(textsOf(rejectsCsv([{ file: 'f', line: 1, reasons: '', row }]))).toEqual([row]);
  expect(textsOf(`file,line,reasons,row\nf,1,,${'a'.repeat(9_900_000)}`)[0]).toHaveLength(9_900_000);
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
  expect(textsOf('file,line,reasons,row\nf,1,r,x\nf,2,r,')).toEqual(['x']);
});

it.each(['\n', '\r\n'])(
  'each row is known by the line that it begins at in the list, lines ended by %j',
  (end) => {
    const list = [
      'file,line,reasons,row',
      'f,1,r,a',
      'f,2,r,',
      '"two',
      'lines",3,r,"b',
      'c"',
      '',
      'f,4,r,d',
      '',
    ].join(end);
    expect(correctedRows('r.csv', list)).toEqual([
      { row: 'a', line: 2 },
      { row: `b${end}c`, line: 5 },
      { row: 'd', line: 8 },
    ]);
  },
);

it('a row that a spreadsheet has cut, or would cut, is named', () => {
  const listedAs = (row: string) => rejectsCsv([{ file: 'f', line: 1, reasons: '', row }]);
  expect(() => correctedRows('r.csv', listedAs('a'.repeat(CELL_LIMIT)))).toThrow(
    /^r\.csv, line 2: the row has 32767 characters, to which spreadsheets cut/,
  );
  // With the sign by which it is kept from being a formula.
  expect(() => correctedRows('r.csv', listedAs(`=${'a'.repeat(CELL_LIMIT - 2)}`))).toThrow(
    '32767 characters',
  );
  for (const length of [CELL_LIMIT - 1, CELL_LIMIT + 1])
    expect(textsOf(listedAs('a'.repeat(length)))).toHaveLength(1);
  const rows = [CELL_LIMIT, CELL_LIMIT + 1].map((length) => ({
    file: 'f',
    line: length,
    reasons: '',
    row: 'a'.repeat(length),
  }));
  expect(longRows(rows).map(({ line }) => line)).toEqual([CELL_LIMIT + 1]);
});
