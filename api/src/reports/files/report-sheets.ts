/** A report as a spreadsheet: a sheet each section, with numbers as numbers, and a list of all figures. The same report has the same bytes. */
import { unzipSync, zipSync } from 'fflate';
import writeSheets, { type Cell, type Sheet } from 'write-excel-file/node';
import type { FigureList } from '../region/report-csv.ts';
import type { NumberKind, ReportCell, ReportDocument, ReportSection } from '../documents/report-document.ts';
import { plain } from '../documents/report-markup.ts';

const FORMATS: Readonly<Record<NumberKind, string>> = {
  cents: '#,##0.00',
  tenth: '#,##0.0',
  whole: '#,##0',
  rate: '+0.0%;-0.0%;0.0%',
  share: '0.0%',
};
/** In characters. */
const WIDE = 30;
const NARROW = 16;
const LONGEST_NAME = 31;

type Row = Cell[];
const text = (value: string) => ({ value: plain(value), type: String });
const head = (value: string): Cell => ({ ...text(value), fontWeight: 'bold' });
const quiet = (value: string): Cell => ({ ...text(value), textColor: '#55616f', align: 'right' });
const number = (value: number, kind: NumberKind): Cell => ({ value, type: Number, format: FORMATS[kind] });

const cellOf = ({ text: written, isQuiet, number: own }: ReportCell): Cell => {
  if (own) return number(own.value, own.kind);
  return isQuiet ? quiet(written) : text(written);
};

/** `list`: all figures once more, as the last sheet. */
export async function sheetsOf(
  { title, kind, level, facts, sections, made, foot }: ReportDocument,
  list: (FigureList & { readonly name: string }) | null = null,
): Promise<Buffer> {
  const front: Row[] = [
    [head(title)],
    [text(kind)],
    ...facts.map(({ name, value }): Row => [head(name), text(value)]),
    [text(level)],
    [text(foot)],
  ];
  const [first, ...others] = sections;
  const sheets = [
    sheet(first?.title ?? title, [...front, [], ...(first ? rowsOf(first) : [])]),
    ...others.map((section) => sheet(section.title, rowsOf(section))),
    ...(list ? [listSheet(list)] : []),
  ];
  return withoutClock(await writeSheets(sheets).toBuffer(), made);
}

const listSheet = (list: FigureList & { readonly name: string }): Sheet<never> => ({
  ...sheet(list.name, [list.columns.map(({ name }) => head(name)), ...list.rows.map(listRow(list))]),
  stickyRowsCount: 1,
});

const rowsOf = ({ title, sentences, tables, notes }: ReportSection): Row[] => [
  [head(title)],
  ...sentences.map((sentence): Row => [text(sentence)]),
  ...tables.flatMap(({ caption, columns, rows }): Row[] => [
    [],
    [text(caption)],
    columns.map(({ name }) => head(name)),
    ...rows.map((row) => row.map(cellOf)),
  ]),
  ...notes.map((note): Row => [text(note)]),
];

const listRow =
  ({ columns }: FigureList) =>
  (row: FigureList['rows'][number]): Row =>
    row.map((value, index) => {
      if (typeof value === 'number') return number(value, columns[index]?.kind ?? 'whole');
      return value === null ? null : text(value);
    });

function sheet(name: string, data: Row[]): Sheet<never> {
  const widest = Math.max(...data.map((row) => row.length));
  const columns = Array.from({ length: widest }, (_, at) => ({ width: at === 0 ? WIDE : NARROW }));
  return { sheet: name.slice(0, LONGEST_NAME), data, columns };
}

/** The library writes the time of day into the archive: it is packed again under the report's own date. */
function withoutClock(bytes: Buffer, { year, month, day }: ReportDocument['made']): Buffer {
  // Read by the archive in the time zone of the machine, so it is the same day, and the same bytes, in each.
  const mtime = new Date(year, month - 1, day);
  return Buffer.from(zipSync(unzipSync(bytes), { mtime }));
}
