/** Pages on paper and at the widths of a desk, a tablet and a phone: nothing cut, nothing blank, nothing missing. */
import type { SourcesAnswer } from '@beltline/contract';
import type { Page } from 'playwright-core';
import { overflow } from './axe.ts';
import { holdBack } from './hold-back.ts';
import { printedPages } from './printed-pages.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();

/** Panels whose content is wider than they are; what scrolls inside a box of its own is none. */
const cutPanels = (page: Page) =>
  page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLElement>('.panel'))
      .filter((panel) => panel.scrollWidth > panel.clientWidth + 1)
      .map((panel) => panel.innerText.slice(0, 30)),
  );
/** Pixels of the widest panel table that are cut off in its scrolling box. */
const hiddenIn = (page: Page, panel: string) =>
  byTestId(page, panel)
    .locator('.table-scroll')
    .last()
    .evaluate((box) => box.scrollWidth - box.clientWidth);
const settled = async (page: Page) => {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
};

it.each([
  [1440, 'zh-CN'],
  [1440, 'en'],
  [768, 'zh-CN'],
  [768, 'en'],
  [360, 'zh-CN'],
  [360, 'en'],
])('no page is wider than its window, nor a panel than its frame (%i px, %s)', async (width, lang) => {
  const { page, faults } = await product.open(width);
  for (const path of [
    '/',
    '/belts',
    '/compare?areas=belt:B001,belt:B002,nation',
    '/belts/B001',
    '/areas/province/浙江省',
    '/recovery',
    '/clock',
    '/data',
  ]) {
    await page.goto(`${product.url}${path}${path.includes('?') ? '&' : '?'}source=demo&lang=${lang}`);
    await settled(page);
    expect({ path, overflow: await overflow(page) }).toEqual({ path, overflow: 0 });
    expect({ path, cut: await cutPanels(page) }).toEqual({ path, cut: [] });
    // The last column says whether value is more concentrated than before.
    if (width === 1440 && path === '/') expect(await hiddenIn(page, 'concentration')).toBe(0);
  }
  expect(faults).toEqual([]);
  await page.context().close();
});

it.each([
  [768, 'zh-CN'],
  [480, 'en'],
  [360, 'zh-CN'],
  [360, 'en'],
])('the names of several sources make no page wider (%i px, %s)', async (width, lang) => {
  const { page } = await product.open(width);
  await page.route('**/api/v1/sources', async (route) => {
    const { sources } = (await (await route.fetch()).json()) as SourcesAnswer;
    const name = { zh: '华东与华南各分销平台合并订单', en: 'Orders of all distribution platforms together' };
    await route.fulfill({
      json: { sources: sources.flatMap((one) => [one, { ...one, source: 'other', name }]) },
    });
  });
  for (const path of ['/data?source=demo', '/account?source=other']) {
    await page.goto(`${product.url}${path}&lang=${lang}`);
    await settled(page);
    expect({ path, overflow: await overflow(page) }).toEqual({ path, overflow: 0 });
  }
  await page.context().close();
});

/** Whether the growth of the first row stands whole in its scrolling box, before anyone scrolls. */
const growthIsSeen = (page: Page, panel: string) =>
  byTestId(page, panel)
    .locator('.table-scroll')
    .last()
    .evaluate((box) => {
      const growth = box.querySelector('tbody .growth')?.getBoundingClientRect();
      return growth !== undefined && growth.right <= box.getBoundingClientRect().right;
    });

it.each(['zh-CN', 'en'])(
  'on a phone a row shows what it is read for without scrolling (%s)',
  async (lang) => {
    const { page } = await product.open(360);
    await page.goto(`${product.url}/?source=demo&lang=${lang}`);
    await settled(page);
    expect(await growthIsSeen(page, 'ranking')).toBe(true);
    if (lang === 'zh-CN') expect(await growthIsSeen(page, 'states')).toBe(true);
    expect(await hiddenIn(page, 'concentration')).toBe(0);
    await page.context().close();
  },
);

it('says that columns are out of sight to the right, until they are scrolled into it; the name stays', async () => {
  const { page } = await product.open(360);
  await page.goto(`${product.url}/?source=demo`);
  await settled(page);
  const table = byTestId(page, 'states').locator('.data-table');
  const isShaded = () => table.evaluate((one) => getComputedStyle(one, '::after').content !== 'none');
  expect(await table.locator('.hint').innerText()).toContain('右侧还有几列');
  expect(await isShaded()).toBe(true);
  const left = (column: string) =>
    table
      .locator(column)
      .first()
      .evaluate((cell) => cell.getBoundingClientRect().left);
  const [nameBefore, nextBefore] = [await left('tbody th'), await left('tbody td')];
  await table.locator('.table-scroll').evaluate((box) => box.scrollTo({ left: box.scrollWidth }));
  await page.waitForFunction(() => document.querySelector('[data-testid="states"] .goes-on') === null);
  expect(await isShaded()).toBe(false);
  expect(await left('tbody th')).toBe(nameBefore);
  expect(await left('tbody td')).toBeLessThan(nextBefore);
  await page.context().close();
});

