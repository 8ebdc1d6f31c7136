import type { TableDefinition } from '../source/definition.ts';
import { FileFault } from '../files/file-fault.ts';
import { csvPatterns } from './line-kinds.ts';
import { type FileStatements, landingPart, landingSql, type Parameters } from './statements.ts';

/** What is to be done about a file of carriage returns, whichever way it was noticed. */
export const LINE_FEEDS = 'Export the file again with line feeds, or CRLF, at the ends of lines';

/** How a format is read: what of `lone-returns.sql` is its own. */
interface Reading {
  /** SQL: whether `piece` is a record by itself. */
  readonly isRecord: string;
  /** Regular expression of what stands in quotes, and what is kept of it; null: the format has no quotes. */
  readonly quoted: { readonly quoted: string; readonly kept: string } | null;
  readonly parameters: Parameters;
  /** How a field may hold a carriage return all the same. */
  readonly advice: string;
}

function readingOf({ format, delimiter, columns }: TableDefinition): Reading {
  if (format === 'tsv')
    return {
      isRecord: landingPart('is-piece-of-tsv', {}),
      quoted: null,
      parameters: {},
      advice: 'within a field a carriage return is written \\r',
    };
  if (format === 'jsonl')
    return {
      isRecord: landingPart('is-piece-of-json', {}),
      quoted: { quoted: '"(?:[^"\\\\]|\\\\.)*"', kept: '' },
      parameters: {},
      advice: 'within a text a carriage return is written \\r',
    };
  const { record, field } = csvPatterns(delimiter, columns.length);
  return {
    isRecord: landingPart('is-piece-of-csv', {}),
    quoted: { quoted: `(^|[\\r${delimiter}])"(?:[^"]|"")*"`, kept: '\\1' },
    parameters: { record, field, delimiter },
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
  const { isRecord, quoted, parameters, advice } = readingOf(table);
  const isSingle = table.columns.length === 1 && table.format !== 'jsonl';
  const query = landingSql('lone-returns', {
    suspects: landingPart(isSingle ? 'every-record' : 'malformed-lines', {}),
    outside: quoted ? landingPart('returns-outside', {}) : 'true',
    is_record: isSingle ? 'false' : isRecord,
  });
  const found = await statements.first<{ line: string }>(query, {
    columns: table.columns.length,
    ...parameters,
    ...quoted,
  });
  if (!found) return;
  const what =
    'a carriage return stands here alone, without a line feed, so that several records would be read as one. ' +
    `${LINE_FEEDS}; ${advice}.`;
  throw new FileFault('line-ends', path, Number(found.line), what);
}
