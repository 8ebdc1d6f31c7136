/**
 * The rules of reading CSV once more, as a plain state machine that goes through the text character by character: what
 * the set-based statements in SQL are compared with. For specs only; far too slow for data.
 */
export interface ReferenceResult {
  readonly records: { readonly line: number; readonly fields: readonly string[] }[];
  readonly faults: { readonly line: number; readonly rule: string; readonly value: string }[];
  /** Line of the quote that swallows the rest of the file; nothing else counts then. */
  readonly openQuote: number | null;
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
  while (lines.length > 0 && /^\r?$/.test(lines.at(-1) as string)) lines.pop();
  const result: ReferenceResult = { records: [], faults: [], openQuote: null };
  for (let at = 0; at < lines.length;) {
    const read = readRecord(lines, at, columns, delimiter);
    if (read === 'open') return { ...result, openQuote: at + 2 };
    if ('fields' in read) result.records.push({ line: at + 2, fields: read.fields });
    else result.faults.push({ line: at + 2, rule: read.rule, value: read.value });
    at += 'lines' in read ? read.lines : 1;
  }
  return result;
}

type Read = 'open' | { fields: readonly string[]; lines: number } | { rule: string; value: string };

function readRecord(lines: readonly string[], at: number, columns: number, delimiter: string): Read {
  const machine = new Machine(delimiter);
  let open = machine.readLine(lines[at] as string);
  let count = 1;
  for (; open; count += 1) {
    const next = lines[at + count];
    if (next === undefined) return 'open';
    machine.read('\n');
    open = machine.readLine(next);
  }
  const fields = machine.finish();
  const broken = { rule: 'broken-quote', value: '' };
  if (fields === null) return broken;
  if (count > 1) {
    const between = lines.slice(at + 1, at + count - 1);
    const swallows =
      (columns - 1) * between.length >= 9 && between.every((line) => isRecord(line, columns, delimiter));
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
