/** The month that states, levels and the clock stand for, apart from the period compared: seen, chosen, kept in a link. */
import type { StatesAnswer } from '@beltline/contract';
import type { Page } from 'playwright-core';
import { overflow, violations } from './axe.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();
const asked = <A>(path: string) => product.asked<A>(path);
const year2024 = 'source=demo&from=2024-01&to=2024-12';
const windowOf = (page: Page, panel: string) => byTestId(page, panel).locator('[data-testid="panel-window"]');

it('goes along to the states of all belts and to the clock, where it is the month of the hand', async () => {
  const { page, faults } = await product.open();
  await page.goto(`${product.url}/belts/B001?${year2024}&month=2024-05`);
  await windowOf(page, 'recovery').waitFor();
  await page.getByRole('link', { name: '总览' }).first().click();
  await page.waitForURL(/month=2024-05/);
  await windowOf(page, 'states').getByText('截至 2024年5月').waitFor();
  const states = await asked<StatesAnswer>('/recovery/states?source=demo&month=2024-05');
  await byTestId(page, 'state-moves').getByText('2024年5月确定改变状态的').waitFor();
  // Growing is a state of areas without a level, and has no tile where there is none.
  for (const { state, areas } of states.counts.filter((count) => count.state !== 'growing'))
    expect(await byTestId(page, `state-tile-${state}`).locator('strong').innerText()).toBe(String(areas));

  await page.getByRole('link', { name: '恢复时钟', exact: true }).click();
  await byTestId(page, 'clock-month').getByText('2024年5月').waitFor();
  await byTestId(page, 'clock-later').click();
  await page.waitForURL(/month=2024-06/);
  expect(await byTestId(page, 'month-select').inputValue()).toBe('2024-06');
  await page.getByRole('link', { name: '总览' }).first().click();
  await windowOf(page, 'states').getByText('截至 2024年6月').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it.each(['2031-01', '2024-13', '2025-02'])(
  'of %s there is no state: said, and another can be chosen',
  async (month) => {
    const { page } = await product.open();
    await page.goto(`${product.url}/?${year2024}&month=${month}`);
    const problem = byTestId(page, 'states').locator('[data-testid="panel-error"]');
    await problem.getByText('请另选截至月份').waitFor();
    await byTestId(page, 'headline-all-gmv').waitFor();
    expect(await byTestId(page, 'month-select').inputValue()).toBe(month);

    await page.goto(`${product.url}/clock?source=demo&month=${month}`);
    await byTestId(page, 'clock').getByText('请另选截至月份').waitFor();
    await byTestId(page, 'month-select').selectOption('');
    await byTestId(page, 'clock-month').getByText('2025年1月').waitFor();
    await page.context().close();
  },
);

it.each([1280, 768, 360])('fits the page, and axe finds nothing (%i px)', async (width) => {
  const { page } = await product.open(width);
  for (const path of ['/', '/clock']) {
    await page.goto(`${product.url}${path}?${year2024}&month=2024-05`);
    if (width === 360 && path === '/') {
      const chosen = byTestId(page, 'view-bar-chosen');
      await chosen.waitFor();
      expect(await chosen.innerText()).toBe('2024年1月 – 12月 · 同比 · 截至 2024年5月');
      expect(await byTestId(page, 'month-select').isVisible()).toBe(false);
      await chosen.click();
    }
    await byTestId(page, 'month-select').waitFor();
    await page.waitForLoadState('networkidle');
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
  }
  await page.context().close();
});
