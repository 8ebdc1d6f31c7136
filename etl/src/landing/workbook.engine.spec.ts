/** Sheets of workbooks as they land: the rows of a spreadsheet by their own numbers, and what is wrong with one by its sheet and row. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import writeExcelFile from 'write-excel-file/node';
import { type Sheet, textRow, workbookOf, zipOf } from '../workbook/workbook.fixture.ts';
import { LandingBench, tableOf } from './spec-kit.ts';

const bench = new LandingBench();
beforeAll(() => bench.open());
afterAll(() => bench.close());

const COLUMNS = ['order_id', 'placed_at', 'amount', 'note'];
const table = (overrides = {}) => tableOf(COLUMNS, { format: 'xlsx', delimiter: ',', ...overrides });
let made = 0;
const land = (sheets: readonly Sheet[], overrides = {}) =>
  bench.land(table(overrides), bench.write(`book-${made++}.xlsx`, zipOf(workbookOf(sheets))));

it('lands rows under the numbers that the spreadsheet gives them', async () => {
  const rows =
    textRow(1, COLUMNS) +
    '<row r="2"><c t="inlineStr"><is><t>A1</t></is></c><c s="1"><v>45662.5</v></c><c s="4"><v>30.300000000000001</v></c>' +
    '<c t="inlineStr"><is><t>a\ttab, "quotes"\nand \\N \\t</t></is></c></row>' +
    '<row r="4"><c r="A4" t="inlineStr"><is><t>A2</t></is></c></row>' +
    textRow(6, ['A3', '', '', 'x', 'one too many']) +
    '<row r="9"/><row r="10"><c r="A10" s="1"/></row>';
  const { rows: count, malformed, records, faults, raw } = await land([{ name: 'a', rows }]);
  expect({ count, malformed }).toEqual({ count: 2, malformed: 3 });
  expect(records).toEqual([
    {
      _line: '2',
      order_id: 'A1',
      placed_at: '2025-01-05 12:00:00',
      amount: '30.3',
      note: 'a\ttab, "quotes"\nand \\N \\t',
    },
    { _line: '4', order_id: 'A2', placed_at: '', amount: '', note: '' },
  ]);
  // Blank rows between others are missing something; those behind the last are nothing.
  expect(faults.map(({ line }) => line)).toEqual([3, 5, 6]);
  expect(raw.get(6)).toBe('A3\t\t\tx\tone too many');
});

it('rejects a row with a cell that has no value, once and by its column, and reads the others', async () => {
  const rows =
    textRow(1, COLUMNS) +
    textRow(2, ['A1', '', '1', '']) +
    '<row r="3"><c r="A3" t="inlineStr"><is><t>A2</t></is></c><c r="B3"><f>B2+1</f></c><c r="C3" t="e"><v>#REF!</v></c></row>' +
    '<row r="4"><c r="A4" t="e"><v>#N/A</v></c><c r="F4"><v>5</v></c></row>' +
    textRow(5, ['A3', '', '2', '']);
  const { rows: count, malformed, records, faults, raw } = await land([{ name: 'a', rows }]);
  expect({ count, malformed }).toEqual({ count: 2, malformed: 2 });
  expect(records.map((one) => one['order_id'])).toEqual(['A1', 'A3']);
  expect(faults.map(({ line, rule, value }) => [line, rule, value])).toEqual([
    [3, 'error-cell', 'B3: a formula whose value was not saved'],
    [4, 'wrong-column-count', '6'],
  ]);
  expect(raw.get(3)).toBe('A2\t\t#REF!\t');
  const errors = Array.from(
    { length: 450 },
    (_, n) => `<row r="${n + 2}"><c r="C${n + 2}" t="e"><v>#N/A</v></c></row>`,
  );
  expect((await land([{ name: 'a', rows: textRow(1, COLUMNS) + errors.join('') }])).malformed).toBe(450);
});

it('takes the header from a row that is named, and leaves out what stands above', async () => {
  const rows = textRow(1, ['Orders of May']) + textRow(3, COLUMNS) + textRow(4, ['A1', '', '1', '']);
  const { records } = await land([{ name: 'a', rows }], { headerRow: 3 });
  expect(records).toMatchObject([{ _line: '4', order_id: 'A1', amount: '1' }]);
});

it.each([
  [
    'another header',
    textRow(1, ['order_id', 'placed_at', 'note', 'amount']),
    {},
    /line 1: the header is not that of the table orders.*the order counts/s,
  ],
  [
    'a header further down',
    textRow(2, COLUMNS),
    {},
    /the header is not that of the table orders.*missing “order_id”/s,
  ],
  ['no row', '', {}, /the sheet has no row 1, where its header should be/],
  ['many blank rows', textRow(1, COLUMNS) + textRow(900_000, ['A1']), {}, /rows 2 to 899999 are blank/],
  [
    'an error in its header',
    `<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>${textRow(2, ['A1', '', '', ''])}`,
    {},
    /the header is not that of the table orders.*not expected “#REF!”/s,
  ],
  ['no such sheet', textRow(1, COLUMNS), { sheet: 'Mai' }, /has no sheet “Mai”; its sheets are “a”/],
])('refuses a sheet with %s', async (_, rows, overrides, message) => {
  await expect(land([{ name: 'a', rows }], overrides)).rejects.toThrow(message);
});

it('reads what another program writes as the same orders in CSV', async () => {
  const values = Array.from({ length: 500 }, (_, n) => ({
    order_id: `订单-${n}`,
    placed_at: new Date(Date.UTC(2025, 0, 1 + (n % 300), n % 24, (n * 7) % 60, (n * 13) % 60)),
    amount: (n * 37) / 100,
    note: n % 5 === 0 ? null : `line ${n}\nof "${n}"`,
  }));
  mkdirSync(join(bench.folder, 'written'), { recursive: true });
  const path = join(bench.folder, 'written', 'orders.xlsx');
  await writeExcelFile([
    COLUMNS.map((value) => ({ value })),
    ...values.map((one) => [
      { value: one.order_id },
      { value: one.placed_at, type: Date, format: 'yyyy-mm-dd hh:mm:ss' },
      { value: one.amount, type: Number, format: '#,##0.00' },
      one.note === null ? null : { value: one.note },
    ]),
  ]).toFile(path);
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const csv = values.map((one) =>
    [
      one.order_id,
      one.placed_at.toISOString().slice(0, 19).replace('T', ' '),
      String(one.amount),
      quoted(one.note ?? ''),
    ].join(','),
  );
  const asCsv = await bench.land(
    tableOf(COLUMNS),
    bench.write('orders.csv', `${[COLUMNS.join(','), ...csv].join('\n')}\n`),
  );
  const asBook = await bench.land(table(), path);
  const withoutLines = (records: readonly Record<string, string>[]) =>
    records.map(({ _line: _, ...fields }) => fields);
  expect(asBook.malformed).toBe(0);
  expect(withoutLines(asBook.records)).toEqual(withoutLines(asCsv.records));
});
