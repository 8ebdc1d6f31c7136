/** Machines and places on which the program cannot begin: it ends, with the code that the manual gives, and says why. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { TEST_FOLDER } from './etl-harness.ts';

const CLI = join(TEST_FOLDER, '..', 'etl', 'dist', 'cli.js');
const SOURCES = join(TEST_FOLDER, 'fixtures');
const LOAD = ['load', 'golden', '--source-folder', SOURCES, '--files', join(SOURCES, 'golden', 'data')];

function run(dataDir: string, args: readonly string[], shell = 'exec "$@"') {
  const { status, signal, stderr } = spawnSync('sh', ['-c', shell, 'sh', process.execPath, CLI, ...args], {
    env: { ...process.env, BELTLINE_DATA: dataDir, CLICKHOUSE_URL: '', NODE_OPTIONS: '', INIT_CWD: '' },
    encoding: 'utf8',
    timeout: 30_000,
    killSignal: 'SIGKILL', // what hangs in a call of the system hears nothing else
  });
  return { code: status ?? signal, said: stderr };
}

it('ends with 4, and not with the code of a refused file, where its own files cannot be read', () => {
  const { code, said } = run(join(SOURCES, 'none'), ['status'], 'ulimit -n 40; exec "$@"');
  expect([code, said]).toEqual([
    4,
    expect.stringMatching(
      /^The program cannot be read.*(EMFILE|Cannot find package).*Where too many files are open/s,
    ),
  ]);
});

it.each(['/proc/beltline', '/proc/self/beltline/data'])('ends where no folder can be made: %s', (dataDir) => {
  const { code, said } = run(dataDir, LOAD);
  expect([code, said]).toEqual([3, expect.stringContaining(`${dataDir} cannot be made`)]);
});

it('names the folder where demo orders cannot be written', () => {
  const { code, said } = run(join(SOURCES, 'none'), ['generate', 'demo', '--out', '/proc/beltline/demo']);
  expect([code, said]).toEqual([2, expect.stringContaining('/proc/beltline/demo cannot be made')]);
});

it('refuses a data directory whose name is longer than any can be', () => {
  const { code, said } = run(`/${'x'.repeat(300)}/data`, ['status']);
  expect([code, said]).toEqual([2, expect.stringContaining('BELTLINE_DATA: is longer than')]);
});
