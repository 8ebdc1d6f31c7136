/** The product's API in a process of its own on the demo orders, for benchmarks: loaded through the ETL, ended at the end. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { SourcesAnswer } from '@beltline/contract';
import { generateDemo } from '@beltline/etl/demo';
import { openEngine } from '@beltline/sql/engine';
import { Asker, print } from './api-measure.ts';
import { inScratch } from './scratch.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/**
 * What a benchmark works with. `forget`: answers alone, or also the series that are computed once for a data version. `processorMs`:
 * what the API's process has taken of the processor, the engine's not.
 */
export interface DemoApi {
  readonly asker: Asker;
  /** Where it listens, and the cookie of the asker's session. */
  readonly origin: string;
  readonly cookie: string;
  readonly dataDir: string;
  /** Lines in force. */
  readonly lines: number;
  readonly forget: (what: 'answers' | 'version') => Promise<void>;
  readonly processorMs: () => Promise<number>;
  /** Adds a merchant for each legal owner. @returns the cookies of their sessions. */
  readonly addMerchants: (owners: readonly string[]) => Promise<string[]>;
  /** Adds somebody who sees the demo; `regions`: of an official. @returns the cookie of their session. */
  readonly addUser: (role: 'official' | 'strategist', regions?: readonly string[]) => Promise<string>;
  /** Begins to make releases, as `BELTLINE_RELEASE_MONTHS` of the settings has it. */
  readonly startReleases: () => Promise<void>;
}

/** Loads the demo orders, of another seed where one is given: other orders of the same belts. */
async function load(dataDir: string, lines: number, seed: number | undefined): Promise<void> {
  if (seed === undefined) return runLoad(dataDir, ['--lines', String(lines)]);
  await inScratch(async (folder) => {
    const out = join(folder, 'demo');
    await generateDemo({ out, lines, seed });
    await loadFiles(dataDir, out);
  });
}

/** The demo as it comes, where a folder has none yet. */
export async function loadDemo(dataDir: string): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  if ((await linesLoaded(dataDir)) === 0) await runLoad(dataDir, []);
}

/** Loads files of the demo's kind from a folder. */
export const loadFiles = (dataDir: string, folder: string) => runLoad(dataDir, ['--files', folder]);

async function runLoad(dataDir: string, what: readonly string[]): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  const loader = spawn(process.execPath, [join(root, 'etl', 'dist', 'cli.js'), 'load', 'demo', ...what], {
    stdio: 'inherit',
    env: { ...process.env, BELTLINE_DATA: dataDir },
  });
  const [code] = (await once(loader, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`The load ended with ${code}.`);
}

/** Lines in force; 0 where nothing has been loaded. */
async function linesLoaded(dataDir: string): Promise<number> {
  const engine = await openEngine({ kind: 'embedded', dataDir }, { as: 'load' });
  const client = engine.client('reader');
  try {
    const result = await client.query({
      query: 'SELECT count() AS n FROM order_lines',
      format: 'JSONEachRow',
    });
    const [row] = await result.json<{ n: string }>();
    return Number(row?.n ?? 0);
  } catch (error) {
    if (/UNKNOWN_TABLE|UNKNOWN_DATABASE|does not exist/i.test(String(error))) return 0;
    throw error;
  } finally {
    await client.close();
    await engine.close();
  }
}

async function startServer(
  dataDir: string,
  settings: Readonly<Record<string, string>>,
): Promise<{ origin: string; cookie: string; child: ChildProcess }> {
  const env = { ...process.env, ...settings };
  const child = fork(fileURLToPath(new URL('./api-server.js', import.meta.url)), [dataDir], { env });
  const told = once(child, 'message') as Promise<[{ address: string; cookie: string }]>;
  const died = once(child, 'exit').then(([code]) =>
    Promise.reject(new Error(`The API ended with ${String(code)}.`)),
  );
  const [{ address, cookie }] = await Promise.race([told, died]);
  return { origin: address, cookie, child };
}

/** The machine, and how much is loaded. */
export function printGround(source: SourcesAnswer['sources'][number] | undefined): void {
  const machine = [
    cpus()[0]?.model ?? 'unknown processor',
    `${availableParallelism()} cores`,
    `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    `Node ${process.versions.node}`,
    `load average ${loadavg()[0]?.toFixed(1)} before the start`,
  ];
  print(machine.join(', '));
  const [lines, merchants] = [source?.lines?.toLocaleString('en'), source?.merchants?.toLocaleString('en')];
  print(`${lines} counted lines, ${merchants} merchants, ${source?.firstDay} … ${source?.dataThrough}`);
}

/** Arguments: `--lines`, `--seed`, `--data <folder>` (used as it is where it holds the demo already). `settings`: of the API. */
export async function withDemoApi(
  args: readonly string[],
  run: (api: DemoApi) => Promise<void>,
  settings: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      lines: { type: 'string', default: '10000000' },
      seed: { type: 'string' },
      data: { type: 'string' },
    },
  });
  const asked = Number(values.lines);
  const seed = values.seed === undefined ? undefined : Number(values.seed);
  const name = ['bench-api', asked, ...(seed === undefined ? [] : [seed])].join('-');
  const dataDir = resolve(values.data ?? join(root, '.data', name));
  if ((await linesLoaded(dataDir)) === 0) await load(dataDir, asked, seed);
  const lines = await linesLoaded(dataDir);
  const { origin, cookie, child } = await startServer(dataDir, settings);
  const asker = new Asker(origin, { cookie });
  const tell = async (what: string | object): Promise<unknown> => {
    const told = once(child, 'message');
    child.send(what);
    return (await told)[0];
  };
  const forget = async (what: 'answers' | 'version') => void (await tell(what));
  const processorMs = async () => ((await tell('processor')) as { processorMs: number }).processorMs;
  const addMerchants = async (owners: readonly string[]) =>
    ((await tell({ owners })) as { cookies: string[] }).cookies;
  const addUser: DemoApi['addUser'] = async (role, regions = []) =>
    ((await tell({ role, regions })) as { cookie: string }).cookie;
  const startReleases = async () => void (await tell('releases'));
  try {
    const told = { processorMs, addMerchants, addUser, startReleases };
    await run({ asker, origin, cookie, dataDir, lines, forget, ...told });
  } finally {
    asker.close();
    if (child.exitCode === null) {
      child.send('end');
      await once(child, 'exit');
    }
  }
}
