/**
 * Where tests keep what they write: in memory, where the machine has a file system for that with room, because engines make and
 * remove thousands of small files, and a disk's file system takes a fifth of their time for it. Else where the system says.
 */
import { accessSync, chmodSync, constants, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isRunning } from '@beltline/api/prepare';

const IN_MEMORY = '/dev/shm';
const ROOM_NEEDED = 6 * 2 ** 30;
/** Then the process of the run, and what nobody can know beforehand: who may write there too could have made the folder. */
const PREFIX = 'beltline-tests-';

/** Gives this process and its children a folder of this run for temporary files; it is gone when the run ends. */
export function useTemporaryFolder() {
  if (basename(tmpdir()).startsWith(PREFIX)) return;
  const place = hasRoom() ? IN_MEMORY : tmpdir();
  for (const name of readdirSync(place))
    if (name.startsWith(PREFIX) && !isRunning(parseInt(name.slice(PREFIX.length), 10)))
      remove(join(place, name));
  const folder = mkdtempSync(join(place, `${PREFIX}${process.pid}-`));
  // Others may pass through it, as through the system's: what is closed to them has to be closed by itself.
  chmodSync(folder, 0o711);
  process.env.TMPDIR = folder;
  process.once('exit', () => remove(folder));
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
