/**
 * How a line of text becomes fields, in SQL. Each landed line carries a kind, decided once while it is landed, so that
 * the view of a table takes the cheapest correct way for it. Measured on 4 million lines of 19 columns: splitting a line
 * without quotes costs 0.4 µs, one with quotes around whole fields 0.7, the general way 1.4, and taking every line apart
 * with a regular expression, as the rare rest needs, 7.
 */
import type { TableDefinition } from '../source/definition.ts';
import { literal } from './sql-text.ts';

export const LINE_KINDS = {
  /** A record without a quote (CSV) or an escape (TSV). */
  plain: 0,
  /** CSV: quotes only around whole fields, with no delimiter and no quote inside them. */
  quoted: 1,
  /** CSV: well formed, with delimiters or doubled quotes inside quotes. TSV: with escapes. */
  general: 2,
  /** Everything else: part of a record of several lines, a stray quote, a wrong number of columns, a blank line. */
  odd: 3,
} as const;

/** A single-line record's fields with the quotes resolved may hold these while it is taken apart; such lines are odd. */
const HIDDEN_DELIMITER = '\\x01';
const HIDDEN_QUOTE = '\\x02';

const CR = "'\\r'";

/**
 * SQL: whether a line holds nothing but white space, or the mark that ended files long ago (Ctrl-Z). At the end of a file
 * such lines are no records, unless the white space is itself the delimiters of one.
 */
export function isBlank(raw: string): string {
  return `match(${raw}, '^(?:[ \\t\\v\\f\\r\\x1a]|\u00a0|\u3000)*$')`;
}

/** The text of a line without the carriage return of its line end. */
export function withoutCr(raw: string): string {
  return `if(endsWith(${raw}, ${CR}), substring(${raw}, 1, length(${raw}) - 1), ${raw})`;
}

/** Regular expressions (RE2) of a CSV dialect. A quote in the middle of an unquoted field is literal. */
export interface CsvPatterns {
  /** A whole record. */
  readonly record: string;
  /** Well-formed fields, then one whose quote stays open. */
  readonly opening: string;
  /** From inside a quote to inside a quote: the same field goes on, or it ends and a later one opens. */
  readonly inside: string;
  /** From inside a quote to the end of a record. */
  readonly closing: string;
  /** One field, captured, and the delimiter after it. */
  readonly field: string;
  /** A whole record of so many columns that the general way can take apart. */
  readonly general: string;
}

export function csvPatterns(delimiter: string, columns: number): CsvPatterns {
  const d = hex(delimiter);
  const quotedPart = '(?:[^"]|"")*';
  const field = `(?:"${quotedPart}"|[^"${d}][^${d}]*|)`;
  const general = `(?:"(?:[^"\\x01\\x02]|"")*"|[^"${d}\\x01\\x02]*)`;
  return {
    record: `^${field}(?:${d}${field})*$`,
    opening: `^(?:${field}${d})*"${quotedPart}$`,
    inside: `^${quotedPart}(?:"(?:${d}${field})*${d}"${quotedPart})?$`,
    closing: `^${quotedPart}"(?:${d}${field})*$`,
    field: `((?:"${quotedPart}"|[^"${d}][^${d}]*|))${d}`,
    general: `^${general}(?:${d}${general}){${columns - 1}}\\r?$`,
  };
}

