import { chmodSync, mkdirSync, statSync } from 'node:fs';

const OTHERS = 0o077;

/**
 * A folder that only our account can enter, made where it is missing and closed where it is open: what lies in it may
 * be written with wider rights (the embedded PostgreSQL writes its files for everybody to change).
 * @throws Error of the file system where the folder belongs to another account.
 */
export function privateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
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
