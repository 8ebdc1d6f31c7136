/** A file of users, from its bytes to its cells: which encoding, which columns, and on which line each user begins. */
import { isAscii } from 'node:buffer';
import {
  type ImportColumn,
  type ImportPlan,
  type ImportRefusal,
  LARGEST_IMPORT_BYTES,
  MOST_IMPORT_LINES,
  type RefusedLine,
} from '@beltline/contract';
import { CsvError, parse } from 'csv-parse/sync';
import { columnOf } from './import-columns.ts';

export interface ImportRow {
  readonly line: number;
  readonly cells: Readonly<Partial<Record<ImportColumn, string>>>;
}
export interface ImportRows {
  readonly encoding: ImportPlan['encoding'];
  /** What the file calls its columns. */
  readonly heads: ReadonlyMap<ImportColumn, string>;
  readonly rows: readonly ImportRow[];
  readonly refused: readonly RefusedLine[];
}

/** Reads a file; whatever is wrong with it comes as refusals. */
export function readImport(bytes: Buffer): ImportRows {
  const decoded = decode(bytes);
  if ('reason' in decoded) return refusedFile(null, decoded.reason);
  const { text, encoding } = decoded;
  let records: Parsed[];
  try {
    records = parseRecords(text);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return refusedFile(encoding, 'quoting', { line: Number(error['lines'] ?? 0) || null });
  }
  const [head, ...others] = records;
  if (head === undefined) return refusedFile(encoding, 'no-header');
  const { columns, heads, refused } = columnsOf(head.record);
  if (refused.length > 0) return { encoding, heads, rows: [], refused };
  if (others.length === 0) return refusedFile(encoding, 'no-lines');
  if (others.length > MOST_IMPORT_LINES)
    return refusedFile(encoding, 'too-many-lines', { value: String(others.length) });
  const lines = others.map(({ record, info }) => ({ record, line: info.lines - breaksIn(record) }));
  const isWhole = (record: readonly string[]) => record.length === columns.length;
  return {
    ...{ encoding, heads },
    rows: lines
      .filter(({ record }) => isWhole(record))
      .map(({ line, record }) => ({
        line,
        cells: Object.fromEntries(columns.map((column, index) => [column, record[index]?.trim() ?? ''])),
      })),
    refused: lines
      .filter(({ record }) => !isWhole(record))
      .map(({ line, record }) => ({ line, column: null, reason: 'cells', value: String(record.length) })),
  };
}

/** What a file had, to be shown: cut short, and without what would not be seen or would move a terminal's cursor. */
export function shown(text: string): string {
  const seen = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\uFFFD');
  const characters = [...seen];
  return characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : seen;
}

interface Parsed {
  readonly record: readonly string[];
  /** `lines`: the line on which it ends. */
  readonly info: { readonly lines: number };
}

/** A cell in quotes may go on over several lines. */
const breaksIn = (record: readonly string[]) => (record.join('').match(/\r\n|\r|\n/g) ?? []).length;

/** Blank lines are none, and neither are those that a spreadsheet leaves of emptied rows. */
const parseRecords = (text: string): Parsed[] =>
  (
    parse(text, {
      ...{ info: true, relax_column_count: true, skip_empty_lines: true },
      record_delimiter: ['\r\n', '\n', '\r'],
    }) as unknown as Parsed[]
  ).filter(({ record }, index) => index === 0 || record.some((cell) => cell.trim() !== ''));

type Decoded =
  { readonly text: string; readonly encoding: 'utf-8' | 'gb18030' } | { readonly reason: ImportRefusal };

/**
 * UTF-8 where the bytes are that; else GB18030, as which spreadsheets in China save CSV. Nothing is guessed: some names are text in both (陆 as
 * GB18030 is ½ as UTF-8), because UTF-8 of two bytes a character is Chinese too; three bytes, as Chinese has in UTF-8, or a mark decide.
 */
function decode(bytes: Buffer): Decoded {
  if (bytes.length > LARGEST_IMPORT_BYTES) return { reason: 'too-large' };
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') return { reason: 'utf-16' };
  const [utf8, gb18030] = [textOf(bytes, 'utf-8'), textOf(bytes, 'gb18030')];
  if (utf8 === null)
    return gb18030 === null ? { reason: 'encoding' } : { text: gb18030, encoding: 'gb18030' };
  const isMarked = bytes.subarray(0, 3).toString('hex') === 'efbbbf';
  if (isMarked || gb18030 === null || isAscii(bytes) || /[\u0800-\u{10ffff}]/u.test(utf8))
    return { text: utf8, encoding: 'utf-8' };
  return { reason: 'two-encodings' };
}

function textOf(bytes: Buffer, encoding: 'utf-8' | 'gb18030'): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function columnsOf(head: readonly string[]) {
  const heads = new Map<ImportColumn, string>();
  const columns: ImportColumn[] = [];
  const refused: RefusedLine[] = [];
  for (const cell of head) {
    const column = columnOf(cell);
    const fault = column === undefined ? 'unknown-column' : heads.has(column) ? 'column-twice' : null;
    if (fault !== null) refused.push({ line: 1, column: null, reason: fault, value: shown(cell) });
    if (column === undefined) continue;
    columns.push(column);
    heads.set(column, shown(cell.trim()));
  }
  if (!heads.has('name') && refused.length === 0)
    refused.push({ line: 1, column: 'name', reason: 'no-name-column', value: null });
  return { columns, heads, refused };
}

const refusedFile = (
  encoding: ImportPlan['encoding'],
  reason: ImportRefusal,
  rest: Partial<RefusedLine> = {},
): ImportRows => ({
  ...{ encoding, heads: new Map(), rows: [] },
  refused: [{ line: null, column: null, value: null, reason, ...rest }],
});