it('names of areas are not broken beside the reasons of their states (768 px)', async () => {
  const { page } = await product.open(768);
  await page.goto(`${product.url}/?source=demo&state=too-little-data`);
  await settled(page);
  const lines = await byTestId(page, 'states')
    .locator('tbody th a')
    .evaluateAll((names) => names.map((name) => name.getClientRects().length));
  expect(lines.length).toBeGreaterThan(5);
  expect(Math.max(...lines)).toBe(1);
  await page.context().close();
});

it.each(['/belts/B001', '/', '/recovery', '/areas/province/浙江省'])(
  '%s: no line of a printed head stands on another',
  async (path) => {
    const { page } = await product.open(1440);
    await page.goto(`${product.url}${path}?source=demo`);
    await settled(page);
    await page.emulateMedia({ media: 'print' });
    const overlap = await byTestId(page, 'as-of')
      .first()
      .evaluate((line) => {
        const above = line.previousElementSibling?.getBoundingClientRect().bottom ?? NaN;
        return above - line.getBoundingClientRect().top;
      });
    expect(overlap).toBeLessThanOrEqual(0.5);
    await page.context().close();
  },
);

it.each(['/belts/B001', '/'])('%s: a print begins on its first sheet, and is bounded', async (path) => {
  const { page } = await product.open(1440);
  await page.goto(`${product.url}${path}?source=demo`);
  await settled(page);
  const sheets = printedPages(await page.pdf({ preferCSSPageSize: true }));
  expect(sheets.length).toBeGreaterThan(1);
  // Of a belt eleven since rates of tracks, margins and splits have their intervals beside them.
  expect(sheets.length).toBeLessThanOrEqual(path === '/' ? 9 : 11);
  // A heading alone draws some 3 kB; a sheet with a panel on it several times that.
  expect(sheets[0]).toBeGreaterThan(12_000);
  await page.context().close();
});

it('on paper the months of states stand beside each other, as on the screen', async () => {
  const { page } = await product.open(1440);
  await page.goto(`${product.url}/?source=demo`);
  await settled(page);
  const history = byTestId(page, 'state-history');
  const height = async () => (await history.boundingBox())?.height ?? NaN;
  const onScreen = await height();
  await page.emulateMedia({ media: 'print' });
  expect(await height()).toBeLessThan(onScreen + 20);
  await page.context().close();
});

it('on paper nothing that leads to a figure ends a sheet', async () => {
  const { page } = await product.open(1440);
  await page.goto(`${product.url}/belts/B001?source=demo`);
  await settled(page);
  await page.emulateMedia({ media: 'print' });
  const loose = await page.locator('.why > :is(h2, p), .panel .head, .panel p').evaluateAll((leads) =>
    leads
      .filter(
        (lead) => lead.checkVisibility() && /^(DIV|FIGURE)$/.test(lead.nextElementSibling?.tagName ?? ''),
      )
      .filter((lead) => lead.closest('.tile, .chart, [role=alert]') === null)
      .filter((lead) => getComputedStyle(lead).breakAfter !== 'avoid')
      .map((lead) => lead.textContent?.slice(0, 30)),
  );
  expect(loose).toEqual([]);
  await page.context().close();
});

it.each(['zh-CN', 'en'])('a reason instead of a rate stands whole in its card (320 px, %s)', async (lang) => {
  const { page } = await product.open(320);
  // The running month: its merchants are not counted.
  await page.goto(`${product.url}/?source=demo&lang=${lang}&from=2025-02&to=2025-02`);
  await settled(page);
  const cards = page.locator('[data-testid^="headline-"]:is(tr)');
  expect(await cards.locator('.badge').count()).toBeGreaterThan(0);
  const cut = await cards.evaluateAll((all) =>
    all.filter((card) => card.scrollWidth > card.clientWidth).map((card) => card.dataset['testid']),
  );
  expect(cut).toEqual([]);
  await page.context().close();
});

