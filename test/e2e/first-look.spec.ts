/**
 * One short flow through each of what the long specs of the dashboard go through page by page: finding a belt, its state of recovery,
 * the page of an area, the clock, a note that two people write, a sheet of paper, a phone, the month of a state, the words while an answer
 * is awaited. Named after the spec it is taken from.
 */
import type {
  Annotation,
  BeltsAnswer,
  ClockAnswer,
  RecoveryAnswer,
  RecoveryVolumeAnswer,
  StatesAnswer,
} from '@beltline/contract';
import type { Page } from 'playwright-core';
import { overflow, violations } from './axe.ts';
import { holdBack } from './hold-back.ts';
import { printedPages } from './printed-pages.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();
const PERIOD = 'source=demo&from=2024-01&to=2024-12';
const asked = <A>(path: string) => product.asked<A>(path);
const windowOf = (page: Page, panel: string) => byTestId(page, panel).locator('[data-testid="panel-window"]');
const inChinese = (month: string) => `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`;

it('search-and-notes, recovery: a belt is found by its initials, and its page shows the state that the API answers', async () => {
  const { page, faults } = await product.open();
  await page.goto(`${product.url}/?${PERIOD}`);
  await byTestId(page, 'ranking-row').first().waitFor();
  await byTestId(page, 'ranking-find').fill('ywxsp');
  await byTestId(page, 'ranking-row').getByText('义乌小商品', { exact: true }).click();
  await page.waitForURL(/\/belts\/B001/);
  const { state } = await asked<RecoveryAnswer>('/recovery?source=demo&belt=B001');
  await byTestId(page, 'recovery-state').waitFor();
  expect(state.level.value).not.toBeNull();
  expect(await byTestId(page, 'recovery-level').innerText()).toContain(state.level.value?.toFixed(1));
  await byTestId(page, 'margins').locator('canvas, svg').first().waitFor();
  expect(await byTestId(page, 'panel-error').count()).toBe(0);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('recovery, print-and-widths: the page of a province fits a phone, in English, and axe finds nothing', async () => {
  const { page, faults } = await product.open(360);
  await page.goto(`${product.url}/areas/province/${encodeURIComponent('浙江省')}?source=demo&lang=en`);
  await byTestId(page, 'recovery-state').waitFor();
  await page.waitForLoadState('networkidle');
  expect(await overflow(page)).toBe(0);
  expect(await violations(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('recovery: why a belt has no figure fits a phone', async () => {
  const { page } = await product.open(360);
  const { belts } = await asked<BeltsAnswer>('/belts?source=demo');
  const told = async (id: string) =>
    (await asked<RecoveryVolumeAnswer>(`/recovery/volume?source=demo&belt=${id}`)).volume;
  let thin: string | undefined;
  // The first of them will do: each costs its own comparison of prices.
  for (let at = 0; thin === undefined && at < belts.length; at++) {
    const { beltId = '' } = belts[at] ?? {};
    if ((await told(beltId))?.state.reason === 'too-few-matched') thin = beltId;
  }
  await page.goto(`${product.url}/belts/${thin}?source=demo`);
  await byTestId(page, 'recovery-volume').getByText('两期都在售的商品太少').first().waitFor();
  expect(await overflow(page)).toBe(0);
  await page.context().close();
});

it('compare: the clock steps a month on, and the address goes along', async () => {
  const { page, faults } = await product.open();
  const { months } = await asked<ClockAnswer>('/recovery/clock?source=demo&months=36');
  await page.goto(`${product.url}/clock?source=demo&month=${months.at(-3)}`);
  await byTestId(page, 'clock').locator('canvas').first().waitFor();
  await byTestId(page, 'clock-later').click();
  await page.waitForURL(new RegExp(`month=${months.at(-2)}`));
  expect(faults).toEqual([]);
  await page.context().close();
});

it('search-and-notes: a note that another has changed meanwhile is not overwritten unseen', async () => {
  const note = (text: string) => ({
    source: 'demo',
    beltId: 'B001',
    kind: 'policy',
    day: '2024-05-01',
    text,
  });
  const write = async (method: string, path: string, text: string, headers = {}) => {
    return product.asked<Annotation>(`/annotations${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(note(text)),
    });
  };
  const added = await write('POST', '', '试点');
  const { page, faults } = await product.open();
  await page.goto(`${product.url}/belts/B001?${PERIOD}`);
  const row = byTestId(page, 'annotation').filter({ hasText: '试点' });
  await row.getByRole('button', { name: /编辑/ }).click();
  await byTestId(page, 'note-text').fill('试点，我的');
  await write('PUT', `/${added.id}`, '试点，对方的', { 'if-match': '*' });
  await byTestId(page, 'note-save').click();
  await byTestId(page, 'note-theirs').getByText('试点，对方的').waitFor();
  const textNow = async () => (await asked<Annotation>(`/annotations/${added.id}`)).text;
  expect(await textNow()).toBe('试点，对方的');
  await byTestId(page, 'note-save-mine').click();
  await byTestId(page, 'dialog').waitFor({ state: 'detached' });
  expect(await textNow()).toBe('试点，我的');
  expect(faults).toEqual([]);
  await page.context().close();
});

it('print-and-widths, print-looking-back: a print begins on its first sheet, which says where it comes from', async () => {
  const { page } = await product.open(1440);
  await page.goto(`${product.url}/belts/B001?source=demo`);
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  const sheets = printedPages(await page.pdf({ preferCSSPageSize: true }));
  expect(sheets.length).toBeGreaterThan(1);
  expect(sheets[0]).toBeGreaterThan(12_000);
  await page.emulateMedia({ media: 'print' });
  const head = await byTestId(page, 'print-head').innerText();
  expect(head).toContain(`${product.url}/belts/B001?source=demo`);
  // No disclosure control: it says so, and so does the name of a PDF, which is the title of the moment.
  expect(head).toContain('内部资料');
  const titles = await page.evaluate(() =>
    ['beforeprint', 'afterprint'].map((name) => {
      window.dispatchEvent(new Event(name));
      return document.title;
    }),
  );
  expect(titles).toEqual([`内部 · ${titles[1]}`, expect.not.stringContaining('内部')]);
  await page.context().close();
});

it('palette: a belt is opened by its initials and Enter, from wherever one is', async () => {
  const { page, faults } = await product.open();
  await page.goto(`${product.url}/clock?source=demo`);
  await byTestId(page, 'palette-open').waitFor();
  await page.keyboard.press('Control+k');
  await byTestId(page, 'palette-input').fill('kqml');
  await page.locator('[data-group="belts"][data-highlighted]').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/belts\/B005/);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('as-of-month: the month is chosen apart from the period, moves state and level but not the comparison, and Back takes it back', async () => {
  const { page, faults } = await product.open();
  await page.goto(`${product.url}/belts/B001?${PERIOD}`);
  const level = byTestId(page, 'recovery-level');
  await level.waitFor();
  const latest = await asked<RecoveryAnswer>('/recovery?source=demo&belt=B001');
  const may = await asked<RecoveryAnswer>('/recovery?source=demo&belt=B001&month=2024-05');
  const shown = (answer: RecoveryAnswer) => (answer.state.level.value as number).toFixed(1);
  expect(shown(may)).not.toBe(shown(latest));
  expect(await level.innerText()).toContain(shown(latest));
  const compared = await windowOf(page, 'margins').first().innerText();

  await page.getByLabel('截至月份').selectOption('2024-05');
  await page.waitForURL(/month=2024-05/);
  await level.getByText(shown(may)).waitFor();
  expect(await windowOf(page, 'recovery').innerText()).toContain('截至 2024年5月');
  expect(await byTestId(page, 'as-of').innerText()).toContain('截至 2024年5月（所选截至月份）');
  expect(await windowOf(page, 'margins').first().innerText()).toBe(compared);

  await page.goBack();
  await level.getByText(shown(latest)).waitFor();
  expect(await byTestId(page, 'month-select').inputValue()).toBe('');
  expect(faults).toEqual([]);
  await page.context().close();
});

it('windows: the overview says of which days and months it speaks', async () => {
  const { page } = await product.open(1440);
  await page.goto(`${product.url}/?source=demo&from=2023-01&to=2023-06`);
  await byTestId(page, 'state-row').first().waitFor();
  const { month: told } = await asked<StatesAnswer>('/recovery/states?source=demo');
  const month = told ?? '';
  expect(await byTestId(page, 'as-of').innerText()).toContain(`截至 ${inChinese(month)}`);
  const states = byTestId(page, 'states').locator('[data-testid="panel-window"]');
  expect(await states.innerText()).toBe(`截至 ${inChinese(month)}`);
  expect(await byTestId(page, 'ranking').locator('[data-testid="panel-window"]').innerText()).toMatch(
    /2023年1月1日 – 2023年6月30日/,
  );
  await page.context().close();
});

it.each([
  [1440, 900],
  [360, 780],
])(
  'the first screen of the overview says how belts are, with 13 months behind it, at %i × %i',
  async (width, height) => {
    const { page } = await product.open(width);
    await page.setViewportSize({ width, height });
    await page.goto(`${product.url}/?source=demo`);
    const told = byTestId(page, 'states');
    await told.locator('[data-testid="state-history"] .column').nth(12).waitFor();
    await page.waitForLoadState('networkidle');
    for (const shown of [byTestId(page, 'states-summary'), byTestId(page, 'state-history')]) {
      const box = await shown.boundingBox();
      expect((box?.y ?? NaN) + (box?.height ?? NaN)).toBeLessThan(height);
    }
    await page.context().close();
  },
);

it('answer-words: states of belts are not told as those of provinces, nor by a measure that is only awaited', async () => {
  const { page, faults } = await product.open();
  await page.goto(`${product.url}/?source=demo&lang=en`);
  const states = byTestId(page, 'states');
  await byTestId(page, 'state-row').first().waitFor();
  const before = await states.innerText();
  expect(before).toMatch(/of \d+ belts/);
  const letGo = await holdBack(page, /recovery\/states\?.*level=province/);
  await states.getByText('Provinces', { exact: true }).click();
  await page.waitForURL(/level=province/);
  await page.waitForTimeout(300);
  expect(await states.innerText()).toMatch(/of \d+ belts/);
  expect(await states.locator('h3[aria-live]').innerText()).toMatch(/belts/);
  expect(await states.innerText()).not.toMatch(/\d+ provinces/);
  letGo();
  await states
    .getByText(/of \d+ provinces/)
    .first()
    .waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it.each(['zh-CN', 'en'])('every page of the menu has all of its words, in %s', async (language) => {
  const { page, faults } = await product.open();
  for (const path of ['quality', 'data', 'clock', 'definitions', 'recovery', 'region', 'account']) {
    await page.goto(`${product.url}/${path}?source=demo&lang=${language}`);
    await page.waitForLoadState('networkidle');
    await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
    // The name of a word where the word should be.
    expect([
      path,
      /(?<![\w./@-])[a-z]\w+(?:\.[a-z]\w+)*\.[a-z]\w*[A-Z]\w*/.exec(
        await page.locator('main').innerText(),
      )?.[0],
    ]).toEqual([path, undefined]);
  }
  expect(faults).toEqual([]);
  await page.context().close();
});
