import { renameSync, rmSync, writeFileSync } from 'node:fs';

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
  } finally {
    rmSync(draft, { force: true });
  }
}
