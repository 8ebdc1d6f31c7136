/** A limit that several processes share, over the real embedded PostgreSQL: each `SharedLimit` here is one process. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPostgres, type PostgresStore } from '@beltline/sql/postgres';
import { SharedLimit } from './shared-limit.ts';

const folder = mkdtempSync(join(tmpdir(), 'beltline limits '));
let store: PostgresStore;
let asked = 0;
beforeAll(async () => {
  store = await openPostgres({ dataDir: folder });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const counting = {
  query: async (text: string, values: unknown[]) => {
    asked++;
    return store.dataSource.query(text, values);
  },
} as unknown as PostgresStore['dataSource'];
const MOST = 200;
const process = (name: string, from: PostgresStore['dataSource'] | null = counting, seconds = 60) =>
  new SharedLimit({ name, most: MOST, seconds, store: from });
/** How many of `times` requests go on, each after what the one before has told was written. */
async function passed(limits: readonly SharedLimit[], times: number, key = 'caller'): Promise<number> {
  let count = 0;
  for (let turn = 0; turn < times; turn++) {
    if ((await limits[turn % limits.length]?.take(key)) === 0) count++;
    if (turn % 10 === 9) await sleep(2);
  }
  return count;
}

test('one process lets through what the limit says, and says how long to wait', async () => {
  const limit = process('one', null);
  expect(await passed([limit], MOST + 50)).toBe(MOST);
  const seconds = await limit.take('caller');
  expect([seconds > 0, seconds <= 60]).toEqual([true, true]);
  expect(await limit.take('another')).toBe(0);
});

test('three processes together let through little more, though each is asked for less than the limit', async () => {
  const limits = [process('three'), process('three'), process('three')];
  const count = await passed(limits, 2 * MOST);
  expect(count).toBeGreaterThanOrEqual(MOST);
  // What each has not told yet: a twentieth of the limit, and what was under way.
  expect(count).toBeLessThanOrEqual(MOST + 3 * (MOST / 20) + 10);
});

test('a question costs a round trip once in a twentieth of the limit, and who asks little costs none', async () => {
  asked = 0;
  await passed([process('cheap')], MOST / 20 - 1);
  expect(asked).toBe(0);
  await passed([process('cheap')], MOST, 'heavy');
  await sleep(50);
  expect(asked).toBe(20);
});

test('where PostgreSQL does not answer, what each counts by itself holds, and nobody is refused for it', async () => {
  const away = {
    query: () => Promise.reject(new Error('connect ECONNREFUSED')),
  } as unknown as PostgresStore['dataSource'];
  expect(await passed([process('away', away)], MOST + 20)).toBe(MOST);
});

test('who waited as long as they were told goes on', async () => {
  const [one, other] = [process('again', counting, 1), process('again', counting, 1)];
  await passed([one, other], 2 * MOST);
  const seconds = await one.take('caller');
  expect(seconds).toBe(1);
  await sleep(1_100);
  expect([await one.take('caller'), await other.take('caller')]).toEqual([0, 0]);
});

test('addresses are in the store as digests', async () => {
  await passed([process('digest')], MOST, '192.0.2.77');
  await sleep(50);
  const rows = JSON.stringify(await store.dataSource.query('SELECT key FROM attempts'));
  expect(rows).toContain('digest-60:');
  expect(rows).not.toContain('192.0.2.77');
});
