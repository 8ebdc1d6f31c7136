/** Refusals on their way to the audit: the first at once, a flood of them as two records, and none lost. */
import { vi } from 'vitest';
import type { Told } from './audit.service.ts';
import { MOST_CALLERS, MOST_NAMED, RefusalLog, type Refused, SPAN_MS } from './refusal-log.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function log() {
  const told: Told[] = [];
  const refusals = new RefusalLog({ tell: async (record: Told) => void told.push(record) });
  const refuse = (what: string, by: Partial<Refused> = {}) =>
    refusals.tell({
      ...{ actor: 'u1', tokenId: null, address: '192.0.2.1', requestId: 'r', what },
      ...by,
    });
  return { refusals, refuse, told, details: () => told.map(({ detail }) => detail) };
}

test('what is refused once is written at once, as it is', async () => {
  const { refuse, told } = log();
  await refuse('GET /a');
  expect(told).toEqual([
    { event: 'refused', actor: 'u1', address: '192.0.2.1', requestId: 'r', detail: 'GET /a' },
  ]);
  vi.advanceTimersByTime(SPAN_MS);
  expect(told).toHaveLength(1);
});

test('a thousand refusals of a minute are two records that say how many, and the next minute begins anew', async () => {
  const { refuse, details } = log();
  for (let tries = 0; tries < 1_000; tries++) await refuse(tries % 2 === 0 ? 'GET /a' : 'GET /b');
  expect(details()).toEqual(['GET /a']);
  vi.advanceTimersByTime(SPAN_MS);
  expect(details()).toEqual(['GET /a', '999 more within a minute: 500 × GET /b, 499 × GET /a']);
  await refuse('GET /c');
  expect(details().at(-1)).toBe('GET /c');
});

test('one caller’s flood hides nothing of another’s, nor what a token did among what its owner did', async () => {
  const { refuse, details } = log();
  for (let tries = 0; tries < 50; tries++) await refuse('GET /a');
  await refuse('GET /a', { actor: 'u2' });
  await refuse('GET /a', { tokenId: 't1' });
  expect(details()).toEqual(['GET /a', 'GET /a', 'GET /a; token t1']);
});

test('a record names so many things and counts the others', async () => {
  const { refuse, details } = log();
  for (let tries = 0; tries <= MOST_NAMED + 5; tries++) await refuse(`GET /${tries}`);
  vi.advanceTimersByTime(SPAN_MS);
  expect(details()[1]).toContain(`${MOST_NAMED + 5} more within a minute: 1 × GET /1,`);
  expect(details()[1]).toMatch(/5 × others$/);
});

test('addresses without end are written as those that are told apart, and one for all others', async () => {
  const { refuse, told } = log();
  for (let tries = 0; tries < 3 * MOST_CALLERS; tries++)
    await refuse('GET /a', { actor: null, address: `2001:db8::${tries.toString(16)}` });
  expect(told).toHaveLength(MOST_CALLERS + 1);
  vi.advanceTimersByTime(SPAN_MS);
  expect(told).toHaveLength(MOST_CALLERS + 2);
  expect(told.at(-1)).toMatchObject({ address: null, detail: expect.stringMatching(/^1999 more/) });
  // A user is not lost among them.
  for (let tries = 0; tries < 2 * MOST_CALLERS; tries++)
    await refuse('GET /a', { actor: null, address: `${tries}` });
  await refuse('GET /mine', { actor: 'u9' });
  expect(told.at(-1)).toMatchObject({ actor: 'u9', detail: 'GET /mine' });
});

test('what is counted is written when the program ends', async () => {
  const { refusals, refuse, details } = log();
  await refuse('GET /a');
  await refuse('GET /b');
  await refusals.beforeApplicationShutdown();
  expect(details()).toEqual(['GET /a', '1 more within a minute: 1 × GET /b']);
});

test('what cannot be written is counted until it can be', async () => {
  const told: Told[] = [];
  let isAway = true;
  const refusals = new RefusalLog({
    tell: async (record: Told) => {
      if (isAway) throw new Error('away');
      told.push(record);
    },
  });
  const refuse = (what: string) =>
    refusals.tell({ actor: 'u1', tokenId: null, address: '192.0.2.1', requestId: 'r', what });
  await expect(refuse('GET /a')).rejects.toThrow('away');
  await refuse('GET /b');
  await vi.advanceTimersByTimeAsync(SPAN_MS);
  await refuse('GET /b');
  isAway = false;
  await vi.advanceTimersByTimeAsync(SPAN_MS);
  expect(told.map(({ detail }) => detail)).toEqual(['3 more within a minute: 1 × GET /a, 2 × GET /b']);
});
