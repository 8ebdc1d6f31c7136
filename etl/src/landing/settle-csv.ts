/**
 * Decides what the odd lines of a CSV file are: records of several lines, records with stray quotes, or malformed ones.
 * All of it set-based in the engine over the odd lines alone, and skipped where a file has none.
 */
import type { TableDefinition } from '../source/definition.ts';
import { FileFault } from '../files/file-fault.ts';
import { csvPatterns, isBlank, LINE_KINDS } from './line-kinds.ts';
import { type FileStatements, landingSql } from './statements.ts';
import { MAX_RECORD_BYTES } from './text-lines.ts';

/** Records of several lines are joined so many lines at a time, because the engine holds those of one statement. */
const JOIN_LINES = 500_000;

/** Open quotes are paired so many lines at a time, at some 400 bytes each (pair-open-quotes.sql), or more where they hang together … */
const PAIR_LINES = 1_000_000;
/** … up to this. */
const MOST_PAIR_LINES = 4 * PAIR_LINES;

export interface SettleInput {
  readonly statements: FileStatements;
  readonly table: TableDefinition;
  readonly path: string;
  /** The last line that is a record by its kind; 0 where there is none. */
  readonly lastRecord: number;
  readonly linesToPair?: number | undefined;
}

/**
 * Settles the odd lines of one file. Returns the last line that is not blank.
 * @throws FileFault where a quote stays open to the end of the file, quotes open one after the other for millions of lines, or a record of
 * several lines is too long.
 */
export async function settleCsv({
  statements,
  table,
  path,
  lastRecord,
  linesToPair,
}: SettleInput): Promise<number> {
  const { quoted, general, odd } = LINE_KINDS;
  const patterns = csvPatterns(table.delimiter, table.columns.length);
  const columns = table.columns.length;
  const run = (name: string, parameters: Record<string, string | number> = {}) =>
    statements.run(landingSql(name), {
      ...patterns,
      columns,
      delimiter: table.delimiter,
      odd_kind: odd,
      ...parameters,
    });
  await run('mark-odd-lines');
  const marks = await statements.first<{ opens: string; last: string }>(
    landingSql('open-marks', { is_blank: isBlank('raw') }),
  );
  const lastLine = Math.max(lastRecord, Number(marks?.last ?? 0));
  if (Number(marks?.opens ?? 0) > 0) {
    await run('mark-other-lines', { quoted_kind: quoted, general_kind: general });
    await pairOpenQuotes(statements, run, path, linesToPair ?? PAIR_LINES);
    await refuseOpenQuote(statements, path);
    await refuseLongRecord(statements, path);
    await joinSpans(statements, run);
    await run('set-aside-spans');
  }
  await run('resolve-odd-lines', { last_line: lastLine });
  await run('fault-odd-lines', { last_line: lastLine });
  return lastLine;
}

/** Up to a line at which no quote is open, and on from there, so that it takes as much memory whatever the file's size. */
async function pairOpenQuotes(
  statements: FileStatements,
  run: (name: string, parameters: Record<string, number>) => Promise<void>,
  path: string,
  atOnce: number,
): Promise<void> {
  for (let after = 0, most = atOnce; ;) {
    const found = await statements.first<Record<'marks' | 'boundary' | 'last' | 'first_open', string>>(
      landingSql('lines-to-pair'),
      { after, most },
    );
    const [marks, boundary] = [Number(found?.marks ?? 0), Number(found?.boundary ?? 0)];
    const isLast = marks < most;
    if (isLast || boundary > 0) {
      const through = isLast ? Number(found?.last ?? 0) : boundary;
      if (marks > 0) await run('pair-open-quotes', { after, through });
      if (isLast) return;
      [after, most] = [through, atOnce];
    } else if (most >= MOST_PAIR_LINES) {
      const what =
        `from here on a quote is opened and not closed in one line after the other, for ${MOST_PAIR_LINES / 1e6} million lines, ` +
        'so that no records can be told. Is this the delimiter, and are quotes in a field doubled?';
      throw new FileFault('open-quote', path, Number(found?.first_open ?? 0), what);
    } else {
      most *= 2;
    }
  }
}

async function refuseOpenQuote(statements: FileStatements, path: string): Promise<void> {
  const open = await statements.first<{ line: string }>(landingSql('open-quote'));
  if (!open) return;
  const what =
    'a quote opens here that nothing closes, so it swallows the rest of the file. Correct this line in the export.';
  throw new FileFault('open-quote', path, Number(open.line), what);
}

async function refuseLongRecord(statements: FileStatements, path: string): Promise<void> {
  const long = await statements.first<{ line: string; bytes: string }>(landingSql('longest-spans'), {
    limit: MAX_RECORD_BYTES,
  });
  if (!long) return;
  const what =
    `the record that begins here is ${Math.round(Number(long.bytes) / 1e6)} MB long (at most ${MAX_RECORD_BYTES / 1e6} MB). ` +
    'A quote that opens here is probably closed far too late; correct this line in the export.';
  throw new FileFault('field-too-long', path, Number(long.line), what);
}

async function joinSpans(
  statements: FileStatements,
  run: (name: string, parameters: Record<string, number>) => Promise<void>,
): Promise<void> {
  const range = await statements.first<{ low: string; high: string }>(landingSql('range-of-spans'));
  const high = Number(range?.high ?? 0);
  for (let from = Number(range?.low ?? 1); from <= high; from += JOIN_LINES) {
    await run('join-spans', { from, to: from + JOIN_LINES });
  }
}
