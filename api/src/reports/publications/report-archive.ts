/** Files of several publications as one ZIP. They are packed one after another, so that nobody waits for all of them. */
import { setImmediate } from 'node:timers/promises';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** PDF and XLSX are packed already. */
const isPacked = (name: string) => /\.(pdf|xlsx)$/.test(name);

export async function archiveOf(
  files: AsyncIterable<{ readonly name: string; readonly bytes: Buffer }>,
  mtime: Date,
): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part);
  });
  for await (const { name, bytes } of files) {
    const entry = isPacked(name) ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
    // Read by the archive in the time zone of the machine.
    entry.mtime = mtime;
    zip.add(entry);
    entry.push(bytes, true);
    await setImmediate();
  }
  zip.end();
  return Buffer.concat(parts);
}
