/**
 * One short flow through each of what the long specs of the dashboard go through page by page: finding a belt, its state of recovery,
 * the page of an area, the clock, a note that two people write, a sheet of paper, a phone. Named after the spec it is taken from.
 */
import type {
  Annotation,
  BeltsAnswer,
  ClockAnswer,
  RecoveryAnswer,
  RecoveryVolumeAnswer,
} from '@beltline/contract';
import { overflow, violations } from './axe.ts';
import { printedPages } from './printed-pages.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();
const PERIOD = 'source=demo&from=2024-01&to=2024-12';
const asked = <A>(path: string) => product.asked<A>(path);

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
  for (const { beltId } of belts)
    if ((await told(beltId))?.state.reason === 'too-few-matched') thin ??= beltId;
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
  expect(await byTestId(page, 'print-head').innerText()).toContain(`${product.url}/belts/B001?source=demo`);
  await page.context().close();
});
