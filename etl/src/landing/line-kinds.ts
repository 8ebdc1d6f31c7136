/**
 * How a line of text becomes fields, in SQL. Each landed line carries a kind, decided once while it is landed, so that
 * the view of a table takes the cheapest correct way for it. Measured on 4 million lines of 19 columns: splitting a line
 * without quotes costs 0.4 µs, one with quotes around whole fields 0.7, the general way 1.4, and taking every line apart
 * with a regular expression, as the rare rest needs, 7.
 */
import type { TableDefinition } from '../source/definition.ts';
import { literal } from './sql-text.ts';
import { landingPart } from './statements.ts';

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

/** SQL: whether a line is blank; `raw` is the SQL of its text, as in all that follow. */
export const isBlank = (raw: string): string => landingPart('is-blank', { raw });

/** SQL: the text of a line without the carriage return of its line end. */
export const withoutCr = (raw: string): string => landingPart('without-cr', { raw });

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

/** SQL: the kind of a line, from its raw text. Written as a column's default. */
export function lineKind(table: TableDefinition, raw: string): string {
  const columns = table.columns.length;
  const either = { odd: String(LINE_KINDS.odd), plain: String(LINE_KINDS.plain) };
  const blank = { is_blank: isBlank(raw) };
  if (table.format === 'jsonl') return landingPart('kind-of-json', { ...either, ...blank });
  const delimited = {
    ...either,
    raw,
    general: String(LINE_KINDS.general),
    delimiter: literal(table.delimiter),
    delimiters: String(columns - 1),
    blank_is_odd: columns === 1 ? landingPart('blank-is-odd', { ...blank, odd: either.odd }) : '',
  };
  if (table.format === 'tsv') return landingPart('kind-of-tsv', delimited);
  const d = hex(table.delimiter);
  const simple = `^(?:"[^"${d}]*"|[^"${d}]*)(?:${d}(?:"[^"${d}]*"|[^"${d}]*)){${columns - 1}}\\r?$`;
  return landingPart('kind-of-csv', {
    ...delimited,
    quoted: String(LINE_KINDS.quoted),
    simple: literal(simple),
    any_case: literal(csvPatterns(table.delimiter, columns).general),
  });
}

/** SQL: the fields of a line of a kind as Array(String), but for the carriage return after the last. */
export function splitLine(table: TableDefinition, kind: number, raw: string): string {
  const given = { raw, delimiter: literal(table.delimiter) };
  if (kind === LINE_KINDS.quoted) return landingPart('split-quoted', given);
  if (kind === LINE_KINDS.general && table.format === 'csv') return landingPart('split-general', given);
  return landingPart('split-plain', given);
}

/** SQL: the fields of any well-formed CSV record, given without its line end. */
export function splitRecord(table: TableDefinition, record: string): string {
  const given = { raw: record, delimiter: literal(table.delimiter) };
  const patterns = csvPatterns(table.delimiter, table.columns.length);
  return landingPart('split-record', {
    ...given,
    general: literal(patterns.general),
    field: literal(patterns.field),
    split_general: landingPart('split-general', given),
  });
}

/** SQL: a TSV field with ClickHouse's escapes resolved. */
export const unescapeTsv = (field: string): string => landingPart('unescape-tsv', { field });
