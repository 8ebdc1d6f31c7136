/** The door as people meet it: each kind of user comes in, does their work, tries what is not theirs, and leaves nothing behind. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnnotationsAnswer } from '@beltline/contract';
import type { Page } from 'playwright-core';
import { violations } from './axe.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();

async function enterAs(page: Page, name: string, path = '/'): Promise<void> {
  await page.goto(`${product.url}${path}`);
  await page.locator(`[data-demo-user="${name}"]`).click();
  await byTestId(page, 'account').waitFor();
}
const menuOf = async (page: Page) => page.locator('header nav a').allInnerTexts();
/** What the API says to the page's own session, asked from within the page. */
const statusOf = (page: Page, path: string) =>
  page.evaluate(async (asked) => (await fetch(`/api/v1${asked}`)).status, path);
const GROWTH = '/growth?source=demo&from=2024-01&to=2024-02';

it('nobody sees the sign-in page and no figure, wherever they begin', async () => {
  const { page, faults } = await product.openSignedOut();
  for (const path of ['/', '/belts/B001', '/data', '/definitions', '/no/such/page']) {
    await page.goto(`${product.url}${path}`);
    await byTestId(page, 'sign-in').waitFor();
    expect(await page.locator('nav, .panel, canvas').count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe(path);
  }
  await byTestId(page, 'demo-users').getByText('演示', { exact: true }).waitFor();
  expect(await statusOf(page, GROWTH)).toBe(401);
  expect(faults).toEqual([]);
  await page.context().close();
});

it.each([
  [
    'demo-strategist',
    ['总览', '产业带', '比较', '全国复苏', '恢复时钟', '数据质量', '地区月报', '报告', '数据', '方法'],
    200,
    403,
  ],
  ['demo-engineer', ['数据', '方法'], 403, 200],
  ['demo-official-zhejiang', ['地区月报', '报告'], 403, 403],
  ['demo-official-guangdong', ['地区月报', '报告'], 403, 403],
  ['demo-merchant-1', ['我的位置'], 403, 403],
  ['demo-merchant-2', ['我的位置'], 403, 403],
])('%s has the menu %j and what belongs to it', async (name, menu, figures, loads) => {
  const { page, faults } = await product.openSignedOut(360);
  await enterAs(page, name);
  expect(await menuOf(page)).toEqual(menu);
  expect([await statusOf(page, GROWTH), await statusOf(page, '/loads?source=demo')]).toEqual([
    figures,
    loads,
  ]);
  if (figures === 403) {
    await page.goto(`${product.url}/belts/B001`);
    await byTestId(page, 'not-yours').getByRole('link').click();
    // The page that is left has a heading too, so its own mark says when it is gone.
    await byTestId(page, 'not-yours').waitFor({ state: 'detached' });
    await page.locator('h1').waitFor();
    expect(await page.locator('canvas').count()).toBe(0);
  } else {
    await byTestId(page, 'headline-all-gmv').waitFor();
  }
  expect(faults).toEqual([]);
  await page.context().close();
});

it('signing in leads where somebody wanted to go', async () => {
  const { page } = await product.openSignedOut();
  await enterAs(page, 'demo-strategist', '/belts/B001?from=2024-01&to=2024-06');
  await page.locator('h1', { hasText: '义乌' }).waitFor();
  expect(page.url()).toContain('/belts/B001?from=2024-01&to=2024-06');
  await page.context().close();
});

it('after signing out nothing comes back: not by Back, not in another tab, not by the next user', async () => {
  const { page } = await product.openSignedOut();
  await enterAs(page, 'demo-strategist');
  await byTestId(page, 'headline-all-gmv').waitFor();
  await page.goto(`${product.url}/recovery`);
  await page.locator('.panel').first().waitFor();
  const other = await page.context().newPage();
  await other.goto(`${product.url}/quality`);
  await other.locator('.panel').first().waitFor();

  await byTestId(page, 'sign-out').click();
  for (const tab of [page, other]) {
    await byTestId(tab, 'sign-in').waitFor();
    expect(await tab.locator('.panel').count()).toBe(0);
  }
  await page.goBack();
  await byTestId(page, 'sign-in').waitFor();
  expect(await page.locator('.panel').count()).toBe(0);

  await page.locator('[data-demo-user="demo-official-zhejiang"]').click();
  for (const tab of [page, other]) {
    await byTestId(tab, 'account').getByText('浙江省官员').waitFor({ state: 'attached' });
    // Their own page may still be asking what there is; of the strategist's nothing stays.
    await tab.waitForFunction(() => document.querySelectorAll('.panel').length === 0);
  }
  await page.context().close();
});

it('a session that has ended is noticed by whatever is asked next', async () => {
  const { page } = await product.openSignedOut();
  await enterAs(page, 'demo-strategist');
  await byTestId(page, 'headline-all-gmv').waitFor();
  await page.context().clearCookies();
  // A panel may ask first.
  await page
    .locator('header nav a')
    .nth(1)
    .click({ timeout: 2_000 })
    .catch(() => undefined);
  await byTestId(page, 'sign-in').waitFor();
  await page.context().close();
});

it('a wrong password is said, in either language, and by keyboard alone one gets in', async () => {
  const { page } = await product.openSignedOut(360);
  await page.goto(`${product.url}/?lang=en`);
  await page.getByLabel('Name', { exact: true }).fill('tester');
  await page.getByLabel('Password', { exact: true }).fill('not-the-password');
  await page.keyboard.press('Enter');
  await byTestId(page, 'sign-in-error').getByText('wrong').waitFor();
  expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('password');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: /Strategist/ }).focus();
  await page.keyboard.press('Enter');
  await byTestId(page, 'sign-out').waitFor();
  await page.context().close();
});

