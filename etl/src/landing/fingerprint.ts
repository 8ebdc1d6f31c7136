import { createHash } from 'node:crypto';
import { fileSize, readRaw } from './raw-file.ts';
import { FileFault } from './file-fault.ts';

/** What identifies the content of a file, compressed or not: its bytes as they lie on disk. */
export interface Fingerprint {
  readonly bytes: number;
  readonly sha256: string;
}

/** A file before it is read as data; `sha256` is null where nobody needed to know it yet, and is found while it is read. */
export type ExpectedFile = Omit<Fingerprint, 'sha256'> & { readonly sha256: string | null };

/**
 * The size of a file that holds something.
 * @throws FileFault as `fingerprintFile`.
 */
export async function measureFile(path: string): Promise<number> {
  const bytes = await fileSize(path);
  if (bytes === 0) throw emptyFile(path);
  return bytes;
}

/**
 * Reads a file once and identifies its content.
 * @throws FileFault where there is no such file, where it is a folder, cannot be read, or holds no byte.
 */
export async function fingerprintFile(path: string): Promise<Fingerprint> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of readRaw(path)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  if (bytes === 0) throw emptyFile(path);
  return { bytes, sha256: hash.digest('hex') };
}

function emptyFile(path: string): FileFault {
  return new FileFault('empty', path, null, 'the file is empty (0 bytes). Export it again.');
}
