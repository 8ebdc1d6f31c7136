import type { TableDefinition } from '../source/definition.ts';
import { isBlank, LINE_KINDS, withoutCr } from './line-kinds.ts';
import type { FileStatements } from './statements.ts';

/**
 * Settles the odd lines of a TSV file: each is a line of its own, and what is odd about it is its number of columns.
 * Returns the last line that is not blank.
 */
export async function settleTsv(
  statements: FileStatements,
  table: TableDefinition,
  lastRecord: number,
): Promise<number> {
  const odd = `SELECT _line, ${withoutCr('_raw')} AS text FROM {database:Identifier}.{lines:Identifier}
    WHERE _file_no = {file_no:UInt16} AND _kind = ${LINE_KINDS.odd}`;
  const last = await statements.first<{ last: string }>(
    `SELECT maxIf(_line, NOT ${isBlank('text')}) AS last FROM (${odd})`,
  );
  const lastLine = Math.max(lastRecord, Number(last?.last ?? 0));
  const isRecord = table.columns.length === 1 ? `${isBlank('text')} AND position(text, '\\t') = 0` : 'false'; // a blank line between others is the value of a single column
  await statements.run(
    `INSERT INTO {database:Identifier}.{resolved:Identifier} SELECT {file_no:UInt16}, _line, text, [text] FROM (${odd})
     WHERE ${isRecord} AND _line <= {last_line:UInt64}`,
    { last_line: lastLine },
  );
  await statements.run(
    `INSERT INTO {database:Identifier}.landing_faults
     SELECT {table_name:String}, {file_no:UInt16}, _line, text, 'wrong-column-count', '',
       toString(if(text = '', 0, length(splitByChar('\\t', text))))
     FROM (${odd}) WHERE NOT ${isRecord} AND _line <= {last_line:UInt64}`,
    { last_line: lastLine },
  );
  return lastLine;
}
