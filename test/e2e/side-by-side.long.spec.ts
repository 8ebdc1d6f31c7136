/** Areas side by side: "Yiwu against Caoxian" is one click and two names, says what is sure in words, and its link shows the same. */
import type { DifferencesAnswer } from '@beltline/contract';
import type { Page } from 'playwright-core';
import { overflow, violations } from './axe.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();

const settled = async (page: Page) => {
  await byTestId(page, 'difference-row').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
};
/** Types a name and takes the first that is found. */
async function addByName(page: Page, name: string, count: number): Promise<void> {
  await byTestId(page, 'area-find').fill(name);
  await byTestId(page, 'offered-area').first().waitFor();
  await byTestId(page, 'area-find').press('Enter');
  await page.waitForFunction(
    (wanted) => document.querySelectorAll('[data-testid="compared-area"]').length === wanted,
    count,
  );
}

it('compares Yiwu with Caoxian by one click and two names, and says what the API says', async () => {
  const { page, faults } = await product.open(1440);
  await page.goto(`${product.url}/?source=demo`);
  await page.locator('header nav').waitFor();
  let clicks = 0;
  await page.locator('header nav').getByRole('link', { name: '比较', exact: true }).click();
  clicks++;
  await addByName(page, '义乌', 1);
  expect(await byTestId(page, 'area-chooser').innerText()).toContain('再选一个地区');
  await addByName(page, '曹县', 2);
  expect(clicks).toBe(1);
  await settled(page);
  const chosen = new URL(page.url()).searchParams.get('areas') ?? '';
  expect(chosen).toMatch(/^belt:B\d+,belt:B\d+$/);
  const answer = await product.asked<DifferencesAnswer>(
    `/recovery/differences?source=demo&areas=${encodeURIComponent(chosen)}`,
  );
  const [first, second] = answer.areas;
  const row = byTestId(page, 'difference-row').nth(1);
  expect(await row.innerText()).toContain(second?.area.name.zh ?? '');
  expect(await row.locator('data').first().getAttribute('value')).toBe(String(second?.level.value));
  const told = second?.against[0];
  const words = await row.locator('[data-testid="difference-growth"]').innerText();
  const finding = told?.growthFinding ?? null;
  expect(words).toMatch(finding === null ? /不能断定|未知/ : finding === 'more' ? /^高 / : /^低 /);
  expect(await byTestId(page, 'differences-summary').innerText()).toContain(`与${first?.area.name.zh}相比`);
  // Levels and tracks of both, on one scale each.
  await byTestId(page, 'compared-levels').locator('canvas, svg').first().waitFor();
  expect(await byTestId(page, 'track-all').locator('li').count()).toBe(2);
  expect(await violations(page)).toEqual([]);

  // The address holds what was left to the product; another reader has the same page of it.
  const address = new URL(page.url());
  for (const key of ['from', 'to', 'month', 'reference'])
    expect(address.searchParams.get(key)).not.toBeNull();
  const other = await product.open(1440);
  await other.page.goto(address.href);
  await settled(other.page);
  expect(await byTestId(other.page, 'differences-summary').innerText()).toBe(
    await byTestId(page, 'differences-summary').innerText(),
  );
  // The link that stays names the day of the data version too.
  await byTestId(page, 'fixed-link').click();
  const fixed = new URL(await byTestId(page, 'copy-text').inputValue());
  expect(fixed.searchParams.get('asOf')).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(fixed.searchParams.get('areas')).toBe(chosen);
  await other.page.goto(fixed.href);
  await settled(other.page);
  expect(await byTestId(other.page, 'differences-summary').innerText()).toBe(
    await byTestId(page, 'differences-summary').innerText(),
  );
  expect([faults, other.faults]).toEqual([[], []]);
  await other.page.context().close();
  await page.context().close();
});

it('takes belts that are ticked in the table of all belts, by two ticks and a click', async () => {
  const { page, faults } = await product.open(1440);
  await page.goto(`${product.url}/belts?source=demo`);
  await byTestId(page, 'belt-row').first().waitFor();
  await byTestId(page, 'belt-tick').nth(0).click();
  await byTestId(page, 'belt-tick').nth(2).click();
  await byTestId(page, 'compare-ticked').click();
  await settled(page);
  expect(await byTestId(page, 'difference-row').count()).toBe(2);
  // The second one first: the other is compared with it.
  const before = await byTestId(page, 'compared-area').allInnerTexts();
  await byTestId(page, 'make-first').click();
  await page.waitForFunction(
    (name) => !document.querySelector('[data-testid="compared-area"]')?.textContent?.includes(name),
    (before[0] ?? '').split('\n')[1] ?? '',
  );
  await settled(page);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('says which areas of a link there are not, and compares the nation, a province, a city and a belt', async () => {
  const { page, faults } = await product.open(768);
  const areas = 'nation,province:浙江省,city:浙江省/金华市,belt:B001,belt:none';
  await page.goto(`${product.url}/compare?source=demo&lang=en&areas=${encodeURIComponent(areas)}`);
  await settled(page);
  expect(await byTestId(page, 'difference-row').count()).toBe(4);
  expect(await page.locator('main').innerText()).toContain('belt:none');
  expect(await page.locator('main').innerText()).not.toMatch(/地区|差别/);
  // Letting go of what there is not leaves the others.
  await byTestId(page, 'link-notice').getByRole('button').click();
  await byTestId(page, 'link-notice').waitFor({ state: 'detached' });
  expect(await byTestId(page, 'compared-area').count()).toBe(4);
  await settled(page);
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  for (const toggle of await byTestId(page, 'chart-table-toggle').all()) await toggle.click();
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('is whole on a phone, in the dark and on paper, by keyboard alone', async () => {
  const { page, faults } = await product.open(360);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.goto(`${product.url}/compare?source=demo`);
  await byTestId(page, 'area-find').focus();
  for (const name of ['义乌', '曹县']) {
    await page.keyboard.type(name);
    await byTestId(page, 'offered-area').first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('[data-testid="area-find"]')?.value === '',
    );
  }
  await settled(page);
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  await page.setViewportSize({ width: 718, height: 900 });
  await page.emulateMedia({ media: 'print' });
  const beyond = await page
    .locator('[data-testid="differences"] table')
    .evaluate((table) => table.getBoundingClientRect().right - document.documentElement.clientWidth);
  expect(beyond).toBeLessThanOrEqual(0);
  expect(faults).toEqual([]);
  await page.context().close();
});
