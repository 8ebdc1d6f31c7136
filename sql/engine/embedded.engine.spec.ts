/**
 * The embedded engine as a process: least rights, life tied to its parent's, one owner a directory.
 * Runs the built package, because the engine's process is started from a built file.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Engine, findRunningEngine, openEngine } from '@beltline/sql/engine';
import { migrateClickHouse } from '@beltline/sql/clickhouse';
import { takeLock } from './kernel-lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'beltline engine '));
const open = (dataDir: string, as: 'serve' | 'load' = 'serve', waitMs = 20_000) =>
  openEngine({ kind: 'embedded', dataDir }, { as, waitMs });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Ended, within five seconds; a process whose parent is gone may stay listed as a zombie until someone reaps it. */
async function expectEnded(pid: number): Promise<void> {
  for (let tries = 0; tries < 50 && isRunning(pid); tries++) await sleep(100);
  expect(isRunning(pid)).toBe(false);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

it.each(['', '{', 'null', '[]', '{"url":5}', '\0\0'])(
  'takes %j for no engine, not for a fault',
  async (text) => {
    const dataDir = mkdtempSync(join(folder, 'endpoint '));
    mkdirSync(join(dataDir, 'engine'));
    writeFileSync(join(dataDir, 'engine', 'endpoint.json'), text);
    expect(await findRunningEngine(dataDir)).toBeNull();
  },
);

it('says what is in the place of a folder of its own', async () => {
  const dataDir = mkdtempSync(join(folder, 'in the way '));
  writeFileSync(join(dataDir, 'engine'), '');
  await expect(open(dataDir)).rejects.toThrow(/in the place of a folder .*engine.* and start again/);
});

describe('the embedded engine', () => {
  const dataDir = join(folder, 'a data directory with spaces');
  let engine: Engine;
  beforeAll(async () => {
    engine = await open(dataDir);
    const owner = engine.client('loader', 'default');
    await migrateClickHouse(owner);
    await owner.close();
  });
  afterAll(() => engine.close());

  it('is found again by loads where somebody took away the file that says how to reach it', async () => {
    rmSync(join(dataDir, 'engine', 'endpoint.json'));
    expect(await findRunningEngine(dataDir)).toBeNull();
    const shared = await open(dataDir, 'load', 10_000);
    expect(shared.owned).toBe(false);
    await shared.close();
  });

  it.each([
    '',
    '{"url":',
    '[]',
    '{"url":"http://127.0.0.1:1","pathname":"/x","proof":"y","passwords":{},"folder":"/"}',
  ])('is found again where that file says %j: cut short, or of another engine', async (text) => {
    writeFileSync(join(dataDir, 'engine', 'endpoint.json'), text);
    const shared = await open(dataDir, 'load', 10_000);
    expect(shared.owned).toBe(false);
    await shared.close();
  });

  it('leaves a directory alone that was put in the place of its own', async () => {
    const file = join(dataDir, 'engine', 'endpoint.json');
    const aside = join(folder, 'aside');
    const own = readFileSync(file, 'utf8');
    renameSync(dataDir, aside);
    try {
      mkdirSync(join(dataDir, 'engine'), { recursive: true });
      writeFileSync(file, '{"url":"of another"}');
      await sleep(3_000); // it looks every two seconds
      expect(readFileSync(file, 'utf8')).toBe('{"url":"of another"}');
    } finally {
      rmSync(dataDir, { recursive: true });
      renameSync(aside, dataDir);
    }
    expect(readFileSync(file, 'utf8')).toBe(own);
  });

  it('is found by whatever leads to its directory, and not by a copy of it', async () => {
    const link = join(folder, 'a link');
    symlinkSync(dataDir, link);
    expect(await findRunningEngine(link)).toMatchObject({ ownerPid: process.pid });
    const copy = join(folder, 'a copy');
    mkdirSync(copy);
    cpSync(join(dataDir, 'engine', 'endpoint.json'), join(copy, 'engine', 'endpoint.json'));
    expect(await findRunningEngine(copy)).toBeNull();
  });

  it('says that its directory was moved, which looks like damage', async () => {
    const moved = join(folder, 'moved');
    renameSync(dataDir, moved);
    try {
      for (const as of ['serve', 'load'] as const)
        await expect(open(moved, as)).rejects.toThrow(
          new RegExp(
            `${moved} was moved here from ${dataDir} .*process ${process.pid}.*Nothing of it is lost`,
          ),
        );
    } finally {
      renameSync(moved, dataDir);
    }
    expect(await findRunningEngine(dataDir)).toMatchObject({ ownerPid: process.pid });
  });

  it('is ClickHouse, over HTTP', async () => {
    const client = engine.client('reader');
    const result = await client.query({ query: 'SELECT 1 + 1 AS two', format: 'JSONEachRow' });
    expect(await result.json()).toEqual([{ two: 2 }]);
    await client.close();
  });

  it.each([
    ['INSERT INTO order_lines (order_id) VALUES (1)'],
    ['DROP TABLE order_lines'],
    ["SELECT * FROM file('passwd')"],
    ["SELECT * FROM url('http://127.0.0.1:1/')"],
    ["SELECT 1 SETTINGS max_memory_usage = '100G'"],
    ['SELECT 1 SETTINGS max_memory_usage = 0'],
    ['SELECT 1 SETTINGS max_execution_time = 61'],
    ['SELECT 1 SETTINGS max_execution_time = 0'],
  ])('lets the reader not do: %s', async (query) => {
    const client = engine.client('reader');
    await expect(client.command({ query })).rejects.toThrow(
      /privileges|readonly|shouldn't be (greater|less)/i,
    );
    await client.close();
  });

  it('gives the loader nothing outside its databases', async () => {
    const client = engine.client('loader');
    await expect(client.command({ query: 'CREATE DATABASE elsewhere' })).rejects.toThrow(/privileges/);
    await client.command({ query: 'CREATE DATABASE beltline_load_1' });
    await client.command({ query: 'DROP DATABASE beltline_load_1' });
    await client.close();
  });

  it('keeps what opens it to its owner', () => {
    for (const file of readdirSync(join(dataDir, 'engine'))) {
      expect(statSync(join(dataDir, 'engine', file)).mode & 0o077).toBe(0);
    }
  });

  it('is shared by a load, and refused to a second product', async () => {
    const second = await open(dataDir, 'load');
    expect(second.owned).toBe(false);
    await expect(open(dataDir, 'serve', 500)).rejects.toThrow(/already runs on the data directory/);
  });
});

it('is waited for as long as another load takes, and then until whoever was quicker has let its directory go', async () => {
  const dataDir = join(folder, 'waited for');
  mkdirSync(dataDir);
  const first = await open(dataDir, 'load');
  const second = open(dataDir, 'load', 2_000);
  await sleep(2_500);
  await first.close();
  const lock = takeLock(join(dataDir, 'engine', 'engine.lock')); // one that has not published yet how it is reached
  await sleep(500);
  if (lock !== null) closeSync(lock);
  const engine = await second;
  expect(engine.owned).toBe(true);
  await engine.close();
});

describe('when the parent is killed outright', () => {
  it('the engine ends by itself, and the next start recovers', async () => {
    const dataDir = join(folder, 'killed');
    mkdirSync(dataDir);
    const parent = await parentWithEngine(dataDir);
    const client = JSON.parse(readFileSync(join(dataDir, 'engine', 'endpoint.json'), 'utf8')) as {
      url: string;
    };
    parent.process.kill('SIGKILL');
    const next = await open(dataDir);
    expect(next.owned).toBe(true);
    await expect(fetch(`${client.url}/ping`)).rejects.toThrow();
    const reader = next.client('reader');
    const kept = await reader.query({
      query: 'SELECT count() AS migrations FROM schema_migrations',
      format: 'JSONEachRow',
    });
    expect(Number((await kept.json<{ migrations: string }>())[0]?.migrations)).toBeGreaterThan(0);
    await reader.close();
    await next.close();
    await expectEnded(parent.enginePid);
  });
});

async function parentWithEngine(dataDir: string): Promise<{ process: ChildProcess; enginePid: number }> {
  const script = `
    import { openEngine } from '@beltline/sql/engine';
    import { migrateClickHouse } from '@beltline/sql/clickhouse';
    const engine = await openEngine({ kind: 'embedded', dataDir: ${JSON.stringify(dataDir)} }, { as: 'serve' });
    await migrateClickHouse(engine.client('loader', 'default'));
    console.log('ready');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => String(chunk).includes('ready') && resolve());
    child.once('exit', (code) => reject(new Error(`the parent ended with ${code}`)));
  });
  const enginePid = await childOf(child.pid as number);
  return { process: child, enginePid };
}

/** The engine's process, by its parent; where the system has no /proc, the parent's own id (it is dead by then too). */
async function childOf(pid: number): Promise<number> {
  await sleep(0);
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    return Number(children[0]) || pid;
  } catch {
    return pid;
  }
}
