/** What the product writes is its own account's: nothing that a load or a start makes can be entered or read by others. */
import { spawn } from 'node:child_process';
import { chmodSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { freePort } from '../e2e/product.ts';
import { GOLDEN, TEST_FOLDER } from './etl-harness.ts';

const ROOT = resolve(TEST_FOLDER, '..');
const folder = mkdtempSync(join(tmpdir(), 'beltline private '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program under a umask that closes nothing, until it ends or says so; answers with what it said. */
function run(umask: string, dataDir: string, args: readonly string[], until?: RegExp): Promise<string> {
  return freePort().then(
    (port) =>
      new Promise((done) => {
        const child = spawn('sh', ['-c', `umask ${umask}; exec "$0" "$@"`, process.execPath, ...args], {
          cwd: ROOT,
          env: {
            ...process.env,
            NODE_OPTIONS: '',
            INIT_CWD: '',
            CLICKHOUSE_URL: '',
            PORT: String(port),
            BELTLINE_DATA: dataDir,
            BELTLINE_DEMO_LINES: '20000',
          },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let output = '';
        for (const stream of [child.stdout, child.stderr])
          stream.setEncoding('utf8').on('data', (text: string) => {
            output += text;
            if (until?.test(output)) child.kill('SIGINT');
          });
        child.once('close', () => done(output));
      }),
  );
}

/**
 * Every file and folder below a path, itself too, that other accounts have any right to. Links have no rights of their own;
 * PGlite writes every file for everybody, so that its folder alone, which nobody else can enter, can close it.
 */
function openToOthers(path: string): string[] {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return [];
  const isEntered = found.isDirectory() && basename(path) !== 'postgres';
  const below = isEntered ? readdirSync(path).flatMap((name) => openToOthers(join(path, name))) : [];
  return (found.mode & 0o077) === 0 ? below : [`${path} ${(found.mode & 0o777).toString(8)}`, ...below];
}

it.each(['000', '022'])('a load and a demo of it, under umask %s', async (umask) => {
  const dataDir = join(folder, `load ${umask}`);
  const etl = join(ROOT, 'etl', 'dist', 'cli.js');
  const golden = ['--source-folder', GOLDEN, 'load', 'golden', '--files', join(GOLDEN, 'data')];
  expect(await run(umask, dataDir, [etl, ...golden])).toContain('read = loaded');
  expect(await run(umask, dataDir, [etl, 'load', 'demo', '--lines', '20000'])).toContain('read = loaded');
  expect(openToOthers(dataDir).slice(0, 10)).toEqual([]);

  chmodSync(join(dataDir, 'demo'), 0o755); // as an earlier version left it
  await run(umask, dataDir, [etl, 'load', 'demo']);
  expect(openToOthers(dataDir).slice(0, 10)).toEqual([]);

  const out = join(folder, `made ${umask}`, 'orders');
  await run(umask, dataDir, [etl, 'generate', 'demo', '--out', out, '--lines', '20000']);
  expect(openToOthers(join(out, '..')).slice(0, 10)).toEqual([]);
});

it('a first start with the demo, under a umask that closes nothing', async () => {
  const dataDir = join(folder, 'start');
  const output = await run('000', dataDir, [join(ROOT, 'api', 'launch', 'start.mjs')], /Ready after/);
  expect(output).toContain('Ready after');
  expect(readdirSync(dataDir)).toEqual(expect.arrayContaining(['clickhouse', 'demo', 'engine', 'postgres']));
  expect(openToOthers(dataDir).slice(0, 10)).toEqual([]);
});
