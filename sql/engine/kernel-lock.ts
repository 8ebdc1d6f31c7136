import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { tryLock } from 'fs-native-extensions';

/**
 * Takes the lock on a file, which the operating system gives back when every process that has the handle has ended, however
 * they end. The lock is the kernel's, so it holds between containers that share the folder, where process numbers
 * mean nothing. The file stays when the lock is given back: a file that is removed can be locked by two. What is
 * written in it is for people. Returns the handle, whose closing gives the lock back; null where another has it.
 * @throws NotPlainError where something else is in the file's place: through a link, a file elsewhere would be emptied.
 */
export function takeLock(file: string): number | null {
  const handle = openPlain(file);
  try {
    if (!fstatSync(handle).isFile()) throw notPlain(file);
    fchmodSync(handle, 0o600);
    if (!tryLock(handle)) {
      closeSync(handle);
      return null;
    }
    ftruncateSync(handle);
    writeSync(handle, JSON.stringify({ pid: process.pid, host: hostname() }));
    return handle;
  } catch (error) {
    closeSync(handle);
    throw error;
  }
}

function openPlain(file: string): number {
  const { O_RDWR, O_CREAT, O_APPEND, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    return openSync(file, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK, 0o600);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw code === 'ELOOP' || code === 'EISDIR' ? notPlain(file, cause) : cause;
  }
}

/** Something else is in the place of a lock. */
export class NotPlainError extends Error {
  override readonly name = 'NotPlainError';
  constructor(
    readonly file: string,
    cause?: unknown,
  ) {
    super(
      `${file} is no plain file, and says who uses the data directory. Nothing has been changed; move it away and start again.`,
      { cause },
    );
  }
}

const notPlain = (file: string, cause?: unknown) => new NotPlainError(file, cause);

/** Who has the lock, for people. */
export function lockOwner(file: string): string {
  try {
    const { pid, host } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; host?: string };
    return host === undefined || host === hostname() ? `Process ${pid}` : `Process ${pid} on ${host}`;
  } catch {
    return 'Another process'; // it has only just taken the lock
  }
}
