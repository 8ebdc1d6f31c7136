import type { TableDefinition } from '../source/definition.ts';
import { FileFault } from '../files/file-fault.ts';
import { csvPatterns } from './line-kinds.ts';
import { literal } from './sql-text.ts';
import { type FileStatements, landingSql } from './statements.ts';

/** What is to be done about a file of carriage returns, whichever way it was noticed. */
export const LINE_FEEDS = 'Export the file again with line feeds, or CRLF, at the ends of lines';

/** SQL of one format: whether `piece` is a record by itself, and whether `raw` has a carriage return outside quotes. */
interface Reading {
  readonly isRecord: string;
  readonly outside: string;
  /** How a field may hold a carriage return all the same. */
  readonly advice: string;
}

function readingOf({ format, delimiter, columns }: TableDefinition): Reading {
  const outsideOf = (quoted: string, kept: string) =>
    `position(replaceRegexpAll(raw, ${literal(quoted)}, '${kept}'), '\\r') > 0`;
  if (format === 'tsv')
    return {
      isRecord: `length(splitByChar('\\t', piece)) = ${columns.length}`,
      outside: 'true',
      advice: 'within a field a carriage return is written \\r',
    };
  if (format === 'jsonl')
    return {
      isRecord: "JSONType(piece) = 'Object'",
      outside: outsideOf('"(?:[^"\\\\]|\\\\.)*"', ''),
      advice: 'within a text a carriage return is written \\r',
    };
  const { record, field } = csvPatterns(delimiter, columns.length);
  const d = literal(delimiter);
  return {
    isRecord: `match(piece, ${literal(record)}) AND countMatches(concat(piece, ${d}), ${literal(field)}) = ${columns.length}`,
    outside: outsideOf(`(^|[\\r${delimiter}])"(?:[^"]|"")*"`, '\\\\1'),
    advice: 'a field that holds a carriage return must stand in quotes',
  };
}

/**
 * Looks for records that only a carriage return divides. Any number of them is one line, so that half a file could be
 * missing as one rejected row, below the share that a source allows to be rejected. A line that is a record of the right
 * number of columns hides nothing, wherever it has carriage returns; one of a single column is a record whatever it holds.
 * @throws FileFault with the first such line.
 */
export async function refuseLoneReturns(
  statements: FileStatements,
  table: TableDefinition,
  path: string,
): Promise<void> {
  const { isRecord, outside, advice } = readingOf(table);
  const malformed = `(SELECT line, raw FROM {database:Identifier}.landing_faults WHERE table_name = {table_name:String}
    AND file_no = {file_no:UInt16} AND rule IN ('wrong-column-count', 'broken-quote', 'invalid-json'))`;
  const every = `(SELECT _line AS line, _raw AS raw FROM {database:Identifier}.{records:Identifier}
    WHERE _file_no = {file_no:UInt16})`;
  const isSingle = table.columns.length === 1 && table.format !== 'jsonl';
  const query = landingSql('lone-returns', {
    suspects: isSingle ? every : malformed,
    outside,
    is_record: isSingle ? 'false' : isRecord,
  });
  const found = await statements.first<{ line: string }>(query, { columns: table.columns.length });
  if (!found) return;
  const what =
    'a carriage return stands here alone, without a line feed, so that several records would be read as one. ' +
    `${LINE_FEEDS}; ${advice}.`;
  throw new FileFault('line-ends', path, Number(found.line), what);
}
