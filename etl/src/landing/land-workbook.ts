/**
 * Lands a sheet of an Excel workbook: each of its rows as a line of TSV, numbered as the spreadsheet numbers it, and from there on as a file of
 * text. A row of which a cell that is read has no value (an error, a formula that was never worked out) is a rejected one, and so is a blank row between others, is a rejected one, as a blank line is; those behind the last are nothing.
 */
import { Readable } from 'node:stream';
import { FileFault } from '../files/file-fault.ts';
import { readChecked } from '../files/raw-file.ts';
import type { TableDefinition } from '../source/definition.ts';
import { sheetRows } from '../workbook/index.ts';
import { checkHeader } from './header.ts';
import { landLines } from './land-text.ts';
import { landedAs } from './landed-as.ts';
import type { LandedRecords, LandingInput } from './landing-input.ts';
import { LINE_KINDS } from './line-kinds.ts';
import { type FileStatements, landingSql } from './statements.ts';

/** Rows of a sheet in which a cell has no value; with more of them something else is wrong with the sheet. */
const MOST_ERROR_ROWS = 5000;
/** So many are set apart at once, because their numbers stand in an address. */
const ERROR_ROWS_AT_ONCE = 200;

/** Blank rows between two others; with more of them something else is wrong with the sheet. */
const MOST_BLANK_ROWS = 1000;
const BLOCK_BYTES = 1 << 20;

/** A row with a cell that has no value: its column, and what stands there. */
interface ErrorRow {
  readonly row: number;
  readonly column: string;
  readonly text: string;
}

interface Reading {
  readonly declared: TableDefinition;
  /** The same as it is landed. */
  readonly table: TableDefinition;
  readonly path: string;
  readonly signal: AbortSignal | undefined;
  /** Gets the rows with a cell that has no value. */
  readonly errors: ErrorRow[];
}

const headerRowOf = ({ headerRow = 1 }: TableDefinition): number => headerRow;

export async function landWorkbook(input: LandingInput): Promise<LandedRecords> {
  const { table: declared, path, expected, onDigest, onProgress, signal } = input;
  // An archive is read from its end, so the proof that the file is the one that was meant is a reading of its own.
  const prove = async (): Promise<void> => {
    for await (const _ of readChecked({ path, expected, onDigest, onProgress, signal }));
  };
  await prove();
  const table = landedAs(declared);
  const errors: ErrorRow[] = [];
  const lines = linesOf({ declared, table, path, signal, errors });
  const body = Readable.from(lines, { objectMode: false, highWaterMark: 1 });
  const { counted } = await landLines({ ...input, table }, body, headerRowOf(declared) + 1, (statements) =>
    setApart(statements, errors),
  );
  await prove();
  return { ...counted, lacksLineEnd: false };
}

/** The rows below the header as blocks of lines. @throws FileFault where the header is another, and as sheetRows does. */
async function* linesOf({ declared, table, path, signal, errors: found }: Reading): AsyncGenerator<Buffer> {
  const header = headerRowOf(declared);
  let next = header;
  let text = '';
  for await (const { row, cells, errors } of sheetRows({ path, sheet: declared.sheet })) {
    signal?.throwIfAborted();
    if (row < header) continue;
    if (next === header) checkHeader(path, table, row === next ? cells.map(escaped).join('\t') : '');
    else {
      const wrong = errors.find(({ column }) => isRead(table, column));
      if (wrong) found.push({ row, column: table.columns[wrong.column - 1] ?? '', text: wrong.text });
      if (found.length > MOST_ERROR_ROWS)
        throw new FileFault(
          'unreadable',
          path,
          found[0]?.row ?? row,
          `more than ${MOST_ERROR_ROWS} rows have a cell without a value, the first of them ${found[0]?.text}. Correct the workbook.`,
        );
      if (row - next > MOST_BLANK_ROWS)
        throw new FileFault(
          'unreadable',
          path,
          next,
          `rows ${next} to ${row - 1} are blank. Delete what stands behind them, or the blank rows.`,
        );
      text += `${'\n'.repeat(row - next)}${lineOf(cells, table.columns.length)}\n`;
    }
    next = row + 1;
    if (text.length < BLOCK_BYTES) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (next === header)
    throw new FileFault(
      'empty',
      path,
      null,
      `the sheet has no row ${next}, where its header should be. Export it again.`,
    );
  if (text !== '') yield Buffer.from(text);
}

/** Whether a column is one that the source declares. */
const isRead = ({ columns, layout }: TableDefinition, column: number): boolean => {
  const name = columns[column - 1];
  return name !== undefined && (layout?.declared ?? columns).includes(name);
};

async function setApart(statements: FileStatements, errors: readonly ErrorRow[]): Promise<void> {
  for (let at = 0; at < errors.length; at += ERROR_ROWS_AT_ONCE) {
    const part = errors.slice(at, at + ERROR_ROWS_AT_ONCE);
    const rows = { rows: part.map(({ row }) => row), odd_kind: LINE_KINDS.odd };
    const said = { fields: part.map(({ column }) => column), texts: part.map(({ text }) => text) };
    await statements.run(landingSql('fault-error-cells'), { ...rows, ...said });
    await statements.run(landingSql('set-aside-error-cells'), rows);
  }
}

/** Empty cells at the end of a row are not stored. */
const lineOf = (cells: readonly string[], columns: number): string =>
  cells.map(escaped).join('\t') + '\t'.repeat(Math.max(0, columns - cells.length));

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

const escaped = (cell: string): string => cell.replaceAll(/[\\\t\n\r]/g, (sign) => ESCAPES[sign] ?? sign);
