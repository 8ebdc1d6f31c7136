/**
 * Beside the engine's folder a marker says how far a first start has come, so that published tables that are gone are not
 * taken for one: `made`, the published database was there; `migrated`, and a migration was on its list. It is read off the
 * files, and written after they are: a first start that is killed at any point leaves no more in it than there is.
 */
import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE } from './configuration.ts';
import { damaged, EngineDamagedError, markerOf } from './engine-damaged.ts';
import { writeOwnFile } from './own-file.ts';

/** The list of applied migrations: the first table that is made, and none is made without being on it. */
const LIST = 'schema_migrations';

/** The description of the published database: there as soon as the first migration has made it. */
const publishedOf = (dataDir: string) => join(dataDir, 'clickhouse', 'metadata', `${DATABASE}.sql`);

/** Writes down how far the store has come. Returns whether nothing is left to be marked. */
export function markStore(dataDir: string): boolean {
  const marker = markerOf(dataDir);
  const marked = readMarker(dataDir);
  if (marked === 'migrated') return true;
  const isMigrated = stateOfList(dataDir) === null;
  if (isMigrated || (marked === null && isWritten(publishedOf(dataDir))))
    writeOwnFile(marker, isMigrated ? 'migrated\n' : 'made\n');
  return isMigrated;
}

/** What the marker says; null where there is none. @throws EngineDamagedError where it is no file. */
function readMarker(dataDir: string): string | null {
  const marker = markerOf(dataDir);
  const found = statSync(marker, { throwIfNoEntry: false });
  if (found === undefined) return null;
  if (!found.isFile())
    throw new EngineDamagedError(
      `${marker} is not a file, although it says whether figures were kept in ${join(dataDir, 'clickhouse')}. Nothing has been changed. ` +
        'Move it away and start again.',
    );
  return readFileSync(marker, 'utf8').trim();
}

/** @throws EngineDamagedError where published tables were here, and are no longer. */
export function assertNotVanished(dataDir: string): void {
  const folder = join(dataDir, 'clickhouse');
  const published = publishedOf(dataDir);
  const isMarked = readMarker(dataDir) !== null;
  if (isMarked && !isWritten(published)) {
    const state = existsSync(published) ? 'empty' : 'gone';
    throw damaged(dataDir, `Published figures were kept in ${folder}, and ${published} is ${state}`);
  }
  if (isWritten(published) && uuidOf(published) === UNNAMED)
    throw damaged(dataDir, `${published} does not say where the tables of published figures are`);
  const link = join(folder, 'metadata', DATABASE);
  if (lstatSync(link, { throwIfNoEntry: false })?.isDirectory())
    throw damaged(
      dataDir,
      `${link} is a folder and was a symbolic link: the data directory was copied without keeping its links (cp -a and tar ` +
        'keep them), and the engine does not start on such a copy. Copy it once more where the first one is still there',
    );
  const lost = stateOfList(dataDir);
  if (lost !== null && wasThere(dataDir, lost))
    throw damaged(
      dataDir,
      `Published figures were kept in ${folder}, and the list of migrations that made their tables is gone: ${lost.found}`,
    );
}

interface LostList {
  readonly found: string;
  /** Whether the table is described, and only its rows are not there. */
  readonly isEmpty: boolean;
}

/** What keeps the list of applied migrations from being read; null where it is there, with something on it. */
function stateOfList(dataDir: string): LostList | null {
  const published = publishedOf(dataDir);
  if (!isWritten(published)) return { found: `there is no ${published}`, isEmpty: false };
  const description = join(folderOf(dataDir, published), `${LIST}.sql`);
  if (!isWritten(description)) return { found: `there is no ${description}`, isEmpty: false };
  const rows = folderOf(dataDir, description);
  return hasParts(rows) ? null : { found: `there are no rows in ${rows}`, isEmpty: true };
}

/**
 * Whether the list was here, and not merely about to be made. Stores of earlier versions have no note of it; but the engine
 * makes a link to each table, and takes it away when it starts without the table. A link to the list alone is of a first
 * start on a full disk: the engine makes it also where it could not write the description.
 */
function wasThere(dataDir: string, { isEmpty }: LostList): boolean {
  if (readMarker(dataDir) === 'migrated') return true;
  if (isEmpty) return false;
  const linked = list(join(dataDir, 'clickhouse', 'data', DATABASE));
  return linked.some((name) => name !== LIST && !name.startsWith('mutex_'));
}

const folderOf = (dataDir: string, description: string): string => {
  const uuid = uuidOf(description);
  return join(dataDir, 'clickhouse', 'store', uuid.slice(0, 3), uuid);
};

/** Every table and database of the engine carries its id in its description: `ATTACH … UUID '…'`. */
export function uuidOf(path: string): string {
  return /UUID '([0-9a-f-]{36})'/.exec(readFileSync(path, 'utf8'))?.[1] ?? UNNAMED;
}

/** Stands for the id of a description that does not hold one. */
export const UNNAMED = 'unknown';

/** Whether a table's folder holds rows; what is being written (`tmp_…`) is none yet. */
export const hasParts = (folder: string): boolean =>
  list(folder).some((name) => /_\d+_\d+_\d+/.test(name) && !name.startsWith('tmp_'));

export const isWritten = (path: string): boolean =>
  (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;

export function list(folder: string): string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
}
