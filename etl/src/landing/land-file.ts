import type { ClickHouseClient } from '@beltline/sql/engine';
import type { TableDefinition } from '../source/definition.ts';
import type { ExpectedFile } from './fingerprint.ts';
import { landParquet } from './land-parquet.ts';
import { landText } from './land-text.ts';

export interface LandFileInput {
  /** Loader client. */
  readonly client: ClickHouseClient;
  /** The load's database, with the tables that `createLandingTables` made. */
  readonly database: string;
  /** Number of the file within the load. */
  readonly fileNo: number;
  readonly table: TableDefinition;
  readonly path: string;
  /** The file as it was when the load decided to read it. */
  readonly expected: ExpectedFile;
  /** Called with the number of bytes of the file read so far. */
  readonly onProgress?: ((bytesRead: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The input with a way to tell the SHA-256 of the file once all of it has been read. */
export type LandingInput = LandFileInput & { readonly onDigest: (sha256: string) => void };

export interface LandedRecords {
  /** Well-formed records, which is what the table's view has of this file. */
  readonly rows: number;
  /** Malformed records, each with exactly one row in `landing_faults`. */
  readonly malformed: number;
}

export interface LandedFile extends LandedRecords {
  /** Of the bytes that were read. */
  readonly sha256: string;
}

/**
 * Brings a file into the load's database as text. Afterwards `rows + malformed` is the number of its records, exactly.
 * @throws FileFault where the file as a whole cannot be used; the signal's reason where it was aborted. Either way the
 * load's database may hold a part of the file, and must be dropped.
 */
export async function landFile(input: LandFileInput): Promise<LandedFile> {
  input.signal?.throwIfAborted();
  try {
    let sha256 = '';
    const landing = { ...input, onDigest: (digest: string) => (sha256 = digest) };
    const landed = await (input.table.format === 'parquet' ? landParquet(landing) : landText(landing));
    return { ...landed, sha256 };
  } catch (error) {
    input.signal?.throwIfAborted(); // whatever an abort broke on its way, the abort is what happened
    throw error;
  }
}
