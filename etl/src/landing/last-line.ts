import type { TableDefinition } from '../source/definition.ts';
import { FileFault } from '../files/file-fault.ts';
import { type FileStatements, landingSql } from './statements.ts';

/**
 * Judges a last line that has no line end. A file that was cut off ends in such a line, and so do those of writers that
 * end no last line; what is missing in it tells them apart. JSON that can be read is whole, because its brace is closed.
 * `lastLine`: the last line that is not blank. Returns whether the line is a record that may have been cut off all the same.
 * @throws FileFault where it has fewer columns than the table, or is no JSON.
 */
export async function judgeLastLine(
  statements: FileStatements,
  table: TableDefinition,
  path: string,
  lastLine: number,
): Promise<boolean> {
  const found = await statements.first<{ line: string; rule: string; value: string }>(
    landingSql('last-line'),
  );
  const line = Number(found?.line ?? 0);
  if (line === 0 || line > lastLine) return false;
  const columns = table.columns.length;
  const refuse = (what: string): never => {
    throw new FileFault(
      'truncated',
      path,
      line,
      `the file ends here, without a line end and with ${what}: it was cut off. Export or copy it again.`,
    );
  };
  if (found?.rule === 'invalid-json') refuse('what is no JSON object');
  if (found?.rule === 'wrong-column-count' && Number(found.value) < columns)
    refuse(`${found.value} of ${columns} columns`);
  return table.format !== 'jsonl';
}
