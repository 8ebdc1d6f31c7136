/** What is read of a workbook: each kind of cell by its value, and what makes a workbook unusable, by sheet and cell. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kindOfFormat, momentText, numberText } from './cell-text.ts';
import { sheetRows, type SheetRow } from './index.ts';
import { LIMITS } from './open-workbook.ts';
import { type Sheet, textRow, workbookOf, zipOf } from './workbook.fixture.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'beltline workbook-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let made = 0;
function write(content: Buffer): string {
  const path = join(folder, `book-${made++}.xlsx`);
  writeFileSync(path, content);
  return path;
}
const bookOf = (sheets: readonly Sheet[], texts: readonly string[] = [], from1904 = false): string =>
  write(zipOf(workbookOf(sheets, texts, from1904)));
const read = async (path: string, sheet?: string): Promise<SheetRow[]> => {
  const rows: SheetRow[] = [];
  for await (const row of sheetRows({ path, sheet })) rows.push(row);
  return rows;
};
const cellsOf = async (rows: string, texts: readonly string[] = [], from1904 = false) =>
  (await read(bookOf([{ name: 'a', rows }], texts, from1904))).map(({ row, cells }) => [row, ...cells]);

it('reads each kind of cell as it is shown', async () => {
  const rows =
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>' +
    '<row r="3"><c r="A3" s="1"><v>45662.416666666664</v></c><c r="B3" s="2"><v>45662</v></c><c r="C3" s="3"><v>0.5</v></c>' +
    '<c r="D3" s="4"><v>30.300000000000001</v></c><c r="E3" t="b"><v>1</v></c><c r="F3" t="str"><f>A1&amp;B1</f><v>a&amp;b</v></c>' +
    '<c r="G3"><f>1+1</f><v>2</v></c><c r="H3" t="inlineStr"><is><r><t>in</t></r><r><t xml:space="preserve"> line</t></r></is></c><c r="I3" s="5"><v>45662</v></c><c r="J3" s="4"/></row>';
  expect(
    await cellsOf(rows, [
      '<t>订单号</t>',
      '<r><t>买</t></r><r><t>家</t></r><rPh sb="0" eb="1"><t>mai</t></rPh>',
    ]),
  ).toEqual([
    [1, '订单号', '', '买家'],
    [3, '2025-01-05 10:00:00', '2025-01-05', '12:00:00', '30.3', 'TRUE', 'a&b', '2', 'in line', '2025-01-05'],
  ]);
});

it('reads cells and rows that do not say where they are, and names with a prefix', async () => {
  const parts = workbookOf([{ name: 'a', rows: '' }]);
  const sheet =
    '<x:worksheet xmlns:x="x"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c t="inlineStr"><x:is><x:t>b_x000D__x0041_</x:t></x:is></x:c></x:row><x:row><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>';
  expect(await read(write(zipOf({ ...parts, 'xl/worksheets/sheet1.xml': sheet })))).toEqual([
    { row: 1, cells: ['1', 'b\rA'], errors: [] },
    { row: 2, cells: ['2'], errors: [] },
  ]);
});

it('takes the first sheet that is not hidden, or the one that is named', async () => {
  const path = bookOf([
    { name: 'notes', rows: textRow(1, ['hidden']), state: 'hidden' },
    { name: '订单', rows: textRow(1, ['first']) },
    { name: 'more', rows: textRow(1, ['second']) },
  ]);
  expect((await read(path))[0]?.cells).toEqual(['first']);
  expect((await read(path, 'more'))[0]?.cells).toEqual(['second']);
  expect((await read(path, 'notes'))[0]?.cells).toEqual(['hidden']);
  await expect(read(path, 'none')).rejects.toThrow(
    'has no sheet “none”; its sheets are “notes”, “订单”, “more”',
  );
});

it('counts days from 1904 where the workbook does', async () => {
  const rows = '<row r="1"><c r="A1" s="2"><v>44200</v></c></row>';
  expect(await cellsOf(rows, [], true)).toEqual([[1, '2025-01-05']]);
});

it('names cells without a value: errors, and formulas that were never worked out', async () => {
  const rows =
    '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>A1*2</f></c></row><row r="7"><c r="AB7" t="e"><v>#N/A</v></c></row>' +
    '<row r="8"><c r="A8"><f>1+1</f><v>2</v></c></row>';
  const found = await read(bookOf([{ name: 'a', rows }]));
  expect(found.map(({ row, cells, errors }) => [row, cells.at(-1), errors])).toEqual([
    [2, '1', [{ column: 2, text: 'B2: a formula whose value was not saved' }]],
    [7, '#N/A', [{ column: 28, text: 'AB7: #N/A' }]],
    [8, '2', []],
  ]);
});

describe('is refused by sheet and cell', () => {
  it.each([
    [
      'a number that is none',
      '<row r="1"><c r="A1"><v>1,5</v></c></row>',
      'cell A1, says that it is a number, and holds “1,5”',
    ],
    [
      'a text that there is not',
      '<row r="1"><c r="A1" t="s"><v>9</v></c></row>',
      'cell A1, has text number 9, which there is not',
    ],
    ['rows out of order', '<row r="2"/><row r="1"/>', 'cell row 1, stands where no row can be'],
    ['a row beyond the last', '<row r="1048577"/>', 'stands where no row can be'],
    [
      'cells out of order',
      '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
      'cell A1, stands where no cell can be',
    ],
    [
      'entities of its own',
      '<row r="1"><c r="A1" t="inlineStr"><is><t>&bomb;</t></is></c></row>',
      'undefined entity',
    ],
    ['a document type', '<!DOCTYPE x><row/>', 'it holds a document type'],
    ['XML that is none', '<row r="1"><c></row>', 'unexpected close tag'],
  ])('%s', async (_, rows, message) => {
    await expect(cellsOf(rows)).rejects.toThrow(message);
  });
});

describe('is refused as a file', () => {
  const whole = () => zipOf(workbookOf([{ name: 'a', rows: textRow(1, ['x']) }]));
  it.each<[string, () => Buffer, string]>([
    ['that is no archive', () => Buffer.from('order_id,line_no\n'), 'is no Excel workbook'],
    ['that was cut off', () => whole().subarray(0, 600), 'is no Excel workbook'],
    ['that is another archive', () => zipOf({ 'a.txt': 'x' }), 'it has no part xl/workbook.xml'],
    [
      'of which a byte was altered',
      () => {
        const bytes = whole();
        bytes.writeUInt32LE(
          1,
          bytes.indexOf('xl/worksheets/sheet1.xml', bytes.indexOf('504b0102', 0, 'hex')) - 30,
        );
        return bytes;
      },
      'the checksum of xl/worksheets/sheet1.xml is another',
    ],
    [
      'that says less than it holds',
      () =>
        zipOf(workbookOf([{ name: 'a', rows: textRow(1, ['x'.repeat(30_000)]) }]), {
          'xl/worksheets/sheet1.xml': 100,
        }),
      'cut off or damaged',
    ],
    [
      'that bursts',
      () => zipOf(workbookOf([{ name: 'a', rows: ' '.repeat(LIMITS.part + 40_000_000) }])),
      'xl/worksheets/sheet1.xml comes to 91 MB when it is unpacked, and at most',
    ],
    [
      'with a text without end',
      () => zipOf(workbookOf([{ name: 'a', rows: textRow(1, ['x'.repeat(LIMITS.text + 100_000)]) }])),
      'holds a text of more than 1 MB',
    ],
  ])('%s', async (_, content, message) => {
    await expect(read(write(content()))).rejects.toThrow(message);
  });
});

it.each([
  [0, undefined, 'number'],
  [14, undefined, 'date'],
  [22, undefined, 'datetime'],
  [46, undefined, 'number'],
  [164, 'General', 'number'],
  [164, '0.00E+00', 'number'],
  [164, '#,##0.00;[Red]-#,##0.00', 'number'],
  [164, 'yyyy"年"m"月"d"日"', 'date'],
  [164, '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 'date'],
  [164, 'mmm-yy', 'date'],
  [164, 'm/d', 'date'],
  [164, 'h:mm AM/PM', 'time'],
  [164, 'mm:ss.0', 'time'],
  [164, '[h]:mm:ss', 'number'],
  [164, 'yyyy-mm-dd hh:mm:ss', 'datetime'],
  [164, '@', 'number'],
])('format %i %s is of a %s', (id, code, kind) => {
  expect(kindOfFormat(id, code)).toBe(kind);
});

it.each([
  ['1.1000000000000001', '1.1'],
  ['123456789012345', '123456789012345'],
  ['1.23E+15', '1230000000000000'],
  ['1.5E-3', '0.0015'],
  ['1E-10', '0.0000000001'],
  ['-0.5', '-0.5'],
  ['1e400', null],
  ['', null],
])('the number %s is shown as %s', (stored, shown) => {
  expect(numberText(stored)).toBe(shown);
});

// Worked out by hand: day 1 is 1 January 1900, day 60 the 29 February that there was not, day 61 the first of March.
it.each([
  ['1', 'date', '1900-01-01'],
  ['59', 'date', '1900-02-28'],
  ['61', 'date', '1900-03-01'],
  ['45658', 'date', '2025-01-01'],
  ['45658.999988425923', 'datetime', '2025-01-01 23:59:59'],
  ['45658.000005787', 'datetime', '2025-01-01 00:00:00.500'],
  ['2958465', 'date', '9999-12-31'],
  ['-1', 'date', '-1'],
  ['2958466', 'date', '2958466'],
] as const)('day %s as a %s is %s', (stored, kind, text) => {
  expect(momentText(stored, kind, false)).toBe(text);
});
