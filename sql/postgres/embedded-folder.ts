/**
 * The folder of the embedded PostgreSQL, before it is opened. PGlite makes an empty database wherever it finds none, so a
 * folder that was lost or damaged would come back empty and healthy, and what people wrote would be gone without a word.
 * A marker beside the folder says that there is a database, or that one is being made.
 */
import {
  accessSync,
  constants,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statfsSync,
} from 'node:fs';
import { join } from 'node:path';
import { writeOwnFile } from '../engine/own-file.ts';
import { placeOf } from '../engine/endpoint.ts';
import { privateFolder } from '../engine/private-folder.ts';

/** The embedded PostgreSQL is not what it was. Nothing has been changed; the message names the folder and the remedy. */
export class StoreDamagedError extends Error {
  override readonly name = 'StoreDamagedError';

  /** `kind`: what is in the way; of these only what is `damaged` is no longer what it was. */
  constructor(
    message: string,
    readonly kind: 'damaged' | 'closed' | 'full' | 'in-the-way' | 'moved',
    options: ErrorOptions = {},
  ) {
    super(message, options);
  }
}

type Marker = 'making' | 'made';

export interface EmbeddedFolder {
  readonly path: string;
  /** Whether a database of ours stands here, so that one without our tables is not it. */
  readonly mustHold: boolean;
  /** Whether it may be no more than what a first start that was cut short has left. */
  readonly halfMade: boolean;
  /** Where what was left of a first start has just been moved to, as a sentence. */
  readonly moved: string | null;
  /** To be called once the database has been opened and migrated: from now on it must be there. */
  readonly opened: () => void;
}

const pathOf = (dataDir: string) => join(dataDir, 'postgres');
const markerOf = (dataDir: string) => join(dataDir, 'postgres.marker');

/** Bytes: with less than it opens with, where something else keeps it from opening, room is what it needs first. */
const LEAST_ROOM = 33_000_000;
/** How PGlite's file system numbers ENOSPC and EDQUOT. */
const FULL_ERRNO = [51, 19];

function isFull(what: string, cause: unknown): boolean {
  const { code, name, errno } = (cause ?? {}) as { code?: unknown; name?: unknown; errno?: unknown };
  return (
    code === 'ENOSPC' ||
    code === 'EDQUOT' ||
    (name === 'ErrnoError' && FULL_ERRNO.includes(Number(errno))) ||
    /no space left|disk quota/i.test(what) // of PostgreSQL, about one of its files
  );
}

/** A database that did not open. PGlite does not always say why: on a disk without room that is why, and nothing of it may be damaged. */
export function unopenedStore(dataDir: string, what: string, cause: unknown): StoreDamagedError {
  const { bavail, bsize } = statfsSync(dataDir);
  return bavail * bsize < LEAST_ROOM ? fullStore(dataDir, what, cause) : damagedStore(dataDir, what, cause);
}

const fullStore = (dataDir: string, what: string, cause: unknown): StoreDamagedError =>
  new StoreDamagedError(
    `The notes that people wrote cannot be read: there is no space left on the disk of the data directory ${dataDir} (${what}). ` +
      'Nothing is lost; make room and start again.',
    'full',
    { cause },
  );

/** What is wrong, as the end of a sentence, with the remedy that fits. */
export function damagedStore(dataDir: string, what: string, cause?: unknown): StoreDamagedError {
  if (isFull(what, cause)) return fullStore(dataDir, what, cause);
  const [path, marker] = [pathOf(dataDir), markerOf(dataDir)];
  const mayNot =
    /^(EACCES|EPERM|EROFS)$/.test(String((cause as NodeJS.ErrnoException | undefined)?.code)) ||
    /permission denied|not permitted|read-only file system/i.test(what); // of PostgreSQL, about one of its files
  return new StoreDamagedError(
    `The notes that people wrote cannot be read: ${what}. Nothing has been changed. ` +
      (mayNot ? 'Let the account that runs Beltline read and change it; or put' : 'Put') +
      ` the folder ${path} back from a backup; or, to begin without notes, move away ${path} and ${marker}, and start again.`,
    mayNot ? 'closed' : 'damaged',
    { cause },
  );
}

/** Of a file beside the folder that is no file: what people wrote is whole, and neither a backup nor an empty store would mend it. */
export const inTheWay = (what: string, cause: unknown): StoreDamagedError =>
  new StoreDamagedError(
    `The notes that people wrote cannot be read: ${what}. Nothing has been changed. Move it away and start again.`,
    'in-the-way',
    { cause },
  );

/**
 * The folder, fit to be opened. What a first start that was killed has left is moved away, unless it is a database.
 * @throws StoreDamagedError where a database was, and is not there whole.
 */
