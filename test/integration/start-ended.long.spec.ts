/** The product that is asked to end while it starts: whatever it has opened by then is closed in order. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, type Product, startProduct } from '../e2e/product.ts';

const base = mkdtempSync(join(tmpdir(), 'beltline ended '));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const ADDRESS = /http:\/\/127\.0\.0\.1:\d+ /;

/** Moments of a first start, in their order. */
const MOMENTS: Record<string, (dataDir: string, product: Product) => boolean> = {
  'as soon as it has a folder': (dataDir) => existsSync(join(dataDir, 'engine')),
  'while the engine starts': (dataDir) =>
    existsSync(join(dataDir, 'engine')) &&
    readdirSync(join(dataDir, 'engine')).some((name) => /^config/.test(name)),
  'while tables are made': (dataDir) => existsSync(join(dataDir, 'clickhouse.marker')),
  'while PostgreSQL is opened': (dataDir) => existsSync(join(dataDir, 'postgres.owner')),
  'when it says where it listens': (_, { output }) => ADDRESS.test(output()),
  'when the first load begins': (_, { output }) => output().includes('First run'),
};

it.each(Object.keys(MOMENTS))('%s', async (moment) => {
  const dataDir = join(base, moment);
  const product = startProduct({ dataDir, port: await freePort(), lines: 20_000 });
  while (!MOMENTS[moment]?.(dataDir, product)) {
    if (product.process.exitCode !== null) throw new Error(product.output());
    await sleep(2);
  }
  expect({ code: await product.end('SIGTERM'), said: product.output() }).toEqual({
    code: 0,
    said: expect.not.stringMatching(/\bat .*:\d+:\d+|Error:/),
  });
  expect(processesOn(dataDir)).toEqual([]);
  // And nothing is in the way of the next start, or of what it has to load.
  const next = startProduct({ dataDir, port: await freePort(), lines: 20_000 });
  await next.ready();
  expect([await next.end('SIGTERM'), processesOn(dataDir)]).toEqual([0, []]);
});

/** Command lines of processes that name a data directory: its engine. */
function processesOn(dataDir: string): string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8')];
      } catch {
        return [];
      }
    })
    .filter((line) => line.includes(dataDir));
}
