/**
 * Where tests keep what they write: in memory, where the machine has a file system for that with room, because engines make and
 * remove thousands of small files, and a disk's file system takes a fifth of their time for it. Else where the system says.
 */
import { accessSync, chmodSync, constants, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const IN_MEMORY = '/dev/shm';
const ROOM_NEEDED = 6 * 2 ** 30;
const PREFIX = 'beltline-tests-';

/** The system's own folder for temporary files, for what should outlast a run. */
export const LASTING = process.env.LASTING_TEST_FOLDER ?? tmpdir();

/** Gives this process and its children a folder of this run for temporary files; it is gone when the run ends. */
export function useTemporaryFolder() {
  if (process.env.LASTING_TEST_FOLDER !== undefined) return;
  const place = hasRoom() ? IN_MEMORY : LASTING;
  for (const name of readdirSync(place))
    if (name.startsWith(PREFIX) && !isRunning(Number(name.slice(PREFIX.length)))) remove(join(place, name));
  process.env.LASTING_TEST_FOLDER = LASTING;
  process.env.TMPDIR = join(place, `${PREFIX}${process.pid}`);
  mkdirSync(process.env.TMPDIR, { recursive: true });
  // Others may pass through it, as through the system's: what is closed to them has to be closed by itself.
  chmodSync(process.env.TMPDIR, 0o711);
  process.once('exit', () => remove(process.env.TMPDIR));
}

/** What another user left is not ours to remove. */
function remove(folder) {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // It stays until whoever made it comes back, or the machine starts anew.
  }
}

function hasRoom() {
  try {
    accessSync(IN_MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize > ROOM_NEEDED;
  } catch {
    return false;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
