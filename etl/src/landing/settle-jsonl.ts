/**
 * Takes the lines of a JSON lines file apart: one object a line, values to text. The engine's JSON functions read a
 * number into a float and write it anew (1.10 → 1.1, 12345678901234567890123 → refused), so every number is put into
 * quotes first, and then read as the text that it is. An exponent gets the sign that it may do without (1.23E15 → 1.23E+15): so a
 * number that was rounded is known from an id that is text.
 */
import type { TableDefinition } from '../source/definition.ts';
import { FileFault } from '../files/file-fault.ts';
import { LINE_KINDS } from './line-kinds.ts';
import { identifier } from './sql-text.ts';
import { type FileStatements, landingPart, landingSql } from './statements.ts';

/** Fills the table's records and faults from its lines. `lastRecord`: the last line that is not blank. */
export async function settleJsonl(
  statements: FileStatements,
  table: TableDefinition,
  lastRecord: number,
): Promise<void> {
  const { columns } = table;
  const parameters = {
    plain_kind: LINE_KINDS.plain,
    odd_kind: LINE_KINDS.odd,
    declared: columns,
    values_type: `Tuple(${columns.map((column) => `${identifier(column)} String`).join(', ')})`,
    last_line: lastRecord,
  };
  const objects = landingPart('objects-of-lines', { json_of_lines: landingPart('json-of-lines', {}) });
  const fields = `[${columns.map((_, index) => `tupleElement(found, ${index + 1})`).join(', ')}]`;
  // Both statements read all lines again: a second reading is cheaper than a table between that holds everything twice.
  await statements.run(landingSql('resolve-json', { objects, fields }), parameters);
  const landed = await statements.first<{ lines: string; records: string }>(
    landingSql('count-json'),
    parameters,
  );
  if (landed?.lines === landed?.records) return;
  await statements.run(landingSql('fault-json', { objects }), parameters);
}

/**
 * Several objects in a line, one behind the other or in an array, would be one rejected row, whatever their number. Between
 * strings a brace never follows a closed one in valid JSON.
 * @throws FileFault with the first such line.
 */
export async function refuseJoinedObjects(statements: FileStatements, path: string): Promise<void> {
  const found = await statements.first<{ line: string }>(landingSql('joined-objects'));
  if (!found) return;
  const what =
    'the line holds several objects, and JSON lines have one a line. Export the file again with a line feed after each object.';
  throw new FileFault('line-ends', path, Number(found.line), what);
}
