/**
 * The rules of reading CSV once more, as a plain state machine that goes through the text character by character: what
 * the set-based statements in SQL are compared with. For specs only; far too slow for data.
 */
export interface ReferenceResult {
  readonly records: { readonly line: number; readonly fields: readonly string[] }[];
  readonly faults: { readonly line: number; readonly rule: string; readonly value: string }[];
  /** Line of the quote that swallows the rest of the file; nothing else counts then. */
  readonly openQuote: number | null;
  /** Line in which a carriage return alone may divide records; nothing else counts then. */
  readonly loneReturn: number | null;
  /** The last line, where it has no line end and too few columns; nothing else counts then. */
  readonly cutOff: number | null;
}

type State = 'start' | 'bare' | 'inside' | 'quote' | 'broken';

/** Fields read so far, and where the machine stands. */
class Machine {
  readonly fields: string[] = [];
  state: State = 'start';
  #field = '';

  constructor(readonly delimiter: string) {}

  read(character: string): void {
    if (this.state === 'inside') {
      if (character === '"') this.state = 'quote';
      else this.#field += character;
    } else if (this.state === 'quote' && character === '"') {
      this.#field += '"';
      this.state = 'inside';
    } else if (this.state !== 'broken' && character === this.delimiter) {
      this.#end();
      this.state = 'start';
    } else if (this.state === 'quote') {
      this.state = 'broken';
    } else if (this.state === 'start' && character === '"') {
      this.state = 'inside';
    } else if (this.state !== 'broken') {
      this.#field += character;
      this.state = 'bare';
    }
  }

  /** Reads a line; true where it ends inside a quote. A carriage return is the line end's unless it stands inside one. */
  readLine(line: string): boolean {
    const bare = line.endsWith('\r') ? line.slice(0, -1) : line;
    for (const character of bare) this.read(character);
    if (this.state === 'inside' && bare !== line) this.read('\r');
    return this.state === 'inside';
  }

  finish(): readonly string[] | null {
    if (this.state === 'broken') return null;
    this.#end();
    return this.fields;
  }

  #end(): void {
    this.fields.push(this.#field);
    this.#field = '';
  }
}

/** Reads what follows the header; the first line has the number 2. */
export function readReference(body: string, columns: number, delimiter = ','): ReferenceResult {
  const lines = body.split('\n');
  while (lines.length > 0 && isBlankEnd(lines.at(-1) as string, columns, delimiter)) lines.pop();
  const result: ReferenceResult = {
    records: [],
    faults: [],
    openQuote: null,
    loneReturn: null,
    cutOff: null,
  };
  for (let at = 0; at < lines.length;) {
    const read = readRecord(lines, at, columns, delimiter);
    if (read === 'open') return { ...result, openQuote: at + 2 };
    if ('fields' in read) result.records.push({ line: at + 2, fields: read.fields });
    else result.faults.push({ line: at + 2, rule: read.rule, value: read.value });
    at += 'lines' in read ? read.lines : 1;
  }
  const lone = loneReturn(lines, result, columns, delimiter);
  return { ...result, loneReturn: lone, cutOff: lone === null ? cutOff(body, result, columns) : null };
}

function cutOff(body: string, { faults }: ReferenceResult, columns: number): number | null {
  const last = body.split('\n').length + 1;
  const isShort = faults.some(
    ({ line, rule, value }) => line === last && rule === 'wrong-column-count' && Number(value) < columns,
  );
  return isShort && !/[\r\n]$/.test(body) ? last : null;
}

function loneReturn(
  lines: readonly string[],
  { records, faults }: ReferenceResult,
  columns: number,
  delimiter: string,
): number | null {
  const bare = (line: number): string => (lines[line - 2] as string).replace(/\r$/, '');
  const isPiece = (piece: string): boolean => isRecord(piece, columns, delimiter);
  const hides = (text: string): boolean =>
    columns > 1 && text.includes('\r') && text.split('\r').some(isPiece);
  const malformed = faults
    .filter(({ rule }) => rule !== 'nul-byte')
    .map(({ line }) => line)
    .filter((line) => hides(bare(line)) || hasReturnOutside(bare(line), delimiter));
  // A record of a single column is one whatever it holds, so that only the quotes tell. It begins on its line and ends before the next.
  const starts = [...records, ...faults].map(({ line }) => line).sort((one, other) => one - other);
  const whole = (index: number): string => {
    const start = starts[index] as number;
    return lines
      .slice(start - 2, (starts[index + 1] ?? lines.length + 2) - 2)
      .join('\n')
      .replace(/\r$/, '');
  };
  const single = columns === 1 ? starts.filter((_, index) => hasReturnOutside(whole(index), delimiter)) : [];
  const swallowed = lines.flatMap((line, index) => {
    const between = line.replace(/\r$/, '').split('\r').slice(1, -1);
    return (columns - 1) * between.length >= 9 && between.every(isPiece) ? [index + 2] : [];
  });
  const all = [...malformed, ...single, ...swallowed];
  return all.length > 0 ? Math.min(...all) : null;
}

/** Whether a carriage return is left where the fields that stand in quotes are taken away. */
function hasReturnOutside(text: string, delimiter: string): boolean {
  return text.replace(new RegExp(`(^|[\\r${delimiter}])"(?:[^"]|"")*"`, 'g'), '$1').includes('\r');
}

/** A line of white space alone, as the end of a file may have. */
export const BLANK = /^[ \t\v\f\r\cZ\u00a0\u3000]*$/;

/** White space alone at the end is no record, unless it is one by its columns. */
function isBlankEnd(line: string, columns: number, delimiter: string): boolean {
  return BLANK.test(line) && (columns === 1 || !isRecord(line, columns, delimiter));
}

type Read = 'open' | { fields: readonly string[]; lines: number } | { rule: string; value: string };

function readRecord(lines: readonly string[], at: number, columns: number, delimiter: string): Read {
  const machine = new Machine(delimiter);
  let open = machine.readLine(lines[at] as string);
  let count = 1;
  let before = 0; // fields that have ended before the last line
  for (; open; count += 1) {
    const next = lines[at + count];
    if (next === undefined) return 'open';
    before = machine.fields.length;
    machine.read('\n');
    open = machine.readLine(next);
  }
  const fields = machine.finish();
  const broken = { rule: 'broken-quote', value: '' };
  if (fields === null) return broken;
  if (count > 1) {
    const between = lines.slice(at + 1, at + count - 1);
    const isWhole = (line: string): boolean => isRecord(line, columns, delimiter);
    const delimiters =
      (columns - 1) * between.length + (isWhole(lines[at + count - 1] as string) ? before : 0);
    const swallows = delimiters >= 9 && between.every(isWhole);
    return fields.length === columns && !swallows ? withoutNul({ fields, lines: count }) : broken;
  }
  const isBlank = fields.length === 1 && fields[0] === '' && /^\r?$/.test(lines[at] as string);
  if (isBlank && columns > 1) return { rule: 'wrong-column-count', value: '0' };
  if (fields.length !== columns) return { rule: 'wrong-column-count', value: String(fields.length) };
  return withoutNul({ fields, lines: 1 });
}

function withoutNul(read: { fields: readonly string[]; lines: number }): Read {
  const nul = { rule: 'nul-byte', value: '', lines: read.lines };
  return read.fields.some((field) => field.includes('\0')) ? nul : read;
}

function isRecord(line: string, columns: number, delimiter: string): boolean {
  const machine = new Machine(delimiter);
  return !machine.readLine(line) && machine.finish()?.length === columns;
}
