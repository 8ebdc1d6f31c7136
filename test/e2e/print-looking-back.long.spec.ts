/** A sheet of an earlier publication names that one, not the newest. */
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { GOLDEN_BELTS } from '../fixtures/rollups/golden.ts';
import type { SeedLine } from '../fixtures/rollups/naive.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';
import { launchBrowser, openPage } from './browser.ts';
import { byTestId } from './product-in-browser.ts';

const line = (order: string, day: string): SeedLine => ({
  ...{ order, day, merchant: 'm1', buyer: 'b1', belt: 'ke' },
  ...{ combination: 64, pieces: 3, gmv: 10_000, refund: 0 },
});

let api: RunningApi;
let browser: Browser;
let url: string;
beforeAll(async () => {
  api = await startApi({ dashboardDir: resolve(import.meta.dirname, '../../dashboard/dist') });
  url = new URL(api.url).origin;
  const common = { source: 'golden', belts: GOLDEN_BELTS };
  const first = [line('a', '2023-12-01'), line('b', '2024-03-31')];
  await seedVersion(api.loader, {
    ...{ ...common, version: 7, lines: first },
    ...{ dataThrough: '2024-03-31', publishedAt: '2024-04-02 01:00:00.000' },
  });
  await seedVersion(api.loader, {
    ...{ ...common, version: 8, lines: [...first, line('d', '2024-04-15'), line('c', '2024-05-31')] },
    ...{ dataThrough: '2024-05-31', publishedAt: '2024-06-01 01:00:00.000' },
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

it.each([
  ['/?asOf=2024-05-15', '截至 2024年5月15日的公布：数据版本 7，发布于 2024年4月2日', ''],
  ['/clock?asOf=2024-05-15', '数据版本 7', ''],
  ['/?asOf=2031-01-01', '数据版本 8，发布于 2024年6月1日', ''],
  ['/', '数据版本 8，发布于 2024年6月1日', 'month=2024-05'],
  ['/data?asOf=2024-05-15', '数据版本 8', ''],
])('%s', async (path, named, month) => {
  const { page } = await openPage(browser, url, undefined, api.cookie);
  await page.goto(`${url}${path}`);
  await page.waitForLoadState('networkidle');
  await page.emulateMedia({ media: 'print' });
  const head = await byTestId(page, 'print-head').innerText();
  expect(head).toContain(named);
  expect(head).toContain(month);
  if (named.includes('7')) expect(head).not.toMatch(/数据版本 8|month=/);
  await page.context().close();
});

it('the last complete month of an earlier publication is not said to be that of the newest', async () => {
  const { page } = await openPage(browser, url, undefined, api.cookie);
  await page.goto(`${url}/?asOf=2024-05-15`);
  const automatic = byTestId(page, 'month-select').locator('option').first();
  await byTestId(page, 'as-of').getByText('2024年3月（最近的完整月）').waitFor();
  expect(await automatic.innerText()).toBe('当时的最近完整月');
  await page.goto(`${url}/`);
  await byTestId(page, 'as-of').getByText('2024年5月（最近的完整月）').waitFor();
  expect(await automatic.innerText()).toBe('最近完整月（2024年5月）');
  await page.context().close();
});
