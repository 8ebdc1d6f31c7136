/**
 * Runs the specs of a tier in parts, one after the other: `run-parts.mjs quick|long|all [arguments of Jest]`. Each part begins
 * with fresh workers, since Node keeps the modules of every spec that a process has run, and what that slows down by the end was a
 * sixth of the processor time of the quick tier. Where specs are named, or projects or a shard, it is one run.
 *
 * `--outputFile=<file>` gets one report of all parts, as Jest writes one. Ends with 0 where all passed.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** Projects of jest.config.mjs. What fails soonest comes first; flows in the browser are long and few, and share their part. */
const PARTS = [
  ['contract', 'sql', 'etl', 'api', 'dashboard'],
  ['engine', 'e2e'],
  ['integration', '--shard=1/2'],
  ['integration', '--shard=2/2'],
];
/** Arguments that do not choose among the specs. */
const CHOOSES_NOTHING = /^--(json|ci|silent|verbose|no-cache|outputFile=.+)$/;

const [tier, ...args] = process.argv.slice(2);
const chosen = args.some((arg) => !CHOOSES_NOTHING.test(arg));
const outputFile = args.find((arg) => arg.startsWith('--outputFile='))?.slice('--outputFile='.length);

let child;
let stopped = null;
// Ctrl-C reaches the child through the terminal's process group; other signals are passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    stopped = signal;
    if (signal !== 'SIGINT') child?.kill(signal);
  });

const code = chosen
  ? await jest(args)
  : await runParts(args.filter((arg) => !/^--(json$|outputFile=)/.test(arg)));
process.exitCode = stopped === null ? code : 130;

/** Gives the exit code of the last part that failed, 0 where none did. */
async function runParts(given) {
  const reports = mkdtempSync(join(tmpdir(), 'beltline-tests-'));
  try {
    const files = PARTS.map((_, part) => join(reports, `${part}.json`));
    let failed = 0;
    for (const [part, specs] of PARTS.entries()) {
      if (stopped !== null) return failed;
      const own = ['--selectProjects', ...specs, '--json', `--outputFile=${files[part]}`];
      failed = (await jest([...given, ...own])) || failed;
    }
    report(files);
    return failed;
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

/** Runs Jest; gives its exit code, 1 where a signal ended it. */
function jest(given) {
  const all = ['node_modules/jest/bin/jest.js', '--config', 'test/jest.config.mjs', ...given];
  child = spawn(process.execPath, all, {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings`.trim(),
      TEST_TIER: tier,
    },
  });
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('exit', (exitCode) => done(exitCode ?? 1));
  });
}

/** Says what all parts came to together, and writes it down where that was asked for. A part that left no report has failed. */
function report(files) {
  const results = files.map((file) => {
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      return null;
    }
  });
  const found = results.filter((result) => result !== null);
  const sum = (key) => found.reduce((total, result) => total + result[key], 0);
  const counts = Object.fromEntries(
    Object.keys(found[0] ?? {})
      .filter((key) => key.startsWith('num'))
      .map((key) => [key, sum(key)]),
  );
  if (outputFile !== undefined && found.length === files.length) {
    const testResults = found.flatMap((result) => result.testResults);
    const success = found.every((result) => result.success);
    writeFileSync(outputFile, JSON.stringify({ ...found[0], ...counts, success, testResults }));
  }
  const lacks = found.length < files.length ? '; a part left no report.' : '.';
  console.log(
    `All parts together: ${counts.numPassedTests ?? 0} tests passed, ${counts.numFailedTests ?? 0} failed${lacks}`,
  );
}
