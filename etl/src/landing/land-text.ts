import { Readable } from 'node:stream';
import { verifyChecksums } from './decompress.ts';
import { checkHeader } from './header.ts';
import type { LandedRecords, LandFileInput, LandingInput } from './landing-input.ts';
import { landingNames } from './landing-tables.ts';
import { judgeLastLine } from './last-line.ts';
import { LINE_KINDS, withoutCr } from './line-kinds.ts';
import { refuseLoneReturns } from './lone-returns.ts';
import { sendFile } from './send-file.ts';
import { settleCsv } from './settle-csv.ts';
import { refuseJoinedObjects, settleJsonl } from './settle-jsonl.ts';
import { settleTsv } from './settle-tsv.ts';
import { identifier } from './sql-text.ts';
import { FileStatements } from './statements.ts';
import { TextLines } from './text-lines.ts';

/** Lands a file of CSV, TSV or JSON lines: its lines first, as they are, then what the odd ones among them mean. */
export async function landText(input: LandingInput): Promise<LandedRecords> {
  const { client, database, fileNo, table, path, expected, onDigest, onProgress, signal } = input;
  const header = table.format === 'jsonl' ? null : (line: string) => checkHeader(path, table, line);
  const lines = new TextLines({
    path,
    expected,
    onDigest,
    onProgress,
    signal,
    encoding: table.encoding,
    checkHeader: header,
  });
  await verifyChecksums(client, path, signal);
  const body = Readable.from(lines.blocks(), { objectMode: false, highWaterMark: 1 });
  await sendFile(client, insertLines(input, header ? 2 : 1), body, signal);
  const names = { ...landingNames(table), database, table_name: table.table };
  const statements = new FileStatements(client, { ...names, file_no: fileNo }, signal);
  const lastLine = await settle(statements, input);
  if (lines.hasReturn) await refuseLoneReturns(statements, table, path);
  if (table.format === 'jsonl') await refuseJoinedObjects(statements, path);
  const lacksLineEnd = lines.lacksLineEnd && (await judgeLastLine(statements, table, path, lastLine));
  if (lines.hasNul && table.format !== 'jsonl') await setAsideNul(statements);
  return { ...(await countRecords(statements, table.format, lastLine)), lacksLineEnd };
}

/**
 * One thread reads, so that lines are numbered in their order; several classify, sort and compress (measured on two cores:
 * 5.6 s with the reader classifying too, 4.4 s so). Each block becomes a part as it is: to join smaller ones copies the
 * text once more, and larger ones take fresh pages of the system each (3.7 s of processor time both, 3.2 s so).
 */
function insertLines({ database, fileNo, table }: LandFileInput, firstLine: number) {
  const lines = `${identifier(database)}.${identifier(landingNames(table).lines)}`;
  return {
    query: `INSERT INTO ${lines} (_file_no, _line, _raw)
      SELECT ${fileNo}, rowNumberInAllBlocks() + ${firstLine}, raw FROM input('raw String') FORMAT LineAsString`,
    settings: {
      max_threads: 2,
      max_insert_threads: '2',
      input_format_parallel_parsing: 0,
      max_insert_block_size: '131072',
      min_insert_block_size_rows: '0',
      min_insert_block_size_bytes: '0',
      input_format_max_block_size_bytes: '67108864',
      async_insert: 0,
    },
  } as const;
}

/** Finds out what the odd lines are. Returns the last line that is not blank: blank ones at the end are no records. */
async function settle(statements: FileStatements, { table, path }: LandFileInput): Promise<number> {
  const kinds = await statements.first<{ odd: string; last: string }>(
    `SELECT countIf(_kind = ${LINE_KINDS.odd}) AS odd, maxIf(_line, _kind <> ${LINE_KINDS.odd}) AS last
     FROM {database:Identifier}.{lines:Identifier} WHERE _file_no = {file_no:UInt16}`,
  );
  const lastRecord = Number(kinds?.last ?? 0);
  if (table.format === 'jsonl') {
    await settleJsonl(statements, table, lastRecord);
    return lastRecord;
  }
  if (Number(kinds?.odd ?? 0) === 0) return lastRecord;
  return table.format === 'csv'
    ? settleCsv({ statements, table, path, lastRecord })
    : settleTsv(statements, table, lastRecord);
}

/** Records that hold a NUL byte become faults: no export writes one, so the file was damaged there. */
async function setAsideNul(statements: FileStatements): Promise<void> {
  const ofFile = `_file_no = {file_no:UInt16} AND position(_raw, '\\0') > 0`;
  const fault = (source: string) =>
    `INSERT INTO {database:Identifier}.landing_faults
     SELECT {table_name:String}, _file_no, _line, ${withoutCr('_raw')}, 'nul-byte', '', '' FROM ${source}`;
  const resolved = '{database:Identifier}.{resolved:Identifier}';
  await statements.run(fault(`${resolved} WHERE ${ofFile}`));
  await statements.run(`ALTER TABLE ${resolved} DELETE WHERE ${ofFile} SETTINGS mutations_sync = 2`);
  const lines = `{database:Identifier}.{lines:Identifier} WHERE ${ofFile} AND _kind <> ${LINE_KINDS.odd}
    AND (_file_no, _line) NOT IN (SELECT _file_no, _line FROM {database:Identifier}.{aside:Identifier})`;
  await statements.run(fault(lines));
  await statements.run(
    `INSERT INTO {database:Identifier}.{aside:Identifier} SELECT _file_no, _line FROM ${lines}`,
  );
}

/**
 * Counts what became of the file, and proves that each of its lines is accounted for: it is a record, malformed, or a
 * later line of a record of several.
 */
async function countRecords(
  statements: FileStatements,
  format: string,
  lastLine: number,
): Promise<Pick<LandedRecords, 'rows' | 'malformed'>> {
  const ofFile = 'WHERE _file_no = {file_no:UInt16}';
  const byKind = format === 'jsonl' ? 'false' : `_kind <> ${LINE_KINDS.odd}`;
  const spans = '{database:Identifier}.{spans:Identifier} WHERE file_no = {file_no:UInt16}';
  const row = await statements.first<Record<'lines' | 'rows' | 'malformed' | 'continued', string>>(
    `WITH (SELECT (countIf(_line <= {last_line:UInt64}), countIf(${byKind})) FROM {database:Identifier}.{lines:Identifier} ${ofFile}) AS landed
     SELECT landed.1 AS lines,
       landed.2 + (SELECT count() FROM {database:Identifier}.{resolved:Identifier} ${ofFile})
         - (SELECT count() FROM {database:Identifier}.{aside:Identifier} ${ofFile}) AS rows,
       (SELECT count() FROM {database:Identifier}.landing_faults WHERE table_name = {table_name:String} AND file_no = {file_no:UInt16}) AS malformed,
       ${format === 'csv' ? `(SELECT sum(last - first) FROM ${spans})` : '0'} AS continued`,
    { last_line: lastLine },
  );
  const landed = { rows: Number(row?.rows), malformed: Number(row?.malformed) };
  if (landed.rows + landed.malformed + Number(row?.continued) !== Number(row?.lines)) {
    throw new Error(`Landing lost count of file ${statements.common['file_no']}: ${JSON.stringify(row)}`);
  }
  return landed;
}
