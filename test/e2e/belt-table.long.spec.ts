/** The table of all belts: "cross-border rises and custom does not" is one press, can be sent, and is understood on a phone. */
import { overflow, violations } from './axe.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();

it('answers a question that is asked often by one press, and its link by the same rows', async () => {
  const { page, faults } = await product.open();
  await page.goto(`${product.url}/belts`);
  await byTestId(page, 'belt-row').first().waitFor();
  const all = await byTestId(page, 'belt-row').count();
  expect(all).toBeGreaterThan(20);
  await byTestId(page, 'ready-crossBorderAlone').click();
  await page.waitForURL(/where=cross-border(:|%3A)rises(,|%2C)custom(:|%3A)not-rises/);
  await page.waitForFunction(
    (before) => document.querySelectorAll('[data-testid="belt-row"]').length < before,
    all,
  );
  const shown = await byTestId(page, 'belt-row').allInnerTexts();
  expect(await byTestId(page, 'belt-table-summary').innerText()).toContain(`有 ${shown.length} 个符合条件`);
  for (const row of await byTestId(page, 'belt-row').all()) {
    const cells = await row.locator('.cell').all();
    expect(await cells[2]?.getAttribute('class')).toContain('rises');
    expect(await cells[3]?.getAttribute('class')).not.toContain('rises');
  }
  const other = await product.open();
  await other.page.goto(page.url());
  await other.page.waitForFunction(
    (count) => document.querySelectorAll('[data-testid="belt-row"]').length === count,
    shown.length,
  );
  expect(await byTestId(other.page, 'ready-crossBorderAlone').getAttribute('aria-pressed')).toBe('true');
  expect([faults, other.faults]).toEqual([[], []]);
  await other.page.context().close();
  await page.context().close();
});

it('fits a phone, says where nothing is left, and lets go of what was asked', async () => {
  const { page, faults } = await product.open(360);
  await page.goto(`${product.url}/belts?lang=en&where=all:rises,all:falls,custom:soars`);
  await byTestId(page, 'belt-row').first().waitFor();
  expect(await page.locator('body').innerText()).toContain('custom:soars');
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  await byTestId(page, 'condition-state').selectOption('slipping');
  await byTestId(page, 'condition-all').selectOption('rises');
  await byTestId(page, 'belt-table-none').waitFor();
  await byTestId(page, 'belt-table-none').getByRole('button').click();
  await byTestId(page, 'belt-row').first().waitFor();
  expect(new URL(page.url()).searchParams.get('where')).toBeNull();
  expect(faults).toEqual([]);
  await page.context().close();
});

it('is whole on an upright sheet', async () => {
  const { page, faults } = await product.open(718); // what A4 leaves between its margins
  await page.goto(`${product.url}/belts`);
  await byTestId(page, 'belt-row').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('[data-testid="belt-table"] [aria-busy="true"]'));
  await page.emulateMedia({ media: 'print' });
  const beyond = await page
    .locator('[data-testid="belt-table"] table')
    .evaluate((table) => table.getBoundingClientRect().right - document.documentElement.clientWidth);
  expect(beyond).toBeLessThanOrEqual(0);
  expect(faults).toEqual([]);
  await page.context().close();
});
