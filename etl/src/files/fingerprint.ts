import { createHash } from 'node:crypto';
import { type Fingerprint, fileSize, readRaw } from './raw-file.ts';
import { FileFault } from './file-fault.ts';

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
