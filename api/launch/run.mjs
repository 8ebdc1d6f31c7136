/** `npm test` and its kin, `npm run etl`, `npm run beltline`, `npm run bench`: prepare, then the program of that name with the rest of the arguments. */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fail, prepare, root } from './prepare.mjs';

// What cannot be written down, because a disk is full or a reader is gone, is lost; it ends neither the program nor what it started.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);

/** The specs of a tier; see test/vitest.config.mjs. */
const tests = (tier) => ({
  file: 'node_modules/vitest/vitest.mjs',
  args: ['run', '--config', 'test/vitest.config.mjs'],
  builds: ['*'],
  cwd: root,
  env: { TEST_TIER: tier },
});

const programs = {
  test: tests('quick'),
  'test:long': tests('long'),
  'test:all': tests('all'),
  etl: {
    file: 'etl/dist/cli.js',
    args: [],
    builds: ['@beltline/etl'],
    cwd: process.env.INIT_CWD ?? process.cwd(),
    // Files are found from where one stands; the data directory is that of `npm start`, which stands in this folder.
    env: { BELTLINE_DATA: resolve(root, process.env.BELTLINE_DATA || '.data') },
    afterwards:
      ' A load that it was at may be decided and not yet published: `npm run etl -- status` says so, and the next load, or ' +
      '`npm run etl -- recover`, completes it or clears it away.',
  },
  beltline: {
    file: 'api/dist/launch/beltline.js',
    args: [],
    builds: ['@beltline/api'],
    cwd: root,
    env: { BELTLINE_DATA: resolve(root, process.env.BELTLINE_DATA || '.data') },
  },
  bench: { file: 'test/dist/bench/index.js', args: [], builds: ['*'], cwd: root, env: {} },
};

const [name, ...args] = process.argv.slice(2);
const program = programs[name];
if (!program) fail(new Error(`usage: run.mjs ${Object.keys(programs).join('|')} [arguments]`));

/** As in the table of docs/operations.md: 1 would blame a file. */
const INTERRUPTED = 130;
const UNEXPECTED = 4;
const isInterrupt = (signal) => signal === 'SIGINT' || signal === 'SIGTERM';

let child;
// Ctrl-C reaches the child through the terminal's process group; other signals are passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (child === undefined) process.exit(INTERRUPTED); // while it is prepared
    if (signal !== 'SIGINT') child.kill(signal);
  });
}

try {
  await prepare(program.builds);
} catch (error) {
  fail(error, UNEXPECTED);
}
child = spawn(process.execPath, [join(root, program.file), ...program.args, ...args], {
  cwd: program.cwd,
  env: { ...process.env, ...program.env },
  stdio: 'inherit',
});
child.once('error', (error) => fail(error, UNEXPECTED));
child.once('exit', (code, signal) => {
  if (code !== null) process.exit(code);
  if (isInterrupt(signal)) process.exit(INTERRUPTED); // before it listened to them
  fail(new Error(`The program was ended by ${signal}.${program.afterwards ?? ''}`), UNEXPECTED);
});
