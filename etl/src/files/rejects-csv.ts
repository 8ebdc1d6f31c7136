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

/** By hand, because an expression that matches a cell of megabytes has no room for its steps. */
function recordsOf(path: string, content: string, delimiter: string): string[][] {
  const end = new RegExp(`["${delimiter}\\r\\n]|$`, 'g');
  const records: string[][] = [[]];
  let at = 0;
  while (at < content.length) {
    const begun = at;
    const isQuoted = content[at] === '"';
    if (isQuoted) at = closingQuote(content, at);
    else {
      end.lastIndex = at;
      at = end.exec(content)?.index ?? content.length;
    }
    const isClosed = !isQuoted || at > begun;
    const cell = isQuoted ? content.slice(begun + 1, at).replaceAll('""', '"') : content.slice(begun, at);
    if (isQuoted) at++;
    const sign = content.startsWith('\r\n', at) ? '\r\n' : (content[at] ?? '');
    if (!isClosed || !['', '\n', '\r\n', delimiter].includes(sign)) {
      const line = content.slice(0, begun).split('\n').length;
      if (isClosed && sign === '\r')
        throw new FileFault(
          'line-ends',
          path,
          line,
          'a carriage return alone ends a line. Save it as CSV UTF-8.',
        );
      throw new FileFault(
        'open-quote',
        path,
        line,
        'a quote that opens here is not closed, or text follows it.',
      );
    }
    records.at(-1)?.push(cell);
    at += sign.length;
    if (sign === delimiter) {
      if (at === content.length) records.at(-1)?.push('');
    } else if (at < content.length) records.push([]);
  }
  return records;
}

/** @returns where it stands; where the cell begins, if nothing closes it */
function closingQuote(content: string, begun: number): number {
  let at = content.indexOf('"', begun + 1);
  while (at >= 0 && content[at + 1] === '"') at = content.indexOf('"', at + 2);
  return at < 0 ? begun : at;
}
