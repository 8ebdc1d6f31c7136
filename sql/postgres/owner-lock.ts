import { closeSync, fchmodSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { tryLock } from 'fs-native-extensions';

/** Another running process has the embedded PostgreSQL of this data directory open. */
export class StoreBusyError extends Error {
  override readonly name = 'StoreBusyError';
}

/**
 * Takes the lock on a file, which the operating system gives back when the process ends, however it ends: the embedded
 * PostgreSQL has no lock of its own, and two processes on one directory destroy it. The lock is the kernel's, so it
 * holds between containers that share the directory, where process numbers mean nothing. The file stays when the lock
 * is given back: a file that is removed can be locked by two. What it holds is for people. Returns how to give it back.
 * @throws StoreBusyError where another process, or this one, has the lock.
 */
export function takeOwnership(file: string, what: string): () => void {
  const handle = openSync(file, 'a+', 0o600);
  try {
    fchmodSync(handle, 0o600);
    if (!tryLock(handle)) throw new StoreBusyError(`${ownerOf(file)} uses ${what}. Stop it first.`);
    ftruncateSync(handle);
    writeSync(handle, JSON.stringify({ pid: process.pid, host: hostname() }));
  } catch (error) {
    closeSync(handle);
    throw error;
  }
  let held = true;
  return () => {
    if (held) closeSync(handle);
    held = false;
  };
}

function ownerOf(file: string): string {
  try {
    const { pid, host } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; host?: string };
    return host === undefined || host === hostname() ? `Process ${pid}` : `Process ${pid} on ${host}`;
  } catch {
    return 'Another process'; // it has only just taken the lock
  }
}
