/** `npm start` as a person meets it: a taken port, Ctrl-C, a kill, a second start. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GrowthAnswer, SourcesAnswer } from '@beltline/contract';
import { signInToDemo } from '../fixtures/api/signing-in.ts';
import { freePort, type Product, startProduct } from './product.ts';

const folder = mkdtempSync(join(tmpdir(), 'beltline start '));
const dataDir = join(folder, 'data with spaces');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Ids of all processes below one, while they run. */
function descendants(pid: number): number[] {
  const table = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (parent: number): number[] =>
    rows.filter(([, ppid]) => ppid === parent).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

/** Those of the ids that still run; a zombie has ended and only waits to be reaped. */
function running(pids: number[]): number[] {
  if (pids.length === 0) return [];
  try {
    const rows = execFileSync('ps', ['-o', 'pid=,stat=', '-p', pids.join(',')], { encoding: 'utf8' });
    return rows
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, state]) => !state?.startsWith('Z'))
      .map(([pid]) => Number(pid));
  } catch {
    return [];
  }
}

async function expectAllEnded(pids: number[]): Promise<void> {
  for (let tries = 0; tries < 100 && running(pids).length > 0; tries++) await sleep(100);
  expect(running(pids)).toEqual([]);
}

const strategistOf = ({ url }: Product) => signInToDemo(url, 'demo-strategist');
async function asked<A>(product: Product, path: string): Promise<A> {
  const cookie = await strategistOf(product);
  const response = await fetch(`${product.url}/api/v1${path}`, { headers: { cookie } });
  expect(response.status).toBe(200);
  return (await response.json()) as A;
}
const headline = (product: Product) =>
  asked<GrowthAnswer>(product, '/growth?source=demo&from=2024-01&to=2024-12');

describe('npm start', () => {
  let before: GrowthAnswer;

  it('loads the demo on first run, says so while it does, and Ctrl-C ends every process', async () => {
    const product = startProduct({ dataDir, port: await freePort() });
    let seenLoading = false;
    for (let tries = 0; tries < 600; tries++) {
      const health = await product.health();
      if (health?.status === 503 && health.body.live && health.body.checks.data !== 'loaded')
        seenLoading = true;
      if (health?.status === 200) break;
      await sleep(50);
    }
    await product.ready();
    expect(seenLoading).toBe(true);
    const sources = await asked<SourcesAnswer>(product, '/sources');
    expect(sources.sources.map((source) => source.source)).toEqual(['demo']);
    before = await headline(product);
    const children = descendants(product.process.pid as number);
    expect(children.length).toBeGreaterThan(0);
    expect(await product.end('SIGINT')).toBe(0);
    await expectAllEnded(children);
  });

  it('ends its children when it is killed outright, and the next start recovers', async () => {
    const port = await freePort();
    const killed = startProduct({ dataDir, port });
    await killed.ready();
    const children = descendants(killed.process.pid as number);
    await killed.end('SIGKILL');
    await expectAllEnded(children);
    const next = startProduct({ dataDir, port });
    await next.ready();
    expect(await headline(next)).toEqual(before);
    expect(await next.end('SIGTERM')).toBe(0);
  });

  it('replaces an engine that hangs; until then no caller waits long, and what needs no engine is answered', async () => {
    const product = startProduct({ dataDir, port: await freePort() });
    await product.ready();
    const cookie = await strategistOf(product);
    const ask = async (path: string) => {
      const started = Date.now();
      const response = await fetch(`${product.url}/api/v1${path}`, {
        headers: { connection: 'close', cookie },
      });
      const { code } = (await response.json()) as { code?: string };
      return { status: response.status, code, seconds: (Date.now() - started) / 1000 };
    };
    const growth = '/growth?source=demo&from=2024-01&to=2024-12';
    expect((await ask(growth)).status).toBe(200);
    const hung = descendants(product.process.pid as number).find((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--http_port='),
    ) as number;
    process.kill(hung, 'SIGSTOP');
    await sleep(1_100); // the version that was asked for just before is believed for a second
    const [figures, live, definitions, notes] = await Promise.all(
      [growth, '/health/live', '/definitions', '/health'].map((path) => ask(path)),
    );
    expect(figures).toMatchObject({ status: 503, code: 'engine-unavailable' });
    // The engine's own limit is 30 s; a caller of a hung one waited 40 s.
    expect(figures?.seconds).toBeLessThan(20);
    expect([live?.status, definitions?.status, notes?.status]).toEqual([200, 200, 503]);
    await product.ready();
    expect((await ask(growth)).status).toBe(200);
    await expectAllEnded([hung]);
    expect(await product.end('SIGTERM')).toBe(0);
  });

  it('started by npm, it ends when npm is killed outright', async () => {
    const product = startProduct({ dataDir, port: await freePort(), npm: true });
    await product.ready();
    const children = descendants(product.process.pid as number);
    expect(children.length).toBeGreaterThan(1);
    await product.end('SIGKILL');
    await expectAllEnded(children);
  });

  it('killed while it loads the demo, it has them whole after the next start', async () => {
    const other = join(folder, 'killed while loading');
    const port = await freePort();
    const first = startProduct({ dataDir: other, port });
    for (let tries = 0; tries < 600 && !(await first.health()); tries++) await sleep(50);
    await sleep(1500);
    const children = descendants(first.process.pid as number);
    await first.end('SIGKILL');
    await expectAllEnded(children);
    const next = startProduct({ dataDir: other, port });
    await next.ready();
    const { tracks } = await headline(next);
    expect(tracks).toEqual(before.tracks);
    await next.end();
  });

  it('says that the port is taken, and by which setting to choose another', async () => {
    const server = createServer();
    const port = await freePort();
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
    const product = startProduct({ dataDir, port });
    const code = await new Promise((done) => product.process.once('exit', done));
    expect(code).toBe(1);
    expect(product.output()).toMatch(new RegExp(`Port ${port} is taken.*PORT=`));
    server.close();
  });

  it('refuses a second product on the same data, naming the directory', async () => {
    const first = startProduct({ dataDir, port: await freePort() });
    await first.ready();
    const second = startProduct({ dataDir, port: await freePort() });
    const code = await new Promise((done) => second.process.once('exit', done));
    expect(code).toBe(1);
    expect(second.output()).toMatch(/already runs on the data directory .*data with spaces/);
    expect((await first.health())?.status).toBe(200);
    await first.end();
  });
});
