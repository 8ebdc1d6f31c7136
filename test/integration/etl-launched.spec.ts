/** How `npm run etl` ends, which starts the program and has nothing but its end to tell by. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, goldenSource, openBench, startCommand, TEST_FOLDER } from './etl-harness.ts';

const ROOT = join(TEST_FOLDER, '..');
let bench: Bench;
let folder: string;
beforeAll(async () => {
  bench = await openBench();
  folder = goldenSource(bench, 'launched');
});
afterAll(() => bench.close());

/** The launcher itself, with what is to be prepared in its place. It starts the real program. */
function launcher(prepare: string): string {
  const launch = join(bench.folder, 'launch');
  mkdirSync(launch, { recursive: true });
  cpSync(join(ROOT, 'api', 'launch', 'run.mjs'), join(launch, 'run.mjs'));
  const own = pathToFileURL(join(ROOT, 'api', 'launch', 'prepare.mjs')).href;
  writeFileSync(
    join(launch, 'prepare.mjs'),
    `export { fail, root } from '${own}';\nexport async function prepare() { ${prepare} }\n`,
  );
  return join(launch, 'run.mjs');
}

function launch(environment: Record<string, string> = {}, prepare = '') {
  const args = [
    'etl',
    '--source-folder',
    folder,
    'load',
    'launched',
    '--again',
    '--files',
    join(folder, 'data'),
  ];
  const child = spawn(process.execPath, [launcher(prepare), ...args], {
    env: {
      ...process.env,
      BELTLINE_DATA: bench.dataDir,
      CLICKHOUSE_URL: '',
      NODE_OPTIONS: '',
      INIT_CWD: '',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const done = new Promise<{ code: number | null; signal: string | null; output: string }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, output }));
  });
  const until = async (text: string): Promise<void> => {
    for (const end = Date.now() + 60_000; !output.includes(text) && Date.now() < end;) await sleep(20);
    expect(output).toContain(text);
  };
  return { child, done, until };
}

/** The process that a process has started, once there is one. */
async function programOf({ pid }: ChildProcess): Promise<number> {
  const list = `/proc/${pid}/task/${pid}/children`;
  for (;;) {
    const [first] = existsSync(list) ? readFileSync(list, 'utf8').trim().split(' ').filter(Boolean) : [];
    if (first !== undefined) return Number(first);
    await sleep(5);
  }
}

it('says what to run where the program was killed after its load had been decided', async () => {
  const { child, done, until } = launch({ BELTLINE_ETL_PAUSE_AT: 'decided' });
  await until('paused at decided');
  process.kill(await programOf(child), 'SIGKILL');
  const { code, output } = await done;
  expect([code, output]).toEqual([
    4,
    expect.stringMatching(/ended by SIGKILL.*etl -- status.*etl -- recover/s),
  ]);
  const { output: recovered } = await startCommand(bench.dataDir, ['recover']).done;
  expect(recovered).toContain('Completed: batch');
});

it.each(['SIGINT', 'SIGTERM'] as const)(
  'is interrupted by %s, also before the program listens to it',
  async (signal) => {
    const { child, done } = launch();
    process.kill(await programOf(child), signal);
    expect(await done).toMatchObject({ code: 130, signal: null });
  },
);

it('is interrupted while it installs or builds', async () => {
  const { child, done, until } = launch(
    {},
    `console.log('preparing'); await new Promise((done) => setTimeout(done, 60_000));`,
  );
  await until('preparing');
  child.kill('SIGTERM');
  expect(await done).toMatchObject({ code: 130, signal: null });
});

it('blames no file where it cannot be installed or built', async () => {
  const { code, output } = await launch({}, `throw new Error('no network');`).done;
  expect([code, output]).toEqual([4, expect.stringContaining('no network')]);
});

it('ends as the program does', async () => {
  expect(await launch({ BELTLINE_NO_SUCH: 'x' }).done).toMatchObject({ code: 2, signal: null });
});
