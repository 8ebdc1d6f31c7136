/** The first rows of an export, with what can be seen of how it is written: encoding, delimiter, header. */
import { isUtf8 } from 'node:buffer';
import { FileFault, readRaw, shownText } from '../files/index.ts';
import { sheetRows } from '../workbook/index.ts';
import {
  after,
  decompress,
  detectCompression,
  fromUtf16,
  hasUtf16Mark,
  splitLine,
} from '../landing/index.ts';
import { columnName, MOST_COLUMNS, type TextEncoding } from '../source/index.ts';

export interface Sample {
  readonly format: 'csv' | 'xlsx';
  /** Row of a workbook that holds the header; 1 of text. */
  readonly headerRow: number;
  readonly encoding: TextEncoding;
  readonly delimiter: string;
  readonly columns: readonly string[];
  /** Records that stand in one line and have all columns. */
  readonly rows: readonly (readonly string[])[];
}

/** Enough for what is rare, such as a status that few orders have. */
const SAMPLE_BYTES = 8_000_000;
const DELIMITERS = [',', '\t', ';', '|'] as const;
/** Lines that tell a delimiter. */
const TELLING_LINES = 100;

/** Rows of a workbook that are looked at. */
const SAMPLE_ROWS = 20_000;
/** Above its header a sheet has a title and the like. */
const MOST_ROWS_ABOVE = 50;

/** @throws FileFault that names what is no text or workbook with a header, and what to do. */
export async function readSample(path: string): Promise<Sample> {
  if (/\.xlsx$/i.test(path)) return sampleOfWorkbook(path);
  const { block: start, isUtf16 } = await firstBlock(path);
  if (start.length === 0) throw new FileFault('empty', path, null, 'the file is empty.');
  const bytes = isUtf8(start) ? 'utf-8' : 'gb18030';
  if (!start.includes('\n') && start.length > SAMPLE_BYTES) {
    const what = `no line ends within the first ${SAMPLE_BYTES / 1e6} MB, so there is no header. Load a file of lines.`;
    throw new FileFault('header', path, 1, what);
  }
  const lines = decode(path, start, bytes).split(/\r?\n/);
  const [header = ''] = lines;
  if (/^\s*(\[\s*)?\{\s*"/.test(header))
    throw new FileFault(
      'header',
      path,
      1,
      'the file is JSON. A folder is made from delimited text only; see docs/sources.md.',
    );
  const delimiter = delimiterOf(lines.slice(0, TELLING_LINES));
  const columns = splitLine(header, delimiter) ?? [];
  refuseHeader(path, columns);
  const rows = lines
    .slice(1)
    .map((line) => (line === '' ? null : splitLine(line, delimiter)))
    .filter((row) => row !== null)
    .filter(({ length }) => length === columns.length);
  if (rows.length === 0)
    throw new FileFault('empty', path, null, 'no row below the header has all of its columns.');
  return { format: 'csv', headerRow: 1, encoding: isUtf16 ? 'utf-16' : bytes, delimiter, columns, rows };
}

/** The first sheet that is not hidden. Its header is the first row with as many texts as any of those above the orders. */
async function sampleOfWorkbook(path: string): Promise<Sample> {
  const first: { readonly row: number; readonly cells: readonly string[] }[] = [];
  for await (const { row, cells, errors } of sheetRows({ path, sheet: undefined })) {
    if (errors.length === 0) first.push({ row, cells });
    if (first.length > SAMPLE_ROWS) break;
  }
  const filled = ({ cells }: { cells: readonly string[] }): number =>
    cells.filter((cell) => cell !== '').length;
  const above = first.slice(0, MOST_ROWS_ABOVE);
  const most = Math.max(0, ...above.map(filled));
  const header = above.find(
    (row) => filled(row) >= Math.max(2, most / 2) && row.cells.every((cell) => cell !== ''),
  );
  if (header === undefined) {
    const what =
      'the first sheet has no row with the names of columns. Name the columns, or export it as CSV.';
    throw new FileFault('header', path, 1, what);
  }
  refuseHeader(path, header.cells, header.row);
  const width = header.cells.length;
  const rows = first
    .filter(({ row, cells }) => row > header.row && cells.length <= width)
    .map(({ cells }) => [...cells, ...Array.from({ length: width - cells.length }, () => '')]);
  if (rows.length === 0)
    throw new FileFault('empty', path, null, 'no row below the header has all of its columns.');
  return {
    format: 'xlsx',
    headerRow: header.row,
    encoding: 'utf-8',
    delimiter: ',',
    columns: header.cells,
    rows,
  };
}

/** Whole lines; a last one without an end only where the file ends, or where none ends. Of UTF-16 as UTF-8. */
async function firstBlock(path: string): Promise<{ readonly block: Buffer; readonly isUtf16: boolean }> {
  const compression = await detectCompression(path);
  const content = decompress(path, readRaw(path), compression);
  const { value: begun } = await content.next();
  if (!begun) return { block: Buffer.alloc(0), isUtf16: false };
  const isUtf16 = hasUtf16Mark(path, begun);
  const all = after(begun, content);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of isUtf16 ? fromUtf16(path, all) : all) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > SAMPLE_BYTES) break;
  }
  const block = Buffer.concat(chunks);
  const end = block.lastIndexOf('\n') + 1;
  return { block: bytes > SAMPLE_BYTES && end > 0 ? block.subarray(0, end) : block, isUtf16 };
}

function decode(path: string, block: Buffer, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(block);
  } catch (cause) {
    const what = 'the bytes are neither UTF-8 nor GB18030. Export the file as UTF-8.';
    throw new FileFault('encoding', path, null, what, { cause });
  }
}

/** The one by which most lines have as many fields as the first, and more than one. */
function delimiterOf(lines: readonly string[]): string {
  const [header = ''] = lines;
  const fitting = (delimiter: string): number => {
    const width = splitLine(header, delimiter)?.length ?? 0;
    return width < 2
      ? 0
      : lines.filter((line) => splitLine(line, delimiter)?.length === width).length * width;
  };
  return [...DELIMITERS].sort((a, b) => fitting(b) - fitting(a))[0] as string;
}

function refuseHeader(path: string, columns: readonly string[], line = 1): void {
  if (columns.length > MOST_COLUMNS) {
    const what = `the header has ${columns.length} columns, and a table at most ${MOST_COLUMNS}. Export fewer.`;
    throw new FileFault('header', path, line, what);
  }
  const named = columns.map((name, index) => `column ${index + 1}, “${shownText(name.slice(0, 100))}”`);
  const wrong = columns.flatMap((name, index) => {
    const issue = columnName.safeParse(name).error?.issues[0]?.message;
    if (issue !== undefined) return [`${named[index]}: ${issue}`];
    return columns.indexOf(name) < index ? [`${named[index]}: it stands there twice`] : [];
  });
  if (wrong.length > 0 || columns.length === 0)
    throw new FileFault(
      'header',
      path,
      line,
      `the ${line === 1 ? 'first line' : 'line'} is no header that can be loaded. Name its columns anew, in the export or in the file:\n${wrong.map((line) => `- ${line}`).join('\n')}`,
    );
}
