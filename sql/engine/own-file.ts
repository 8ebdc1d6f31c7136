import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** The same error with a path, where it has none: of what is written by a handle the system names none, and nobody would know which disk is full. */
export function namingPath(error: unknown, path: string): unknown {
  const { code, path: named } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' && named === undefined ? Object.assign(error as Error, { path }) : error;
}

/**
 * Writes a file of ours: whole or not at all, for our account alone. Where somebody has put a link in its place, the link is replaced;
 * a plain write would go through it, into whatever it leads to. For files that one process at a time writes.
 * @throws Error of the file system; what was there is then as it was.
 */
export function writeOwnFile(file: string, text: string): void {
  const draft = `${file}.new`;
  try {
    rmSync(draft, { force: true }); // of a process that was killed, or a link as well
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(draft, file);
  } catch (error) {
    throw namingPath(error, file);
  } finally {
    rmSync(draft, { force: true });
  }
}
