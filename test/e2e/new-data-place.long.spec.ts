/** Where a person is on a page, while data are loaded under it. */
import type { Page } from 'playwright-core';
import { openPage } from './browser.ts';
import { api, browser, comesBack, publish, version, way } from './new-data-kit.ts';

/** Far down, with the keyboard at a link of a panel: where that stands, and which it is. */
const placeOf = (page: Page) =>
  page.evaluate(() => {
    const active = document.activeElement as HTMLElement;
    return { name: active.getAttribute('href') ?? active.innerText, top: active.getBoundingClientRect().top };
  });

it.each(['/belts/ke', '/recovery', '/quality'])(
  '%s: who reads far down the page by keyboard stays where they are',
  async (path) => {
    const { page, faults } = await openPage(browser, way.url, undefined, api.cookie);
    await page.goto(`${way.url}${path}?source=golden`);
    await page.locator('.panel .vintage').first().waitFor();
    await page.waitForLoadState('networkidle');
    const target = page.locator('.panel :is(a, button, summary, select):visible').last();
    await target.focus();
    await page.waitForTimeout(200);
    const before = await placeOf(page);
    const y = await page.evaluate(() => scrollY);
    expect([path, y > 100]).toEqual([path, true]);
    await publish();
    await page.waitForTimeout(2_500);
    await comesBack(page);
    await page
      .locator('.panel .vintage')
      .getByText(new RegExp(`数据版本 ?${version}`))
      .first()
      .waitFor();
    await page.waitForLoadState('networkidle');
    await page.waitForFunction(() => document.querySelector('.panel[aria-busy="true"]') === null);
    // What was held is let go once all is there.
    await page.waitForFunction(
      () => document.querySelector('main[style*="min-height"], main [style*="min-height"]') === null,
    );
    await page.waitForTimeout(500);
    const after = await placeOf(page);
    expect(after.name).toBe(before.name);
    expect(Math.abs(after.top - before.top)).toBeLessThan(4);
    expect(faults).toEqual([]);
    await page.context().close();
  },
);
