import { Readable } from 'node:stream';
import { verifyChecksums } from './decompress.ts';
import { checkHeader } from './header.ts';
import type { LandedRecords, LandFileInput, LandingInput } from './landing-input.ts';
import { landingNames } from './landing-tables.ts';
import { judgeLastLine } from './last-line.ts';
import { LINE_KINDS } from './line-kinds.ts';
import { refuseLoneReturns } from './lone-returns.ts';
import { settleCsv } from './settle-csv.ts';
import { refuseJoinedObjects, settleJsonl } from './settle-jsonl.ts';
import { settleTsv } from './settle-tsv.ts';
import { FileStatements, landingPart, landingSql } from './statements.ts';
import { TextLines } from './text-lines.ts';

/** Lands a file of CSV, TSV or JSON lines: its lines first, as they are, then what the odd ones among them mean. */
export async function landText(input: LandingInput): Promise<LandedRecords> {
  const { client, table, path, expected, onDigest, onProgress, signal } = input;
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
  const blocks = input.lines === undefined ? lines.blocks() : numbered(lines.blocks(), input.lines);
  const body = Readable.from(blocks, { objectMode: false, highWaterMark: 1 });
  const { statements, lastLine, counted } = await landLines(input, body, header ? 2 : 1);
  if (lines.hasReturn) await refuseLoneReturns(statements, table, path);
  if (table.format === 'jsonl') await refuseJoinedObjects(statements, path);
  const lacksLineEnd = lines.lacksLineEnd && (await judgeLastLine(statements, table, path, lastLine));
  const hasNul = lines.hasNul && table.format !== 'jsonl';
  if (hasNul) await setAsideNul(statements);
  return { ...(hasNul ? await countRecords(statements, input, lastLine) : counted), lacksLineEnd };
}

interface LandedLines {
  readonly statements: FileStatements;
  /** The last line that is not blank. */
  readonly lastLine: number;
  readonly counted: Pick<LandedRecords, 'rows' | 'malformed'>;
}

/**
 * Sends lines of a table of text to the engine, numbered from `firstLine` on, and settles the odd ones among them.
 * @param setApart makes faults of records that nothing in their text tells from others
 */
export async function landLines(
  input: LandingInput,
  body: Readable,
  firstLine: number,
  setApart: (statements: FileStatements) => Promise<void> = () => Promise.resolve(),
): Promise<LandedLines> {
  const { client, database, fileNo, table, signal } = input;
  const names = { ...landingNames(table), database, table_name: table.table };
  const statements = new FileStatements(client, { ...names, file_no: fileNo }, signal);
  if (input.lines === undefined)
    await statements.send({ ...INSERT_LINES, parameters: { first_line: firstLine } }, body);
  else await statements.send({ ...INSERT_LINES, query: landingSql('insert-numbered-lines') }, body);
  const lastLine = await settle(statements, input);
  await setApart(statements);
  return { statements, lastLine, counted: await countRecords(statements, input, lastLine) };
}

/**
 * One thread reads, so that lines are numbered in their order; several classify, sort and compress (measured on two cores:
 * 5.6 s with the reader classifying too, 4.4 s so). Each block becomes a part as it is: to join smaller ones copies the
 * text once more, and larger ones take fresh pages of the system each (3.7 s of processor time both, 3.2 s so).
 */
const INSERT_LINES = {
  query: landingSql('insert-lines'),
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

/** Puts before each line its number, by which it goes. */
async function* numbered(blocks: AsyncIterable<Buffer>, numbers: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const block of blocks) {
    // Each byte a letter, whatever the text.
    const lines = block.toString('latin1').split(/(?<=\n)/);
    yield Buffer.from(lines.map((line) => `${numbers[at++]} ${line}`).join(''), 'latin1');
  }
}

/** Finds out what the odd lines are. Returns the last line that is not blank: blank ones at the end are no records. */
async function settle(
  statements: FileStatements,
  { table, path, linesToPair }: LandFileInput,
): Promise<number> {
  const kinds = await statements.first<{ odd: string; last: string }>(landingSql('kinds-of-lines'), {
    odd_kind: LINE_KINDS.odd,
  });
  const lastRecord = Number(kinds?.last ?? 0);
  if (table.format === 'jsonl') {
    await settleJsonl(statements, table, lastRecord);
    return lastRecord;
  }
  if (Number(kinds?.odd ?? 0) === 0) return lastRecord;
  return table.format === 'csv'
    ? settleCsv({ statements, table, path, lastRecord, linesToPair })
    : settleTsv(statements, table, lastRecord);
}

/** Records that hold a NUL byte become faults: no export writes one, so the file was damaged there. */
async function setAsideNul(statements: FileStatements): Promise<void> {
  const kinds = { odd_kind: LINE_KINDS.odd };
  const lines_with_nul = landingPart('lines-with-nul', {});
  await statements.run(landingSql('fault-nul-resolved'));
  await statements.run(landingSql('delete-nul-resolved'));
  await statements.run(landingSql('fault-nul-lines', { lines_with_nul }), kinds);
  await statements.run(landingSql('set-aside-nul', { lines_with_nul }), kinds);
}

/**
 * Counts what became of the file, and proves that each of its lines is accounted for: it is a record, malformed, or a
 * later line of a record of several.
 */
async function countRecords(
  statements: FileStatements,
  { table: { format }, lines }: LandFileInput,
  lastLine: number,
): Promise<Pick<LandedRecords, 'rows' | 'malformed'>> {
  const part = lines === undefined ? 'continued-lines' : 'continued-numbered-lines';
  const continued = format === 'csv' ? landingPart(part, {}) : '0';
  const row = await statements.first<Record<'lines' | 'rows' | 'malformed' | 'continued', string>>(
    landingSql('count-records', { continued }),
    { last_line: lastLine, has_plain: format !== 'jsonl', odd_kind: LINE_KINDS.odd },
  );
  const landed = { rows: Number(row?.rows), malformed: Number(row?.malformed) };
  if (landed.rows + landed.malformed + Number(row?.continued) !== Number(row?.lines)) {
    throw new Error(`Landing lost count of file ${statements.common['file_no']}: ${JSON.stringify(row)}`);
  }
  return landed;
}
