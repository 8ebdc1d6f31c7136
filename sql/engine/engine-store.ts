/**
 * The embedded engine's folder, before the engine is started on it. A disk that was full leaves files that were made and
 * never written; on some of them the engine refuses to start for ever. What was never finished is moved aside and
 * said; what holds published figures is never touched, only named.
 */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { DATABASE } from './configuration.ts';
import { brokenDescriptions, keepDescriptions } from './descriptions.ts';
import { damaged } from './engine-damaged.ts';
import { writeOwnFile } from './own-file.ts';
import { assertNotVanished, hasParts, isWritten, list, markStore, uuidOf } from './store-marker.ts';

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
  const said: string[] = [];
  const aside = join(dataDir, 'damaged', new Date().toISOString().replaceAll(':', '.'));
  const setAside = (path: string, why: string) => {
    const target = join(aside, relative(dataDir, path));
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    renameSync(path, target);
    said.push(`${path} ${why}; it was moved to ${target}.`);
  };
  const putBack = (path: string, copy: string) => {
    // What the engine takes for a change that it was cut short in. Written first: on a full disk nothing is moved yet.
    const written = `${path}.tmp`;
    mkdirSync(dirname(path), { recursive: true });
    rmSync(written, { force: true });
    copyFileSync(copy, written);
    if (existsSync(path)) setAside(path, 'was not written whole');
    renameSync(written, path);
    said.push(`${path} was put back as it was before its last change.`);
  };
  for (const [path, copy] of brokenDescriptions(dataDir)) putBack(path, copy);
  markStore(dataDir);
  assertNotVanished(dataDir);
  if (!existsSync(join(folder, 'metadata'))) return said;
  const unfinished = healDatabases(dataDir, setAside);
  healTables(join(folder, 'store'), unfinished, setAside, (path) =>
    said.push(`${path} was empty; it was written again.`),
  );
  keepDescriptions(dataDir);
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
    return !named.has(uuid) && !dropped.includes(uuid) && hasParts(place);
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
          writeOwnFile(path, '1'); // the only version there has been for tables with PARTITION BY or a named engine
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
