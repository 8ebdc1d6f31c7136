import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Another running process has the embedded PostgreSQL of this data directory open. */
export class StoreBusyError extends Error {
  override readonly name = 'StoreBusyError';
}

/**
 * Takes a file that says which process owns a directory: the embedded PostgreSQL has no lock of its own, and two
 * processes on one directory destroy it. A file left by a killed process is taken over. Returns how to give it back.
 * @throws StoreBusyError where its owner still runs.
 */
export function takeOwnership(file: string): () => void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  for (let attempt = 0; ; attempt += 1) {
    try {
      const handle = openSync(file, 'wx', 0o600);
      writeSync(handle, JSON.stringify({ pid: process.pid, started: startOf(process.pid) }));
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt === 3) throw error;
    }
    const owner = readOwner(file);
    if (owner !== null && isRunning(owner)) {
      throw new StoreBusyError(
        `Process ${owner.pid} uses the embedded PostgreSQL of ${dirname(file)}. Stop it first.`,
      );
    }
    rmSync(file, { force: true });
  }
}

interface Owner {
  readonly pid: number;
  readonly started: string;
}

function readOwner(file: string): Owner | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner;
  } catch {
    return null; // gone, or torn by a kill while it was written
  }
}

function isRunning(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  // After a restart of the machine the number may belong to a stranger; the start time tells them apart (Linux only).
  return owner.started === startOf(owner.pid);
}

/** When a process was started, in ticks since boot; '' where the system does not say. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
