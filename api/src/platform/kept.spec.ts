import { Kept } from './kept.ts';

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
  const kept = new Kept<{ name: string }>(2);
  let made = 0;
  const make = async () => value(`made ${++made}`);
  const [first, second] = await Promise.all([kept.of('a', make), kept.of('a', make)]);
  expect(first).toBe(second);
  expect(await kept.of('a', unasked)).toBe(first);
});

test('a failure is told to all who wait for it, and not kept', async () => {
  const kept = new Kept<{ name: string }>(2);
  const failing = open<{ name: string }>();
  const waiting = [kept.of('a', () => failing.promise), kept.of('a', unasked)];
  failing.reject();
  const ends = await Promise.allSettled(waiting);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await kept.of('a', async () => value('next'))).toEqual(value('next'));
});

test('a failure that was forgotten meanwhile does not take its successor away', async () => {
  const kept = new Kept<{ name: string }>(1);
  const failing = open<{ name: string }>();
  const failed = kept.of('a', () => failing.promise);
  kept.forget();
  const successor = await kept.of('a', async () => value('successor'));
  failing.reject();
  await expect(failed).rejects.toThrow('gone');
  expect(await kept.of('a', unasked)).toBe(successor);
});

test('a making that others crowd out while it runs is still shared, and does not take a successor away', async () => {
  const kept = new Kept<{ name: string }>(1);
  const slow = open<{ name: string }>();
  const first = kept.of('a', () => slow.promise);
  await kept.of('b', async () => value('b'));
  await kept.of('c', async () => value('c'));
  const second = kept.of('a', unasked);
  slow.resolve(value('a'));
  expect(await second).toBe(await first);
  expect(await kept.of('a', unasked)).toEqual(value('a'));
});

test('what was made from what has been forgotten is not kept', async () => {
  const kept = new Kept<{ name: string }>(2);
  const slow = open<{ name: string }>();
  const old = kept.of('a', () => slow.promise);
  kept.forget();
  slow.resolve(value('old'));
  expect(await old).toEqual(value('old'));
  expect(await kept.of('a', async () => value('new'))).toEqual(value('new'));
});

test('memory is bounded by bytes, arrays counted', async () => {
  const bytes = 1_000_000;
  const kept = new Kept<{ pairs: number[] }>({ max: 1_000, bytes });
  for (let n = 0; n < 100; n++) await kept.of(n, async () => ({ pairs: new Array<number>(10_000).fill(n) }));
  expect(kept.bytes).toBeLessThanOrEqual(bytes);
  expect(kept.bytes).toBeGreaterThan(bytes / 2);
  expect((await kept.of(99, unasked)).pairs[0]).toBe(99);
});

test('what is larger than all the memory is given out and not kept', async () => {
  const kept = new Kept<{ pairs: number[] }>({ max: 10, bytes: 1_000 });
  const make = async () => ({ pairs: new Array<number>(1_000).fill(1) });
  expect((await kept.of('large', make)).pairs).toHaveLength(1_000);
  expect(kept.bytes).toBe(0);
});
