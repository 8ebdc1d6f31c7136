/** What the supervisor promises of a real engine that is killed, hangs, or stops listening. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ClickHouseClient } from '@beltline/sql/engine';
import { EngineSupervisor } from './engine-supervisor.ts';

const WATCH = { everyMs: 100, withinMs: 1_000, misses: 3 };
const folder = mkdtempSync(join(tmpdir(), 'beltline supervisor '));
let opened: EngineSupervisor[] = [];
let said: string[] = [];
afterEach(async () => {
  await Promise.all(opened.map((supervisor) => supervisor.close()));
  opened = [];
  said = [];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function supervise(name: string): Promise<EngineSupervisor> {
  const supervisor = await EngineSupervisor.start(
    { kind: 'embedded', dataDir: join(folder, name) },
    { onWait: () => undefined, onRestart: (message) => said.push(message), watch: WATCH },
  );
  opened.push(supervisor);
  return supervisor;
}

/** Processes of engines on a data directory. */
function engines(name: string): number[] {
  const rows = execFileSync('ps', ['-e', '-o', 'pid=,stat=,args='], { encoding: 'utf8' }).split('\n');
  return rows
    .filter((row) => row.includes(`--path=${join(folder, name, 'clickhouse')}`))
    .map((row) => row.trim().split(/\s+/))
    .filter(([, state]) => !state?.startsWith('Z'))
    .map(([pid]) => Number(pid));
}

const one = async (client: ClickHouseClient): Promise<string> => {
  const result = await client.query({ query: 'SELECT 1', format: 'TabSeparated' });
  return (await result.text()).trim();
};

/** Waits, bounded, until the supervisor's engine answers again. */
async function answersAgain(supervisor: EngineSupervisor): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    await sleep(100);
    if (!supervisor.answering()) continue;
    const client = supervisor.migrator();
    const answer = await one(client).catch(() => '');
    await client.close();
    if (answer === '1') return;
  }
  throw new Error(`no engine answers; said: ${said.join(' | ')}`);
}

test('an engine that hangs is replaced, and meanwhile nobody is sent to it', async () => {
  const supervisor = await supervise('hung');
  const [hung] = engines('hung');
  process.kill(hung as number, 'SIGSTOP');
  for (let tries = 0; supervisor.answering() && tries < 100; tries++) await sleep(50);
  expect(supervisor.answering()).toBe(false);
  expect(await supervisor.answers(300)).toBe(false);
  await answersAgain(supervisor);
  expect(engines('hung')).toHaveLength(1);
  expect(engines('hung')).not.toEqual([hung]);
  expect(said.join(' ')).toMatch(/3 questions unanswered; ending it/);
});

test('an engine that no longer listens is replaced', async () => {
  const supervisor = await supervise('deaf');
  const { url, pathname } = JSON.parse(
    readFileSync(join(folder, 'deaf', 'engine', 'endpoint.json'), 'utf8'),
  ) as { url: string; pathname: string };
  const [deaf] = engines('deaf');
  // As the start-up session, which may do this; without the secret path nobody can ask as it.
  const stopped = await fetch(`${url}${pathname}`, { method: 'POST', body: 'SYSTEM STOP LISTEN HTTP' });
  await stopped.text();
  await answersAgain(supervisor);
  expect(engines('deaf')).not.toEqual([deaf]);
});

test('an engine that has no room for another question is left alone', async () => {
  const supervisor = await supervise('busy');
  const before = engines('busy');
  const client = supervisor.migrator();
  const long = Array.from({ length: 220 }, () =>
    client.command({ query: 'SELECT sleep(2)' }).catch(() => undefined),
  );
  await sleep(1500);
  // On a busy machine one look may come too late; it is not the engine's end.
  for (let looks = 0; looks < 100 && !supervisor.answering(); looks++) await sleep(100);
  expect(supervisor.answering()).toBe(true);
  await Promise.all(long);
  await client.close();
  expect(engines('busy')).toEqual(before);
  expect(said).toEqual([]);
});

test('clients asked for while the engine is being replaced are of the new one', async () => {
  const supervisor = await supervise('followed');
  for (let round = 0; round < 3; round++) {
    const [pid] = engines('followed');
    process.kill(pid as number, 'SIGKILL');
    let failed = 0;
    // As callers do that never pause: one of them asks between any two lines.
    for (let tries = 0; tries < 2_000; tries++) {
      if (engines('followed').some((running) => running !== pid) && supervisor.answering()) break;
      await one(supervisor.client('reader')).catch(() => failed++);
    }
    await answersAgain(supervisor);
    expect(failed).toBeGreaterThan(0);
    const reader = await supervisor.client('loader').ping({ select: true });
    expect(String(reader.success || 'type' in reader.error)).toBe('true');
  }
});

test.each([0, 1, 20, 100, 200, 400, 700])(
  'closing %i ms after the engine was killed leaves no engine behind, nor its files',
  async (wait) => {
    const name = `closing ${wait}`;
    const supervisor = await supervise(name);
    process.kill(engines(name)[0] as number, 'SIGKILL');
    await sleep(wait);
    await supervisor.close();
    for (let tries = 0; engines(name).length > 0 && tries < 50; tries++) await sleep(100);
    expect(engines(name)).toEqual([]);
    expect(readdirSync(join(folder, name, 'engine')).filter((file) => file.endsWith('.xml'))).toEqual([]);
  },
);
