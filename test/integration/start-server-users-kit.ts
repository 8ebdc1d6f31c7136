/** What the specs of a server's users share: a server, and the product that is started on it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../e2e/product.ts';
import { type RunningEngine, startEngine } from '../fixtures/api/running-engine.ts';
import { type EngineProxy, startEngineProxy } from '../fixtures/engine-proxy.ts';
import { GOLDEN } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const root = resolve(import.meta.dirname, '..', '..');

/** Said once it answers. */
export const ADDRESS = /http:\/\/127\.0\.0\.1:\d+ /;

const folder = mkdtempSync(join(tmpdir(), 'beltline users '));

let engine: RunningEngine;

export let server: EngineProxy;

beforeAll(async () => {
  engine = await startEngine();
  await seedVersion(engine.loader, GOLDEN);
  server = await startEngineProxy(engine.dataDir);
});

afterAll(async () => {
  await server.close();
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Ends it once it listens. @returns its exit code and what it said. */
export async function start(
  settings: Record<string, string>,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [resolve(root, 'api', 'launch', 'start.mjs')], {
    cwd: root,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      LOG_LEVEL: 'warn',
      BELTLINE_DATA: join(folder, 'data'),
      PORT: String(await freePort()),
      ...server.environment,
      CLICKHOUSE_LOADER_PASSWORD: '',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [said, isEnding] = ['', false];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (isEnding || !ADDRESS.test(said)) return;
      isEnding = true; // asked twice, it ends at once, and says so by its code
      child.kill('SIGTERM');
    });
  const code = await new Promise<number | null>((done) => child.once('exit', done));
  return { code, said };
}
