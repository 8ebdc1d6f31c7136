/**
 * Everything that knows how to reach ClickHouse. Embedded and production differ in one thing, the URL: with
 * `CLICKHOUSE_URL` set the engine is a server somewhere, without it it is a child process on the data directory.
 */
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ClickHouseClient, ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import type { Settings } from '../settings/settings.ts';
import { DATABASE } from './configuration.ts';
import { type Descriptions, descriptionsOf } from './descriptions.ts';
import { type EmbeddedEngine, startEngine } from './embedded.ts';
import { type EmbeddedEndpoint, EngineBusyError, findRunningEngine } from './endpoint.ts';

export { namingPath, writeOwnFile } from './own-file.ts';
export { makeFolder, openToOthers, privateFolder } from './private-folder.ts';
export { DATABASE, LOAD_DATABASE_PREFIX, MAPPER } from './configuration.ts';
export { shownXml } from './row-policies.ts';
export { EngineBusyError, findRunningEngine } from './endpoint.ts';
export { hasStore } from './embedded.ts';
export type { Descriptions } from './descriptions.ts';
export { NoRoomError } from './no-room.ts';
export { EngineDamagedError } from './engine-damaged.ts';
export { type ClickHouseClient, ClickHouseError } from '@clickhouse/client';

/** Where ClickHouse is. `remote`: by URL, with a user for loading and one for reading. */
export type EngineLocation =
  | { readonly kind: 'embedded'; readonly dataDir: string }
  | {
      readonly kind: 'remote';
      readonly url: string;
      readonly loader: { readonly user: string; readonly password: string };
      readonly reader: { readonly user: string; readonly password: string };
      readonly viewer: { readonly user: string; readonly password: string };
    };

/**
 * `loader` owns the published tables; `reader` may only SELECT from them, all of it; `viewer` likewise, what the scope of a question
 * shows.
 */
export type EngineRole = 'reader' | 'viewer' | 'loader';

export interface Engine {
  readonly kind: EngineLocation['kind'];
  /** True where this process started the engine and ends it. */
  readonly owned: boolean;
  /** Where its tables lie, in words: the data directory or the server. */
  readonly place: string;
  /** What the engine wrote down of its published tables; null where that lies on another machine. */
  readonly descriptions: Descriptions | null;
  /** A new client of a role; whoever asks for it closes it. `database` defaults to the published tables. */
  client(role: EngineRole, database?: string): ClickHouseClient;
  /** Resolves when an owned engine's process has ended; never for another's. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
  /** Whether it answers a trivial question in that time. That it has no room for another question is an answer. */
  answers(withinMs: number): Promise<boolean>;
  /** The data directory of an owned engine, where it was moved away from under it, or replaced; null where it is there, or not known. */
  movedFrom(): string | null;
  /** Ends an owned engine by force, for one that no longer answers; does nothing to another's. */
  kill(): void;
}

/** The settings that say where ClickHouse is. */
export type EngineSettings = Pick<
  Settings,
  | 'BELTLINE_DATA'
  | 'CLICKHOUSE_URL'
  | 'CLICKHOUSE_LOADER_USER'
  | 'CLICKHOUSE_LOADER_PASSWORD'
  | 'CLICKHOUSE_READER_USER'
  | 'CLICKHOUSE_READER_PASSWORD'
  | 'CLICKHOUSE_VIEWER_USER'
  | 'CLICKHOUSE_VIEWER_PASSWORD'
>;

/** Where ClickHouse is: a server with `CLICKHOUSE_URL`, and without it embedded under `BELTLINE_DATA`. */
export function engineLocation(settings: EngineSettings): EngineLocation {
  const url = settings.CLICKHOUSE_URL;
  if (url === undefined) return { kind: 'embedded', dataDir: resolve(settings.BELTLINE_DATA) };
  return {
    kind: 'remote',
    url,
    loader: { user: settings.CLICKHOUSE_LOADER_USER, password: settings.CLICKHOUSE_LOADER_PASSWORD },
    reader: { user: settings.CLICKHOUSE_READER_USER, password: settings.CLICKHOUSE_READER_PASSWORD },
    viewer: { user: settings.CLICKHOUSE_VIEWER_USER, password: settings.CLICKHOUSE_VIEWER_PASSWORD },
  };
}

/** Where the tables of an engine lie, in words that a person who has to make room there can go by. */
export const enginePlace = (location: EngineLocation): string =>
  location.kind === 'embedded'
    ? `the data directory ${location.dataDir}`
    : `the ClickHouse server ${location.url}`;

export interface OpenEngineOptions {
  /**
   * `serve`: must own the engine of its data directory, and waits for a load that has it. `load`: shares the product's, and
   * waits for that of another load, who ends it when it is done. `look`: shares whichever runs, for what takes a moment.
   */
  readonly as: 'serve' | 'load' | 'look';
  readonly waitMs?: number;
  /** Whether to wait for another load's engine; else that is told at once. */
  readonly waitsForLoads?: boolean;
  readonly onWait?: (message: string) => void;
  /** Told what had to be mended on disk before the engine could start. */
  readonly onHeal?: (message: string) => void;
  /** Gives up waiting or starting. */
  readonly signal?: AbortSignal;
}

/**
 * Reaches the engine, and starts it where it is embedded and not running.
 * @throws EngineBusyError where another process holds the data directory for longer than `waitMs` (default 20 s, which
 * covers an engine that is still shutting down after its parent was killed); the signal's reason where it is aborted.
 */
