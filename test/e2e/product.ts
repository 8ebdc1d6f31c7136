/** The product as a person starts it, on a data directory and port of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Health } from '@beltline/contract';

const root = resolve(import.meta.dirname, '..', '..');

export interface Product {
  readonly url: string;
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly health: () => Promise<{ status: number; body: Health } | null>;
  /** Waits until figures can be served. */
  readonly ready: () => Promise<void>;
  /** Sends a signal and waits for the end. @returns the exit code, null where the signal ended it. */
  readonly end: (signal?: NodeJS.Signals) => Promise<number | null>;
}

export interface ProductOptions {
  readonly dataDir: string;
  readonly port: number;
  /** Order lines of the demo; small, because every flow is the same at any size. */
  readonly lines?: number;
  /** How many months are released to officials; none where a flow is not about them. */
  readonly releases?: number;
  /** Further settings. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Through `npm start`, as a person does; otherwise the program that it runs. */
  readonly npm?: boolean;
}

export function startProduct({
  dataDir,
  port,
  lines = 60_000,
  releases = 0,
  environment = {},
  npm = false,
}: ProductOptions): Product {
  const program = npm ? 'npm' : process.execPath;
  const child = spawn(program, [npm ? 'start' : resolve(root, 'api', 'launch', 'start.mjs')], {
    cwd: root,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      PORT: String(port),
      BELTLINE_DATA: dataDir,
      BELTLINE_DEMO_LINES: String(lines),
      BELTLINE_RELEASE_MONTHS: String(releases),
      LOG_LEVEL: 'warn',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  const url = `http://127.0.0.1:${port}`;
  const health = async () => {
    try {
      const response = await fetch(`${url}/api/v1/health`, { headers: { connection: 'close' } });
      return { status: response.status, body: (await response.json()) as Health };
    } catch {
      return null;
    }
  };
  return {
    url,
    process: child,
    output: () => output,
    health,
    ready: async () => {
      for (let tries = 0; tries < 1200; tries++) {
        if ((await health())?.status === 200) return;
        if (child.exitCode !== null) throw new Error(`The product ended with ${child.exitCode}:\n${output}`);
        await sleep(100);
      }
      throw new Error(`The product was not ready within two minutes:\n${output}`);
    },
    end: async (signal = 'SIGINT') => {
      child.kill(signal);
      return ended;
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? done(address.port) : fail(new Error('no port')),
      );
    });
  });
}