export function embeddedFolder(dataDir: string): EmbeddedFolder {
  const path = pathOf(dataDir);
  const damaged = (what: string, cause?: unknown) => damagedStore(dataDir, what, cause);
  const marker = readMarker(dataDir);
  const { state, cause } = look(path);
  let moved: string | null = null;
  if (state === 'is gone' || state === 'is empty') {
    if (marker === 'made') throw damaged(`the folder ${path} ${state}`);
  } else if (state !== 'a database') {
    if (marker !== 'making' || cause !== undefined) throw damaged(`${path} ${state}`, cause);
    moved = moveAside(dataDir);
  }
  try {
    if (marker === null && state !== 'a database') writeMarker(markerOf(dataDir), 'making');
    privateFolder(path);
  } catch (error) {
    throw damaged(`${path} cannot be made ready (${(error as Error).message})`, error);
  }
  return {
    path,
    mustHold: marker !== null && state === 'a database',
    halfMade: marker === 'making' && state === 'a database',
    moved,
    opened: () => {
      if (marker !== 'made') writeMarker(markerOf(dataDir), 'made');
    },
  };
}

/**
 * Moves the folder to where the engine's unfinished files go as well, and never deletes it: it may be what somebody has put
 * there. Returns a sentence. @throws StoreDamagedError where it cannot be moved.
 */
export function moveAside(dataDir: string): string {
  const path = pathOf(dataDir);
  const aside = join(dataDir, 'damaged', new Date().toISOString().replaceAll(':', '.'));
  try {
    mkdirSync(aside, { recursive: true, mode: 0o700 });
    renameSync(path, join(aside, 'postgres'));
  } catch (error) {
    throw damagedStore(
      dataDir,
      `${path} is half made and cannot be moved away (${(error as Error).message})`,
      error,
    );
  }
  return `${path} was left half made by a first start that was cut short; it was moved to ${join(aside, 'postgres')}.`;
}

/**
 * Tells whether the folder is still the one that was opened. The first question notes which one that is.
 * @throws StoreDamagedError where it was moved away, removed or replaced since; it comes back by itself where the same folder does.
 */
export function stillThere(dataDir: string): () => void {
  const path = pathOf(dataDir);
  const control = join(path, 'global', 'pg_control');
  let opened: string | null = null;
  return () => {
    const now = placeOf(control) === null ? null : placeOf(path);
    opened ??= now;
    if (now !== null && now === opened) return;
    throw new StoreDamagedError(
      `The folder ${path} was ${now === null ? 'moved away or removed' : 'replaced'} while Beltline runs on it: what is written now would be lost, so nothing is. ` +
        'Move the same folder back, and it goes on; or stop Beltline, put the folder back from a backup, and start again.',
      'moved',
    );
  };
}

/** What every cluster of PostgreSQL has; PGlite would make a new one over what is left. */
const PARTS = ['PG_VERSION', 'global/pg_control', 'base', 'pg_wal'];

interface FolderState {
  /** `a database`, or what is wrong, as the end of a sentence that begins with the folder. */
  readonly state: string;
  /** What the system says where it does not let us look. */
  readonly cause?: unknown;
}

function look(path: string): FolderState {
  const itself = lstatSync(path, { throwIfNoEntry: false });
  if (!itself) return { state: 'is gone' };
  let entries: string[];
  try {
    entries = readdirSync(path);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ELOOP')
      return { state: `is a link to ${readlinkSync(path)}, which leads nowhere`, cause };
    return code === 'ENOTDIR'
      ? { state: 'is not a folder' }
      : { state: `cannot be listed (${message})`, cause };
  }
  if (entries.length === 0) return { state: 'is empty' };
  const missing: string[] = [];
  for (const part of PARTS) {
    try {
      accessSync(join(path, part), constants.R_OK | constants.W_OK);
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') return { state: `cannot be used (${message})`, cause };
      missing.push(part);
    }
  }
  if (missing.length > 0) return { state: `lacks ${missing.join(', ')}` };
  const cause = closedBelow(path);
  return cause ? { state: `cannot be used (${cause.message})`, cause } : { state: 'a database' };
}

/** The first refusal of a file or folder below that may not be read and changed: PGlite opens none where there is one, and does not say which. */
function closedBelow(folder: string): NodeJS.ErrnoException | null {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      const found = entry.isDirectory() ? closedBelow(path) : null;
      if (found) return found;
      if (entry.isFile()) accessSync(path, constants.R_OK | constants.W_OK);
    }
    return null;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}

function readMarker(dataDir: string): Marker | null {
  const file = markerOf(dataDir);
  try {
    return readFileSync(file, 'utf8').trim() === 'making' ? 'making' : 'made';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null; // a first start, or data of an earlier version
    if (code === 'EISDIR')
      throw inTheWay(`${file} is not a file, and says whether there is a database`, error);
    throw damagedStore(dataDir, `${file} cannot be read (${(error as Error).message})`, error);
  }
}

const writeMarker = (file: string, marker: Marker): void => writeOwnFile(file, `${marker}\n`);
