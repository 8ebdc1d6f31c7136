/** What two merchants of one town meet: each their own page on a phone, in both languages, and nothing of each other. */
import type { BenchmarkAnswer } from '@beltline/contract';
import type { Page } from 'playwright-core';
import { signInToDemo } from '../fixtures/api/signing-in.ts';
import { faint, overflow, violations } from './axe.ts';
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
  await assertVerdict(page, answer);
  await openAll(page);
  const rows = byTestId(page, 'standing-row');
  expect(await rows.count()).toBe(answer.measures.length);
  expect(await rows.first().locator('h3').innerText()).toBe(gmv);
  expect(answer.group).not.toBeNull();
  const bands = rows.locator('[data-testid="band"]');
  const places = await bands.evaluateAll((all) => all.map((one) => one.getAttribute('data-place')));
  expect(places).toEqual(answer.measures.map(({ band }) => String(band?.place ?? '')));
  // The mark stands in one box of each, so that it is told without colour.
  const marked = answer.measures.filter(({ band }) => band !== null).length;
  expect(await bands.locator('.own').count()).toBe(marked);
  expect(marked).toBeGreaterThan(6);
  await assertRank(page, answer);
  await assertDifferences(page, answer);
  // No mail server is set here.
  expect(await byTestId(page, 'standing-mail').innerText()).toMatch(
    /No mail server is set up|没有配置邮件服务器/,
  );
  await assertTrend(page, answer);
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  const PAGE = '[data-testid="standing-page"]';
  expect(await faint(page, PAGE)).toEqual([]);
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
  expect([await violations(page), await faint(page, PAGE)]).toEqual([[], []]);
  expect(faults).toEqual([]);
  await page.context().close();
});

/** All parts, as somebody opens them who has a keyboard alone. */
async function openAll(page: Page): Promise<void> {
  const sections = byTestId(page, 'standing-section');
  expect(
    await sections.evaluateAll((all) => all.filter((one) => (one as HTMLDetailsElement).open).length),
  ).toBe(0);
  await byTestId(page, 'standing-open-all').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() =>
    Array.from(document.querySelectorAll('[data-testid="standing-section"]')).every(
      (one) => (one as HTMLDetailsElement).open,
    ),
  );
}

/** A sentence and three measures stand on the first screen, without anything having been opened. */
async function assertVerdict(page: Page, { measures }: BenchmarkAnswer): Promise<void> {
  const level = measures.find(({ measure }) => measure === 'recovery-level');
  const cards = byTestId(page, 'verdict-card');
  expect(await cards.count()).toBe(3);
  expect(await cards.first().getAttribute('data-measure')).toBe('recovery-level');
  expect(await cards.first().innerText()).toContain(String(Math.floor(level?.value.value ?? NaN)));
  const { height } = page.viewportSize() ?? { height: NaN };
  const sentence = await byTestId(page, 'verdict-sentence').boundingBox();
  expect((sentence?.y ?? NaN) + (sentence?.height ?? NaN)).toBeLessThan(height);
  // Two and a half screens, where it was ten.
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(2_400);
}

/** Eight quarters, with a mark where the middle of the group is told. */
async function assertTrend(page: Page, { measures }: BenchmarkAnswer): Promise<void> {
  const row = page.locator('[data-testid="standing-row"][data-measure="gmv"]');
  await row.locator('details summary').click();
  expect(await row.locator('[data-testid="trend-quarter"]').count()).toBe(8);
  const told = measures[0]?.trend.filter(({ median }) => median.value !== null).length ?? NaN;
  expect(await row.locator('.mark').count()).toBe(told);
  expect(told).toBeGreaterThan(3);
}

