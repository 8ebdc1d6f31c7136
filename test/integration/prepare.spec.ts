/** Commands that find the same clone without packages or builds do not pull files from under each other. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LAUNCH = join(import.meta.dirname, '..', '..', 'api', 'launch');
const WORKSPACES = ['api', 'dashboard', 'etl', 'sql', 'test'];
const LOCK_FILE = JSON.stringify({ packages: { 'node_modules/one': { version: '1.0.0' } } });

/** Stands for npm and for Nx: takes its time, notes when it begins and ends, and leaves what they leave. */
const STAND_IN = (name: string, leave: string) => `
const { appendFileSync, mkdirSync, rmSync, writeFileSync } = require('node:fs');
appendFileSync('steps', '${name} begins\\n');
${leave}
setTimeout(() => { appendFileSync('steps', '${name} ends\\n'); }, 700);
`;
const NX = STAND_IN(
  'build',
  `for (const one of ${JSON.stringify(WORKSPACES)}) mkdirSync(one + '/dist', { recursive: true });`,
);
const NPM = STAND_IN(
  'install',
  `console.log('packages are there');
   rmSync('node_modules', { recursive: true, force: true });
   mkdirSync('node_modules/nx/dist/bin', { recursive: true });
   writeFileSync('node_modules/nx/dist/bin/nx.js', ${JSON.stringify(NX)});
   setTimeout(() => writeFileSync('node_modules/.package-lock.json', ${JSON.stringify(LOCK_FILE)}), 600);`,
);

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'beltline prepare-'));
  for (const one of WORKSPACES) mkdirSync(join(folder, one));
  mkdirSync(join(folder, 'api', 'contract', 'dist'), { recursive: true });
  cpSync(join(LAUNCH, 'prepare.mjs'), join(folder, 'api', 'launch', 'prepare.mjs'));
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
  writeFileSync(join(folder, 'package-lock.json'), LOCK_FILE);
  for (const name of ['tsconfig.base.json', 'nx.json']) writeFileSync(join(folder, name), '{}');
  writeFileSync(join(folder, 'npm.js'), NPM);
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

interface RunningCommand {
  readonly child: ChildProcess;
  readonly done: Promise<[code: number | null, output: string]>;
  /** What it has written to standard output by now. */
  readonly result: () => string;
}

