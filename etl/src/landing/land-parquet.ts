import { Readable } from 'node:stream';
import { FileFault } from '../files/file-fault.ts';
import type { LandedRecords, LandFileInput, LandingInput } from './landing-input.ts';
import { landingNames } from './landing-tables.ts';
import { type ParquetColumn, readParquetSchema } from './parquet-schema.ts';
import { readChecked } from '../files/raw-file.ts';
import { identifier, literal } from './sql-text.ts';
import { FileStatements, landingSql } from './statements.ts';

/**
 * The engine holds a Parquet file whole, because its index stands at the end and a body cannot be read backwards: a file
 * of 710 MB (4 million rows of 19 columns) took 2.6 GB of its memory. Beyond this the files should be split.
 */
const MAX_PARQUET_BYTES = 2_000_000_000;

/**
 * Lands a Parquet file. Values become text: numbers and decimals in full, dates as YYYY-MM-DD, times as YYYY-MM-DD
 * HH:MM:SS[.fraction], with a Z behind it where the file says that they are UTC (a local time stays as it reads), null
 * as ''. Columns are found by name; lines are row numbers, from 1.
 */
export async function landParquet(input: LandingInput): Promise<LandedRecords> {
  const { client, database, fileNo, table, path, expected, signal } = input;
  if (expected.bytes > MAX_PARQUET_BYTES) {
    throw new FileFault(
      'unreadable',
      path,
      null,
      `the engine reads Parquet files whole, so ${MAX_PARQUET_BYTES / 1e9} GB is the most. Split the file.`,
    );
  }
  const names = landingNames(table);
  const statements = new FileStatements(client, { ...names, database, file_no: fileNo }, signal);
  const schema = await readParquetSchema(statements, path);
  checkColumns(input, schema.columns);
  const columns = table.columns.map(
    (name) => schema.columns.find((column) => column.name === name) as ParquetColumn,
  );
  // Nullable, because a null that is read into a plain text column comes out as the text of its type's zero.
  const structure = columns.map(({ name }) => `${identifier(name)} Nullable(String)`).join(', ');
  const body = Readable.from(
    readChecked({ path, expected, onDigest: input.onDigest, onProgress: input.onProgress, signal }),
    {
      objectMode: false,
      highWaterMark: 1,
    },
  );
  const query = landingSql('insert-parquet-lines', {
    values: columns.map(asText).join(', '),
    structure: literal(structure),
  });
  const settings = {
    max_threads: 1,
    max_insert_threads: '1',
    input_format_parquet_preserve_order: 1,
    input_format_parquet_allow_missing_columns: 0,
    input_format_parquet_local_time_as_utc: 1,
    session_timezone: 'UTC',
    async_insert: 0,
  } as const;
  try {
    await statements.send({ query, settings }, body);
  } catch (error) {
    throw asParquetFault(path, error);
  }
  return checkRows(statements, input, schema.rows);
}

function asText(column: ParquetColumn): string {
  const name = identifier(column.name);
  return column.isUtc ? `ifNull(concat(${name}, 'Z'), '')` : `ifNull(${name}, '')`;
}

function checkColumns({ table, path }: LandFileInput, columns: readonly ParquetColumn[]): void {
  const names = new Set(columns.map(({ name }) => name));
  const missing = table.columns.filter((name) => !names.has(name));
  const unknown = [...names].filter((name) => !table.columns.includes(name));
  const nested = columns.filter(({ isNested }) => isNested).map(({ name }) => name);
  const list = (what: string, which: readonly string[]) =>
    which.length > 0 ? [`${what} ${which.map((name) => `“${name}”`).join(', ')}`] : [];
  const wrong = [
    ...list('missing', missing),
    ...list('not expected', unknown),
    ...list('of a list or structure, which has no text:', nested),
  ];
  if (wrong.length === 0) return;
  throw new FileFault(
    'header',
    path,
    null,
    `the columns are not those of the table ${table.table}: ${wrong.join('; ')}. Expected: ${table.columns.join(', ')}.`,
  );
}

async function checkRows(
  statements: FileStatements,
  { table, path }: LandFileInput,
  expected: number,
): Promise<LandedRecords> {
  const broken = table.columns.map((name) => `NOT isValidUTF8(${identifier(name)})`).join(' OR ');
  const landed = await statements.first<{ rows: string; bad: string }>(
    landingSql('count-parquet-rows', { is_broken: broken }),
  );
  const rows = Number(landed?.rows ?? 0);
  if (rows !== expected)
    throw new FileFault(
      'truncated',
      path,
      null,
      `the file declares ${expected} rows, but ${rows} could be read. Export it again.`,
    );
  if (Number(landed?.bad ?? 0) > 0) {
    throw new FileFault(
      'encoding',
      path,
      Number(landed?.bad),
      'a text of this row is not valid UTF-8. Export the file with UTF-8 strings.',
    );
  }
  return { rows, malformed: 0, lacksLineEnd: false };
}

function asParquetFault(path: string, error: unknown): unknown {
  if (error instanceof FileFault || !/Parquet|DECODER_FAILED|INCORRECT_DATA|CHECKSUM/i.test(String(error)))
    return error;
  return new FileFault(
    'unreadable',
    path,
    null,
    `the Parquet data cannot be read: ${(error as Error).message.slice(0, 300)}`,
    { cause: error },
  );
}
