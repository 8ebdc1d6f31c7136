import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { makeFolder, namingPath } from '@beltline/sql/engine';
import { DemoRefusal } from './demo-refusal.ts';

/** The last file of a complete demo folder; its presence tells one from any other folder. */
export const MANIFEST_FILE = 'manifest.json';
export const TRUTH_FILE = 'truth.json';

/**
 * Fills a folder under another name and gives it its own only when it is complete. An error or an abort removes it;
 * a killed process leaves `<out>.partial`, which the next run clears.
 *
 * Throws a DemoRefusal before any work if `out` is there and is neither empty nor an earlier demo (it would be lost), or
 * is no folder.
 */
export async function fillStaged<T>(out: string, fill: (folder: string) => Promise<T>): Promise<T> {
  const target = resolve(out);
  const staging = `${target}.partial`;
  await refuseForeign(target);
  await rm(staging, { recursive: true, force: true });
  try {
    makeFolder(dirname(target));
    await mkdir(staging, { mode: 0o700 });
  } catch (error) {
    throw refusalOf(target, error);
  }
  try {
    const result = await fill(staging);
    await rm(target, { recursive: true, force: true });
    await rename(staging, target);
    return result;
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw namingPath(error, target);
  }
}

async function refuseForeign(target: string): Promise<void> {
  let entries: string[];
  try {
    entries = await readdir(target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw refusalOf(target, error);
  }
  if (entries.length > 0 && !entries.includes(MANIFEST_FILE)) {
    throw new DemoRefusal(`${target} is not empty and holds no demo orders; choose another folder.`);
  }
}

/** What a person can choose otherwise, in words; anything else, such as a full disk, as it is. */
function refusalOf(target: string, error: unknown): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOTDIR':
    case 'EEXIST':
      return new DemoRefusal(`${target} is a file, or lies below one; choose a folder.`, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new DemoRefusal(`${target} may not be written by this user; choose another folder.`, {
        cause: error,
      });
    case 'ENOENT':
    case 'ENAMETOOLONG':
      return new DemoRefusal(`${target} cannot be made; choose another folder.`, { cause: error });
    default:
      return error;
  }
}
