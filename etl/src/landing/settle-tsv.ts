import type { TableDefinition } from '../source/definition.ts';
import { isBlank, LINE_KINDS } from './line-kinds.ts';
import { type FileStatements, landingPart, landingSql } from './statements.ts';

/**
 * Settles the odd lines of a TSV file: each is a line of its own, and what is odd about it is its number of columns.
 * Returns the last line that is not blank.
 */
export async function settleTsv(
  statements: FileStatements,
  table: TableDefinition,
  lastRecord: number,
): Promise<number> {
  const odd_lines = landingPart('odd-lines', {});
  const is_blank = isBlank('text');
  const is_record = landingPart('is-record-of-one-column', { is_blank });
  const parameters = { odd_kind: LINE_KINDS.odd, columns: table.columns.length };
  const last = await statements.first<{ last: string }>(
    landingSql('last-odd-line', { odd_lines, is_blank }),
    parameters,
  );
  const lastLine = Math.max(lastRecord, Number(last?.last ?? 0));
  for (const name of ['resolve-odd-lines-of-tsv', 'fault-odd-lines-of-tsv'])
    await statements.run(landingSql(name, { odd_lines, is_record }), { ...parameters, last_line: lastLine });
  return lastLine;
}