function hex(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

/**
 * SQL: the kind of a line, from its raw text. Written as a column's default, where the engine evaluates every branch for
 * every line: so the patterns look into arrays that are empty where a line is not their business.
 */
export function lineKind(table: TableDefinition, raw: string): string {
  const { plain, quoted, general, odd } = LINE_KINDS;
  const columns = table.columns.length;
  if (table.format === 'jsonl') return `if(${isBlank(raw)}, ${odd}, ${plain})`;
  const right = `countSubstrings(${raw}, ${literal(table.delimiter)}) = ${columns - 1}`;
  const blank = columns === 1 ? `${isBlank(raw)}, ${odd}, ` : '';
  if (table.format === 'tsv') {
    return `multiIf(${blank}NOT (${right}), ${odd}, position(${raw}, '\\\\') = 0, ${plain}, ${general})`;
  }
  const d = hex(table.delimiter);
  const simple = `^(?:"[^"${d}]*"|[^"${d}]*)(?:${d}(?:"[^"${d}]*"|[^"${d}]*)){${columns - 1}}\\r?$`;
  const anyCase = csvPatterns(table.delimiter, columns).general;
  const matches = (pattern: string, unless: string): string =>
    `arrayExists(text -> match(text, ${literal(pattern)}), if(${unless}, [], [${raw}]))`;
  const hasNone = `position(${raw}, '"') = 0`;
  const isSimple = matches(simple, hasNone);
  // A quoted field that ends in a carriage return of its own must not be mistaken for one of the line end's.
  const ownCr = `endsWith(${raw}, '\\r"') OR endsWith(${raw}, '\\r"\\r')`;
  return (
    `multiIf(${blank}${hasNone}, if(${right}, ${plain}, ${odd}), ${ownCr}, ${odd}, ` +
    `${isSimple}, ${quoted}, ${matches(anyCase, `${hasNone} OR ${isSimple}`)}, ${general}, ${odd})`
  );
}

/** SQL: the fields of a line of a kind as Array(String), but for the carriage return after the last. */
export function splitLine(table: TableDefinition, kind: number, raw: string): string {
  const d = literal(table.delimiter);
  if (kind === LINE_KINDS.quoted) return `splitByChar(${d}, replaceAll(${raw}, '"', ''))`;
  if (kind === LINE_KINDS.general && table.format === 'csv') return splitGeneral(d, raw);
  return `splitByChar(${d}, ${raw})`;
}

/**
 * SQL: cuts at the quotes, so that every second piece is inside one, hides delimiters inside and doubled quotes (an empty
 * piece between two quotes outside), cuts at the delimiters that are left, and puts back what was hidden. The delimiter
 * added at the end keeps the last piece from being empty; the empty field that it makes at the end is never asked for.
 */
function splitGeneral(d: string, raw: string): string {
  const cut = `splitByChar('"', concat(${raw}, ${d}))`;
  const inside = `replaceAll(piece, ${d}, '${HIDDEN_DELIMITER}')`;
  const outside = `if(piece = '' AND i > 1, '${HIDDEN_QUOTE}', piece)`;
  const hidden = `arrayMap((piece, i) -> if(i % 2 = 0, ${inside}, ${outside}), ${cut}, arrayEnumerate(${cut}))`;
  const shown = `translate(field, '${HIDDEN_DELIMITER}${HIDDEN_QUOTE}', concat(${d}, '"'))`;
  return `arrayMap(field -> ${shown}, splitByChar(${d}, arrayStringConcat(${hidden})))`;
}

/** SQL: the fields of any well-formed CSV record, given without its line end. */
export function splitRecord(table: TableDefinition, record: string): string {
  const d = literal(table.delimiter);
  const patterns = csvPatterns(table.delimiter, table.columns.length);
  const unquoted = `if(startsWith(field, '"'), replaceAll(substring(field, 2, length(field) - 2), '""', '"'), field)`;
  const anyCase = `arrayMap(field -> ${unquoted}, extractAll(concat(${record}, ${d}), ${literal(patterns.field)}))`;
  return `multiIf(position(${record}, '"') = 0, splitByChar(${d}, ${record}), match(${record}, ${literal(patterns.general)}), ${splitGeneral(d, record)}, ${anyCase})`;
}

/** SQL: a TSV field with ClickHouse's escapes resolved; \\N is empty, an unknown escape stays as it is. */
export function unescapeTsv(field: string): string {
  const plain = [
    ['\\t', '\\x09'],
    ['\\n', '\\x0a'],
    ['\\r', '\\x0d'],
    ['\\b', '\\x08'],
    ['\\f', '\\x0c'],
    ['\\0', '\\x00'],
    ["\\'", "\\'"],
  ].reduce(
    (sql, [escape, character]) => `replaceAll(${sql}, ${literal(escape as string)}, '${character}')`,
    'part',
  );
  // Cut at escaped backslashes first, or the second of them would begin an escape of its own.
  const resolved = `arrayStringConcat(arrayMap(part -> ${plain}, splitByString('\\\\\\\\', ${field})), '\\\\')`;
  return `multiIf(${field} = '\\\\N', '', position(${field}, '\\\\') = 0, ${field}, ${resolved})`;
}
