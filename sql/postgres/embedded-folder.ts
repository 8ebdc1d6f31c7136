/**
 * The folder of the embedded PostgreSQL, before it is opened. PGlite makes an empty database wherever it finds none, so a
 * folder that was lost or damaged would come back empty and healthy, and what people wrote would be gone without a word.
 * A marker beside the folder says that there is a database, or that one is being made.
 */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { privateFolder } from '../engine/private-folder.ts';

/** The embedded PostgreSQL is not what it was. Nothing has been changed; the message names the folder and the remedy. */
export class StoreDamagedError extends Error {
  override readonly name = 'StoreDamagedError';
}

type Marker = 'making' | 'made';

export interface EmbeddedFolder {
  readonly path: string;
  /** Whether people's notes have been kept here before, so that they must be there. */
  readonly mustHold: boolean;
  /** To be called once the database has been opened and migrated: from now on it must be there. */
  readonly opened: () => void;
  /** An error of opening, in words that name the folder. */
  readonly damaged: (cause: unknown) => StoreDamagedError;
}

/** @throws StoreDamagedError where a database was, and is not there whole. */
export function embeddedFolder(dataDir: string): EmbeddedFolder {
  const path = join(dataDir, 'postgres');
  const markerFile = join(dataDir, 'postgres.marker');
  const damaged = (what: string, cause?: unknown) =>
    new StoreDamagedError(
      `The notes that people wrote cannot be read: ${what}. Nothing has been changed. Put the folder ${path} back from a backup; ` +
        `or, to begin without notes, move away ${path} and ${markerFile}, and start again.`,
      { cause },
    );
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) privateFolder(path);
  const marker = readMarker(markerFile);
  const found = look(path);
  if (marker === 'making' && found !== 'no folder')
    rmSync(path, { recursive: true, force: true }); // nobody wrote to it yet
  else if (found === 'no folder' && marker === 'made') throw damaged(`the folder ${path} is gone`);
  else if (found === 'empty' && marker === 'made') throw damaged(`the folder ${path} is empty`);
  else if (found !== 'no folder' && found !== 'empty' && found !== 'a database')
    throw damaged(`${path} ${found}`);
  if (marker !== 'made' && found !== 'a database') writeMarker(markerFile, 'making');
  privateFolder(path);
  return {
    path,
    mustHold: marker === 'made',
    opened: () => {
      if (readMarker(markerFile) !== 'made') writeMarker(markerFile, 'made');
    },
    damaged: (cause) =>
      damaged(`${path} does not open (${cause instanceof Error ? cause.message : String(cause)})`, cause),
  };
}

/** What stands in the folder, as the end of a sentence. */
function look(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 'no folder';
  if (!stat.isDirectory()) return 'is not a folder';
  let entries: string[];
  try {
    entries = readdirSync(path);
  } catch (error) {
    return `cannot be listed (${(error as Error).message})`;
  }
  if (entries.length === 0) return 'empty';
  // What every cluster of PostgreSQL has; PGlite would make a new one over what is left.
  const missing = ['PG_VERSION', 'global/pg_control', 'base', 'pg_wal'].filter(
    (name) => !existsSync(join(path, name)),
  );
  return missing.length === 0 ? 'a database' : `lacks ${missing.join(', ')}`;
}

function readMarker(file: string): Marker | null {
  try {
    return readFileSync(file, 'utf8').trim() === 'making' ? 'making' : 'made';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null; // a first start, or data of an earlier version
    throw error;
  }
}

function writeMarker(file: string, marker: Marker): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${marker}\n`, { mode: 0o600 });
  renameSync(draft, file);
}
