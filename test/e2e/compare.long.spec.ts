/**
 * Comparing all areas in a real browser on loaded demo orders: which belts are in which state, the clock and how it plays,
 * breadth and concentration, earlier vintages, and the definitions that figures lead to.
 */
import type { ClockAnswer, StatesAnswer } from '@beltline/contract';
import type { Page } from 'playwright-core';
import { overflow, violations } from './axe.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();
const asked = <A>(path: string) => product.asked<A>(path);
const tileCount = async (page: Page, state: string) =>
  Number(await byTestId(page, `state-tile-${state}`).locator('strong').innerText());

describe('states of recovery on the overview', () => {
  it('counts belts as the API does, narrows to a state, and Back widens again', async () => {
    const { page, faults } = await product.open();
    await page.goto(`${product.url}/?source=demo`);
    await byTestId(page, 'state-row').first().waitFor();
    const answer = await asked<StatesAnswer>('/recovery/states?source=demo');
    // Growing is a state of areas without a level, and has no tile where there is none.
    for (const { state, areas } of answer.counts.filter((count) => count.state !== 'growing'))
      expect(await tileCount(page, state)).toBe(areas);

    const filled = answer.counts.find(({ areas }) => areas > 0 && areas < answer.rows.length);
    const state = filled?.state ?? 'recovered';
    await byTestId(page, `state-tile-${state}`).click();
    await page.waitForURL(new RegExp(`state=${state}`));
    expect(await byTestId(page, `state-tile-${state}`).getAttribute('aria-pressed')).toBe('true');
    await byTestId(page, 'states-clear').waitFor();
    await page.goBack();
    await page.waitForURL((url) => !url.searchParams.has('state'));
    await byTestId(page, 'states-clear').waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('leads from a belt in the table to its page, and compares provinces', async () => {
    const { page } = await product.open();
    await page.goto(`${product.url}/?source=demo`);
    const link = byTestId(page, 'state-row').first().locator('a').first();
    await link.waitFor();
    const name = await link.innerText();
    await link.click();
    await page.waitForURL(/\/belts\//);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.goBack();
    await byTestId(page, 'states').getByText('省份', { exact: true }).click();
    await page.waitForURL(/level=province/);
    await byTestId(page, 'states')
      .getByText(/个省份中/)
      .waitFor();
    await page.context().close();
  });
});

describe('the clock', () => {
  it('plays to the last month and stops; Back leads to where it was before', async () => {
    const { page, faults } = await product.open();
    const { months } = await asked<ClockAnswer>('/recovery/clock?source=demo&months=36');
    const start = months.at(-3) as string;
    await page.goto(`${product.url}/clock?source=demo&month=${start}`);
    await byTestId(page, 'clock').locator('canvas').first().waitFor();
    await byTestId(page, 'clock-play').click();
    await page.waitForURL(new RegExp(`month=${months.at(-2)}`));
    await page.waitForURL((url) => !url.searchParams.has('month'));
    await page.waitForFunction(
      () => document.querySelector('[data-testid="clock-play"]')?.textContent?.includes('播放') === true,
    );
    expect(await byTestId(page, 'clock-later').isDisabled()).toBe(true);
    await page.goBack();
    await page.waitForURL(new RegExp(`month=${start}`));
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('steps by keyboard, finds a belt by a part of its name, and is a table too', async () => {
    const { page } = await product.open();
    await page.goto(`${product.url}/clock?source=demo`);
    const slider = byTestId(page, 'clock-slider');
    await slider.focus();
    const before = await slider.getAttribute('aria-valuetext');
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(/month=/);
    expect(await slider.getAttribute('aria-valuetext')).not.toBe(before);

    await byTestId(page, 'clock-find').fill('义乌');
    await page.keyboard.press('Enter');
    await page.waitForURL(/area=/);
    await byTestId(page, 'clock')
      .getByText(/义乌小商品处于|义乌小商品：/)
      .waitFor();
    await byTestId(page, 'chart-table-toggle').click();
    const answer = await asked<ClockAnswer>('/recovery/clock?source=demo');
    expect(await byTestId(page, 'clock-row').count()).toBe(answer.areas.length);
    await page.context().close();
  });
});

it('shows breadth and concentration of the nation', async () => {
  const { page, faults } = await product.open();
  await page.goto(`${product.url}/?source=demo&from=2024-01&to=2024-12`);
  for (const panel of ['breadth', 'concentration']) {
    await byTestId(page, panel).locator('canvas').first().waitFor();
    await byTestId(page, panel).locator('[data-testid="chart-table-toggle"]').click();
    expect(await byTestId(page, panel).locator('tbody tr').count()).toBeGreaterThan(10);
  }
  expect(faults).toEqual([]);
  await page.context().close();
});

it('says that an earlier vintage is shown, refuses a day before the first, and leads back to the latest', async () => {
  const { page } = await product.open();
  await page.goto(`${product.url}/clock?source=demo&asOf=2020-01-01`);
  await byTestId(page, 'clock').locator('[data-testid="panel-error"]').waitFor();
  const banner = byTestId(page, 'earlier-vintage');
  await banner.getByRole('button').click();
  await page.waitForURL((url) => !url.searchParams.has('asOf'));
  await banner.waitFor({ state: 'detached' });
  await byTestId(page, 'clock').locator('canvas').first().waitFor();
  await page.context().close();
});

it('leads from a figure to its definition, which is there', async () => {
  const { page } = await product.open();
  await page.goto(`${product.url}/?source=demo`);
  await byTestId(page, 'state-row').first().waitFor();
  const links = page.locator('a.definition');
  const hashes = await links.evaluateAll((all) =>
    all.map((link) => new URL((link as HTMLAnchorElement).href).hash),
  );
  await byTestId(page, 'states').locator('h2 a.definition').click();
  await page.waitForURL(/#state$/);
  await byTestId(page, 'definition').first().waitFor();
  const ids = await byTestId(page, 'definition').evaluateAll((all) => all.map((entry) => `#${entry.id}`));
  expect([...new Set(hashes)].filter((hash) => !ids.includes(hash))).toEqual([]);
  await page.context().close();
});

it.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 360],
] as const)('has no barrier that axe finds, and no sideways scroll (%s, %i px)', async (scheme, width) => {
  const { page } = await product.open(width);
  await page.emulateMedia({ colorScheme: scheme });
  for (const path of [
    '/clock?area=B001',
    '/clock?asOf=2020-01-01',
    '/?state=declining',
    '/definitions#gmv',
  ]) {
    await page.goto(`${product.url}${path}`);
    await page.waitForLoadState('networkidle');
    expect({ path, found: await violations(page) }).toEqual({ path, found: [] });
    expect({ path, overflow: await overflow(page) }).toEqual({ path, overflow: 0 });
  }
  await page.context().close();
});
