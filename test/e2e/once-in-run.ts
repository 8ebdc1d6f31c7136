/** What several test files of a run need alike, and the first of them makes: workers are processes that know nothing of each other. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const WAIT_MS = 240_000;

/**
 * The folder of a name among the temporary files of this run; whoever asks first fills it.
 * @throws what `make` throws, for whoever asked first; the next one tries again.
 */
export async function onceInRun(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const made = join(tmpdir(), name);
  const making = `${made}-making`;
  for (const until = Date.now() + WAIT_MS; !existsSync(made);) {
    if (Date.now() > until) throw new Error(`Nobody made ${name} within ${WAIT_MS / 1000} s.`);
    if (!isCreated(making)) await sleep(100);
    else {
      try {
        // It may have been made between looking and creating.
        if (!existsSync(made)) await make(making);
        if (existsSync(made)) rmSync(making, { recursive: true });
        else renameSync(making, made);
      } catch (error) {
        rmSync(making, { recursive: true, force: true });
        throw error;
      }
    }
  }
  return made;
}

/** Whether this call created the folder, which one of several at once does. */
function isCreated(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch {
    return false;
  }
}
