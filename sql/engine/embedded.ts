/**
 * The embedded engine: a real ClickHouse server as a child process of whoever needs it first on a data directory. It
 * listens on a free loopback port, and what it takes to reach it is in `<data>/engine/endpoint.json` (mode 0600), so that
 * a load can use the engine of the running product. Its life is tied to its parent's: it ends when its standard input
 * closes, also when the parent is killed outright.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, realpathSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { serverXml, usersXml } from './configuration.ts';
import {
  answers,
  type EmbeddedEndpoint,
  isPublished,
  EngineBusyError,
  placeOf,
  publishEndpoint,
} from './endpoint.ts';
import { writeOwnFile } from './own-file.ts';
import { privateFolder } from './private-folder.ts';
import { damaged } from './engine-damaged.ts';
import { NoRoomError } from './no-room.ts';
import { healStore } from './engine-store.ts';
import { takeLock } from './kernel-lock.ts';
import { engineLibrary } from './library.ts';
import { markStore } from './store-marker.ts';

export interface EmbeddedEngine {
  readonly endpoint: EmbeddedEndpoint;
  /** Resolves when the engine's process has ended, wanted or not. */
  readonly ended: Promise<void>;
  /** Ends the engine cleanly; after ten seconds by force. */
  close(): Promise<void>;
  /** Ends the engine by force, at once: for one that no longer answers. */
  kill(): void;
  /**
   * The data directory, where the folder that the engine was started on is no longer in it, but was moved away or another put in
   * its place: it no longer finds its files, which looks like damage and is none. Null where it is there.
   */
  movedFrom(): string | null;
}

const secret = () => randomBytes(24).toString('base64url');

const START_TIMEOUT_MS = 60_000;
const MARK_EVERY_MS = 500;
const PUBLISH_EVERY_MS = 2_000;
export interface StartOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told, in a sentence each, what had to be mended in the folder before the engine could start. */
  readonly onHeal?: ((message: string) => void) | undefined;
}

/**
 * Starts an engine on a data directory and waits until it answers.
 * @throws EngineBusyError where another engine holds the directory; EngineDamagedError where the figures on disk are
 * damaged; the signal's reason where it is aborted meanwhile.
 */
export async function startEngine(
  dataDir: string,
  owner: EmbeddedEndpoint['owner'],
  { signal, onHeal }: StartOptions = {},
): Promise<EmbeddedEngine> {
  const lock = lockFolders(dataDir);
  if (lock === null) throw new EngineBusyError(`Another process uses the data directory ${dataDir}.`);
  try {
    for (const message of healStore(dataDir)) onHeal?.(message);
    return await startLocked(dataDir, owner, lock, signal);
  } catch (error) {
    throw worded(dataDir, error);
  } finally {
    closeSync(lock); // ours; the engine has its own
  }
}

/** Makes the engine's folders and takes their lock; null where another has it. */
function lockFolders(dataDir: string): number | null {
  const folder = join(dataDir, 'engine');
  try {
    for (const own of [folder, join(dataDir, 'clickhouse')]) privateFolder(own);
    // Held by the engine's process and nobody else, from here until it ends: nobody looks into the folder under its feet.
    return takeLock(join(folder, 'engine.lock'));
  } catch (error) {
    throw worded(dataDir, error);
  }
}

/**
 * Whether a data directory holds figures, or did. @throws Error that says so where it may not be looked into: what nobody knows
 * is not what is not there.
 */