/** `uid`: as another account. */
function command(uid?: number): RunningCommand {
  const code = `import('./api/launch/prepare.mjs').then(({ prepare }) => prepare(['*'])).then(() => console.log('prepared'))`;
  const child = spawn(process.execPath, ['--eval', code], {
    cwd: folder,
    env: { ...process.env, npm_execpath: join(folder, 'npm.js'), NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  children.push(child);
  let output = '';
  let result = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
  child.stdout.on('data', (chunk) => (result += chunk));
  const done = once(child, 'close').then(([status]): [number | null, string] => [
    status as number | null,
    output,
  ]);
  return { child, done, result: () => result };
}

const steps = () => readFileSync(join(folder, 'steps'), 'utf8').trim().split('\n');
const ONCE = ['install begins', 'install ends', 'build begins', 'build ends'];

test('three commands at once install and build once, the others wait', async () => {
  const commands = [command(), command(), command()];
  const all = await Promise.all(commands.map(({ done }) => done));
  for (const [code, output] of all) expect([code, output]).toEqual([0, expect.stringMatching(/prepared/)]);
  expect(all.filter(([, output]) => output.includes('waiting for it'))).toHaveLength(2);
  expect(steps()).toEqual(ONCE);
  expect(existsSync(join(folder, '.preparing'))).toBe(false);
  for (const { result } of commands) expect(result()).toBe('prepared\n'); // nothing of npm's, nor of ours
});

test('a command that finds everything ready waits for nobody', async () => {
  expect((await command().done)[0]).toBe(0);
  writeFileSync(join(folder, '.preparing'), String(process.pid));
  expect(await command().done).toEqual([0, 'prepared\n']);
  expect(steps()).toEqual(ONCE);
});

test('where the one that installs is killed, one of those who wait goes on', async () => {
  const first = command();
  for (let i = 0; i < 200 && !existsSync(join(folder, 'steps')); i++) await sleep(20);
  const waiting = [command(), command()];
  await sleep(400);
  first.child.kill('SIGKILL');
  for (const { done } of waiting) expect((await done)[0]).toBe(0);
  expect(steps().filter((step) => step === 'build begins')).toHaveLength(1);
  expect(existsSync(join(folder, '.preparing'))).toBe(false);
});

test('a lock that was never written to the end is no lock after a while', async () => {
  writeFileSync(join(folder, '.preparing'), '');
  const { done } = command();
  const [code, output] = await done;
  expect([code, output]).toEqual([0, expect.stringMatching(/waiting for it/)]);
}, 60_000);

test('with too few open files it says so before anything is opened, and blames no file of a load', () => {
  const launched = (...program: string[]) =>
    spawnSync('bash', ['-c', 'ulimit -n 100 && exec "$@"', '-', process.execPath, ...program], {
      env: { ...process.env, NODE_OPTIONS: '', BELTLINE_DATA: join(folder, 'data') },
      encoding: 'utf8',
      timeout: 60_000,
    });
  const says = expect.stringMatching(
    /^A process may open 100 files here, and Beltline needs \d+ at least.*ulimit -n/,
  );
  const etl = launched(join(LAUNCH, 'run.mjs'), 'etl', 'status');
  expect([etl.status, etl.stdout, etl.stderr]).toEqual([4, '', says]);
  const start = launched(join(LAUNCH, 'start.mjs'));
  expect([start.status, start.stdout, start.stderr]).toEqual([1, '', says]);
  // What a container runs, unprepared: not with a stack that calls packages missing which are there.
  for (const program of ['main.js', 'beltline.js']) {
    const ran = launched(join(LAUNCH, '..', 'dist', 'launch', program));
    expect([ran.status, ran.stdout, ran.stderr]).toEqual([
      1,
      '',
      expect.stringMatching(/^The program cannot be read, so nothing was begun: .*\n.*ulimit -n.*\n$/),
    ]);
  }
});

const OTHER = 65534;
/** Root may write wherever it likes, so another account does. */
const asOther = process.getuid?.() === 0 ? test : test.skip;
const FOLDERS = [
  '',
  'api',
  'api/launch',
  'api/contract',
  'api/contract/dist',
  'node_modules',
  'node_modules/.cache',
];

asOther.each([
  ['the folder itself', '.'],
  ['what was built', 'sql/dist'],
  ['what a build remembers', 'node_modules/.cache'],
])(
  'where an account may not write %s, it is told which, and what to do, and nothing is begun (skipped unless root)',
  async (_, closed) => {
    expect((await command().done)[0]).toBe(0);
    chmodSync(folder, 0o755);
    for (const one of [...FOLDERS, ...WORKSPACES, ...WORKSPACES.map((name) => `${name}/dist`)])
      if (existsSync(join(folder, one))) chownSync(join(folder, one), OTHER, OTHER);
    // Nothing is stale: nobody needs to write.
    chownSync(join(folder, closed), 0, 0);
    expect(await command(OTHER).done).toEqual([0, 'prepared\n']);
    writeFileSync(join(folder, 'etl', 'changed.ts'), 'later');
    const [code, output] = await command(OTHER).done;
    expect([code, output]).toEqual([1, expect.stringContaining('older than its sources')]);
    expect(output).toContain(join(folder, closed));
    expect(output).toContain('may not write');
    expect(steps()).toEqual(ONCE);
    expect(existsSync(join(folder, '.preparing'))).toBe(false);
    chownSync(join(folder, closed), OTHER, OTHER);
    chownSync(join(folder, 'steps'), OTHER, OTHER);
    chownSync(join(folder, 'node_modules/.cache/beltline-built.json'), OTHER, OTHER);
    expect((await command(OTHER).done)[0]).toBe(0);
  },
);
