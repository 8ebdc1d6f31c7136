/**
 * The dashboard in a real browser on loaded demo orders: what a strategist does, at a desk and on a phone, with a mouse,
 * by keyboard and with a screen reader's eyes (axe).
 */
import type { GrowthAnswer } from '@beltline/contract';
import { overflow, violations } from './axe.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();
const year2024 = 'source=demo&from=2024-01&to=2024-12';

describe('the overview', () => {
  it('shows the growth that the API answers, in Chinese, with arrows', async () => {
    const { page, faults } = await product.open();
    await page.goto(`${product.url}/?${year2024}`);
    const cell = byTestId(page, 'headline-distribution-orders');
    await cell.waitFor();
    const answer = await product.asked<GrowthAnswer>(`/growth?${year2024}`);
    const growth = answer.tracks.find(({ track }) => track === 'distribution')?.measures.orders?.growth
      .value as number;
    expect(growth).toBeGreaterThan(0.5);
    // The arrow comes with the interval: until then nobody knows whether the sign is by chance.
    await cell.getByTestId('uncertainty').waitFor();
    const shown = await cell.innerText();
    expect(shown).toContain('▲');
    expect(shown).toContain((growth * 100).toFixed(1));
    expect(await page.getAttribute('html', 'lang')).toMatch(/^zh/);
    await byTestId(page, 'trend').locator('canvas, svg').first().waitFor();
    expect(await byTestId(page, 'ranking-row').count()).toBeGreaterThan(10);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('keeps period and track in the URL, and Back undoes a choice', async () => {
    const { page } = await product.open();
    await page.goto(`${product.url}/?${year2024}`);
    await byTestId(page, 'headline-custom').waitFor();
    await byTestId(page, 'headline-custom').click();
    await page.waitForURL(/track=custom/);
    await page.goBack();
    await page.waitForURL((url) => url.searchParams.get('track') !== 'custom');
    await page.goForward();
    await page.waitForURL(/track=custom/);
    await page.context().close();
  });

  it('takes both ends of a period that are chosen in one moment', async () => {
    const { page } = await product.open();
    await page.goto(`${product.url}/?source=demo&from=2023-01&to=2023-06`);
    await byTestId(page, 'period-from').waitFor();
    await page.evaluate(() => {
      for (const [end, month] of [
        ['from', '2024-03'],
        ['to', '2024-09'],
      ] as const) {
        const list = document.querySelector<HTMLSelectElement>(`[data-testid="period-${end}"]`);
        if (list) list.value = month;
        list?.dispatchEvent(new Event('change', { bubbles: true }));
      }
    });
    await page.waitForURL((url) => url.searchParams.get('from') !== '2023-01');
    expect(new URL(page.url()).search).toContain('from=2024-03&to=2024-09');
    await page.context().close();
  });

  it('speaks English after the switch, also after a reload', async () => {
    const { page } = await product.open();
    await page.goto(`${product.url}/?${year2024}`);
    await byTestId(page, 'headline-distribution').waitFor();
    await byTestId(page, 'lang-switch').click();
    await page.waitForFunction(() => document.documentElement.lang.startsWith('en'));
    expect(await byTestId(page, 'headline-distribution').innerText()).toMatch(/distribution/i);
    await page.reload();
    await byTestId(page, 'headline-distribution').waitFor();
    expect(await page.getAttribute('html', 'lang')).toMatch(/^en/);
    await page.context().close();
  });

  it('offers each chart as a table', async () => {
    const { page } = await product.open();
    await page.goto(`${product.url}/?${year2024}`);
    const trend = byTestId(page, 'trend');
    await trend.locator('[data-testid="chart-table-toggle"]').click();
    await trend.locator('table').waitFor();
    expect(await trend.locator('tbody tr').count()).toBeGreaterThanOrEqual(12);
    await page.context().close();
  });

  it('has no barrier that axe finds, and no sideways scroll on a dark phone', async () => {
    const { page } = await product.open(360);
    await page.emulateMedia({ colorScheme: 'dark' });
    for (const path of [`/?${year2024}`, `/belts/B001?${year2024}`, '/data']) {
      await page.goto(`${product.url}${path}`);
      await page.waitForLoadState('networkidle');
      expect({ path, found: await violations(page) }).toEqual({ path, found: [] });
      expect({ path, overflow: await overflow(page) }).toEqual({ path, overflow: 0 });
    }
    await page.context().close();
  });

  it('can be reached by keyboard: skip link first, then everything', async () => {
    const { page } = await product.open();
    await page.goto(`${product.url}/?${year2024}`);
    await byTestId(page, 'headline-custom').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toMatch(/^#/);
    const reached = new Set<string>();
    for (let presses = 0; presses < 80; presses++) {
      await page.keyboard.press('Tab');
      const id = await page.evaluate(
        () => document.activeElement?.closest('[data-testid]')?.getAttribute('data-testid') ?? '',
      );
      if (id) reached.add(id);
    }
    expect([...reached]).toEqual(expect.arrayContaining(['lang-switch', 'theme-switch', 'period-from']));
    expect([...reached].some((id) => id.startsWith('headline-custom'))).toBe(true);
    await page.context().close();
  });
});

describe('the belt page', () => {
  it('shows the split by combination, and takes, keeps and removes a note', async () => {
    const { page, faults } = await product.open();
    await page.goto(`${product.url}/belts/B001?${year2024}`);
    await byTestId(page, 'combination').locator('canvas, svg').first().waitFor();
    const notes = byTestId(page, 'annotations');
    await notes.getByRole('button').first().click();
    const dialog = page.getByRole('dialog');
    await dialog
      .locator('textarea, input[type="text"], input:not([type])')
      .last()
      .fill('义乌试点开始 <b>pilot</b>');
    await dialog.locator('input[type="date"]').first().fill('2024-05-01');
    await dialog.locator('button[type="submit"]').click();
    await notes.getByText('义乌试点开始 <b>pilot</b>').waitFor();
    await page.reload();
    await byTestId(page, 'annotations').getByText('义乌试点开始 <b>pilot</b>').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('says that a belt is unknown', async () => {
    const { page } = await product.open();
    await page.goto(`${product.url}/belts/${encodeURIComponent("B'; DROP")}?${year2024}`);
    await byTestId(page, 'panel-error').first().waitFor();
    await page.context().close();
  });
});

describe('the data page', () => {
  it('shows loads, their reconciliation, and rejected rows with file, line and raw text', async () => {
    const { page, faults } = await product.open();
    await page.goto(`${product.url}/data?source=demo`);
    await byTestId(page, 'load-row').first().waitFor();
    if (!(await byTestId(page, 'reconciliation').isVisible()))
      await byTestId(page, 'load-row').first().locator('a, button').first().click();
    await byTestId(page, 'reconciliation').first().waitFor();
    await byTestId(page, 'reject-row').first().waitFor();
    expect(await byTestId(page, 'reject-row').first().innerText()).toMatch(/orders-20\d\d-\d\d\.csv/);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('says once that there is no such load, and offers no second try of what cannot help', async () => {
    const { page } = await product.open();
    await page.goto(`${product.url}/data?source=demo&load=999`);
    await byTestId(page, 'load-detail').locator('[data-testid="panel-error"]').waitFor();
    await page.waitForLoadState('networkidle');
    expect(await byTestId(page, 'panel-error').count()).toBe(1);
    expect(await page.getByRole('button', { name: '重试' }).count()).toBe(0);
    await byTestId(page, 'load-row').first().click();
    await byTestId(page, 'rejects').waitFor();
    await byTestId(page, 'panel-error').waitFor({ state: 'detached' });
    await page.context().close();
  });
});

describe('an outage', () => {
  it('is shown as an outage with a way to try again, never as an empty chart', async () => {
    const { page } = await product.open();
    let broken = true;
    await page.route('**/api/v1/series**', (route) =>
      broken
        ? route.fulfill({
            status: 503,
            contentType: 'application/problem+json',
            body: JSON.stringify({
              type: 'about:blank',
              title: 'The engine does not answer',
              status: 503,
              code: 'engine-unavailable',
              detail: 'Try again in a moment.',
              requestId: 'r-1',
            }),
          })
        : route.continue(),
    );
    await page.goto(`${product.url}/?${year2024}`);
    const error = byTestId(page, 'trend').locator('[data-testid="panel-error"]');
    await error.waitFor();
    expect(await error.innerText()).toContain('r-1');
    expect(await error.innerText()).toContain('订单不会因此丢失');
    // What the API says of it is English: there for who opens it, and not in the way of a Chinese reader.
    expect(await error.getByText('Try again in a moment.').isVisible()).toBe(false);
    await error.locator('summary').click();
    await error.getByText('Try again in a moment.').waitFor();
    expect(await byTestId(page, 'trend').locator('canvas').count()).toBe(0);
    broken = false;
    await error.getByRole('button').click();
    await byTestId(page, 'trend').locator('canvas, svg').first().waitFor();
    await page.context().close();
  });

  it('says once what keeps all panels from their figures', async () => {
    const { page } = await product.open();
    await page.route(/api\/v1\/(growth|recovery|breadth|concentration|contributions|series)/, (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({ status: 503, code: 'figures-damaged', title: 'Damaged', detail: 'batch 3' }),
      }),
    );
    await page.goto(`${product.url}/?${year2024}`);
    await byTestId(page, 'page-problem').getByText('已存数据有缺损').waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.getByRole('alert').count()).toBe(1);
    await byTestId(page, 'page-problem').getByText('不会当作零').waitFor();
    expect(await page.getByText('batch 3').filter({ visible: true }).count()).toBe(0);
    await page.context().close();
  });
});
