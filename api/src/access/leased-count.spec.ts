/** A number that other processes raise: read seldom, and never believed longer than those wait who raise it. */
import fc from 'fast-check';
import { LEASE_MS, LeasedCount } from './leased-count.ts';

/** A store whose number is raised by hand, and a clock that is set by hand. */
function shared() {
  const state = { number: 1, reads: 0, at: 0, isAway: false };
  const count = new LeasedCount(
    async () => {
      state.reads++;
      if (state.isAway) throw new Error('away');
      return String(state.number);
    },
    () => state.at,
  );
  return { state, count };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('many who ask at once are told by one reading, and for half the lease by the same', async () => {
  const { state, count } = shared();
  expect(await Promise.all(Array.from({ length: 32 }, () => count.now()))).toEqual(Array(32).fill('1'));
  state.at = LEASE_MS / 2 - 1;
  expect(await count.now()).toBe('1');
  expect(state.reads).toBe(1);
  state.at += 1;
  expect(await count.now()).toBe('1'); // and it is read anew, for those who come later
  await settle();
  expect(state.reads).toBe(2);
  state.isAway = true; // so who is told now has waited for nothing
  state.at = LEASE_MS + 1;
  expect(await count.now()).toBe('1');
});

test('whatever is raised is seen by all who ask a lease later, however often and when it was asked before', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ wait: fc.integer({ min: 0, max: 3 * LEASE_MS }), raises: fc.boolean() }), {
        maxLength: 40,
      }),
      async (steps) => {
        const { state, count } = shared();
        const raised: { number: number; at: number }[] = [{ number: 1, at: -Infinity }];
        for (const { wait, raises } of steps) {
          state.at += wait;
          if (raises) raised.push({ number: ++state.number, at: state.at });
          const due = raised.filter(({ at }) => at + LEASE_MS <= state.at).map(({ number }) => number);
          expect(Number(await count.now())).toBeGreaterThanOrEqual(Math.max(...due));
          await settle();
        }
      },
    ),
  );
});

test('a reading that fails is told to who waits for it, and to nobody while the one before holds', async () => {
  const { state, count } = shared();
  expect(await count.now()).toBe('1');
  state.isAway = true;
  state.at = LEASE_MS - 1;
  expect(await count.now()).toBe('1');
  await settle();
  state.at = LEASE_MS;
  await expect(count.now()).rejects.toThrow('away');
  state.isAway = false;
  expect(await count.now()).toBe('1');
});

test('who comes while a slow reading is under way is not told by one from before the lease', async () => {
  let end: (number: string) => void = () => undefined;
  const clock = { at: 0 };
  const count = new LeasedCount(
    () => new Promise<string>((resolve) => (end = resolve)),
    () => clock.at,
  );
  const first = count.now();
  clock.at = LEASE_MS; // a change was committed a lease ago, after that reading
  const second = count.now();
  end('1');
  expect(await first).toBe('1');
  await settle();
  end('2');
  expect(await second).toBe('2');
});

test('a store that takes what it is asked and never answers is waited for a moment, and no more while it does not', async () => {
  const patience = 100;
  const state = { at: 0, reads: 0, fail: (_: Error): void => undefined };
  const count = new LeasedCount(
    () => {
      state.reads++;
      return new Promise<string>((_, reject) => (state.fail = reject));
    },
    () => state.at,
    patience,
  );
  const asked = Array.from({ length: 8 }, () => count.now());
  for (const answer of asked) await expect(answer).rejects.toMatchObject({ code: 'store-unavailable' });
  state.at = patience;
  const late = setTimeout(() => state.fail(new Error('waited for')), 0);
  await expect(count.now()).rejects.toMatchObject({ code: 'store-unavailable' });
  clearTimeout(late);
  expect(state.reads).toBe(1);
  state.fail(new Error('away'));
  await settle();
  void count.now().catch(() => undefined);
  await settle();
  expect(state.reads).toBe(2); // as soon as the first has ended
});

test('a change is told of after a lease, by the real clock', async () => {
  const { count } = shared();
  const begun = performance.now();
  await count.settled();
  expect(performance.now() - begun).toBeGreaterThanOrEqual(LEASE_MS);
});
