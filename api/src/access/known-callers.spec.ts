/** Readings that are shared by those who ask at once, and never one that was begun before somebody asked; and how long who asks is believed. */
import { setImmediate as tick } from 'node:timers/promises';
import { KnownCallers } from './known-callers.ts';
import { SharedReads } from './shared-reads.ts';

/** A store whose readings end when they are told to. */
function store() {
  const ends: { with: (value: { n: number } | null) => void; fail: (error: Error) => void }[] = [];
  const reading = () =>
    new Promise<{ n: number } | null>((resolve, reject) => ends.push({ with: resolve, fail: reject }));
  return { ends, reading };
}

test('those who ask while one is read share the next reading, and do not get that of before', async () => {
  const callers = new SharedReads<{ n: number } | null>();
  const { ends, reading } = store();
  const first = callers.read('a', reading);
  const later = [callers.read('a', reading), callers.read('a', reading), callers.read('a', reading)];
  await tick();
  expect(ends).toHaveLength(1);
  ends[0]?.with({ n: 1 });
  expect(await first).toEqual({ n: 1 });
  await tick();
  expect(ends).toHaveLength(2);
  // Ended between the two readings.
  ends[1]?.with(null);
  expect(await Promise.all(later)).toEqual([null, null, null]);
  const again = callers.read('a', reading);
  await tick();
  expect(ends).toHaveLength(3);
  ends[2]?.with({ n: 3 });
  expect(await again).toEqual({ n: 3 });
});

test('who asks when the next reading has begun waits for the one after', async () => {
  const callers = new SharedReads<{ n: number } | null>();
  const { ends, reading } = store();
  const [first, second] = [callers.read('a', reading), callers.read('a', reading)];
  ends[0]?.with({ n: 1 });
  await first;
  await tick();
  const third = callers.read('a', reading);
  ends[1]?.with({ n: 2 });
  expect(await second).toEqual({ n: 2 });
  await tick();
  ends[2]?.with({ n: 3 });
  expect(await third).toEqual({ n: 3 });
});

test('a reading that fails fails those who waited for it, and the next one is tried; other callers wait for nobody', async () => {
  const callers = new SharedReads<{ n: number } | null>();
  const { ends, reading } = store();
  const [first, second, other] = [
    callers.read('a', reading),
    callers.read('a', reading),
    callers.read('b', reading),
  ];
  ends[0]?.fail(new Error('away'));
  await expect(first).rejects.toThrow('away');
  await tick();
  expect(ends).toHaveLength(3);
  ends[1]?.with({ n: 9 });
  expect(await other).toEqual({ n: 9 });
  ends[2]?.with({ n: 2 });
  expect(await second).toEqual({ n: 2 });
});

test('who was read is believed until the number is another one, which is asked before the store is', async () => {
  const count = { number: '1', asked: 0, settled: 0 };
  const callers = new KnownCallers<{ n: number }>({
    now: async () => {
      count.asked++;
      return count.number;
    },
    settled: async () => void count.settled++,
  });
  let n = 0;
  const find = () =>
    callers.find('a', async () => {
      n++;
      // Somebody changes something while it is read: it may be from before or after.
      if (n === 1) count.number = '2';
      return { n };
    });
  expect([await find(), await find(), await find()]).toEqual([{ n: 1 }, { n: 2 }, { n: 2 }]);
  expect(count.asked).toBe(3);
  count.number = '3';
  expect(await find()).toEqual({ n: 3 });
  const told = callers.changed();
  expect(callers.last('a')).toBeUndefined();
  await told;
  expect(count.settled).toBe(1);
  expect([await find(), await find()]).toEqual([{ n: 4 }, { n: 4 }]);
});

test('where this process alone changes rights, who was read is believed until that', async () => {
  const callers = new KnownCallers<{ n: number }>(null);
  let n = 0;
  const find = () => callers.find('a', async () => ({ n: ++n }));
  expect([await find(), await find()]).toEqual([{ n: 1 }, { n: 1 }]);
  callers.forget();
  expect(await find()).toEqual({ n: 2 });
});
