/**
 * Takes the lines of a JSON lines file apart: one object a line, values to text. The engine's JSON functions read a
 * number into a float and write it anew (1.10 → 1.1, 12345678901234567890123 → refused), so every number is put into
 * quotes first, and then read as the text that it is. An exponent gets the sign that it may do without (1.23E15 → 1.23E+15): so a
 * number that was rounded is known from an id that is text.
 */
import type { TableDefinition } from '../source/definition.ts';
import { FileFault } from '../files/file-fault.ts';
import { LINE_KINDS, withoutCr } from './line-kinds.ts';
import { identifier, literal } from './sql-text.ts';
import type { FileStatements } from './statements.ts';

/** Stand for an escaped backslash, an escaped quote and a string; as bare control characters they are in no valid JSON. */
const BACKSLASH = '\\x01';
const QUOTE = '\\x02';
const STRING = '\\x03';
const NUMBER = '-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?';

/**
 * SQL steps, each on the result of the one before: hide escapes, so that every quote left is a string's first or last;
 * cut at the quotes, so that every second piece is a string; quote the numbers in all other pieces at once; put together.
 */
function withQuotedNumbers(source: string): string {
  const hidden = `SELECT _line, _raw, splitByChar('"', replaceAll(replaceAll(_raw, '\\\\\\\\', '${BACKSLASH}'), '\\\\"', '${QUOTE}')) AS cut FROM ${source}`;
  const between = `arrayStringConcat(arrayFilter((piece, i) -> i % 2 = 1, cut, arrayEnumerate(cut)), '${STRING}')`;
  const signed = `replaceRegexpAll(${between}, ${literal('([0-9][eE])([0-9])')}, '\\\\1+\\\\2')`;
  const split = `SELECT _line, _raw, length(cut) % 2 = 1 AND NOT match(_raw, '[${BACKSLASH}${QUOTE}${STRING}]') AS balanced,
    splitByChar('${STRING}', replaceRegexpAll(${signed}, ${literal(NUMBER)}, '"\\\\0"')) AS others,
    arrayResize(arrayFilter((piece, i) -> i % 2 = 0, cut, arrayEnumerate(cut)), length(others) - 1) AS strings FROM (${hidden})`;
  const joined = `concat(arrayStringConcat(arrayMap((other, string) -> concat(other, '"', string, '"'), arrayPopBack(others), strings)), others[-1])`;
  const shown = `replaceAll(replaceAll(${joined}, '${QUOTE}', '\\\\"'), '${BACKSLASH}', '\\\\\\\\')`;
  return `SELECT _line, _raw, if(balanced, ${shown}, '') AS json FROM (${split})`;
}

/** Fills the table's records and faults from its lines. `lastRecord`: the last line that is not blank. */
export async function settleJsonl(
  statements: FileStatements,
  table: TableDefinition,
  lastRecord: number,
): Promise<void> {
  const { plain, odd } = LINE_KINDS;
  const lines = `(SELECT _line, _raw FROM {database:Identifier}.{lines:Identifier} WHERE _file_no = {file_no:UInt16} AND _kind = ${plain})`;
  const tuple = `Tuple(${table.columns.map((column) => `${identifier(column)} String`).join(', ')})`;
  const declared = `[${table.columns.map(literal).join(', ')}]`;
  const read = `SELECT _line, _raw, JSONType(json) AS type, JSONExtractKeys(json) AS keys,
    arrayFirst(key -> NOT has(${declared}, key), keys) AS unknown, length(keys) > length(arrayDistinct(keys)) AS repeated,
    multiIf(type != 'Object', 'invalid-json', repeated, 'duplicate-key', NOT hasAll(${declared}, keys), 'unknown-key', '') AS rule,
    JSONExtract(json, ${literal(tuple)}) AS found FROM (${withQuotedNumbers(lines)})`;
  const fields = `[${table.columns.map((_, index) => `tupleElement(found, ${index + 1})`).join(', ')}]`;
  const repeatedKey = `arrayFirst((key, i) -> i > indexOf(keys, key), keys, arrayEnumerate(keys))`;
  // Both statements read all lines again: a second reading is cheaper than a table between that holds everything twice.
  await statements.run(
    `INSERT INTO {database:Identifier}.{resolved:Identifier} (_file_no, _line, _fields)
     SELECT {file_no:UInt16}, _line, ${fields} FROM (${read}) WHERE rule = ''`,
  );
  const landed = await statements.first<{ lines: string; records: string }>(
    `SELECT (SELECT count() FROM {database:Identifier}.{lines:Identifier} WHERE _file_no = {file_no:UInt16} AND _line <= {last_line:UInt64}) AS lines,
            (SELECT count() FROM {database:Identifier}.{resolved:Identifier} WHERE _file_no = {file_no:UInt16}) AS records`,
    { last_line: lastRecord },
  );
  if (landed?.lines === landed?.records) return;
  await statements.run(
    `INSERT INTO {database:Identifier}.landing_faults
     SELECT {table_name:String}, {file_no:UInt16}, _line, ${withoutCr('_raw')}, rule, '', multiIf(rule = 'unknown-key', unknown, rule = 'duplicate-key', ${repeatedKey}, '')
     FROM (${read}) WHERE rule != ''
     UNION ALL
     SELECT {table_name:String}, {file_no:UInt16}, _line, '', 'invalid-json', '', ''
     FROM {database:Identifier}.{lines:Identifier}
     WHERE _file_no = {file_no:UInt16} AND _kind = ${odd} AND _line <= {last_line:UInt64}`,
    { last_line: lastRecord },
  );
}

/**
 * Several objects in a line, one behind the other or in an array, would be one rejected row, whatever their number. Between
 * strings a brace never follows a closed one in valid JSON.
 * @throws FileFault with the first such line.
 */
export async function refuseJoinedObjects(statements: FileStatements, path: string): Promise<void> {
  const bare = `replaceRegexpAll(raw, ${literal('"(?:[^"\\\\]|\\\\.)*"')}, '')`;
  const isList = (json: string): string =>
    `JSONType(${json}, 1) = 'Object' AND JSONLength(${json}) > 1 AND JSONType(${json}) = 'Array'`;
  const found = await statements.first<{ line: string }>(
    `SELECT line FROM {database:Identifier}.landing_faults
     WHERE table_name = {table_name:String} AND file_no = {file_no:UInt16} AND rule = 'invalid-json'
       AND (match(${bare}, ${literal('[}]\\s*[{]')}) OR ${isList('raw')} OR ${isList("concat('[', raw, ']')")})
     ORDER BY line LIMIT 1`,
  );
  if (!found) return;
  const what =
    'the line holds several objects, and JSON lines have one a line. Export the file again with a line feed after each object.';
  throw new FileFault('line-ends', path, Number(found.line), what);
}
