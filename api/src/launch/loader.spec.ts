import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClickHouseClient, ClickHouseError } from '@beltline/sql/engine';
import { pendingTask, startLoader } from './loader.ts';

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

const refusing = (error: unknown) => ({ query: () => Promise.reject(error) }) as unknown as ClickHouseClient;
const answer = (type: string, message: string) => new ClickHouseError({ code: '1', type, message });

test.each([
  answer('CANNOT_OPEN_FILE', 'Cannot open file data.bin: , errno: 13, strerror: Permission denied'),
  answer('EXPECTED_END_OF_FILE', 'Index file primary.cidx is unexpectedly long'),
  answer('NEVER_HEARD_OF', 'whatever else a broken part may lead to'),
])('a journal that cannot be read keeps nothing from starting: %s', async (error) => {
  expect(await pendingTask(refusing(error))).toBe('none');
});

test.each([answer('MEMORY_LIMIT_EXCEEDED', 'no memory'), new Error('connect ECONNREFUSED')])(
  'an engine that does not answer is no such journal: %s',
  async (error) => {
    await expect(pendingTask(refusing(error))).rejects.toBe(error);
  },
);
