/**
 * Rejected rows as a file that a person corrects in a spreadsheet and loads again: where a row stood, why it was rejected, and the row
 * itself as it stood. No cell is taken for a formula: one that would be begins with an apostrophe (OWASP, CSV injection), and so does one that
 * begins with an apostrophe already, so that each is read back as it was.
 */
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

const guard = (cell: string): string => (GUARDED.test(cell) ? `'${cell}` : cell);
const unguarded = (cell: string): string =>
  cell.startsWith("'") && GUARDED.test(cell.slice(1)) ? cell.slice(1) : cell;
const quoted = (cell: string): string => `"${guard(cell).replaceAll('"', '""')}"`;

/** UTF-8 with a byte order mark, by which spreadsheets know it. */
export function rejectsCsv(rows: readonly RejectedRow[]): string {
  const lines = rows.map(({ file, line, reasons, row }) =>
    [quoted(file), String(line), quoted(reasons), quoted(row)].join(','),
  );
  return `\ufeff${[COLUMNS.join(','), ...lines].map((text) => `${text}\r\n`).join('')}`;
}

/**
 * The rows of such a file as they are to be loaded, also where a spreadsheet has saved it with semicolons or tabs; rows that were
 * emptied are left out.
 * @throws FileFault where it is none.
 */
export function correctedRows(path: string, text: string): string[] {
  const content = text.replace(/^\ufeff/, '');
  const delimiter = [',', ';', '\t'].find((sign) =>
    content.replaceAll('"', '').startsWith(COLUMNS.join(sign)),
  );
  if (delimiter === undefined) {
    const what = `it is no list of rejected rows: its first line is not ${COLUMNS.join(',')}. Make one with: npm run etl -- rejects <batch> --csv`;
    throw new FileFault('header', path, 1, what);
  }
  const [, ...records] = recordsOf(path, content, delimiter);
  return records.flatMap((cells, index) => {
    if (cells.every((cell) => cell === '')) return [];
    if (cells.length !== COLUMNS.length)
      throw new FileFault(
        'header',
        path,
        null,
        `record ${index + 1} below the header has ${cells.length} columns instead of ${COLUMNS.length}.`,
      );
    const row = unguarded(cells[3] as string);
    return row.trim() === '' ? [] : [row];
  });
}

function recordsOf(path: string, content: string, delimiter: string): string[][] {
  const field = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${delimiter}\\r\\n]*))(${delimiter}|\\r\\n|\\n|$)`, 'y');
  const records: string[][] = [[]];
  while (field.lastIndex < content.length) {
    const at = field.lastIndex;
    const match = field.exec(content);
    if (!match)
      throw new FileFault(
        'open-quote',
        path,
        content.slice(0, at).split('\n').length,
        'a quote that opens here is not closed, or text follows it.',
      );
    records.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] !== delimiter && field.lastIndex < content.length) records.push([]);
  }
  return records;
}