export async function openEngine(location: EngineLocation, options: OpenEngineOptions): Promise<Engine> {
  if (location.kind === 'remote') {
    return {
      kind: 'remote',
      owned: false,
      place: enginePlace(location),
      descriptions: null,
      client: (role, database) => connectRemote(location, role, database),
      ...othersEngine(),
      answers: (withinMs) => answersTo(() => connectRemote(location, 'reader'), withinMs),
    };
  }
  const untilLate = () => Date.now() + (options.waitMs ?? 20_000);
  let deadline = untilLate();
  const certain = Date.now() + 2_000;
  let told = false;
  for (;;) {
    const found = await findRunningEngine(location.dataDir);
    // The engine of a parent that was killed still answers for a moment: it is not one to use, nor to complain of.
    const ending = found !== null && !isRunning(found.ownerPid);
    const running = ending ? null : found;
    // It waits as long as another load takes; then for that engine's end, and for whoever was quicker to start the next one.
    if (running) deadline = untilLate();
    if (running && (options.as === 'look' || (options.as === 'load' && running.owner === 'serve'))) {
      return {
        kind: 'embedded',
        owned: false,
        place: enginePlace(location),
        descriptions: descriptionsOf(location.dataDir),
        client: (role, database) => connectEmbedded(running, role, database),
        ...othersEngine(),
        answers: (withinMs) => answersTo(() => connectEmbedded(running, 'reader'), withinMs),
      };
    }
    // Not at once: an owner that was killed a moment ago is still listed until its parent has taken note.
    if (running?.owner === 'serve' && Date.now() > certain) {
      throw new EngineBusyError(
        `Beltline already runs on the data directory ${location.dataDir} (process ${running.ownerPid}). ` +
          'Stop it, or set BELTLINE_DATA to another directory.',
      );
    }
    if (running?.owner === 'load' && options.as === 'load' && options.waitsForLoads === false) {
      throw new EngineBusyError(
        `Another load is running (process ${running.ownerPid}). Wait for it, or use --wait.`,
      );
    }
    try {
      if (!found)
        return owned(
          await startEngine(location.dataDir, options.as, {
            signal: options.signal,
            onHeal: options.onHeal,
          }),
          location.dataDir,
        );
    } catch (error) {
      if (!(error instanceof EngineBusyError)) throw error;
    }
    if (Date.now() > deadline && !running)
      throw new EngineBusyError(`Another process holds ${location.dataDir}.`);
    if (!told && running?.owner === 'load')
      options.onWait?.(
        `A load (process ${running.ownerPid}) uses ${location.dataDir}; waiting for it to finish.`,
      );
    told ||= running?.owner === 'load';
    await sleep(250, undefined, { signal: options.signal }).catch(() => undefined);
    options.signal?.throwIfAborted();
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // another user's
  }
}

function owned(engine: EmbeddedEngine, dataDir: string): Engine {
  return {
    kind: 'embedded',
    owned: true,
    place: enginePlace({ kind: 'embedded', dataDir }),
    descriptions: descriptionsOf(dataDir),
    client: (role, database) => connectEmbedded(engine.endpoint, role, database),
    ended: engine.ended,
    close: () => engine.close(),
    answers: (withinMs) => answersTo(() => connectEmbedded(engine.endpoint, 'reader'), withinMs),
    kill: () => engine.kill(),
    movedFrom: () => engine.movedFrom(),
  };
}

/** What can be done to an engine that another process ends: nothing. */
const othersEngine = () => ({
  ended: new Promise<void>(() => undefined),
  close: async () => undefined,
  kill: () => undefined,
  movedFrom: () => null,
});

async function answersTo(client: () => ClickHouseClient, withinMs: number): Promise<boolean> {
  const asking = client();
  try {
    const ping = await asking.ping({ select: true, abort_signal: AbortSignal.timeout(withinMs) });
    return ping.success || ping.error instanceof ClickHouseError;
  } finally {
    await asking.close();
  }
}

const connectRemote = (
  { url, ...accounts }: Extract<EngineLocation, { kind: 'remote' }>,
  role: EngineRole,
  database?: string,
) => connect({ url }, accounts[role].user, accounts[role].password, database);

const connectEmbedded = (endpoint: EmbeddedEndpoint, role: EngineRole, database?: string) =>
  connect({ url: endpoint.url, pathname: endpoint.pathname }, role, endpoint.passwords[role], database);

function connect(
  place: { readonly url: string; readonly pathname?: string },
  username: string,
  password: string,
  database = DATABASE,
): ClickHouseClient {
  return createClient({
    ...place,
    username,
    password,
    database,
    application: 'beltline',
    request_timeout: 6 * 3_600_000, // each query of a reader has a limit of its own; a load or a migration may take hours
    log: { level: ClickHouseLogLevel.OFF }, // who asks logs, with the query's name; the client would log to the console
    max_open_connections: 64,
    // Shorter than the server's keep_alive_timeout, else a request can meet a socket that the server has just closed.
    keep_alive: { enabled: true, idle_socket_ttl: 2500 },
    clickhouse_settings: {
      output_format_json_quote_64bit_integers: 1,
      output_format_json_quote_decimals: 1,
      join_use_nulls: 1,
      session_timezone: 'UTC', // and not the zone of the server's machine, wherever a statement names none
    },
  });
}
