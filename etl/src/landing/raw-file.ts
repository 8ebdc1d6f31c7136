import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { FileFault } from './file-fault.ts';
import type { Fingerprint } from './fingerprint.ts';

const CHUNK_BYTES = 1 << 20;

/**
 * The bytes of a file as they lie on disk, in chunks of at most 1 MB.
 * @throws FileFault where it is missing, a folder, or cannot be read.
 */
export async function* readRaw(path: string): AsyncGenerator<Buffer> {
  try {
    if (!(await stat(path)).isFile()) {
      throw new FileFault(
        'unreadable',
        path,
        null,
        'this is a folder or a device, not a file. Name the files in it.',
      );
    }
    yield* createReadStream(path, { highWaterMark: CHUNK_BYTES });
  } catch (error) {
    throw asFileFault(path, error);
  }
}

/** Faults of the file system in words; anything else, such as an abort, passes through. */
export function asFileFault(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (
    error instanceof FileFault ||
    code === undefined ||
    (error as NodeJS.ErrnoException).syscall === undefined
  )
    return error;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new FileFault('missing', path, null, 'there is no such file. Check the path.', { cause: error });
  }
  const reason =
    code === 'EACCES' || code === 'EPERM' ? 'no permission to read it' : (error as Error).message;
  return new FileFault('unreadable', path, null, `the file cannot be read: ${reason}.`, { cause: error });
}

export interface CheckedReading {
  readonly path: string;
  readonly expected: Fingerprint;
  readonly onProgress?: ((bytesRead: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The bytes of a file, with the proof at the end that they are still the ones that were fingerprinted: a file that is
 * still being written, or replaced, would otherwise be recorded under a fingerprint that it does not have.
 * @throws FileFault `changed`; the signal's reason where it was aborted.
 */
export async function* readChecked({
  path,
  expected,
  onProgress,
  signal,
}: CheckedReading): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of readRaw(path)) {
    signal?.throwIfAborted();
    hash.update(chunk);
    bytes += chunk.length;
    onProgress?.(bytes);
    yield chunk;
  }
  if (bytes !== expected.bytes || hash.digest('hex') !== expected.sha256) {
    throw new FileFault(
      'changed',
      path,
      null,
      `the file changed while it was being read (${expected.bytes} bytes before, ${bytes} now). Load it when its export has finished.`,
    );
  }
}
