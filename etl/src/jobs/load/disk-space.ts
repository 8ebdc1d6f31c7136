/** Room on the disk that the engine writes to: asked for before a load begins, and named where it runs out all the same. */
import { NoRoomError } from '@beltline/sql/engine';
import { z } from 'zod';
import type { LoadSession } from './load-session.ts';

/** There is no room on a disk. The message says which, and what has become of the load. */
export class DiskFullError extends Error {
  override readonly name = 'DiskFullError';
}

/** What a load writes at its height, for each byte of plain text: 1.3 measured, landed text, staged lines and rollups together. */
const PER_BYTE = 2;
/** Orders as text shrink to a fifth to a tenth. */
const UNPACKED = 10;
const AT_LEAST = 64 * 1024 ** 2;

const bytes = z.object({ bytes: z.coerce.number() });

export interface SizedFile {
  readonly path: string;
  readonly bytes: number;
}

/**
 * `place`: where the engine's tables lie, in words.
 * @throws DiskFullError where its disk has less room than files of this size take while they are loaded.
 */
export async function assertSpace(
  session: LoadSession,
  files: readonly SizedFile[],
  place: string,
): Promise<void> {
  const needed = spaceFor(files);
  const { bytes: free } = await session.row('free-space', bytes);
  if (free >= needed) return;
  throw new DiskFullError(
    `The load takes about ${inMegabytes(needed)} on the disk of ${place} while it runs, and ${inMegabytes(free)} are free there. ` +
      'Nothing was changed; make room and load again.',
  );
}

/** Bytes that a load of these files writes at its height. */
export function spaceFor(files: readonly SizedFile[]): number {
  const plain = files.reduce(
    (sum, file) => sum + file.bytes * (/\.(gz|zst|parquet|xlsx)$/i.test(file.path) ? UNPACKED : 1),
    0,
  );
  return AT_LEAST + plain * PER_BYTE;
}

const inMegabytes = (size: number) => `${Math.ceil(size / 1_000_000).toLocaleString('en')} MB`;

/**
 * An error that comes of a full disk, here or in the engine, in words that say which, and what has become of the load.
 * `place`: where the engine's tables lie, in words.
 */
export function diskFull(error: unknown, outcome: string, place: string): DiskFullError | null {
  if (error instanceof DiskFullError) return error;
  const worded = roomWanted(error);
  if (worded !== null) return new DiskFullError(worded.message, { cause: error });
  const disk = fullDisk(error, place);
  return disk === null
    ? null
    : new DiskFullError(`There is no space left on ${disk}. ${outcome}`, { cause: error });
}

/** Whether an error comes of a full disk. */
export const isOfFullDisk = (error: unknown): boolean => diskFull(error, '', '') !== null;

function roomWanted(error: unknown): NoRoomError | null {
  if (error instanceof NoRoomError) return error;
  return error instanceof Error ? roomWanted(error.cause) : null;
}

function fullDisk(error: unknown, place: string): string | null {
  if (!(error instanceof Error)) return null;
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return path === undefined ? 'the disk' : `the disk of ${path}`;
  // NOT_ENOUGH_SPACE, and what the system says inside another error of the engine.
  if (code === '243' || /not enough space|No space left on device|errno: 28\b/i.test(error.message))
    return `the disk of ${place}`;
  return fullDisk(error.cause, place);
}