it('a sheet says where it comes from: address with its period, data version, day', async () => {
  const { page } = await product.open(1440);
  await page.goto(`${product.url}/belts/B001?source=demo&track=distribution`);
  await settled(page);
  expect(await byTestId(page, 'print-head').isVisible()).toBe(false);
  await page.emulateMedia({ media: 'print' });
  const head = await byTestId(page, 'print-head').innerText();
  expect(head).toContain(
    `${product.url}/belts/B001?source=demo&track=distribution&from=2024-01&to=2024-12&comparison=year-ago`,
  );
  expect(head).toMatch(/数据版本 1，发布于 \d{4}年/);
  expect(head).toMatch(/打印于 \d{4}年\d+月\d+日/);
  expect(head).not.toMatch(/尚未载入完毕/);
  // And at the foot of every sheet.
  const foot = await page.evaluate(() =>
    document.adoptedStyleSheets
      .flatMap(({ cssRules }) => Array.from(cssRules, ({ cssText }) => cssText))
      .join(' '),
  );
  expect(foot).toMatch(
    /@bottom-left.*belts\/B001\?source=demo&track=distribution&from=2024-01.*数据版本 1.*打印于/,
  );
  await page.context().close();
});

it.each([
  ['demo-merchant-1', '/standing'],
  ['demo-merchant-1', '/standing/definitions'],
  ['demo-official-zhejiang', '/region'],
  ['demo-official-zhejiang', '/reports?lang=en'],
  ['demo-engineer', '/account'],
])(
  'of %s each sheet of %s, which is of no source, says its address and its day, and none is blank',
  async (name, path) => {
    const { page } = await product.openSignedOut(1440);
    await page.goto(product.url);
    await page.locator(`[data-demo-user="${name}"]`).click();
    // The page on which one signs in has a heading too.
    await byTestId(page, 'account').waitFor({ state: 'attached' });
    await page.goto(`${product.url}${path}#here`);
    await page.locator('main h1').first().waitFor();
    // The first page of a merchant waits for the groups of the quarter.
    await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null, null, {
      timeout: 120_000,
    });
    const sheets = printedPages(await page.pdf({ preferCSSPageSize: true }));
    expect(Math.min(...sheets)).toBeGreaterThan(3_000);
    await page.emulateMedia({ media: 'print' });
    const head = await byTestId(page, 'print-head').innerText();
    expect(head).toContain(`${product.url}${path}`);
    expect(head).not.toContain('#here');
    expect(head).toMatch(/打印于 \d{4}年\d+月\d+日|Printed (on )?\d+ \w{3} \d{4}/i);
    const foot = await page.evaluate(() =>
      document.adoptedStyleSheets
        .flatMap(({ cssRules }) => Array.from(cssRules, ({ cssText }) => cssText))
        .join(' '),
    );
    expect(foot).toContain(`${product.url}${path}`);
    await page.context().close();
  },
);

it.each([1440, 360])(
  'charts are drawn anew at the width of paper, and again for the screen (%i px)',
  async (width) => {
    const { page } = await product.open(width);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(`${product.url}/belts/B001?source=demo`);
    await settled(page);
    const widths = () =>
      page.locator('.chart canvas').evaluateAll((all) => [...new Set(all.map((one) => one.clientWidth))]);
    const before = await widths();
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    // Without a frame in between: the browser takes its picture at once.
    expect(await widths()).toEqual([672]);
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light');
    await page.setViewportSize({ width: 703, height: 1000 });
    await page.emulateMedia({ media: 'print' });
    // No name of a row is broken into single characters.
    const narrowest = await page
      .locator('[data-testid^="headline-"] > th')
      .evaluateAll((all) => Math.min(...all.map((one) => one.clientWidth)));
    expect(narrowest).toBeGreaterThan(100);
    expect(await overflow(page)).toBe(0);
    await page.emulateMedia({ media: 'screen' });
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await page.waitForTimeout(400);
    expect((await widths()).sort()).toEqual(before.sort());
    await page.context().close();
  },
);

it('the print view waits for every panel; a print in haste says that it is not whole', async () => {
  const { page } = await product.open(1440);
  await page.addInitScript(() => {
    window.print = () => {
      document.body.dataset['printed'] = String(document.querySelector('[aria-busy="true"]') === null);
    };
  });
  const letGo = await holdBack(page, /\/breadth\?/);
  await page.goto(`${product.url}/?source=demo`);
  await byTestId(page, 'headline-all').waitFor();
  await byTestId(page, 'print').click();
  await page.waitForTimeout(800);
  expect(await page.locator('body').getAttribute('data-printed')).toBeNull();
  await page.emulateMedia({ media: 'print' });
  expect(await byTestId(page, 'print-head').innerText()).toMatch(/尚未载入完毕/);
  await page.emulateMedia({ media: 'screen' });
  letGo();
  await page.waitForSelector('body[data-printed]');
  expect(await page.locator('body').getAttribute('data-printed')).toBe('true');
  await page.context().close();
});
