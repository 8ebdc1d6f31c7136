/** What a page says of a period that no load has brought orders of, also where it is part of what is looked at. */
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { GOLDEN_BELTS } from '../fixtures/rollups/golden.ts';
import type { SeedLine } from '../fixtures/rollups/naive.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';
import { overflow, violations } from './axe.ts';
import { launchBrowser, openPage } from './browser.ts';
import { byTestId } from './product-in-browser.ts';

/** 2022 through February 2025 without May and June of 2024. */
const months = Array.from({ length: 38 }, (_, n) => {
  return `${2022 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`;
}).filter((month) => month !== '2024-05' && month !== '2024-06');
const lines = months.flatMap((month) =>
  Array.from({ length: 40 }, (_, n): SeedLine => {
    const sold = { combination: 64, pieces: 3, gmv: 10_000 + 100 * n, refund: 0 };
    const day = `${month}-${String(1 + (n % 28)).padStart(2, '0')}`;
    return {
      order: `${month}-${n}`,
      merchant: `m${n % 8}`,
      belt: n % 2 ? 'yi' : 'ke',
      buyer: `b${n % 5}`,
      day,
      ...sold,
    };
  }),
);

let api: RunningApi;
let browser: Browser;
let url: string;
beforeAll(async () => {
  api = await startApi({ dashboardDir: resolve(import.meta.dirname, '../../dashboard/dist') });
  url = new URL(api.url).origin;
  await seedVersion(api.loader, {
    source: 'golden',
    version: 7,
    lines,
    belts: GOLDEN_BELTS,
    dataThrough: '2025-02-28',
    months: months.map((month) => `${month}-01`),
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

it('opens with a period that is known', async () => {
  const { page, faults } = await openPage(browser, url, undefined, api.cookie);
  await page.goto(`${url}/`);
  await byTestId(page, 'headline-all-gmv').waitFor();
  expect(await byTestId(page, 'cautions').getByText('没有载入过').count()).toBe(0);
  expect(faults).toEqual([]);
  await page.context().close();
});

it.each([1280, 360])('names what was never loaded, and shows no −100 %% of it (%i px)', async (width) => {
  const { page, faults } = await openPage(browser, url, width, api.cookie);
  await page.goto(`${url}/?source=golden&from=2024-05&to=2024-06`);
  await byTestId(page, 'cautions').first().getByText('没有载入过2024年5月 – 6月的订单。').waitFor();
  const cell = byTestId(page, 'headline-all-gmv');
  await cell.getByText('有月份没有载入').waitFor();
  await page.getByText('2024年5月 – 6月没有载入过订单，数字未知。').waitFor();
  expect(await page.getByText('100.0%').count()).toBe(0);
  expect(await overflow(page)).toBe(0);
  expect(await violations(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('says so beside a period that holds them, in English too', async () => {
  const { page, faults } = await openPage(browser, url, undefined, api.cookie);
  await page.goto(`${url}/belts/ke?source=golden&from=2024-01&to=2024-12`);
  await byTestId(page, 'lang-switch').click();
  await byTestId(page, 'cautions')
    .first()
    .getByText('No orders of May – Jun 2024 have been loaded.')
    .waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it('says so above the table of all belts, and blames no baseline that is there', async () => {
  const { page, faults } = await openPage(browser, url, 360, api.cookie);
  await page.goto(`${url}/belts?source=golden&from=2024-01&to=2024-12`);
  await byTestId(page, 'cautions').getByText('没有载入过2024年5月 – 6月的订单').waitFor();
  await page.goto(`${url}/belts?source=golden&from=2024-05&to=2024-06`);
  await byTestId(page, 'cautions').getByText('没有载入过2024年5月 – 6月的订单').waitFor();
  const heading = await page.locator('header', { has: page.locator('h1') }).innerText();
  expect(heading).toContain('对比去年同期（有月份没有载入）');
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  expect(faults).toEqual([]);
  await page.context().close();
});
