/** Golden data that are loaded again under open pages, and the way to their server, which can be cut. */
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { GOLDEN_BELTS } from '../fixtures/rollups/golden.ts';
import type { SeedLine } from '../fixtures/rollups/naive.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';
import { launchBrowser } from './browser.ts';
import { type Severable, severable } from './severable.ts';

const monthsFrom2022 = (count: number) =>
  Array.from({ length: count }, (_, n) => {
    return `${2022 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`;
  });
const linesOf = (months: readonly string[], gmv: number) =>
  months.flatMap((month) =>
    Array.from({ length: 10 }, (_, n): SeedLine => {
      const who = { merchant: `m${n % 8}`, buyer: `b${n % 5}`, belt: n % 2 ? 'yi' : 'ke' };
      const what = { combination: 64, pieces: 3, gmv, refund: 0 };
      return { order: `${month}-${n}`, day: `${month}-${String(1 + n).padStart(2, '0')}`, ...who, ...what };
    }),
  );

export let api: RunningApi;
export let way: Severable;
export let browser: Browser;
/** The newest that is published. */
export let version = 6;

/** Publishes the next version: months from January 2022 on, whose orders are worth more with each. */
export async function publish({
  source = 'golden',
  months: count = 36,
  lastDay = '2024-12-31',
} = {}): Promise<void> {
  version += 1;
  const months = monthsFrom2022(count);
  await seedVersion(api.loader, {
    ...{ source, version, dataThrough: lastDay, belts: GOLDEN_BELTS },
    ...{ lines: linesOf(months, 1_000 * version), months: months.map((month) => `${month}-01`) },
  });
}

beforeAll(async () => {
  api = await startApi({ dashboardDir: resolve(import.meta.dirname, '../../dashboard/dist') });
  way = await severable(new URL(api.url).origin);
  await publish();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await way?.cut();
  await api?.close();
});

export const comesBack = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event('focus')));
