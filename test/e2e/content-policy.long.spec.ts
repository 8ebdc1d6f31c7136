/**
 * The content policy in a real browser: every page, a tooltip, dialogs, a sheet of paper and both themes come without a style or a script
 * in markup, and one that is slipped in is refused. What the policy refuses is among the faults of a page (browser.ts).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
}

/** The policy as the browser gets it, by directive. */
async function policyOf(path: string): Promise<Map<string, string>> {
  const policy = (await fetch(`${product.url}${path}`)).headers.get('content-security-policy') ?? '';
  return new Map(policy.split(';').map((one) => one.trim().split(/ (.*)/s).slice(0, 2) as [string, string]));
}

it.each(['/', '/assets/none.js', '/api/v1/health', '/api/v1/nothing'])(
  '%s allows nothing inline',
  async (path) => {
    const policy = await policyOf(path);
    expect([...policy.values()].join(' ')).not.toMatch(/unsafe-|data:|https?:|\*/);
    expect([policy.get('default-src'), policy.get('style-src'), policy.get('frame-ancestors')]).toEqual([
      "'self'",
      "'self'",
      "'none'",
    ]);
  },
);

it('the page that is built holds no style and no script of its own', async () => {
  const html = await (await fetch(`${product.url}/`)).text();
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/i);
  for (const [, attributes = ''] of html.matchAll(/<script([^>]*)>/g))
    expect(attributes).toContain('src="/assets/');
});

const FIGURES = [
  '/',
  '/belts/B001',
  '/areas/province/浙江省',
  '/recovery',
  '/clock',
  '/quality',
  '/data',
  '/definitions',
  '/account',
  '/home',
  '/no/such/page',
];

it.each(['light', 'dark'] as const)(
  'no page of figures breaks the policy, on the screen or on paper (%s)',
  async (theme) => {
    const { page, faults } = await product.open();
    await page.emulateMedia({ colorScheme: theme });
    for (const path of FIGURES) {
      await page.goto(`${product.url}${path}?source=demo&lang=${theme === 'dark' ? 'en' : 'zh-CN'}`);
      await settled(page);
      await page.pdf(); // fires what a page does before it is printed
      expect([path, faults]).toEqual([path, []]);
    }
    await page.context().close();
  },
);

it('neither do tooltips and dialogs', async () => {
  const { page, faults } = await product.open();
  await page.goto(`${product.url}/belts/B001?source=demo`);
  await settled(page);
  const charts = page.locator('.chart canvas');
  const shown: number[] = [];
  for (const chart of await charts.all()) {
    await chart.scrollIntoViewIfNeeded();
    const box = await chart.boundingBox();
    if (box === null) continue;
    // Across the middle, so that also a chart with few marks is met at one.
    for (const share of [0.3, 0.5, 0.7])
      await page.mouse.move(box.x + box.width * share, box.y + box.height * 0.5);
    const tooltip = page.locator('.chart-tooltip:visible');
    await tooltip
      .first()
      .waitFor({ timeout: 2_000 })
      .catch(() => undefined);
    shown.push(await tooltip.count());
  }
  expect(shown.filter((count) => count > 0).length).toBeGreaterThan(2);
  await byTestId(page, 'annotation-add').click();
  await byTestId(page, 'note-save').waitFor();
  await page.keyboard.press('Escape');
  await page.goto(`${product.url}/account`);
  await byTestId(page, 'token-add').click();
  await byTestId(page, 'token-make').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it('nor the pages of administration, and the sign-in', async () => {
  const { page, faults } = await product.openAsAdministrator();
  await page.goto(`${product.url}/users`);
  await byTestId(page, 'user-row').first().waitFor();
  await byTestId(page, 'user-add').click();
  await byTestId(page, 'user-save').waitFor();
  await page.goto(`${product.url}/audit`);
  await byTestId(page, 'audit-row').first().waitFor();
  const { page: door, faults: atTheDoor } = await product.openSignedOut();
  for (const path of ['/', '/welcome']) {
    await door.goto(`${product.url}${path}`);
    await settled(door);
  }
  expect([faults, atTheDoor]).toEqual([[], []]);
  for (const opened of [page, door]) await opened.context().close();
});

it('what is slipped into a page is refused: the policy is in force, and would be seen to be broken', async () => {
  const { page, faults } = await product.open();
  await page.goto(`${product.url}/definitions`);
  await settled(page);
  await page.evaluate(() => {
    const markup = document.createElement('div');
    markup.innerHTML =
      '<p id="slipped" style="color: rgb(1, 2, 3)">x</p><style>#slipped { margin-top: 77px }</style><img src="/none" onerror="window.hit = 1">';
    document.body.append(markup);
    const script = document.createElement('script');
    script.textContent = 'window.hit = 2';
    document.body.append(script);
  });
  const directives = ['style-src-attr', 'style-src-elem', 'script-src-attr', 'script-src-elem'];
  const unseen = () =>
    directives.filter((one) => !faults.some((fault) => fault.includes(`content policy: ${one}`)));
  for (let tries = 0; unseen().length > 0 && tries < 50; tries++) await sleep(100);
  const looks = await page.evaluate(() => {
    const { color, marginTop } = getComputedStyle(document.querySelector('#slipped') as Element);
    return { color, marginTop, hit: (window as { hit?: number }).hit ?? 0 };
  });
  expect(looks.color).not.toBe('rgb(1, 2, 3)');
  expect(looks.marginTop).not.toBe('77px');
  expect(looks.hit).toBe(0);
  expect(unseen()).toEqual([]);
  await page.context().close();
});
