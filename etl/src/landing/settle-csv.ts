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

export interface SettleInput {
  readonly statements: FileStatements;
  readonly table: TableDefinition;
  readonly path: string;
  /** The last line that is a record by its kind; 0 where there is none. */
  readonly lastRecord: number;
}

/**
 * Settles the odd lines of one file. Returns the last line that is not blank.
 * @throws FileFault where a quote stays open to the end of the file, or a record of several lines is too long.
 */
export async function settleCsv({ statements, table, path, lastRecord }: SettleInput): Promise<number> {
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
    await run('pair-open-quotes');
    await refuseOpenQuote(statements, path);
    await refuseLongRecord(statements, path);
    await joinSpans(statements, run);
    await run('set-aside-spans');
  }
  await run('resolve-odd-lines', { last_line: lastLine });
  await run('fault-odd-lines', { last_line: lastLine });
  return lastLine;
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
