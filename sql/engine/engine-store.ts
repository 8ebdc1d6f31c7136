/**
 * The embedded engine's folder, before the engine is started on it. A disk that was full leaves files that were made and
 * never written; on some of them the engine refuses to start for ever. What was never finished is moved aside and
 * said; what holds published figures is never touched, only named.
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { DATABASE } from './configuration.ts';

/** The figures on disk are not what they were. Nothing has been changed; the message names the folder and the remedy. */
export class EngineDamagedError extends Error {
  override readonly name = 'EngineDamagedError';
}

/** @throws EngineDamagedError with what is damaged, as the start of a sentence, and the remedy. */
export function damaged(dataDir: string, what: string, cause?: unknown): EngineDamagedError {
  const folder = join(dataDir, 'clickhouse');
  const mayNot = /permission denied|not permitted|read-only file system/i.test(what);
  return new EngineDamagedError(
    `${what}. Nothing has been changed. ` +
      (mayNot ? 'Let the account that runs Beltline read and change it; or put' : 'Put') +
      ` the folder ${folder} back from a backup; or move away ${folder} and ` +
      `${markerOf(dataDir)}, start again, and load the files again. What people wrote is kept elsewhere and is not touched.`,
    { cause },
  );
}

/** Says that figures were once kept here, so that a folder that is gone is not taken for a first start. */
const markerOf = (dataDir: string) => join(dataDir, 'clickhouse.marker');

/** The description of the published database: there as soon as the first migration has made it. */
const publishedOf = (dataDir: string) => join(dataDir, 'clickhouse', 'metadata', `${DATABASE}.sql`);

/** Writes the marker where the published database is there. Returns whether nothing is left to be marked. */
export function markStore(dataDir: string): boolean {
  if (existsSync(markerOf(dataDir))) return true;
  if (!isWritten(publishedOf(dataDir))) return false;
  writeFileSync(markerOf(dataDir), 'made\n', { mode: 0o600 });
  return true;
}

interface Database {
  readonly name: string;
  /** Folder of its tables' metadata files. */
  readonly folder: string;
}

/**
 * Makes the folder fit for a start. To be called only while no engine runs on it. Returns what was done, in sentences.
 * @throws EngineDamagedError where published tables are missing or unreadable.
 */
export function healStore(dataDir: string): string[] {
  const folder = join(dataDir, 'clickhouse');
  const published = publishedOf(dataDir);
  if (markStore(dataDir) && !isWritten(published)) {
    throw damaged(
      dataDir,
      `Published figures were kept in ${folder}, and ${published} is ${stateOf(published)}`,
    );
  }
  if (!existsSync(join(folder, 'metadata'))) return [];
  const said: string[] = [];
  const aside = join(dataDir, 'damaged', new Date().toISOString().replaceAll(':', '.'));
  const setAside = (path: string, why: string) => {
    const target = join(aside, relative(dataDir, path));
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    renameSync(path, target);
    said.push(`${path} ${why}; it was moved to ${target}.`);
  };
  const unfinished = healDatabases(dataDir, setAside);
  healTables(join(folder, 'store'), unfinished, setAside, (path) =>
    said.push(`${path} was empty; it was written again.`),
  );
  return said;
}

type SetAside = (path: string, why: string) => void;

/** Metadata that was never written. Returns the metadata files of tables that may go: locks, and those of unfinished loads. */
function healDatabases(dataDir: string, setAside: SetAside): Map<string, string> {
  const metadata = join(dataDir, 'clickhouse', 'metadata');
  const mayGo = new Map<string, string>();
  for (const file of list(metadata).filter((name) => name.endsWith('.sql'))) {
    const path = join(metadata, file);
    if (!isWritten(path)) {
      setAside(path, 'was made and never written');
      continue;
    }
    const database = databaseOf(dataDir, path);
    for (const table of list(database.folder).filter((name) => name.endsWith('.sql'))) {
      const tablePath = join(database.folder, table);
      const isOurs = database.name === DATABASE && !table.startsWith('mutex_');
      if (isWritten(tablePath)) {
        if (!isOurs) mayGo.set(uuidOf(tablePath), tablePath);
      } else if (isOurs && hasRowsOfNobody(dataDir)) {
        throw damaged(dataDir, `The table ${table.slice(0, -4)} has lost its description ${tablePath}`);
      } else setAside(tablePath, 'was made and never written');
    }
  }
  return mayGo;
}

/**
 * Whether rows lie in a folder that no description names. A description that was never written is of a table that was just
 * being made, and has none; where there are some, the description of a table that had rows was lost.
 */
function hasRowsOfNobody(dataDir: string): boolean {
  const folder = join(dataDir, 'clickhouse');
  const store = join(folder, 'store');
  const folders = list(store).flatMap((prefix) =>
    list(join(store, prefix)).map((uuid) => join(store, prefix, uuid)),
  );
  const descriptions = [folder, ...folders].flatMap((place) =>
    [place, join(place, 'metadata')].flatMap((where) =>
      list(where)
        .filter((name) => name.endsWith('.sql'))
        .map((name) => join(where, name)),
    ),
  );
  const named = new Set(descriptions.filter(isWritten).map(uuidOf));
  // A table that was dropped is removed some minutes later; until then its id is in the name of its description.
  const dropped = list(join(folder, 'metadata_dropped')).join(' ');
  return folders.some((place) => {
    const uuid = place.slice(place.lastIndexOf('/') + 1);
    return (
      !named.has(uuid) && !dropped.includes(uuid) && list(place).some((name) => /_\d+_\d+_\d+/.test(name))
    );
  });
}

function healTables(
  store: string,
  mayGo: ReadonlyMap<string, string>,
  setAside: SetAside,
  rewritten: (path: string) => void,
): void {
  for (const prefix of list(store)) {
    for (const uuid of list(join(store, prefix))) {
      const folder = join(store, prefix, uuid);
      const left = list(folder).filter((name) =>
        /^(sizes\.json|format_version\.txt|mutation_\d+\.txt)$/.test(name),
      );
      for (const name of left.filter((file) => !isWritten(join(folder, file)))) {
        const path = join(folder, name);
        const description = mayGo.get(uuid);
        if (name === 'format_version.txt') {
          writeFileSync(path, '1', { mode: 0o600 }); // the only version there has been for tables with PARTITION BY or a named engine
          rewritten(path);
        } else if (name.startsWith('mutation_')) setAside(path, 'was made and never written');
        else if (description !== undefined) {
          setAside(description, 'describes a table that was never written');
          setAside(folder, 'holds a table that was never written');
          break;
        }
      }
    }
  }
}

function databaseOf(dataDir: string, path: string): Database {
  const name = path.slice(path.lastIndexOf('/') + 1, -'.sql'.length);
  const uuid = uuidOf(path);
  return { name, folder: join(dataDir, 'clickhouse', 'store', uuid.slice(0, 3), uuid) };
}

/** Every table and database of the engine carries its id in its description: `ATTACH … UUID '…'`. */
function uuidOf(path: string): string {
  return /UUID '([0-9a-f-]{36})'/.exec(readFileSync(path, 'utf8'))?.[1] ?? 'unknown';
}

const isWritten = (path: string): boolean => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
const stateOf = (path: string): string => (existsSync(path) ? 'empty' : 'gone');

function list(folder: string): string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
}
