/** The palette: anything that has a name is opened by typing it, from every page, with the keyboard alone; and only what is one's own. */
import type { Page } from 'playwright-core';
import { overflow, violations } from './axe.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();
const entries = (page: Page, group: string) =>
  page.locator(`[data-testid="palette-entry"][data-group="${group}"]`);
const open = async (page: Page) => {
  await page.keyboard.press('Control+k');
  await byTestId(page, 'palette-input').waitFor();
};

it('leads to a belt by its pinyin initials within ten keys, and gives the page the focus', async () => {
  const { page, faults } = await product.open();
  await page.goto(product.url);
  await byTestId(page, 'palette-open').waitFor();
  await open(page);
  await page.keyboard.type('kqml');
  await entries(page, 'belts').first().waitFor();
  expect(await entries(page, 'belts').first().innerText()).toContain('柯桥');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/belts\/B005/);
  await byTestId(page, 'palette').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.id === 'main');
  expect(faults).toEqual([]);
  await page.context().close();
});

it('finds places, goods, pages and definitions in the reader’s language, by arrow keys and by a touch', async () => {
  const { page, faults } = await product.open(360);
  await page.goto(`${product.url}/clock?lang=en`);
  await byTestId(page, 'palette-open').click();
  await byTestId(page, 'palette-input').waitFor();
  expect(await entries(page, 'pages').count()).toBeGreaterThan(4);
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  await byTestId(page, 'palette-input').fill('shaoxing');
  await entries(page, 'areas').getByText('Shaoxing').first().waitFor();
  await entries(page, 'areas').getByText('Shaoxing').first().click();
  await page.waitForURL(/\/areas\/city\//);
  await byTestId(page, 'palette-open').click();
  await byTestId(page, 'palette-input').fill('breadth');
  await entries(page, 'definitions').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/definitions.*#/);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('says that nothing matches, what failed, and closes with Escape where it was opened', async () => {
  const { page, faults } = await product.open();
  await page.goto(`${product.url}/definitions`);
  await byTestId(page, 'definition').first().waitFor();
  await byTestId(page, 'palette-open').focus();
  await open(page);
  await page.keyboard.type('qqqqqq');
  await byTestId(page, 'palette-said').getByText('没有与「qqqqqq」匹配的内容').waitFor();
  await page.route(/\/api\/v1\/belts\?.*q=/, (route) => route.abort());
  await byTestId(page, 'palette-input').fill('yiwu');
  await byTestId(page, 'palette').locator('[data-testid="panel-error"]').waitFor();
  await byTestId(page, 'palette-input').fill('');
  await entries(page, 'pages').first().waitFor();
  await page.keyboard.press('Escape');
  await byTestId(page, 'palette').waitFor({ state: 'detached' });
  await page.waitForFunction(
    () => (document.activeElement as HTMLElement | null)?.dataset['testid'] === 'palette-open',
  );
  expect(faults.filter((fault) => !/belts|Failed to load|net::/.test(fault))).toEqual([]);
  await page.context().close();
});

it('offers an administrator their pages alone, and asks for no belt', async () => {
  const { page, faults } = await product.openAsAdministrator();
  await page.goto(`${product.url}/users`);
  await byTestId(page, 'user-row').first().waitFor();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await open(page);
  await page.keyboard.type('a');
  await page.waitForTimeout(500); // longer than it waits for more to be typed
  expect(await entries(page, 'belts').count()).toBe(0);
  await byTestId(page, 'palette-input').fill('');
  expect(await byTestId(page, 'palette-entry').allInnerTexts()).toEqual(['用户', '审计']);
  expect(asked.filter((path) => /\/(belts|definitions)/.test(path))).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
});
