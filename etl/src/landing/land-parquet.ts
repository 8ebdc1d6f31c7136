import { Readable } from 'node:stream';
import { isOverItsMemory } from '@beltline/sql/clickhouse';
import { FileFault } from '../files/file-fault.ts';
import type { LandedRecords, LandFileInput, LandingInput } from './landing-input.ts';
import { landingNames } from './landing-tables.ts';
import { type ParquetColumn, readParquetSchema, unreadable } from './parquet-schema.ts';
import { readChecked } from '../files/raw-file.ts';
import { identifier, literal } from './sql-text.ts';
import { FileStatements, landingSql } from './statements.ts';
import { MAX_RECORD_BYTES } from './text-lines.ts';

/**
 * The engine holds a Parquet file whole, because its index stands at the end and a body cannot be read backwards: a file
 * of 710 MB (4 million rows of 19 columns) took 2.6 GB of its memory. Beyond this the files should be split.
 */
const MAX_PARQUET_BYTES = 2_000_000_000;

/**
 * What reading a file may take of the engine's memory, beside four times its size: nine megabytes in which 400 rows have one text
 * took more than 11 GB, and all that others asked meanwhile was refused.
 */
const MEMORY_BYTES = 4_000_000_000;

/**
 * A run of one value takes five bytes whatever its length, so a file of two kilobytes can declare 10^9 rows, which would be
 * landed for hours. But rows have keys of their own: of orders of twenty lines each, in sequence, with every other column
 * constant, 3.5 rows took a byte.
 */
const MAX_ROWS_PER_BYTE = 100;

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
  if (schema.rows > expected.bytes * MAX_ROWS_PER_BYTE) {
    const why = `it declares ${schema.rows} rows in ${expected.bytes} bytes, which is less than keys of their own take. Export it again`;
    throw unreadable(path, why);
  }
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
    max_memory_usage: String(MEMORY_BYTES + 4 * expected.bytes),
  } as const;
  try {
    await statements.send({ query, settings }, body);
  } catch (error) {
    if (isOverItsMemory(error)) throw tooMuchMemory(input, error);
    throw asParquetFault(path, error);
  }
  return checkRows(statements, input, schema.rows);
}

function tooMuchMemory({ path, expected }: LandFileInput, cause: unknown): FileFault {
  const [bytes, limit] = [expected.bytes, MEMORY_BYTES + 4 * expected.bytes];
  const what = `its ${megabytes(bytes)} take more than ${megabytes(limit)} of memory to be read. Export it without such long texts, or split it.`;
  return new FileFault('unreadable', path, null, what, { cause });
}

const megabytes = (bytes: number): string => `${Number((bytes / 1e6).toFixed(1))} MB`;

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
  const columns = table.columns.map(identifier);
  const landed = await statements.first<{ rows: string; bad: string; long: string }>(
    landingSql('count-parquet-rows', {
      is_broken: columns.map((name) => `NOT isValidUTF8(${name})`).join(' OR '),
      bytes: columns.map((name) => `length(${name})`).join(' + '),
    }),
    { longest: MAX_RECORD_BYTES },
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
  if (Number(landed?.long ?? 0) > 0) {
    const what = `the texts of this row are longer than ${MAX_RECORD_BYTES / 1e6} MB together.`;
    throw new FileFault('field-too-long', path, Number(landed?.long), what);
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
