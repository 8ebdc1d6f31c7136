/** A page that stays open while data are loaded under it, and while its server is away. */
import type { Page } from 'playwright-core';
import { openPage } from './browser.ts';
import { holdAnswers } from './hold-back.ts';
import { api, browser, comesBack, publish, version, way } from './new-data-kit.ts';
import { byTestId } from './product-in-browser.ts';

const versionsOf = (page: Page) =>
  page.evaluate(() => {
    const notes = Array.from(document.querySelectorAll('.panel .vintage'));
    return [...new Set(notes.map(({ textContent }) => /数据版本 ?(\d+)/.exec(textContent)?.[1]))];
  });

/** Watches every change of the page for figures of two versions side by side. */
async function watchForTwo(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { twoVersions: seen });
    new MutationObserver(() => {
      const notes = Array.from(document.querySelectorAll('.panel .vintage'), (note) => note.textContent);
      const versions = new Set(notes.map((text) => /数据版本 ?(\d+)/.exec(text)?.[1]));
      if (versions.size > 1) seen.push([...versions].join(' and '));
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => (window as unknown as { twoVersions: string[] }).twoVersions);
}

it.each(['/', '/belts/ke', '/recovery'])('%s ends on the new version in every panel', async (path) => {
  const { page, faults } = await openPage(browser, way.url, undefined, api.cookie);
  await page.goto(`${way.url}${path}?source=golden`);
  await page.locator('.panel .vintage').first().waitFor();
  await page.waitForLoadState('networkidle');
  expect(await versionsOf(page)).toEqual([String(version)]);
  const twoSeen = await watchForTwo(page);
  // One panel has its answer of the old version on the way while the load is published.
  const letGo = await holdAnswers(page, /\/series\?/);
  await byTestId(page, 'track-select').selectOption('wholesale');
  await publish();
  await page.waitForTimeout(2_500);
  await comesBack(page);
  await page
    .locator('.panel .vintage')
    .getByText(new RegExp(`数据版本 ?${version}`))
    .first()
    .waitFor();
  letGo();
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('.panel[aria-busy="true"]') === null);
  expect(await versionsOf(page)).toEqual([String(version)]);
  expect(await byTestId(page, 'panel-error').count()).toBe(0);
  expect(await twoSeen()).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
});

const PROVINCE = `/areas/province/${encodeURIComponent('浙江省')}`;

it.each(['/clock', '/quality', '/definitions', '/data', PROVINCE])(
  '%s asks all of its questions of the new version, and shows no other',
  async (path) => {
    const { page, faults } = await openPage(browser, way.url, undefined, api.cookie);
    const asked = new Set<string>();
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url());
      if (pathname.startsWith('/api/')) asked.add(pathname + search);
    });
    await page.goto(`${way.url}${path}?source=golden`);
    await page.locator('main h1').first().waitFor();
    await page.waitForLoadState('networkidle');
    const before = [...asked].filter((one) => !/\/(session|definitions)\b/.test(one));
    const twoSeen = await watchForTwo(page);
    await publish();
    await page.waitForTimeout(2_500);
    asked.clear();
    await comesBack(page);
    await expect.poll(() => before.filter((one) => !asked.has(one)), { timeout: 20_000 }).toEqual([]);
    await page.waitForLoadState('networkidle');
    await page.waitForFunction(() => document.querySelector('.panel[aria-busy="true"]') === null);
    expect((await versionsOf(page)).filter((one) => one !== String(version))).toEqual([]);
    if (path === '/data') await page.getByText(String(version), { exact: true }).first().waitFor();
    // Of versions that were put there without a load there is no lineage, and its panel says so.
    expect(await byTestId(page, 'panel-error').count()).toBe(path === '/data' ? 1 : 0);
    expect(await twoSeen()).toEqual([]);
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