/** The whole and each part, with the weights and what would move it up. */
async function assertRank(page: Page, { rank }: BenchmarkAnswer): Promise<void> {
  expect(rank).not.toBeNull();
  const whole = byTestId(page, 'rank').locator('[data-testid="band"]');
  expect(await whole.getAttribute('data-place')).toBe(String(rank?.band.place));
  const parts = byTestId(page, 'rank-part');
  const places = await parts
    .locator('[data-testid="band"]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('data-place')));
  expect(places).toEqual(rank?.components.map(({ place }) => String(place ?? '')));
  const told = rank?.components.flatMap(({ needs }) => needs ?? []) ?? [];
  const said = await byTestId(page, 'rank-needs').allInnerTexts();
  expect(said.map((text) => Number(/\d/.exec(text)?.[0]))).toEqual(told);
  expect(await byTestId(page, 'rank-sureness').innerText()).toContain(
    `${Math.round(100 * (rank?.sureness ?? NaN))}`,
  );
}

/** What the better ones do is told as the API tells it: neither more nor less. */
async function assertDifferences(page: Page, { differences }: BenchmarkAnswer): Promise<void> {
  expect(differences).not.toBeNull();
  const told = await byTestId(page, 'difference').evaluateAll((all) =>
    all.map((one) => one.getAttribute('data-measure')),
  );
  expect(told).toEqual(differences?.found.map(({ measure }) => measure));
}

it.each([
  ['demo-merchant-1', 360, 'zh-CN', 'zh'],
  ['demo-merchant-2', 1280, 'en', 'en'],
])('%s keeps the page as files at %i px in %s', async (name, width, language, short) => {
  const { page, faults } = await enter(name, width, language);
  const { source, quarter, owner } = await told(name);
  for (const [format, magic] of [
    ['pdf', '%PDF'],
    ['xlsx', 'PK'],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      byTestId(page, `standing-${format}`).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`${source}-${quarter}-${owner}-${short}.${format}`);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).subarray(0, magic.length).toString()).toBe(magic);
    await byTestId(page, `standing-${format}`).and(page.locator(':enabled')).waitFor();
  }
  expect(faults).toEqual([]);
  await page.context().close();
});

it.each([
  [360, 'zh-CN', '准时发货率'],
  [1280, 'en', 'Dispatched on time'],
])('each measure leads to what it means, at %i px in %s', async (width, language, onTime) => {
  const { page, faults } = await enter('demo-merchant-1', width, language);
  await openAll(page);
  await page.locator('[data-testid="standing-row"][data-measure="on-time"] a').click();
  await byTestId(page, 'standing-definitions').waitFor();
  expect(new URL(page.url()).hash).toBe('#on-time');
  await byTestId(page, 'standing-definition').first().waitFor();
  expect(await page.locator('#on-time h3').innerText()).toBe(onTime);
  const { measures } = await told('demo-merchant-1');
  for (const { measure } of measures) expect(await page.locator(`#${measure}`).count()).toBe(1);
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
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
  await openAll(page);
  await byTestId(page, 'standing-row').first().waitFor();
  await page.waitForFunction(
    (places) =>
      Array.from(document.querySelectorAll('[data-testid="standing-row"] [data-testid="band"]'))
        .map((one) => one.getAttribute('data-place'))
        .join() === places,
    answer.measures.map(({ band }) => String(band?.place ?? '')).join(),
  );
  await page.reload();
  await byTestId(page, 'standing-verdict').waitFor();
  expect(await byTestId(page, 'standing-quarter').inputValue()).toBe(earlier);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('paper has all of it', async () => {
  const { page, faults } = await enter('demo-merchant-1', 1280, 'en');
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.waitForFunction(() => Array.from(document.querySelectorAll('details')).every((one) => one.open));
  expect(await page.locator('[data-testid="trend-quarter"]:visible').count()).toBeGreaterThan(100);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await page.waitForFunction(() =>
    Array.from(document.querySelectorAll('[data-testid="standing-section"]')).every(
      (one) => !(one as HTMLDetailsElement).open,
    ),
  );
  expect(faults).toEqual([]);
  await page.context().close();
});

it('one merchant is told nothing of the other, also by their name', async () => {
  const [one, other] = [await told('demo-merchant-1'), await told('demo-merchant-2')];
  expect(one.owner).not.toBe(other.owner);
  // They are peers: what each sees of the group is the same, and puts nothing to what the other sees.
  expect(one.group).not.toBeNull();
  const groupSide = ({ group, measures, differences }: BenchmarkAnswer) => ({
    ...{ group, differences },
    quartiles: measures.map(({ measure, quartiles }) => [measure, quartiles]),
  });
  expect(groupSide(one)).toEqual(groupSide(other));
  expect(JSON.stringify(one)).not.toContain(other.owner);
  const cookie = await signInToDemo(product.url, 'demo-merchant-1');
  const asked = await fetch(`${product.url}/api/v1/benchmark?owner=${other.owner}`, { headers: { cookie } });
  expect(asked.status).toBe(400);
  const values = ({ measures }: BenchmarkAnswer) => measures.map(({ value }) => value.value);
  expect(values(one)).not.toEqual(values(other));
});
