import { vi } from 'vitest';
import { SEEN_WITHIN_MS } from '@beltline/sql/clickhouse';
import type { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import { NewestVersionsService, type Version } from './newest-versions.service.ts';

const versionOf = (newest: number, hour = '00'): Version => ({
  source: 'demo',
  newest,
  newest_published_at: `2026-11-0${newest}T${hour}:00:00Z`,
  newest_data_through: '2026-10-31',
});

const open: NewestVersionsService[] = [];
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  open.splice(0).forEach((service) => service.onModuleDestroy());
  vi.useRealTimers();
});
const sleep = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** An engine that has a version, and what is made of it, which each test lets end. */
function store() {
  const state = {
    newest: 1,
    hour: '00',
    lost: [] as number[],
    asked: 0,
    prepared: [] as number[],
    begunAnew: 0,
  };
  const ends = new Map<number, { done: () => void; fail: (error: Error) => void }>();
  const engine = {
    askNow: async (_scope: unknown, _query: unknown, { seen }: { seen: readonly number[] }) => {
      state.asked += 1;
      const [known] = seen.filter((one) => one <= state.newest && !state.lost.includes(one));
      const hour = known === state.newest ? state.hour : '00';
      const seenAt = known === undefined ? null : versionOf(known, hour).newest_published_at;
      return [{ ...versionOf(state.newest, state.hour), seen_published_at: seenAt }];
    },
    beginAnew: () => (state.begunAnew += 1),
  };
  const service = new NewestVersionsService(engine as unknown as ClickHouseService);
  open.push(service);
  service.onNew(({ newest }) => {
    state.prepared.push(newest);
    return new Promise<void>((done, fail) => ends.set(newest, { done, fail }));
  });
  const answered = async () => (await service.all())[0]?.newest;
  return { state, ends, service, answered };
}

/** Longer than the engine's list is kept. */
const ASKED_ANEW_MS = 220;

test('the first version is answered from at once; of those who ask at the same time the engine is asked once', async () => {
  const { state, answered } = store();
  expect(await Promise.all([answered(), answered(), answered()])).toEqual([1, 1, 1]);
  expect(state).toMatchObject({ asked: 1, prepared: [1] });
});

test('a new one is answered from when what it needs has been read, or could not be, and the one before until then', async () => {
  const { state, ends, answered } = store();
  await answered();
  for (const [newest, end] of [
    [2, () => ends.get(2)?.done()],
    [3, () => ends.get(3)?.fail(new Error('the engine is gone'))],
  ] as const) {
    state.newest = newest;
    await sleep(ASKED_ANEW_MS);
    expect(await answered()).toBe(newest - 1);
    end();
    await sleep(0);
    expect(await answered()).toBe(newest);
  }
  expect(state.prepared).toEqual([1, 2, 3]);
});

test('no longer than a load waits after its commit, counted from when there was no newer one', async () => {
  const { state, answered } = store();
  await answered();
  const committed = performance.now();
  state.newest = 2;
  await sleep(ASKED_ANEW_MS);
  expect(await answered()).toBe(1);
  await sleep(committed + SEEN_WITHIN_MS - performance.now());
  expect(await answered()).toBe(2);
});

test('who asks after a long time is not answered from the version before', async () => {
  const { state, service, answered } = store();
  await answered();
  service.onModuleDestroy(); // it looks no more by itself
  await sleep(SEEN_WITHIN_MS);
  state.newest = 2;
  expect(await answered()).toBe(2);
});

test('once anybody has asked, it looks by itself; not before, and not when it has ended', async () => {
  const { state, service, answered } = store();
  await sleep(1_100);
  expect(state.asked).toBe(0);
  await answered();
  state.newest = 2;
  await sleep(1_100);
  expect(state.prepared).toEqual([1, 2]);
  service.onModuleDestroy();
  const { asked } = state;
  await sleep(1_100);
  await answered();
  await sleep(1_100);
  expect(state.asked).toBe(asked + 1);
});

test('a list that could not be read is asked for again, and a look that fails ends nothing', async () => {
  const failing = { asked: 0 };
  const engine = {
    askNow: async () => {
      failing.asked += 1;
      if (failing.asked < 3) throw new Error('the engine is gone');
      return [versionOf(1)];
    },
  };
  const service = new NewestVersionsService(engine as unknown as ClickHouseService);
  open.push(service);
  await expect(service.all()).rejects.toThrow('the engine is gone');
  await sleep(1_100);
  expect(failing.asked).toBe(2);
  expect(await service.all()).toEqual([versionOf(1)]);
});

test.each([
  ['goes back', 1, '00'],
  ['has a version of the same number, published at another time', 2, '05'],
])(
  'of a store that %s nothing is kept in memory, and it is answered from at once',
  async (_, newest, hour) => {
    const { state, service, answered } = store();
    state.newest = 2;
    await answered();
    await sleep(ASKED_ANEW_MS);
    await answered();
    expect(state).toMatchObject({ begunAnew: 0, prepared: [2] });
    Object.assign(state, { newest, hour });
    await sleep(ASKED_ANEW_MS);
    expect(await service.all()).toEqual([versionOf(newest, hour)]);
    expect(state).toMatchObject({ begunAnew: 1, prepared: [2, newest] });
    await sleep(ASKED_ANEW_MS);
    await answered();
    expect(state.begunAnew).toBe(1);
  },
);

test('a store that was put back and has published more since, all between two looks, is another all the same', async () => {
  const { state, answered } = store();
  state.newest = 3;
  await answered();
  await sleep(ASKED_ANEW_MS);
  await answered();
  Object.assign(state, { newest: 5, lost: [3] });
  await sleep(ASKED_ANEW_MS);
  expect(await answered()).toBe(5);
  expect(state.begunAnew).toBe(1);
  await sleep(ASKED_ANEW_MS);
  await answered();
  expect(state.begunAnew).toBe(1);
});

test('a list that was late takes nothing back', async () => {
  const lists: ((newest: number) => void)[] = [];
  let begunAnew = 0;
  const engine = {
    askNow: () => new Promise((resolve) => lists.push((newest) => resolve([versionOf(newest)]))),
    beginAnew: () => (begunAnew += 1),
  };
  const service = new NewestVersionsService(engine as unknown as ClickHouseService);
  open.push(service);
  const newest = async () => (await service.all())[0]?.newest;
  const late = newest();
  await sleep(ASKED_ANEW_MS);
  const next = newest();
  lists[1]?.(2);
  expect(await next).toBe(2);
  lists[0]?.(1);
  expect(await late).toBe(2);
  expect(begunAnew).toBe(0);
});
