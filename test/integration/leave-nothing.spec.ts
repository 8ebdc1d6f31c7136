/** Files of specs that share a worker: what one of them leaves is taken away before the next one. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'beltline specs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The larger one is run first. */
const LEAVES = `
test('leaves a setting, a stand-in and a stopped clock', () => {
  process.env.LEFT_BEHIND = 'yes';
  process.env.PATH = 'nowhere';
  delete process.env.KEPT;
  vi.stubGlobal('left', 1);
  vi.useFakeTimers({ now: 0 });
});
// ${'-'.repeat(1_000)}
`;
const FINDS = `
test('finds none of them', () => {
  const { LEFT_BEHIND, PATH, KEPT } = process.env;
  expect([LEFT_BEHIND, PATH === 'nowhere', KEPT, globalThis.left, Date.now() > 1e12]).toEqual([undefined, false, 'kept', undefined, true]);
});
`;

function run(name: string, setupFiles: readonly string[]) {
  const place = join(folder, name);
  mkdirSync(place);
  const shared = { globals: true, pool: 'forks', isolate: false, maxWorkers: 1, include: ['*.spec.mjs'] };
  const config = JSON.stringify({ test: { ...shared, setupFiles } });
  writeFileSync(join(place, 'vitest.config.mjs'), `export default ${config};`);
  writeFileSync(join(place, 'leaves.spec.mjs'), LEAVES);
  writeFileSync(join(place, 'finds.spec.mjs'), FINDS);
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const args = [
    vitest,
    'run',
    '--root',
    place,
    '--config',
    join(place, 'vitest.config.mjs'),
    '--reporter=json',
  ];
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, KEPT: 'kept' },
  });
  const { numPassedTests, numTotalTests } = JSON.parse(stdout) as Record<string, number>;
  return { status, passed: numPassedTests, all: numTotalTests };
}

test('a file finds neither settings nor stand-ins nor a stopped clock of the one before it', () => {
  expect(run('with', [join(root, 'test', 'leave-nothing.mjs')])).toEqual({ status: 0, passed: 2, all: 2 });
});

test('without what takes them away it would find them', () => {
  expect(run('without', [])).toEqual({ status: 1, passed: 1, all: 2 });
});
