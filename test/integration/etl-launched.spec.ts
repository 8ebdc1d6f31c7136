/** How `npm run etl` ends, which starts the program and has nothing but its end to tell by. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
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

/** The launcher itself, with what is to be prepared in its place. It starts the real program, or that of another folder. */
function launcher(prepare: string, root = ROOT): string {
  const launch = join(bench.folder, 'launch');
  mkdirSync(launch, { recursive: true });
  cpSync(join(ROOT, 'api', 'launch', 'run.mjs'), join(launch, 'run.mjs'));
  const own = pathToFileURL(join(ROOT, 'api', 'launch', 'prepare.mjs')).href;
  writeFileSync(
    join(launch, 'prepare.mjs'),
    `export { fail } from '${own}';\nexport const root = ${JSON.stringify(root)};\nexport async function prepare() { ${prepare} }\n`,
  );
  return join(launch, 'run.mjs');
}

const loadAgain = () => [
  '--source-folder',
  folder,
  'load',
  'launched',
  '--again',
  '--files',
  join(folder, 'data'),
];

/** @param written where the program's output goes, instead of to the test */
function launch(environment: Record<string, string> = {}, prepare = '', written: number | 'pipe' = 'pipe') {
  const child = spawn(process.execPath, [launcher(prepare), 'etl', ...loadAgain()], {
    env: {
      ...process.env,
      BELTLINE_DATA: bench.dataDir,
      CLICKHOUSE_URL: '',
      NODE_OPTIONS: '',
      INIT_CWD: '',
      ...environment,
    },
    stdio: ['ignore', written, written],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
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

it('ends as its load did where what it says cannot be written down', async () => {
  const full = openSync('/dev/full', 'w');
  // What builds first says two things: the second finds the stream broken by the first.
  const building = `console.error('building'); setTimeout(() => console.error('built'), 50);`;
  expect(await launch({}, building, full).done).toMatchObject({ code: 0, signal: null });
  closeSync(full);
});

it('blames no file for an error that nobody awaited', async () => {
  const failing = `const write = process.stderr.write;
    process.stderr.write = function (text, ...rest) {
      if (text.includes('paused')) setImmediate(() => { throw new TypeError('nobody awaits this'); });
      return write.call(this, text, ...rest);
    };`;
  const { code, output } = await startCommand(bench.dataDir, loadAgain(), {
    BELTLINE_ETL_PAUSE_AT: 'decided',
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(failing)}`,
  }).done;
  expect([code, output]).toEqual([4, expect.stringMatching(/nobody awaits this.*etl -- recover/s)]);
});

it.each([
  ['', '.data'],
  ['orders', 'orders'],
  ['/var/orders', '/var/orders'],
])('called in whatever folder, BELTLINE_DATA=%s is where npm start has it', (given, expected) => {
  const root = join(bench.folder, 'elsewhere');
  mkdirSync(join(root, 'etl', 'dist'), { recursive: true });
  writeFileSync(join(root, 'etl', 'dist', 'cli.js'), 'console.log(process.env.BELTLINE_DATA, process.cwd())');
  const { stdout } = spawnSync(process.execPath, [launcher('', root), 'etl'], {
    env: { ...process.env, BELTLINE_DATA: given, INIT_CWD: folder },
    encoding: 'utf8',
  });
  expect(stdout.trim()).toBe(`${resolve(root, expected)} ${folder}`);
});
