import { Cache, cacheLimits } from './cache.ts';
import { type Standing, turns } from './turns.ts';

/** A promise that a test settles. */
function open<T>() {
  let settle: { resolve: (value: T) => void; reject: (error: Error) => void } | undefined;
  const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
  return {
    promise,
    resolve: (value: T) => settle?.resolve(value),
    reject: () => settle?.reject(new Error('gone')),
  };
}
const value = (name: string) => ({ name });
const unasked = () => Promise.reject(new Error('was kept, so it must not be made'));

test('callers at the same time share one making, and later ones what was made', async () => {
  const cache = new Cache({ max: 2, bytes: 1e6 });
  let made = 0;
  const make = async () => value(`made ${++made}`);
  const [first, second] = await Promise.all([cache.of('answers', 'a', make), cache.of('answers', 'a', make)]);
  expect(first).toBe(second);
  expect(await cache.of('answers', 'a', unasked)).toBe(first);
});

test('a making that stands behind no longer does once a question shares it, and goes on behind while none does', async () => {
  const cache = new Cache({ max: 2, bytes: 1e6 });
  const making = open<{ name: string }>();
  let standing: Standing | undefined;
  const behind = turns.behind(() =>
    cache.of('series', 'a', () => {
      standing = turns.standing;
      return making.promise;
    }),
  );
  const alsoBehind = turns.behind(() => cache.of('series', 'a', unasked));
  expect(standing).toEqual({ isWaitedFor: false });
  const asked = cache.of('series', 'a', unasked);
  expect(standing).toEqual({ isWaitedFor: true });
  making.resolve(value('made'));
  expect(new Set(await Promise.all([behind, alsoBehind, asked])).size).toBe(1);
});

test('a failure is told to all who wait for it, and not cache', async () => {
  const cache = new Cache({ max: 2, bytes: 1e6 });
  const failing = open<{ name: string }>();
  const waiting = [cache.of('answers', 'a', () => failing.promise), cache.of('answers', 'a', unasked)];
  failing.reject();
  const ends = await Promise.allSettled(waiting);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await cache.of('answers', 'a', async () => value('next'))).toEqual(value('next'));
});

test('a failure that was forgotten meanwhile does not take its successor away', async () => {
  const cache = new Cache({ max: 1, bytes: 1e6 });
  const failing = open<{ name: string }>();
  const failed = cache.of('answers', 'a', () => failing.promise);
  cache.forget();
  const successor = await cache.of('answers', 'a', async () => value('successor'));
  failing.reject();
  await expect(failed).rejects.toThrow('gone');
  expect(await cache.of('answers', 'a', unasked)).toBe(successor);
});

test('a making that others crowd out while it runs is still shared, and does not take a successor away', async () => {
  const cache = new Cache({ max: 1, bytes: 1e6 });
  const slow = open<{ name: string }>();
  const first = cache.of('answers', 'a', () => slow.promise);
  await cache.of('answers', 'b', async () => value('b'));
  await cache.of('answers', 'c', async () => value('c'));
  const second = cache.of('answers', 'a', unasked);
  slow.resolve(value('a'));
  expect(await second).toBe(await first);
  expect(await cache.of('answers', 'a', unasked)).toEqual(value('a'));
});

test('what was made from what has been forgotten is not cache', async () => {
  const cache = new Cache({ max: 2, bytes: 1e6 });
  const slow = open<{ name: string }>();
  const old = cache.of('answers', 'a', () => slow.promise);
  cache.forget();
  slow.resolve(value('old'));
  expect(await old).toEqual(value('old'));
  expect(await cache.of('answers', 'a', async () => value('new'))).toEqual(value('new'));
});

test('memory is bounded by bytes, arrays counted', async () => {
  const bytes = 1_000_000;
  const cache = new Cache({ max: 1_000, bytes });
  for (let n = 0; n < 100; n++)
    await cache.of('answers', n, async () => ({ pairs: new Array<number>(10_000).fill(n) }));
  expect(cache.bytes).toBeLessThanOrEqual(bytes);
  expect(cache.bytes).toBeGreaterThan(bytes / 2);
  expect((await cache.of<{ pairs: number[] }>('answers', 99, unasked)).pairs[0]).toBe(99);
});

test('what is larger than all the memory is given out and not cache', async () => {
  const cache = new Cache({ max: 10, bytes: 1_000 });
  const make = async () => ({ pairs: new Array<number>(1_000).fill(1) });
  expect((await cache.of('answers', 'large', make)).pairs).toHaveLength(1_000);
  expect(cache.bytes).toBe(0);
});

test('of several keys those that are not there are made at once, each by its place', async () => {
  const cache = new Cache({ max: 10, bytes: 1e6 });
  await cache.of('series', 'b', async () => value('b'));
  const asked: (readonly number[])[] = [];
  const make = async (missing: readonly number[]) => {
    asked.push(missing);
    return missing.map((index) => value(`made ${index}`));
  };
  expect(await cache.all('series', ['a', 'b', 'c'], make)).toEqual([
    value('made 0'),
    value('b'),
    value('made 2'),
  ]);
  expect(asked).toEqual([[0, 2]]);
  await cache.all('series', ['c', 'a'], () => Promise.reject(new Error('was kept')));
  const failing = cache.all('series', ['a', 'd', 'e'], () => Promise.reject(new Error('gone')));
  await expect(failing).rejects.toThrow('gone');
  expect(await cache.all('series', ['d'], async () => [value('next')])).toEqual([value('next')]);
});

test('kinds are forgotten apart, and one name in two kinds is two values', async () => {
  const cache = new Cache({ max: 10, bytes: 1e6 });
  for (const kind of ['rows', 'series', 'answers'] as const)
    await cache.of(kind, 'a', async () => value(kind));
  cache.forget('rows', 'answers');
  expect(await cache.of('series', 'a', unasked)).toEqual(value('series'));
  expect(await cache.of('rows', 'a', async () => value('new'))).toEqual(value('new'));
  cache.forget();
  expect(cache.bytes).toBe(0);
});

test.each([
  [0, 0],
  [256, 128],
  [4_000, 1_000],
])(
  'sums of %i MB, and merchants of two measures of %i MB, fit beside what else is kept',
  (sumsMb, merchantsMb) => {
    const { bytes } = cacheLimits(sumsMb, merchantsMb);
    expect(bytes - (sumsMb + 2 * merchantsMb) * 2 ** 20).toBeGreaterThanOrEqual(256 * 2 ** 20);
  },
);
