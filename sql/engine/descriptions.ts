/**
 * Copies of the descriptions of published tables. On a full disk the engine answers that a table was changed, and leaves
 * its description empty or cut short: the change is there until the engine ends, and then the table is gone with all its
 * rows. So a description is looked at before a change counts as made, and there is a copy of it as it was before.
 */
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DATABASE } from './configuration.ts';
import { EngineDamagedError } from './engine-damaged.ts';
import { NoRoomError } from './no-room.ts';
import { writeOwnFile } from './own-file.ts';
import { privateFolder } from './private-folder.ts';
import { isWritten, list, UNNAMED, uuidOf } from './store-marker.ts';

export interface Descriptions {
  /** Keeps the descriptions as they are now. To be called only between changes of tables. */
  keep(): void;
  /** @throws Error that names a description which was not written whole. */
  assertWritten(): void;
}

/** The descriptions of the tables that a data directory's engine publishes. */
export function descriptionsOf(dataDir: string): Descriptions {
  return { keep: () => keepDescriptions(dataDir), assertWritten: () => assertWritten(dataDir) };
}

const copiesOf = (dataDir: string) => join(dataDir, 'clickhouse.descriptions');

/**
 * Copies what is whole, and forgets tables that were dropped, and names that a table no longer has. Replaces a copy only once the new one is written.
 * @throws EngineDamagedError where something else is in the copies' place.
 */
export function keepDescriptions(dataDir: string): void {
  const copies = copiesOf(dataDir);
  const described = publishedDescriptions(dataDir);
  if (described.length === 0) return; // nothing made yet, or all lost: not a reason to forget
  assertFolder(copies);
  privateFolder(copies);
  for (const path of described.filter(isWhole)) {
    const copy = join(copies, basename(path));
    const text = readFileSync(path, 'utf8');
    if (existsSync(copy) && readFileSync(copy, 'utf8') === text) continue;
    writeOwnFile(copy, text);
  }
  const there = new Set(described.map((path) => basename(path)));
  const known = new Set(described.filter(isWhole).map(uuidOf));
  for (const name of list(copies)) {
    const copy = join(copies, name);
    const isOver = !isStored(dataDir, copy) || known.has(uuidOf(copy));
    if (!there.has(name) && isOver) rmSync(copy, { force: true });
  }
}

/** Descriptions of published tables that are not there, or not whole, each with the copy that it can be put back from. */
export function brokenDescriptions(dataDir: string): (readonly [description: string, copy: string])[] {
  const folder = databaseFolder(dataDir);
  if (folder === null) return [];
  return list(copiesOf(dataDir))
    .filter((name) => name.endsWith('.sql'))
    .map((name) => join(folder, name))
    .filter((path) => !isWhole(path))
    .flatMap((path) => {
      const copy = copyOf(dataDir, path);
      return copy === null ? [] : [[path, copy] as const];
    });
}

/** The copy that a description which is not whole can be put back from; null where there is none of this very table. */
function copyOf(dataDir: string, description: string): string | null {
  const copy = join(copiesOf(dataDir), basename(description));
  if (!isWhole(copy)) return null;
  const uuid = uuidOf(copy);
  const isOfAnother = publishedDescriptions(dataDir).some((path) => {
    const named = uuidOf(path);
    return path === description ? named !== UNNAMED && named !== uuid : named === uuid;
  });
  return isStored(dataDir, copy) && !isOfAnother ? copy : null;
}

/** Whether the table that a copy is of is still kept: it has a folder, and was not dropped. */
function isStored(dataDir: string, copy: string): boolean {
  const folder = join(dataDir, 'clickhouse');
  const uuid = uuidOf(copy);
  const isDropped = list(join(folder, 'metadata_dropped')).some((name) => name.includes(uuid));
  return !isDropped && existsSync(join(folder, 'store', uuid.slice(0, 3), uuid));
}

function assertFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new EngineDamagedError(
      `${path} is not a folder, and copies of the tables' descriptions are kept there. Nothing has been changed. Move it away and start again.`,
    );
}

/** Whether a description was written to its end: the engine ends each with its settings or the table's comment. */
function isWhole(path: string): boolean {
  if (!isWritten(path)) return false;
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.at(-1) === '' && /^(SETTINGS|COMMENT) /.test(lines.at(-2) ?? '');
}

function assertWritten(dataDir: string): void {
  const cut = publishedDescriptions(dataDir).find((path) => !isWhole(path));
  if (cut !== undefined)
    throw new NoRoomError(
      `There is not enough space on the disk of ${dataDir}: the engine could not write ${cut} whole. ` +
        'Nothing is lost; make room and start again.',
    );
}

/** Files that describe published tables, locks aside. */
function publishedDescriptions(dataDir: string): string[] {
  const folder = databaseFolder(dataDir);
  if (folder === null) return [];
  return list(folder)
    .filter((name) => name.endsWith('.sql') && !name.startsWith('mutex_'))
    .map((name) => join(folder, name));
}

function databaseFolder(dataDir: string): string | null {
  const database = join(dataDir, 'clickhouse', 'metadata', `${DATABASE}.sql`);
  if (!isWritten(database)) return null;
  const uuid = uuidOf(database);
  return uuid === UNNAMED ? null : join(dataDir, 'clickhouse', 'store', uuid.slice(0, 3), uuid);
}
