/** What two merchants of one town meet: each their own page on a phone, in both languages, and nothing of each other. */
import type { BenchmarkAnswer } from '@beltline/contract';
import type { Page } from 'playwright-core';
import { signInToDemo } from '../fixtures/api/signing-in.ts';
import { overflow, violations } from './axe.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();

const told = async (name: string, query = ''): Promise<BenchmarkAnswer> => {
  const cookie = await signInToDemo(product.url, name);
  const answer = await fetch(`${product.url}/api/v1/benchmark${query}`, { headers: { cookie } });
  return (await answer.json()) as BenchmarkAnswer;
};
async function enter(
  name: string,
  width: number,
  language: string,
): Promise<{ page: Page; faults: string[] }> {
  const opened = await product.openSignedOut(width);
  await opened.page.goto(`${product.url}/?lang=${language}`);
  await opened.page.locator(`[data-demo-user="${name}"]`).click();
  await byTestId(opened.page, 'standing-page').waitFor();
  await byTestId(opened.page, 'standing-about').waitFor();
  return opened;
}

it.each([
  ['demo-merchant-1', 360, 'zh-CN', '成交额'],
  ['demo-merchant-2', 360, 'en', 'GMV'],
  ['demo-merchant-1', 1280, 'en', 'GMV'],
])('%s at %i px in %s finds their place, as the API tells it', async (name, width, language, gmv) => {
  const { page, faults } = await enter(name, width, language);
  const answer = await told(name);
  const rows = byTestId(page, 'standing-row');
  expect(await rows.count()).toBe(answer.measures.length);
  expect(await rows.first().locator('h3').innerText()).toBe(gmv);
  expect(answer.group).not.toBeNull();
  const places = await byTestId(page, 'band').evaluateAll((all) =>
    all.map((one) => one.getAttribute('data-place')),
  );
  expect(places).toEqual(answer.measures.map(({ band }) => String(band?.place ?? '')));
  // The mark stands in one box of each, so that it is told without colour.
  const marked = answer.measures.filter(({ band }) => band !== null).length;
  expect(await byTestId(page, 'band').locator('.own').count()).toBe(marked);
  expect(marked).toBeGreaterThan(6);
  await page.locator('details summary').first().click();
  expect(await page.locator('details[open] li').count()).toBe(8);
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
  expect(await violations(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('another quarter is a choice that the address keeps', async () => {
  const { page, faults } = await enter('demo-merchant-1', 360, 'zh-CN');
  const { quarters } = await told('demo-merchant-1');
  const earlier = quarters[2] ?? '';
  await byTestId(page, 'standing-quarter').selectOption(earlier);
  await page.waitForURL((url) => url.searchParams.get('quarter') === earlier);
  const answer = await told('demo-merchant-1', `?quarter=${earlier}`);
  await byTestId(page, 'standing-row').first().waitFor();
  await page.waitForFunction(
    (places) =>
      Array.from(document.querySelectorAll('[data-testid="band"]'))
        .map((one) => one.getAttribute('data-place'))
        .join() === places,
    answer.measures.map(({ band }) => String(band?.place ?? '')).join(),
  );
  await page.reload();
  await byTestId(page, 'standing-row').first().waitFor();
  expect(await byTestId(page, 'standing-quarter').inputValue()).toBe(earlier);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('one merchant is told nothing of the other, also by their name', async () => {
  const [one, other] = [await told('demo-merchant-1'), await told('demo-merchant-2')];
  expect(one.owner).not.toBe(other.owner);
  expect(JSON.stringify(one)).not.toContain(other.owner);
  const cookie = await signInToDemo(product.url, 'demo-merchant-1');
  const asked = await fetch(`${product.url}/api/v1/benchmark?owner=${other.owner}`, { headers: { cookie } });
  expect(asked.status).toBe(400);
  const values = ({ measures }: BenchmarkAnswer) => measures.map(({ value }) => value.value);
  expect(values(one)).not.toEqual(values(other));
});
