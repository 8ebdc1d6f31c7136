/** `npm test`, `npm run etl`, `npm run bench`: prepare, then the program of that name with the rest of the arguments. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fail, prepare, root } from './prepare.mjs';

const programs = {
  test: {
    file: 'node_modules/jest/bin/jest.js',
    args: ['--config', 'test/jest.config.mjs'],
    builds: ['*'],
    cwd: root,
    env: { NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings`.trim() },
  },
  etl: {
    file: 'etl/dist/cli.js',
    args: [],
    builds: ['@beltline/etl'],
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: {},
  },
  bench: { file: 'test/dist/bench/index.js', args: [], builds: ['*'], cwd: root, env: {} },
};

const [name, ...args] = process.argv.slice(2);
const program = programs[name];
if (!program) fail(new Error(`usage: run.mjs ${Object.keys(programs).join('|')} [arguments]`));

try {
  await prepare(program.builds);
} catch (error) {
  fail(error);
}
const child = spawn(process.execPath, [join(root, program.file), ...program.args, ...args], {
  cwd: program.cwd,
  env: { ...process.env, ...program.env },
  stdio: 'inherit',
});
// Ctrl-C reaches the child through the terminal's process group; other signals are passed on.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
