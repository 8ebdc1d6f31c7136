import { retryWait } from './retry-wait.ts';

it('waits longer each time, up to a minute, and never gives up', () => {
  const waits = Array.from({ length: 500 }, (_, tries) => retryWait(tries, 0));
  expect(waits.slice(0, 7)).toEqual([2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 60_000]);
  expect(waits.at(-1)).toBe(60_000);
});

it('is spread over a fifth, so that a day of an outage is at most 1,800 questions of a panel', () => {
  for (const chance of [0, 0.5, 1]) {
    const day = Array.from({ length: 1_800 }, (_, tries) => retryWait(tries, chance));
    expect(day.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(86_000_000);
  }
  expect(retryWait(9, 1)).toBe(48_000);
});
