/** Every panel says of which days or months it speaks; states and levels have one month, whatever period is chosen. */
import type { RecoveryAnswer } from '@beltline/contract';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();
const asked = <A>(path: string) => product.asked<A>(path);
const inChinese = (month: string) => `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`;

it.each(['2024-01', '2023-05'])('a belt, compared from %s on', async (from) => {
  const { page, faults } = await product.open(1440);
  await page.goto(`${product.url}/belts/B055?source=demo&from=${from}&to=2024-02`);
  await byTestId(page, 'recovery-state').waitFor();
  await page.waitForLoadState('networkidle');
  const { state, nowcast } = await asked<RecoveryAnswer>('/recovery?source=demo&belt=B055');
  const month = inChinese(state.growth.period?.lastDay ?? '');
  const line = await byTestId(page, 'as-of').innerText();
  expect(line).toContain(`截至 ${month}`);
  // Of so few orders as a small belt has, no month is estimated, and none is announced.
  expect(nowcast?.estimate).toMatchObject({ value: null, reason: 'too-little-data' });
  expect(line).not.toContain('估计');

  const windowOf = (panel: string) =>
    byTestId(page, panel).locator('[data-testid="panel-window"]').first().innerText();
  expect(await windowOf('recovery')).toContain(`截至 ${month}`);
  expect(await windowOf('nowcast')).toContain(inChinese(nowcast?.month ?? ''));
  for (const panel of ['margins', 'turnover', 'combination', 'prices', 'concentration'])
    expect(await windowOf(panel)).toMatch(`${inChinese(from)}1日 – 2024年2月29日，对比去年同期`);
  for (const panel of ['breadth', 'trend']) expect(await windowOf(panel)).toMatch(/^逐月：.*2025年/);
  expect(await windowOf('festival')).toMatch(/2021 – 2025/);
  expect(await windowOf('daily')).toMatch(/^逐日：/);
  // January is over; what its growth waits for is February.
  const trend = await byTestId(page, 'trend').innerText();
  expect(trend).toContain('一、二月合并，待两月完整');
  expect(trend).not.toContain('时段尚未结束');
  expect(faults).toEqual([]);
  await page.context().close();
});

it('the nation, of which the month that runs is estimated', async () => {
  const { page } = await product.open(1440);
  await page.goto(`${product.url}/recovery?source=demo&measure=orders`);
  await byTestId(page, 'recovery-state').waitFor();
  const { nowcast } = await asked<RecoveryAnswer>('/recovery?source=demo&measure=orders');
  expect(nowcast?.estimate).toMatchObject({ flag: 'nowcast' });
  const line = await byTestId(page, 'as-of').innerText();
  expect(line).toContain(`估计为 ${inChinese(nowcast?.month ?? '')}`);
  await page.context().close();
});
