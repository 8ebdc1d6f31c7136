/** The rows of a sheet as text, one after the other, whatever the sheet's size. */
import { FileFault } from '../files/index.ts';
import { type CellKind, columnOf, momentText, numberText, plainText } from './cell-text.ts';
import { damaged, LIMITS, openWorkbook, type Workbook } from './open-workbook.ts';
import { findSheet, readCellKinds, readSharedTexts } from './workbook-parts.ts';
import { parseXml } from './xml-events.ts';

/** What a spreadsheet can hold. */
const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;

/** A cell that has no value: an error, or a formula that was never worked out. */
export interface ErrorCell {
  /** Its column, from 1. */
  readonly column: number;
  /** What stands there: `C7: #N/A`. */
  readonly text: string;
}

export interface SheetRow {
  /** As the spreadsheet numbers it, from 1. */
  readonly row: number;
  /** From column A; what is empty is ''. */
  readonly cells: readonly string[];
  /** Cells of it that have no value; in `cells` an error is as it is shown, and such a formula empty. */
  readonly errors: readonly ErrorCell[];
}

export interface SheetChoice {
  /** A file .xlsx. */
  readonly path: string;
  /** Its name; the first one that is not hidden where it is left out. */
  readonly sheet: string | undefined;
}

/**
 * Rows with a value, in their order. Numbers as they are shown, without separators; days and times by the format of their cell; of formulas the value
 * that was saved with them. Cells without a value are named with their row. @throws FileFault that names sheet and cell.
 */
export async function* sheetRows({ path, sheet }: SheetChoice): AsyncGenerator<SheetRow> {
  const workbook = await openWorkbook(path);
  try {
    const found = await findSheet(path, workbook, sheet);
    const kinds = await readCellKinds(path, workbook);
    const texts = await readSharedTexts(path, workbook);
    yield* rowsOf(path, workbook, found, { kinds, texts });
  } finally {
    workbook.close();
  }
}

interface Lookups {
  readonly kinds: readonly CellKind[];
  readonly texts: readonly string[];
}

async function* rowsOf(
  path: string,
  workbook: Workbook,
  { name, part, from1904 }: Awaited<ReturnType<typeof findSheet>>,
  lookups: Lookups,
): AsyncGenerator<SheetRow> {
  const pieces = workbook.part(part, LIMITS.sheet);
  if (pieces === null) throw damaged(path, new Error(`it has no part ${part}`));
  const reader = new RowReader(path, name, from1904, lookups);
  try {
    for await (const _ of parseXml(pieces, reader)) yield* reader.taken();
  } catch (error) {
    throw error instanceof FileFault ? error : damaged(path, error);
  }
}

/** Puts rows together from the events of a sheet's XML. */
class RowReader {
  private rows: SheetRow[] = [];
  private row = 0;
  private cells: string[] = [];
  private errors: ErrorCell[] = [];
  private column = 0;
  private cell = { type: '', style: 0, value: '', text: '', hasFormula: false, hasValue: false };
  private isValue = false;
  private isText = false;
  private spoken = 0;

  constructor(
    private readonly path: string,
    private readonly sheet: string,
    private readonly from1904: boolean,
    private readonly lookups: Lookups,
  ) {}

  /** Rows that are complete since it was asked last. */
  taken(): SheetRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  readonly open = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (name === 'row') this.beginRow(attributes['r']);
    else if (name === 'c') this.beginCell(attributes);
    else if (name === 'v') this.isValue = this.cell.hasValue = true;
    else if (name === 'f') this.cell.hasFormula = true;
    else if (name === 'rPh') this.spoken++;
    else if (name === 't') this.isText = this.spoken === 0;
  };

  readonly text = (piece: string): void => {
    if (this.isValue) this.cell.value += piece;
    else if (this.isText) this.cell.text += piece;
  };

  readonly close = (name: string): void => {
    if (name === 'v') this.isValue = false;
    else if (name === 't') this.isText = false;
    else if (name === 'rPh') this.spoken--;
    else if (name === 'c') this.endCell();
    else if (name === 'row') this.endRow();
  };

  private beginRow(number: string | undefined): void {
    const row = number === undefined ? this.row + 1 : Number(number);
    if (!(row > this.row && row <= MOST_ROWS))
      throw this.fault('row ' + String(number), 'stands where no row can be');
    this.row = row;
    this.cells = [];
    this.errors = [];
    this.column = 0;
  }

  private beginCell({
    r: reference = '',
    t: type = 'n',
    s: style = '0',
  }: Readonly<Record<string, string>>): void {
    const column = columnOf(reference) || this.column + 1;
    if (column <= this.column || column > MOST_COLUMNS)
      throw this.fault(reference, 'stands where no cell can be');
    this.column = column;
    this.cell = { type, style: Number(style), value: '', text: '', hasFormula: false, hasValue: false };
  }

  private endCell(): void {
    const text = this.textOf();
    if (text === '') return;
    while (this.cells.length < this.column - 1) this.cells.push('');
    this.cells.push(text);
  }

  private endRow(): void {
    if (this.cells.length > 0 || this.errors.length > 0)
      this.rows.push({ row: this.row, cells: this.cells, errors: this.errors });
  }

  private textOf(): string {
    const { type, style, value, text, hasFormula, hasValue } = this.cell;
    if (type === 'inlineStr') return plainText(text);
    if (hasFormula && !hasValue) return this.error('a formula whose value was not saved', '');
    if (value === '') return '';
    if (type === 's') {
      const shared = this.lookups.texts[Number(value)];
      if (shared === undefined)
        throw this.fault(this.place(), `has text number ${value}, which there is not`);
      return shared;
    }
    if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
    if (type === 'e') return this.error(value, plainText(value));
    if (type === 'd') return value.replace('T', ' ');
    if (type !== 'n') return plainText(value);
    const kind = this.lookups.kinds[style] ?? 'number';
    const shown = kind === 'number' ? numberText(value) : momentText(value, kind, this.from1904);
    if (shown === null)
      throw this.fault(this.place(), `says that it is a number, and holds “${value.slice(0, 40)}”`);
    return shown;
  }

  /** Keeps a cell that has no value. Returns the text that stands for it. */
  private error(what: string, shown: string): string {
    this.errors.push({ column: this.column, text: `${this.place()}: ${what}` });
    return shown;
  }

  private place(): string {
    let letters = '';
    for (let column = this.column; column > 0; column = Math.floor((column - 1) / 26))
      letters = String.fromCharCode(65 + ((column - 1) % 26)) + letters;
    return `${letters}${this.row}`;
  }

  private fault(cell: string, what: string): FileFault {
    return new FileFault('unreadable', this.path, this.row, `sheet “${this.sheet}”, cell ${cell}, ${what}.`);
  }
}
