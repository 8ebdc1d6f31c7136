/** `npm start` with arguments: help starts nothing, and neither does what is misspelt. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const API = join(import.meta.dirname, '..', '..', 'api');
const folder = mkdtempSync(join(tmpdir(), 'beltline start-'));
const data = join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PROGRAMS = ['launch/start.mjs', 'dist/launch/main.js'];

function start(program: string, args: string[]) {
  return spawnSync(process.execPath, [join(API, program), ...args], {
    env: { ...process.env, NODE_OPTIONS: '', BELTLINE_DATA: data, PORT: '0' },
    encoding: 'utf8',
    timeout: 60_000,
  });
}

it.each(PROGRAMS)('%s: --help names the settings and ends with 0', (program) => {
  const { status, stdout, stderr } = start(program, ['--help']);
  expect([status, stderr, stdout]).toEqual([0, '', expect.stringContaining(`here: ${data}`)]);
  expect(existsSync(data)).toBe(false);
});

it.each(PROGRAMS)('%s: what is no argument ends with 2', (program) => {
  const { status, stdout, stderr } = start(program, ['--prot=5000']);
  expect([status, stdout, stderr]).toEqual([2, '', expect.stringContaining('--prot=5000')]);
  expect(existsSync(data)).toBe(false);
});
