/**
 * Rejected rows as a file that a person corrects in a spreadsheet and loads again: where a row stood, why it was rejected, and the row
 * itself as it stood. No cell is taken for a formula: one that would be begins with an apostrophe (OWASP, CSV injection), and so does one that
 * begins with an apostrophe already, so that each is read back as it was.
 */
import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { FileFault } from './file-fault.ts';

export interface RejectedRow {
  readonly file: string;
  readonly line: number;
  readonly reasons: string;
  readonly row: string;
}

const COLUMNS = ['file', 'line', 'reasons', 'row'] as const;

/** What a spreadsheet takes for a formula, also the wide ones of East Asian text; and the sign by which they are kept from it. */
const GUARDED = /^['=+\-@\t\r\n＝＋－＠]/u;

const guarded = (cell: string): string => (GUARDED.test(cell) ? `'${cell}` : cell);
const unguarded = (cell: string): string =>
  cell.startsWith("'") && GUARDED.test(cell.slice(1)) ? cell.slice(1) : cell;

/** A spreadsheet cuts cells to this many UTF-16 units, and saves what is left without a word. */
export const CELL_LIMIT = 32_767;

/** UTF-8 with a byte order mark, by which spreadsheets know it. */
export function rejectsCsv(rows: readonly RejectedRow[]): string {
  const cells = rows.map(({ file, line, reasons, row }) => [
    guarded(file),
    line,
    guarded(reasons),
    guarded(row),
  ]);
  // Quoted whole, because a row may hold a line end of any kind.
  const list = stringify(cells, { quoted_string: true, record_delimiter: '\r\n' });
  return `\ufeff${COLUMNS.join(',')}\r\n${list}`;
}

/** Rows that no spreadsheet can hold whole. */
export const longRows = (rows: readonly RejectedRow[]): RejectedRow[] =>
  rows.filter(({ row }) => guarded(row).length > CELL_LIMIT);

export interface CorrectedRow {
  readonly row: string;
  /** At which the row itself begins in the list. */
  readonly line: number;
}

/**
 * The rows of such a file as they are to be loaded, also where a spreadsheet has saved it with semicolons or tabs; rows that were
 * emptied are left out.
 * @throws FileFault where it is none, or a row was cut by a spreadsheet.
 */
export function correctedRows(path: string, text: string): CorrectedRow[] {
  const content = text.replace(/^\ufeff/, '');
  const delimiter = [',', ';', '\t'].find((sign) =>
    content.replaceAll('"', '').startsWith(COLUMNS.join(sign)),
  );
  if (delimiter === undefined) {
    const what = `it is no list of rejected rows: its first line is not ${COLUMNS.join(',')}. Make one with: npm run etl -- rejects <batch> --csv`;
    throw new FileFault('header', path, 1, what);
  }
  const [head, ...records] = recordsOf(path, content, delimiter);
  if (head?.cells.some((cell) => cell.includes('\r'))) {
    const what = 'a carriage return alone ends a line. Save it as CSV UTF-8.';
    throw new FileFault('line-ends', path, 1, what);
  }
  return records.flatMap(({ cells, last }, index) => {
    if (cells.every((cell) => cell === '')) return [];
    if (cells.length !== COLUMNS.length)
      throw new FileFault(
        'header',
        path,
        null,
        `record ${index + 1} below the header has ${cells.length} columns instead of ${COLUMNS.length}.`,
      );
    const cell = cells[3] as string;
    const row = unguarded(cell);
    if (row.trim() === '') return [];
    const line = last - lineFeeds(cell);
    if (cell.length === CELL_LIMIT) {
      const what =
        `the row has ${CELL_LIMIT} characters, to which spreadsheets cut what is longer. ` +
        'Correct it in a text editor or in its export; where it is whole, add a blank to the cell row.';
      throw new FileFault('truncated', path, line, what);
    }
    return [{ row, line }];
  });
}

interface ListRecord {
  readonly cells: readonly string[];
  /** The line that it ends in. */
  readonly last: number;
}

function recordsOf(path: string, content: string, delimiter: string): ListRecord[] {
  const options = {
    delimiter,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    raw: true as const,
  };
  try {
    let line = 1;
    // The types of the library know nothing of `raw`.
    return (parse(content, options) as unknown as { record: string[]; raw: string }[]).map(
      ({ record, raw }) => {
        const last = line + lineFeeds(raw.replace(/\r?\n$/, ''));
        line = last + 1;
        return { cells: record, last };
      },
    );
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const what = `record ${Number(cause['records'])} below the header has a quote that is not closed, or text before or behind its quotes.`;
    throw new FileFault('open-quote', path, null, what, { cause });
  }
}

const lineFeeds = (text: string): number => text.split('\n').length - 1;
