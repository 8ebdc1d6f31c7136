/** Where the engine of a data directory is reached: what it writes into `<data>/engine/endpoint.json`, and whether it is the one that answers there. */
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { EnginePasswords } from './configuration.ts';
import { writeOwnFile } from './own-file.ts';

/** What it takes to reach an engine. `owner` is the role of the process that ends it: the product, a load, or a look at what is there. */
export interface EmbeddedEndpoint {
  readonly url: string;
  /** The one path that the engine answers under: random at each start, and as secret as the passwords. */
  readonly pathname: string;
  /** What only this engine can answer to `getMacro('proof')`. */
  readonly proof: string;
  readonly passwords: EnginePasswords;
  readonly ownerPid: number;
  readonly owner: 'serve' | 'load' | 'look';
  /** The data directory that it was started on, without links. A copy or a move of that takes this file along. */
  readonly folder: string;
}

/** The data directory's engine is in the hands of another process. */
export class EngineBusyError extends Error {
  override readonly name = 'EngineBusyError';
}

export const endpointFile = (dataDir: string) => join(dataDir, 'engine', 'endpoint.json');

/**
 * The engine that runs on a data directory, if one answers there.
 * @throws EngineBusyError where the directory was moved away from under an engine that runs: it no longer finds its files, which
 * looks like damage and is none.
 */
export async function findRunningEngine(dataDir: string): Promise<EmbeddedEndpoint | null> {
  const endpoint = readEndpoint(dataDir);
  if (endpoint === null) return null;
  const started = placeOf(endpoint.folder);
  // A copy: what the engine answers for, and would load into, is the original.
  if (started !== null && started !== placeOf(dataDir)) return null;
  if (!(await answers(endpoint))) return null;
  if (started === null)
    throw new EngineBusyError(
      `The data directory ${dataDir} was moved here from ${endpoint.folder} while Beltline ran on it, and still does (process ${endpoint.ownerPid}). ` +
        'Nothing of it is lost. Stop that process, then start it with the new place (BELTLINE_DATA); or move the directory back.',
    );
  return endpoint;
}

/** Whether the file names this engine, by its proof: not where it is cut short, empty, or another engine's. */
export function isPublished(dataDir: string, { proof }: EmbeddedEndpoint): boolean {
  try {
    return (
      (JSON.parse(readFileSync(endpointFile(dataDir), 'utf8')) as Partial<EmbeddedEndpoint>).proof === proof
    );
  } catch {
    return false;
  }
}

/** Null where there is no file, or not what an engine has written. */
function readEndpoint(dataDir: string): EmbeddedEndpoint | null {
  try {
    const read = JSON.parse(readFileSync(endpointFile(dataDir), 'utf8')) as EmbeddedEndpoint | null;
    return typeof read?.folder === 'string' ? read : null;
  } catch {
    return null;
  }
}

/** What tells a folder from every other, whatever leads there; null where there is none. */
export function placeOf(folder: string): string | null {
  const found = statSync(folder, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? null : `${found.dev}:${found.ino}`;
}

/** Asks for the proof, so that a stranger's server on a reused port is never sent a load, nor asked for figures. */
export async function answers({ url, pathname, proof, passwords }: EmbeddedEndpoint): Promise<boolean> {
  try {
    const response = await fetch(`${url}${pathname}?query=SELECT%20getMacro('proof')`, {
      // Closed at once: the engine waits for open connections when it ends.
      headers: { 'X-ClickHouse-User': 'reader', 'X-ClickHouse-Key': passwords.reader, Connection: 'close' },
      signal: AbortSignal.timeout(3000),
    });
    return response.ok && (await response.text()).trim() === proof;
  } catch {
    return false;
  }
}

/** Writes the file, whole or not at all, and clears away what engines left whose parent was killed. */
export function publishEndpoint(dataDir: string, endpoint: EmbeddedEndpoint): void {
  const file = endpointFile(dataDir);
  const port = new URL(endpoint.url).port;
  // The engine reads its own only when it starts.
  for (const left of readdirSync(join(dataDir, 'engine'))) {
    if (/^(users|config)-\d+\.xml(\.new)?$/.test(left) && !left.endsWith(`-${port}.xml`))
      rmSync(join(dataDir, 'engine', left), { force: true });
  }
  writeOwnFile(file, JSON.stringify(endpoint));
}
