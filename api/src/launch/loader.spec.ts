import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLoader } from './loader.ts';

const root = mkdtempSync(join(tmpdir(), 'beltline loader '));
const { execPath } = process;
beforeAll(() => {
  mkdirSync(join(root, 'etl', 'dist'), { recursive: true });
  writeFileSync(join(root, 'etl', 'dist', 'cli.js'), 'process.exitCode = 3;');
});
afterEach(() => (process.execPath = execPath));
afterAll(() => rmSync(root, { recursive: true }));

const start = () =>
  new Promise<{ code: number | null; running: boolean }>((resolve) => {
    const loader = startLoader({
      root,
      task: 'recover',
      environment: {},
      onEnd: (code) => resolve({ code, running: loader.running() }),
    });
    expect(loader.running()).toBe(true);
  });

test('a load that ends is over, with its exit code', async () => {
  expect(await start()).toEqual({ code: 3, running: false });
});

test('a load that cannot even be started is over, and not under way for ever', async () => {
  process.execPath = join(root, 'no such program');
  expect(await start()).toEqual({ code: null, running: false });
});
