import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { FileFault } from '../files/file-fault.ts';
import { asFileFault } from '../files/raw-file.ts';
import { compressionOf, foreignContent, TELLING_BYTES } from './foreign-content.ts';
import { literal } from './sql-text.ts';
import { type FileStatements, landingSql } from './statements.ts';

/** A top-level column of a Parquet file. */
export interface ParquetColumn {
  readonly name: string;
  /** Part of a list, map or structure. */
  readonly isNested: boolean;
  /** A timestamp that the file declares to be an instant in UTC, and not a local time. */
  readonly isUtc: boolean;
}

export interface ParquetSchema {
  readonly rows: number;
  readonly columns: readonly ParquetColumn[];
}

const MAGIC = 'PAR1';
/** Length of the footer and the mark, which end a file. */
const TAIL_BYTES = 8;
const MAX_FOOTER_BYTES = 64_000_000;

/** Type of the column of the engine's ParquetMetadata format, which accepts no other. */
export const PARQUET_COLUMNS_TYPE = `Array(Tuple(name String, path String, max_definition_level UInt64,
  max_repetition_level UInt64, physical_type String, logical_type String, compression String,
  total_uncompressed_size UInt64, total_compressed_size UInt64, space_saved String, encodings Array(String)))`;

/**
 * Rows and columns of a Parquet file. The engine needs nothing but the footer to tell them, so it is given a file that
 * consists of that alone: the mark, the footer, its length and the mark again.
 * @throws FileFault where the file is no Parquet, cut off or encrypted.
 */
export async function readParquetSchema(statements: FileStatements, path: string): Promise<ParquetSchema> {
  const footer = await readFooter(path);
  const structure = literal(`num_rows UInt64, columns ${PARQUET_COLUMNS_TYPE}`);
  const query = landingSql('insert-parquet-footer', { structure });
  const body = Readable.from([Buffer.concat([Buffer.from(MAGIC), footer])], { objectMode: false });
  try {
    await statements.send({ query, settings: { async_insert: 0 } }, body);
  } catch (cause) {
    if (!/Parquet|INCORRECT_DATA|thrift|TProtocol/i.test(String(cause))) throw cause;
    throw unreadable(path, 'its footer is damaged', cause);
  }
  const row = await statements.first<{
    num_rows: string;
    columns: Record<'name' | 'path' | 'physical_type' | 'logical_type', string>[];
  }>(landingSql('parquet-footer'));
  const columns = (row?.columns ?? []).map((column) => {
    const name = column.path.split('.')[0] as string;
    return {
      name,
      isNested: column.path !== column.name,
      isUtc: isUtc(column.physical_type, column.logical_type),
    };
  });
  return {
    rows: Number(row?.num_rows ?? 0),
    columns: [...new Map(columns.map((column) => [column.name, column])).values()],
  };
}

/** INT96 has no declaration of its own; those who still write it (Spark, Hive) mean UTC. */
function isUtc(physical: string, logical: string): boolean {
  return physical === 'INT96' || logical.startsWith('Timestamp(isAdjustedToUTC=true');
}

/** The footer of a file with its length and mark. */
async function readFooter(path: string): Promise<Buffer> {
  const file = await open(path).catch((error: unknown) => {
    throw asFileFault(path, error);
  });
  try {
    const { size } = await file.stat();
    const read = async (count: number): Promise<Buffer> =>
      (await file.read(Buffer.alloc(count), 0, count, size - count)).buffer;
    if (size < TAIL_BYTES + MAGIC.length) throw unreadable(path, 'it is far too short');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(TELLING_BYTES), 0, TELLING_BYTES, 0);
    const first = buffer.subarray(0, bytesRead);
    const start = first.toString('latin1', 0, MAGIC.length);
    const tail = await read(TAIL_BYTES);
    const end = tail.toString('latin1', 4);
    if (start === 'PARE' || end === 'PARE')
      throw unreadable(path, 'it is encrypted. Export it without encryption');
    if (start !== MAGIC) throw unreadable(path, whatInstead(first));
    if (end !== MAGIC) {
      throw new FileFault(
        'truncated',
        path,
        null,
        'the Parquet file is cut off: its end is missing. Transfer or export it again.',
      );
    }
    const length = tail.readUInt32LE(0);
    if (length > MAX_FOOTER_BYTES || length + TAIL_BYTES + MAGIC.length > size)
      throw unreadable(path, 'its footer is damaged');
    return await read(length + TAIL_BYTES);
  } finally {
    await file.close();
  }
}

function whatInstead(start: Buffer): string {
  const compression = compressionOf(start);
  if (compression !== 'none')
    return `it is compressed by ${compression}. Unpack it; a Parquet file is compressed within itself`;
  const foreign = foreignContent(start);
  if (foreign !== null) return `it is ${foreign}`;
  return start.every((byte) => byte >= 9)
    ? 'it is text. Load one that is Parquet, or set "format" of the table in source.yaml to what it is'
    : 'it does not begin as one';
}

/** A file that is no Parquet that can be read, and why. */
export function unreadable(path: string, why: string, cause?: unknown): FileFault {
  return new FileFault('unreadable', path, null, `the file cannot be read as Parquet: ${why}.`, { cause });
}