it.each(['/belts/ke', PROVINCE])('%s: a note that is being written is not lost to a load', async (path) => {
  const { page, faults } = await openPage(browser, way.url, undefined, api.cookie);
  await page.goto(`${way.url}${path}?source=golden`);
  await byTestId(page, 'annotation-add').click();
  await byTestId(page, 'note-text').fill('写了很久');
  await publish();
  await page.waitForTimeout(2_500);
  const asked = page.waitForResponse(/\/growth\?/);
  await comesBack(page);
  await asked;
  await page.waitForLoadState('networkidle');
  expect(await versionsOf(page)).toEqual([String(version)]);
  expect(await byTestId(page, 'note-text').inputValue()).toBe('写了很久');
  await byTestId(page, 'note-save').click();
  await byTestId(page, 'annotation').getByText('写了很久').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it('lists a source, and a month, that are new to an open page', async () => {
  const { page, faults } = await openPage(browser, way.url, undefined, api.cookie);
  await page.goto(`${way.url}/?source=golden`);
  await byTestId(page, 'headline-all-gmv').waitFor();
  const listed = (list: string) => byTestId(page, list).locator('option');
  expect(await listed('source-select').count()).toBe(1);
  expect(await listed('period-to').getByText('2025年1月').count()).toBe(0);

  await publish({ source: 'second', months: 24, lastDay: '2023-12-31' });
  await page.waitForTimeout(2_500);
  await comesBack(page);
  await listed('source-select').nth(1).waitFor({ state: 'attached' });

  await publish({ months: 37, lastDay: '2025-01-31' });
  await page.waitForTimeout(5_500);
  await comesBack(page);
  await listed('period-to').getByText('2025年1月').first().waitFor({ state: 'attached' });
  await listed('month-select').getByText('2025年1月').first().waitFor({ state: 'attached' });
  await byTestId(page, 'source-select').selectOption('second');
  await page.waitForURL(/source=second/);
  await byTestId(page, 'headline-all-gmv').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it('keeps what it shows while the server is away, says so, and is whole again long after', async () => {
  const { page } = await openPage(browser, way.url, undefined, api.cookie);
  await page.clock.install();
  await page.goto(`${way.url}/?source=golden`);
  await byTestId(page, 'headline-all-gmv').waitFor();
  await page.waitForLoadState('networkidle');
  await way.cut();
  await page.clock.fastForward(10_000);
  await comesBack(page);
  const notes = byTestId(page, 'annotations');
  await notes.getByText('连接不到服务器').waitFor();
  await notes.getByText('下面是上次得到的数据').waitFor();
  expect(await byTestId(page, 'headline-all-gmv').count()).toBe(1);

  await byTestId(page, 'track-select').selectOption('wholesale');
  await byTestId(page, 'ranking').getByText('连接不到服务器').waitFor();
  for (let minute = 0; minute < 15; minute += 1) {
    await page.clock.fastForward(60_000);
    await page.waitForTimeout(50);
  }
  expect(await byTestId(page, 'ranking').getByText('连接不到服务器').count()).toBe(1);
  await way.mend();
  await page.clock.fastForward(61_000);
  await byTestId(page, 'ranking-table').or(byTestId(page, 'ranking').locator('table')).first().waitFor();
  await page.waitForFunction(() => document.querySelector('[data-testid="panel-error"]') === null);
  await page.waitForFunction(() => document.querySelector('.panel[aria-busy="true"]') === null);
  expect(await versionsOf(page)).toEqual([String(version)]);
  await page.context().close();
});

it('stays on the page where the next one cannot be fetched, and goes there once the server is back', async () => {
  const { page } = await openPage(browser, way.url, undefined, api.cookie);
  await page.goto(`${way.url}/?source=golden`);
  await byTestId(page, 'headline-all-gmv').waitFor();
  await page.waitForLoadState('networkidle');
  await way.cut();
  await page.getByRole('link', { name: '恢复时钟', exact: true }).click();
  const lost = byTestId(page, 'lost-page');
  await lost.getByText('页面没能打开').waitFor();
  expect(await byTestId(page, 'headline-all-gmv').count()).toBe(1);
  await lost.getByRole('button').click();
  await lost.getByRole('button', { name: '重试', exact: true }).waitFor();
  await way.mend();
  await lost.getByRole('button').click();
  await byTestId(page, 'clock').waitFor();
  expect(page.url()).toContain('/clock?source=golden');
  expect(await lost.count()).toBe(0);
  await page.context().close();
});

it('a dialog that was wanted while the server was away opens once it is back, and a click for it is never without effect', async () => {
  const { page } = await openPage(browser, way.url, undefined, api.cookie);
  await page.goto(`${way.url}/belts/ke?source=golden`);
  await byTestId(page, 'headline-all-gmv').waitFor();
  await page.waitForLoadState('networkidle');
  for (const [button, inIt] of [
    ['annotation-add', 'note-text'],
    ['palette-open', 'palette-input'],
  ] as const) {
    await way.cut();
    await byTestId(page, button).click();
    await byTestId(page, 'lost-page').waitFor();
    await way.mend();
    await byTestId(page, 'lost-page').waitFor({ state: 'detached' });
    // The browser remembers that a file did not come, until the page is loaded anew.
    const loaded = page.waitForEvent('load');
    await byTestId(page, button).click();
    await loaded;
    await byTestId(page, button).click();
    await byTestId(page, inIt).waitFor();
    await page.keyboard.press('Escape');
    await byTestId(page, inIt).waitFor({ state: 'detached' });
  }
  await page.context().close();
});

it.each(['annotation-add', 'palette-open'])(
  'follows an update where the file behind %s is gone: a click is never without effect',
  async (button) => {
    const { page } = await openPage(browser, way.url, undefined, api.cookie);
    await page.goto(`${way.url}/belts/ke?source=golden`);
    await byTestId(page, 'headline-all-gmv').waitFor();
    await page.waitForLoadState('networkidle');
    let isOld = true;
    page.on('request', (request) => (isOld &&= !request.isNavigationRequest()));
    // The program itself has another name then, and is there.
    await page.route(/\/assets\/(?!index)[^/]*\.js$/, (route) =>
      isOld ? route.fulfill({ status: 404, body: '{}' }) : route.continue(),
    );
    const loaded = page.waitForEvent('load');
    await byTestId(page, button).click();
    await loaded;
    await byTestId(page, button).click();
    await page.locator('[role="dialog"]').waitFor();
    await page.context().close();
  },
);

it('says that a page is lost whose own file does not come though the server answers', async () => {
  const { page } = await openPage(browser, way.url, undefined, api.cookie);
  await page.goto(`${way.url}/?source=golden`);
  await byTestId(page, 'headline-all-gmv').waitFor();
  const gone = /assets\/(ClockPage|NoteDialog)[^/]*\.js/;
  await page.route(gone, (route) => route.fulfill({ status: 502, body: 'bad gateway' }));
  await byTestId(page, 'annotation-add').click();
  await page.waitForEvent('load');
  await byTestId(page, 'annotation-add').click();
  const lost = byTestId(page, 'lost-page');
  await lost.waitFor();
  await page.getByRole('link', { name: '恢复时钟', exact: true }).click();
  await page.waitForURL(/clock/);
  await lost.getByText('页面没能打开').waitFor();
  await page.unroute(gone);
  await lost.getByRole('button').click();
  await byTestId(page, 'clock').waitFor();
  expect(await lost.count()).toBe(0);
  await page.context().close();
});
