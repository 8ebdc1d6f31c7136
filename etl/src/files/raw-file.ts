import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { FileFault } from './file-fault.ts';

/** What identifies the content of a file, compressed or not: its bytes as they lie on disk. */
export interface Fingerprint {
  readonly bytes: number;
  readonly sha256: string;
}

/** A file before it is read as data; `sha256` is null where nobody needed to know it yet, and is found while it is read. */
export type ExpectedFile = Omit<Fingerprint, 'sha256'> & { readonly sha256: string | null };

const CHUNK_BYTES = 1 << 20;

/**
 * The bytes of a file as they lie on disk, in chunks of at most 1 MB.
 * @throws FileFault where it is missing, a folder, or cannot be read.
 */
export async function* readRaw(path: string): AsyncGenerator<Buffer> {
  try {
    await statFile(path);
    yield* createReadStream(path, { highWaterMark: CHUNK_BYTES });
  } catch (error) {
    throw asFileFault(path, error);
  }
}

/**
 * The size of a file in bytes.
 * @throws FileFault where it is missing, a folder, or cannot be looked at.
 */
export async function fileSize(path: string): Promise<number> {
  try {
    return (await statFile(path)).size;
  } catch (error) {
    throw asFileFault(path, error);
  }
}

async function statFile(path: string): Promise<Stats> {
  const found = await stat(path);
  if (found.isFile()) return found;
  const advice = found.isDirectory() ? 'Name the files in it.' : 'Write its content to a file first.';
  throw new FileFault('unreadable', path, null, `this is ${kindOf(found)}, not a file. ${advice}`);
}

/** What lies at a path that is no file. */
export function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a named pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  ELOOP: 'it is a link that leads back to itself',
  ENAMETOOLONG: 'no file can have so long a name',
};

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false; // there is nothing, or no way to it
  }
}

function missingOf(path: string): string {
  if (isLink(path)) return 'this is a link that leads nowhere. Mend it, or leave it out.';
  return path.includes('\ufffd')
    ? 'there is no such file, or its name is not UTF-8. Rename it.'
    : 'there is no such file. Check the path.';
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
    return new FileFault('missing', path, null, missingOf(path), { cause: error });
  }
  const reason = REASONS[code] ?? (error as Error).message;
  return new FileFault('unreadable', path, null, `the file cannot be read: ${reason}.`, { cause: error });
}

export interface CheckedReading {
  readonly path: string;
  readonly expected: ExpectedFile;
  /** Called at the end with the SHA-256 of the bytes that were read. */
  readonly onDigest?: ((sha256: string) => void) | undefined;
  readonly onProgress?: ((bytesRead: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The bytes of a file, with the proof at the end that they are still the ones that were fingerprinted: a file that is
 * still being written, or replaced, would otherwise be recorded under a fingerprint that it does not have. Where only its
 * size was taken before, what counts is that nobody wrote to it meanwhile.
 * @throws FileFault `changed`; the signal's reason where it was aborted.
 */
export async function* readChecked({
  path,
  expected,
  onDigest,
  onProgress,
  signal,
}: CheckedReading): AsyncGenerator<Buffer> {
  const writtenBefore = expected.sha256 === null ? await lastWritten(path) : 0;
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of readRaw(path)) {
    signal?.throwIfAborted();
    hash.update(chunk);
    bytes += chunk.length;
    onProgress?.(bytes);
    yield chunk;
  }
  const sha256 = hash.digest('hex');
  const isSame =
    expected.sha256 === null ? (await lastWritten(path)) === writtenBefore : sha256 === expected.sha256;
  if (bytes !== expected.bytes || !isSame) {
    throw new FileFault(
      'changed',
      path,
      null,
      `the file changed while it was being read (${expected.bytes} bytes before, ${bytes} now). Load it when its export has finished.`,
    );
  }
  onDigest?.(sha256);
}

/** When somebody last wrote to a file, in milliseconds. */
async function lastWritten(path: string): Promise<number> {
  try {
    return (await statFile(path)).mtimeMs;
  } catch (error) {
    throw asFileFault(path, error);
  }
}
