/** The product as an operator starts it on a ClickHouse server of their own, whose users are not as they must be. */
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
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+ /;
const folder = mkdtempSync(join(tmpdir(), 'beltline users '));
let engine: RunningEngine;
let server: EngineProxy;
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
async function start(settings: Record<string, string>): Promise<{ code: number | null; said: string }> {
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
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (ADDRESS.test(said)) child.kill('SIGTERM');
    });
  const code = await new Promise<number | null>((done) => child.once('exit', done));
  return { code, said };
}

it('starts where both are as they must be', async () => {
  const { code, said } = await start({});
  expect(said).not.toMatch(/users\.xml/);
  expect(said).toMatch(ADDRESS);
  expect(code).toBe(0);
});

it.each([
  [
    'a wrong password',
    { CLICKHOUSE_VIEWER_PASSWORD: 'wrong' },
    /does not let in viewer.*CLICKHOUSE_VIEWER_PASSWORD/,
  ],
  ['no such user', { CLICKHOUSE_VIEWER_USER: 'nobody' }, /does not let in nobody.*CLICKHOUSE_VIEWER_USER/],
  ['no reader', { CLICKHOUSE_READER_PASSWORD: '' }, /does not let in reader.*CLICKHOUSE_READER_PASSWORD/],
])('does not start, and names the user, the setting and the remedy: %s', async (_, settings, words) => {
  const { code, said } = await start(settings);
  expect(said).toMatch(words);
  expect(said).toMatch(/docker\/clickhouse\/users\.xml/);
  expect(code).not.toBe(0);
});

it('does not start where the viewer sees everything', async () => {
  const { code, said } = await start({
    CLICKHOUSE_VIEWER_USER: 'reader',
    CLICKHOUSE_VIEWER_PASSWORD: server.environment['CLICKHOUSE_READER_PASSWORD'] ?? '',
  });
  expect(said).toMatch(/reader \(CLICKHOUSE_VIEWER_USER\) sees rows without a scope/);
  expect(code).not.toBe(0);
});
