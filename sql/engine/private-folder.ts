import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const OTHERS = 0o077;

/**
 * Makes a folder and those above it, closed to other accounts; one that is there stays as it is. Node's own `recursive` goes
 * round for ever where a file system says of a folder that is there that it is not (`/proc`), and hears no signal meanwhile.
 * @throws Error of the file system where it cannot be made.
 */
export function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/**
 * A folder that only our account can enter, made where it is missing and closed where it is open: what lies in it may
 * be written with wider rights (the embedded PostgreSQL writes its files for everybody to change).
 * @throws Error of the file system where the folder belongs to another account.
 */
export function privateFolder(folder: string): void {
  makeFolder(folder);
  if ((statSync(folder).mode & OTHERS) !== 0) chmodSync(folder, 0o700);
}

/** What other accounts of the machine may do in a folder, as a warning to print; null where they may do nothing. */
export function openToOthers(folder: string): string | null {
  const mode = statSync(folder).mode & 0o777;
  if ((mode & OTHERS) === 0) return null;
  const can = (mode & 0o022) === 0 ? 'see into' : 'change';
  return (
    `Other accounts of this machine can ${can} the data directory ${folder} (mode ${mode.toString(8)}). ` +
    `The databases in it are closed to them; to close the rest: chmod 700 '${folder}'`
  );
}