it('does not say that nobody is signed in where the server does not answer', async () => {
  const { page } = await product.openSignedOut();
  await page.route('**/api/v1/session', (route) => route.abort());
  await page.goto(product.url);
  await page.locator('[data-testid="session-gate"][data-state="failed"]').waitFor();
  await page.unroute('**/api/v1/session');
  await byTestId(page, 'sign-in').waitFor();
  await page.context().close();
});

it('a page on another port of this machine, which a browser takes for one site with ours, writes nothing', async () => {
  const target = `${product.url}/api/v1`;
  const note = { source: 'demo', beltId: null, kind: 'other', day: '2024-01-01', text: 'slipped in' };
  const fields = (name: string, value: string) =>
    `<input name='${name.replaceAll("'", '&#39;')}' value='${value}'>`;
  // A form whose only field makes its body read as JSON, and one in a frame that has no origin.
  const text = JSON.stringify(note).slice(0, -2);
  const form = `<form method=post enctype=text/plain action="${target}/annotations">${fields(text, '"}')}</form>`;
  const framed = `${form}<script>document.forms[0].submit()</script>`.replaceAll('"', '&quot;');
  const evil = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(
      `<title>evil</title>${form}<iframe sandbox="allow-scripts allow-forms" srcdoc="${framed}"></iframe>`,
    );
  }).listen(0, '127.0.0.1');
  await once(evil, 'listening');
  const { page } = await product.open();
  try {
    const written: [string, number, boolean][] = [];
    page.on('response', async (response) => {
      const request = response.request();
      if (!request.url().startsWith(target) || request.method() === 'OPTIONS') return;
      const { cookie } = await request.allHeaders().catch(() => ({ cookie: undefined })); // its frame may be gone already
      written.push([request.method(), response.status(), cookie !== undefined]);
    });
    const here = `http://127.0.0.1:${(evil.address() as AddressInfo).port}`;
    await page.goto(here);
    await page.evaluate(
      async ([url, body]) => {
        const simple = { mode: 'no-cors', credentials: 'include' } as const;
        await fetch(`${url}/annotations`, { method: 'POST', body, ...simple }).catch(() => undefined);
        // These need leave, which nobody gives.
        const json = { 'content-type': 'application/json' };
        await fetch(`${url}/annotations`, {
          method: 'POST',
          headers: json,
          body,
          credentials: 'include',
        }).catch(() => undefined);
        await fetch(`${url}/session`, { method: 'DELETE', credentials: 'include' }).catch(() => undefined);
      },
      [target, JSON.stringify(note)] as const,
    );
    await page.locator('form').evaluate((one: HTMLFormElement) => one.submit());
    await page.waitForURL(`${target}/annotations`);
    for (let tries = 0; written.length < 3 && tries < 50; tries++) await sleep(100);
    expect(new Set(written.map(([method, status]) => `${method} ${status}`))).toEqual(new Set(['POST 403']));
    // The cookie came along: what refused them is not that nobody was signed in.
    expect(written.some(([, , hasCookie]) => hasCookie)).toBe(true);
    const { annotations } = await product.asked<AnnotationsAnswer>('/annotations?source=demo');
    expect(annotations.filter((one) => one.text.startsWith('slipped'))).toEqual([]);
    await page.goto(product.url);
    await byTestId(page, 'headline-all-gmv').waitFor();
  } finally {
    evil.close();
    await page.context().close();
  }
});
