/**
 * What every command of the project does first: install what the lock file says if it is not there, and build what is
 * stale. Uses Node's built-ins only, because on a fresh clone nothing else is there.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

const OLDEST_NODE = [20, 19];

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    throw new Error(
      `Beltline needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`,
    );
  }
}

/** With 250 Node cannot load the program, and calls packages missing that are there; with 400 it serves. A large load opens more. */
const FEWEST_OPEN_FILES = 512;

function checkOpenFiles() {
  process.report.excludeNetwork = true; // else it looks up names
  const most = process.report.getReport().userLimits?.open_files?.soft; // Windows has none
  if (typeof most === 'number' && most < FEWEST_OPEN_FILES) {
    throw new Error(
      `A process may open ${most} files here, and Beltline needs ${FEWEST_OPEN_FILES} at least. ` +
        'Raise the limit (ulimit -n 4096; LimitNOFILE= of a systemd unit) and start it again.',
    );
  }
}

/** True where each package of the lock file that can be installed here is there in its version. */
function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.includes('node_modules/')) return true; // the workspaces themselves
    if (entry.link) return existsSync(join(root, path));
    if (!present[path]) return entry.optional === true || entry.devOptional === true || entry.peer === true;
    return present[path].version === entry.version;
  });
}

// What is said here goes to standard error, npm's words too: standard output is that of the program, such as the one line of --json.

/** Runs a program to its end. @returns its output where `capture`; @throws Error with the exit code. */
function run(command, args, { capture = false, env = {} } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2],
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.once('error', fail);
    child.once('exit', (code, signal) => {
      if (code === 0) done(output);
      else
        fail(
          new Error(
            `${[command, ...args].join(' ')} ended with ${signal ?? `exit code ${code}`}.\n${output}`.trim(),
          ),
        );
    });
  });
}

function npm(args) {
  // npm tells its own script's path to what it runs; without it, the one on the PATH.
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? run(process.execPath, [script, ...args]) : run('npm', args);
}

const WORKSPACES = ['api', 'dashboard', 'etl', 'sql', 'test'];
const ROOT_FILES = ['package-lock.json', 'tsconfig.base.json', 'nx.json'];
const NOT_SOURCES = new Set(['node_modules', 'dist', '.data', 'coverage']);
const stamp = join(root, 'node_modules', '.cache', 'beltline-built.json');

/** Name, size and time of every source file: where none has changed since a build, nothing is stale. */
function sourcesNow() {
  const files = [];
  const add = (path) => {
    const { size, mtimeMs } = statSync(join(root, path));
    files.push([path, size, mtimeMs]);
  };
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (NOT_SOURCES.has(entry.name) || entry.name.endsWith('.tsbuildinfo')) continue;
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) add(path);
    }
  };
  WORKSPACES.forEach(walk);
  ROOT_FILES.forEach(add);
  return createHash('sha256').update(JSON.stringify(files.sort())).digest('hex');
}

/** What the last build built, of which sources; null where there was none. */
function lastBuild() {
  try {
    return JSON.parse(readFileSync(stamp, 'utf8'));
  } catch {
    return null;
  }
}

const everything = ['@beltline/contract', ...WORKSPACES.map((name) => `@beltline/${name}`)];
const folderOf = (project) =>
  project === '@beltline/contract' ? 'api/contract' : project.slice('@beltline/'.length);
const isThere = (project) => existsSync(join(root, folderOf(project), 'dist'));

/**
 * What a build is to build now, and the state of the sources; null where nothing is stale. Asking Nx takes a second, and without
 * its daemon it replaces every output by its cached copy, under the feet of whatever runs: so it is asked only where a source
 * has changed since the last build.
 */
function stale(projects) {
  const sources = sourcesNow();
  const last = lastBuild();
  const built = last?.sources === sources ? last.projects : [];
  const wanted = projects.includes('*') ? everything : projects;
  if (wanted.every((project) => built.includes(project) && isThere(project))) return null;
  return { sources, projects: [...new Set([...built, ...wanted])] };
}

async function buildWhereStale(projects) {
  const wanted = stale(projects);
  if (wanted === null) return;
  await build(projects);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, JSON.stringify(wanted));
}

/**
 * Before anything is begun: npm and Nx fail in words of their own, in the middle, where this account may not write.
 * @throws Error with the first folder, and what to do
 */
function assertWritable(what) {
  const built = everything.map((project) => join(folderOf(project), 'dist'));
  for (const path of ['.', ...WORKSPACES, 'node_modules', join('node_modules', '.cache'), ...built]) {
    const folder = join(root, path);
    try {
      accessSync(folder, constants.W_OK | constants.X_OK);
    } catch (error) {
      if (error.code === 'ENOENT') continue; // it is made, in one that was asked about
      throw new Error(
        `${what}, and this account may not write into ${folder} (${error.code}). Let it write there, or run ` +
          '`npm ci` and `npm run build` as the account that owns it; then start again. Nothing was changed.',
      );
    }
  }
}

const lock = join(root, '.preparing');

/** Does something while no other command of this folder does: two that install or build at once pull files from under each other. */
async function alone(work) {
  for (let said = false; !take();) {
    if (!said) console.error('Another command installs or builds here; waiting for it …');
    said = true;
    await sleep(250);
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Whether the lock is ours now. That of a process that has ended is removed, by one of those who wait at a time. */
function take() {
  if (create(lock, String(process.pid))) return true;
  const removing = `${lock}-removal`;
  if (isHeld() || !create(removing, '')) {
    if (isOlderThan(removing, 10_000)) rmSync(removing, { force: true });
    return false;
  }
  if (!isHeld()) rmSync(lock, { force: true });
  rmSync(removing, { force: true });
  return false;
}

function create(path, text) {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isHeld() {
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    // Without a number it is being written, or was when the machine stopped.
    return holder > 0 ? isRunning(holder) : !isOlderThan(lock, 10_000);
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

function isOlderThan(path, ms) {
  try {
    return Date.now() - statSync(path).mtimeMs > ms;
  } catch {
    return false;
  }
}

/** Whether there is a process of that number, whoever it belongs to. */
export function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Nx decides which projects are stale. Its daemon would outlive the command, and its TUI needs a terminal. */
function build(projects) {
  const nx = join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');
  return run(
    process.execPath,
    [nx, 'run-many', '-t', 'build', `--projects=${projects.join(',')}`, '--output-style=static'],
    {
      capture: true,
      env: { NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true', FORCE_COLOR: '0' },
    },
  );
}

/**
 * Installs and builds where needed: the given projects and what they stand on.
 * @throws Error with what to do where one of them fails.
 */
export async function prepare(projects) {
  checkNode();
  checkOpenFiles();
  if (isInstalled() && stale(projects) === null) return;
  assertWritable(
    isInstalled() ? `What is built in ${root} is older than its sources` : `Packages are missing in ${root}`,
  );
  await alone(async () => {
    if (!isInstalled()) {
      console.error('Installing the packages of package-lock.json …');
      await npm(['ci', '--no-audit', '--no-fund']);
    }
    const started = Date.now();
    const notice = setTimeout(() => console.error('Building what is stale …'), 1500);
    try {
      await buildWhereStale(projects);
    } finally {
      clearTimeout(notice);
    }
    if (Date.now() - started > 3000)
      console.error(`Built in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
  });
}

/** Ends the process with a message instead of a stack: what is wrong is for the person at the terminal. */
export function fail(error, code = 1) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(code);
}
