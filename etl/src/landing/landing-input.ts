import type { ClickHouseClient } from '@beltline/sql/engine';
import type { ExpectedFile } from '../files/raw-file.ts';
import type { TableDefinition } from '../source/definition.ts';

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
  /** Of a file of text: the numbers that its lines below the header go by, ascending; as they lie unless said. */
  readonly lines?: readonly number[] | undefined;
  /** Called with the number of bytes of the file read so far. */
  readonly onProgress?: ((bytesRead: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Lines whose quotes are paired in one statement, where they can be told apart; as many as memory has room for unless said. */
  readonly linesToPair?: number | undefined;
}

/** The input with a way to tell the SHA-256 of the file once all of it has been read. */
export type LandingInput = LandFileInput & { readonly onDigest: (sha256: string) => void };

export interface LandedRecords {
  /** Well-formed records, which is what the table's view has of this file. */
  readonly rows: number;
  /** Malformed records, each with exactly one row in `landing_faults`. */
  readonly malformed: number;
  /** The last record has as many columns as it should and no line end: it is whole, or was cut off in its last column. */
  readonly lacksLineEnd: boolean;
}