export function hasStore(dataDir: string): boolean {
  try {
    return statSync(join(dataDir, 'clickhouse'), { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw worded(dataDir, error);
  }
}

const mayNot = (dataDir: string, message: string, cause?: unknown): Error =>
  new Error(
    `The data directory ${dataDir} cannot be used (${message}). Let the account that runs Beltline read and change ` +
      'everything in it, or set BELTLINE_DATA to another directory.',
    { cause },
  );

/** What the file system refused, with the directory and what can be done; any other error as it is. */
function worded(dataDir: string, cause: unknown): unknown {
  const { code, message, syscall } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT' && syscall === 'mkdir')
    return new Error(
      `The data directory ${dataDir} cannot be made (${message}). Set BELTLINE_DATA to another directory.`,
      { cause },
    );
  if (/^(ENOSPC|EDQUOT)$/.test(String(code)))
    return new NoRoomError(
      `There is no space left on the disk of the data directory ${dataDir} (${message}). Nothing is lost; make room and start again.`,
      { cause },
    );
  if (/^(EACCES|EPERM|EROFS)$/.test(String(code))) return mayNot(dataDir, message, cause);
  if (/^(EEXIST|ENOTDIR|ELOOP)$/.test(String(code)))
    return new Error(
      `In the data directory ${dataDir} something else is in the place of a folder (${message}). Nothing has been changed. ` +
        'Move it away or, where it is a link, put right what it leads to, and start again.',
      { cause },
    );
  return cause;
}

async function startLocked(
  dataDir: string,
  owner: EmbeddedEndpoint['owner'],
  lock: number,
  signal: AbortSignal | undefined,
): Promise<EmbeddedEngine> {
  const folder = join(dataDir, 'engine');
  const passwords = { loader: secret(), reader: secret(), viewer: secret() };
  const port = await freePort();
  const endpoint: EmbeddedEndpoint = {
    url: `http://127.0.0.1:${port}`,
    pathname: `/${secret()}`,
    proof: secret(),
    passwords,
    ownerPid: process.pid,
    owner,
    folder: realpathSync(dataDir),
  };
  // A name of their own for each start: a start that loses the race must not overwrite the winner's files.
  const usersFile = join(folder, `users-${port}.xml`);
  const configFile = join(folder, `config-${port}.xml`);
  writeOwnFile(usersFile, usersXml(passwords));
  const settings = {
    usersFile,
    userFiles: join(dataDir, 'clickhouse', 'user_files'),
    secretPath: endpoint.pathname,
    proof: endpoint.proof,
  };
  writeOwnFile(configFile, serverXml(settings));
  const forget = () => {
    for (const file of [usersFile, configFile]) rmSync(file, { force: true });
  };

  const engine = spawnChild(dataDir, configFile, port, lock);
  const { child, ended } = engine;
  void ended.then(forget);
  try {
    await untilItAnswers(endpoint, engine, dataDir, signal);
    publishEndpoint(dataDir, endpoint);
    markWhenMade(dataDir, ended);
    keepPublished(dataDir, endpoint, ended);
  } catch (error) {
    child.kill('SIGKILL'); // else it lives on, and holds the directory, as long as this process does
    await ended;
    throw error;
  }
  const stored = join(endpoint.folder, 'clickhouse');
  const started = placeOf(stored);
  return {
    endpoint,
    ended,
    close: () => closeChild(child, ended),
    kill: () => void child.kill('SIGKILL'),
    movedFrom: () => (placeOf(stored) === started ? null : endpoint.folder),
  };
}

/**
 * Written again where somebody took it away or wrote something else into it: without it no load finds the engine, which holds the
 * directory all the same. A directory in the place of this one may have an engine of its own, and is left alone.
 */
function keepPublished(dataDir: string, endpoint: EmbeddedEndpoint, ended: Promise<void>): void {
  const place = placeOf(dataDir);
  const timer = setInterval(() => {
    try {
      if (placeOf(dataDir) === place && !isPublished(dataDir, endpoint)) publishEndpoint(dataDir, endpoint);
    } catch {
      // No space, or no folder to write it to; tried again.
    }
  }, PUBLISH_EVERY_MS).unref();
  void ended.then(() => clearInterval(timer));
}

/**
 * The first session makes the published database only now, and may last for months: the marker does not wait for the next start.
 */
function markWhenMade(dataDir: string, ended: Promise<void>): void {
  const mark = (): boolean => {
    try {
      return markStore(dataDir);
    } catch {
      return false; // no space, or the folder is gone; tried again, at the latest by the next start
    }
  };
  if (mark()) return;
  const timer = setInterval(() => mark() && clearInterval(timer), MARK_EVERY_MS).unref();
  void ended.then(() => {
    clearInterval(timer);
    mark();
  });
}

async function untilItAnswers(
  endpoint: EmbeddedEndpoint,
  { child, output }: ReturnType<typeof spawnChild>,
  dataDir: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(endpoint))) {
    signal?.throwIfAborted();
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null)
      throw notStarted(dataDir, child, output());
    if (Date.now() > deadline) {
      throw new Error(
        `The embedded ClickHouse did not answer within ${START_TIMEOUT_MS / 1000} s:\n${output()}`,
      );
    }
    await sleep(50);
  }
}

function notStarted(dataDir: string, child: ChildProcessWithoutNullStreams, output: string): Error {
  if (/lock file|another server instance/i.test(output))
    return new EngineBusyError(`Another process uses the data directory ${dataDir}.`);
  const said = output.trim() || `exit ${child.exitCode ?? child.signalCode}`;
  if (/\b(errno: (1|13|30)|Permission denied|Operation not permitted|Read-only file system)\b/.test(said))
    return mayNot(dataDir, said);
  return /load table|loading database|ASYNC_LOAD|CORRUPTED|suspicious|metadata file/i.test(said)
    ? damaged(dataDir, `The embedded ClickHouse cannot read its tables: ${said}`)
    : new Error(`The embedded ClickHouse did not start:\n${said}`);
}

function spawnChild(dataDir: string, configFile: string, port: number, lock: number) {
  // Beside this module, under the ending that this module itself has (.js built, .ts never runs the engine).
  const script = fileURLToPath(new URL(`./child${extname(import.meta.url)}`, import.meta.url));
  const child = spawn(
    process.execPath,
    [
      script,
      engineLibrary(),
      `--path=${join(dataDir, 'clickhouse')}`,
      `--config-file=${configFile}`,
      '--listen_host=127.0.0.1',
      `--http_port=${port}`,
      "--query=SYSTEM START LISTEN HTTP; SELECT count() FROM file('-', LineAsString)",
    ],
    // Detached: Ctrl-C goes to the whole foreground group, and the engine must outlive it until its parent closes it.
    // Without our environment, which may hold passwords: the engine's function file() reads /proc/self/environ.
    { stdio: ['pipe', 'pipe', 'pipe', lock], detached: true, env: environmentOfEngine() },
  ) as ChildProcessWithoutNullStreams;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output = (output + chunk).slice(-8000);
    });
  }
  child.stdin.on('error', () => undefined); // the engine ended first; `ended` tells
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      output += String(error);
      resolve(); // not started at all, it never exits
    });
  });
  return { child, ended, output: () => output };
}

/** Of ours it has the folder for temporary files alone: no figure may depend on the zone and language of who started it. */
function environmentOfEngine(): NodeJS.ProcessEnv {
  const { TMPDIR } = process.env;
  return { TZ: 'UTC', LC_ALL: 'C', ...(TMPDIR === undefined ? {} : { TMPDIR }) };
}

async function closeChild(child: ChildProcessWithoutNullStreams, ended: Promise<void>): Promise<void> {
  child.stdin.end();
  const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(force);
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
