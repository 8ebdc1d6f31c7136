/** What an official meets: a page that says how far the first months are, a product that is killed meanwhile, and then their region. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReleaseAnswer, ReleasesAnswer } from '@beltline/contract';
import { openPostgres } from '@beltline/sql/postgres';
import type { Page } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { signInToDemo } from '../fixtures/api/signing-in.ts';
import { overflow, violations } from './axe.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const MONTHS = 2;
/** And December of the first whole year, which the level of December is told against. */
const WANTED = MONTHS + 1;
/** The gate stands behind everything else that a busy machine does: seconds a month where there is room, minutes where there is none. */
const MAKING_MS = 900_000;
const product = productInBrowser({ releases: MONTHS, environment: { BELTLINE_REPORTS: 'off' } });

const asked = async <A>(name: string, path: string): Promise<A> => {
  const cookie = await signInToDemo(product.url, name);
  return (await (await fetch(`${product.url}/api/v1${path}`, { headers: { cookie } })).json()) as A;
};
const listed = () => asked<ReleasesAnswer>('demo-official-zhejiang', '/releases');
async function made(count: number): Promise<ReleasesAnswer> {
  for (let tries = 0; tries < 3_000; tries++) {
    const list = await listed();
    if (list.progress.made >= count) return list;
    await sleep(200);
  }
  throw new Error(`no ${count} months: ${JSON.stringify((await listed()).progress)}`);
}
const areas = ({ provinces, nation, cities, belts }: ReleaseAnswer) => [
  ...provinces,
  nation,
  ...cities,
  ...belts,
];
async function enter(
  name: string,
  width: number,
  language: string,
): Promise<{ page: Page; faults: string[] }> {
  const opened = await product.openSignedOut(width);
  await opened.page.goto(`${product.url}/?lang=${language}`);
  await opened.page.locator(`[data-demo-user="${name}"]`).click();
  await byTestId(opened.page, 'region-page').waitFor();
  return opened;
}

it(
  'says how far the first month is, and goes on by itself, also over two kills at whatever moment',
  async () => {
    const { page } = await enter('demo-official-zhejiang', 360, 'zh-CN');
    const none = byTestId(page, 'region-none');
    // The first month takes seconds: the page is there before it.
    await none.getByText(`${WANTED} 个月中已完成 0 个`).waitFor();
    expect([await overflow(page), await violations(page)]).toEqual([0, []]);
    await sleep(1_500);
    await product.restart('SIGKILL');
    await made(1);
    await product.restart('SIGKILL');
    const { releases, progress } = await made(WANTED);
    expect(progress).toEqual({ made: WANTED, refused: 0, of: WANTED });
    expect(new Set(releases.map(({ month }) => month)).size).toBe(WANTED);
    await byTestId(page, 'belt-row').first().waitFor();
    await page.context().close();
  },
  MAKING_MS,
);

it.each([
  ['demo-official-zhejiang', 1280, 'zh-CN', '浙江省', '保密', /Guangdong|广东|东莞|深圳/],
  ['demo-official-guangdong', 360, 'en', 'Guangdong', 'withheld', /Zhejiang|浙江|Yiwu|Hangzhou/],
])(
  '%s at %i px in %s sees what the API gives, and the file says the same',
  async (name, width, language, own, withheld, others) => {
    const { page, faults } = await enter(name, width, language);
    await page.locator('h1', { hasText: own }).waitFor();
    await byTestId(page, 'belt-row').first().waitFor();
    const [latest] = (await listed()).releases;
    const answer = await asked<ReleaseAnswer>(name, `/releases/${latest?.month}`);
    const rows = byTestId(page, 'belt-row');
    expect(await rows.count()).toBe(answer.belts.length);
    expect(await byTestId(page, 'compared-row').count()).toBe(2);
    expect(await page.locator('main').innerText()).not.toMatch(others);
    // Withheld is a word of its own in the cell, for those who listen too, and drawn unlike a number.
    const suppressed = answer.belts
      .flatMap(({ cells }) => cells)
      .filter(({ state }) => state === 'suppressed').length;
    // How each area served, and who carries it, as the API says it: a number for each that is told, and a word for each that is not.
    const shares = areas(answer).flatMap((one) => [
      ...(one.service ?? []),
      ...(one.carriers?.shares ?? []),
      ...(one.structure ?? []),
    ]);
    const shareRows = page.locator(
      '[data-testid="service-row"], [data-testid="carriers-row"], [data-testid="structure-row"]',
    );
    // What tracks are made of: each share that is told, of each area in one table a partition.
    for (const partition of ['channels', 'countries'] as const) {
      const parts = areas(answer).map((one) =>
        (one.partitions ?? []).flatMap((of) => (of.partition === partition ? of.parts : [])),
      );
      const ofParts = byTestId(page, `${partition}-row`);
      const isTold = parts.some((all) => all.length > 0);
      expect(await ofParts.count()).toBe(isTold ? areas(answer).length : 0);
      expect(await ofParts.locator('data').count()).toBe(parts.flat().length);
    }
    expect(await shareRows.count()).toBe(
      areas(answer).flatMap((one) => [one.service, one.carriers, one.structure].filter(Boolean)).length,
    );
    expect(await shareRows.count()).toBeGreaterThan(answer.belts.length);
    const told = shares.filter(({ state }) => state === 'shown').length;
    expect(await shareRows.locator('data').count()).toBe(told);
    expect(await shareRows.locator('[data-state]').count()).toBeGreaterThanOrEqual(shares.length - told);
    const marks = page.locator('[data-testid="belt-row"] [data-state="suppressed"]');
    expect(await marks.count()).toBeGreaterThanOrEqual(suppressed);
    expect(await marks.first().innerText()).toBe(withheld);
    await byTestId(page, 'region-legend').getByText(withheld).waitFor();
    expect([await overflow(page), await violations(page)]).toEqual([0, []]);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      byTestId(page, 'region-export').click(),
    ]);
    expect(file.suggestedFilename()).toBe(`region-demo-${latest?.month}-edition-1.csv`);
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(lines.length).toBe(1 + areas(answer).length + 2);
    const numbers = lines.slice(1, 1 + areas(answer).length).map((line) => line.split(',')[1]);
    expect(numbers).toEqual(
      areas(answer).map(({ cells: [all] }) => (all?.gmv.value === null ? withheld : String(all?.gmv.value))),
    );
    const [report] = await Promise.all([
      page.waitForEvent('download'),
      byTestId(page, 'region-report').click(),
    ]);
    const set = readFileSync(await report.path());
    expect(report.suggestedFilename()).toContain(`demo-${latest?.month}-${answer.provinces[0]?.area.id}`);
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(set)), { mergePages: true });
    expect(text).toContain(own);
    expect(text).not.toMatch(others);
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

it('what was kept is one release of each month, whole', async () => {
  const store = await openPostgres({ dataDir: await product.end() });
  try {
    const rows = await store.dataSource.query<{ month: string; published: boolean; areas: number }[]>(
      `SELECT month::text, is_published AS published, count(area)::int AS areas
       FROM releases LEFT JOIN release_areas ON release_id = id GROUP BY id ORDER BY month`,
    );
    expect(rows).toHaveLength(WANTED);
    expect(rows.every(({ published, areas }) => published && areas > 130)).toBe(true);
  } finally {
    await store.close();
  }
});
