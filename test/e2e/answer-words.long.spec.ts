/** While a new answer is awaited, every word on the page is about the figures that are still shown. */
import { holdBack } from './hold-back.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();

it('the order of a ranking is that of the rows in view, and its total names the area that it is of', async () => {
  const { page } = await product.open();
  await page.goto(`${product.url}/?source=demo`);
  const ranking = byTestId(page, 'ranking');
  await byTestId(page, 'ranking-row').first().waitFor();
  expect(await ranking.innerText()).toMatch(/全国合计/);
  const letGo = await holdBack(page, /growth\/by-belt\?.*sort=growth/);
  await byTestId(page, 'ranking-sort-growth').click();
  await page.waitForURL(/sort=growth/);
  await page.waitForTimeout(300);
  const sorted = ranking.locator('th[aria-sort]');
  expect(await sorted.innerText()).toMatch(/成交额/);
  letGo();
  await page.waitForFunction(
    () =>
      document
        .querySelector('[data-testid="ranking-sort-growth"]')
        ?.closest('th')
        ?.getAttribute('aria-sort') === 'descending',
  );
  await byTestId(page, 'ranking-province').selectOption('浙江省');
  await ranking.getByText(/浙江省合计/).waitFor();
  await page.context().close();
});

it('figures of one belt never stand under the name of another', async () => {
  const { page } = await product.open();
  await page.goto(`${product.url}/belts/B001?source=demo`);
  await byTestId(page, 'recovery-state').waitFor();
  const letGo = await holdBack(page, /(growth|recovery)\?.*belt=B002/);
  await page.evaluate(() => {
    history.pushState({}, '', '/belts/B002?source=demo');
    dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
  });
  await page.waitForTimeout(800);
  expect(await byTestId(page, 'recovery-state').count()).toBe(0);
  expect(await byTestId(page, 'headline-all').count()).toBe(0);
  letGo();
  await byTestId(page, 'recovery-state').waitFor();
  await page.context().close();
});

it('what is of one track says so beside what is of all orders', async () => {
  const { page } = await product.open();
  await page.goto(`${product.url}/belts/B001?source=demo&track=distribution`);
  for (const panel of ['margins', 'turnover', 'nowcast']) {
    await byTestId(page, panel).locator('h2', { hasText: '分销' }).waitFor();
  }
  await page.context().close();
});
