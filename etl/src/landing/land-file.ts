import { landParquet } from './land-parquet.ts';
import { landText } from './land-text.ts';
import { landWorkbook } from './land-workbook.ts';
import type { LandedRecords, LandFileInput } from './landing-input.ts';

export interface LandedFile extends LandedRecords {
  /** Of the bytes that were read. */
  readonly sha256: string;
}

const LANDING = {
  csv: landText,
  tsv: landText,
  jsonl: landText,
  parquet: landParquet,
  xlsx: landWorkbook,
} as const;

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
    const landed = await LANDING[input.table.format](landing);
    return { ...landed, sha256 };
  } catch (error) {
    input.signal?.throwIfAborted(); // whatever an abort broke on its way, the abort is what happened
    throw error;
  }
}
