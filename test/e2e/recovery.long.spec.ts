/**
 * The recovery of one area in a real browser on loaded demo orders: the state and what decides it, the festival, the
 * running month, why figures changed; and the pages of the nation, provinces, cities and categories.
 */
import type { MarginsAnswer, RecoveryAnswer } from '@beltline/contract';
import { overflow, violations } from './axe.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();
const asked = <A>(path: string) => product.asked<A>(path);
const year2024 = 'source=demo&from=2024-01&to=2024-12';
const province = encodeURIComponent('浙江省');
const STATES: Record<RecoveryAnswer['state']['state'], string> = {
  recovered: '已恢复',
  recovering: '恢复中',
  'carried-by-few': '少数带动',
  flat: '持平',
  slipping: '回落',
  declining: '下滑',
  growing: '增长',
  undetermined: '未定',
  'too-little-data': '数据不足',
};

describe('the belt page', () => {
  it('shows the state that the API answers, and why the figures changed, in Chinese', async () => {
    const { page, faults } = await product.open();
    await page.goto(`${product.url}/belts/B001?${year2024}`);
    const state = byTestId(page, 'recovery-state');
    await state.waitFor();
    const { state: told } = await asked<RecoveryAnswer>('/recovery?source=demo&belt=B001');
    expect(await state.innerText()).toContain(STATES[told.state]);
    if (told.level.value !== null)
      expect(await byTestId(page, 'recovery-level').innerText()).toContain(told.level.value.toFixed(1));

    const margins = await asked<MarginsAnswer>(`/margins?${year2024}&belt=B001`);
    const chart = byTestId(page, 'margins').locator('[role="img"]');
    await chart.locator('canvas, svg').first().waitFor();
    const growth = ((margins.total?.growth.value as number) * 100).toFixed(1);
    expect(await chart.getAttribute('aria-label')).toContain(`${growth}%`);
    await byTestId(page, 'margins').locator('[data-testid="chart-table-toggle"]').click();
    expect(await byTestId(page, 'margins').locator('tbody tr').count()).toBe(4);
    for (const panel of ['festival', 'nowcast', 'turnover', 'combination', 'prices'])
      await byTestId(page, panel).locator('canvas, svg, .empty').first().waitFor();
    expect(await byTestId(page, 'panel-error').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('speaks English after the switch', async () => {
    const { page } = await product.open();
    await page.goto(`${product.url}/belts/B001?${year2024}`);
    await byTestId(page, 'recovery-state').waitFor();
    await byTestId(page, 'lang-switch').click();
    await page.waitForFunction(() => document.documentElement.lang.startsWith('en'));
    await byTestId(page, 'why').getByText('Why it changed').waitFor();
    expect(await byTestId(page, 'recovery').innerText()).not.toMatch(/复苏|基准/);
    await page.context().close();
  });

  it('tells recovery in GMV, and says so, where a measure does not add up over days', async () => {
    const { page } = await product.open();
    await page.goto(`${product.url}/belts/B001?${year2024}&measure=buyers&track=custom`);
    await byTestId(page, 'recovery-state').waitFor();
    expect(await byTestId(page, 'recovery').innerText()).toContain('「活跃买家」是去重数');
    await byTestId(page, 'prices').getByText('价格按全部订单计算').waitFor();
    expect(await byTestId(page, 'panel-error').count()).toBe(0);
    await page.context().close();
  });
});

describe('the reference year', () => {
  const levelIn = async (year: string) => {
    const { state } = await asked<RecoveryAnswer>(`/recovery?source=demo&belt=B001${year}`);
    return (state.level.value as number).toFixed(1);
  };

  it('is chosen in the panel, lives in the URL, and Back takes it back', async () => {
    const { page, faults } = await product.open();
    await page.goto(`${product.url}/belts/B001?${year2024}`);
    const [level, choice] = [byTestId(page, 'recovery-level'), byTestId(page, 'reference-select')];
    await level.waitFor();
    const { reference } = await asked<RecoveryAnswer>('/recovery?source=demo&belt=B001');
    const [byItself, against2023] = [await levelIn(''), await levelIn('&reference=2023')];
    expect(byItself).not.toBe(against2023);
    expect(await level.innerText()).toContain(byItself);
    expect(await level.innerText()).toContain(`${reference}年 = 100`);
    expect(await choice.locator('option').allInnerTexts()).toEqual([
      '自动',
      '2024 年',
      '2023 年',
      '2022 年',
      '2021 年',
    ]);
    expect(await choice.inputValue()).toBe('');
    const sentence = byTestId(page, 'recovery').locator('[role="img"]').last();
    const before = await sentence.getAttribute('aria-label');

    await byTestId(page, 'reference-select').selectOption('2023');
    await page.waitForURL(/reference=2023/);
    await level.getByText('2023年 = 100').waitFor();
    expect(await level.innerText()).toContain(against2023);
    expect(await sentence.getAttribute('aria-label')).not.toBe(before);

    await page.goBack();
    await page.waitForURL((url) => !url.searchParams.has('reference'));
    await level.getByText(`${reference}年 = 100`).waitFor();
    expect(await level.innerText()).toContain(byItself);
    expect(await choice.inputValue()).toBe('');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('goes along to other pages, and leaves the URL with the choice of the API', async () => {
    const { page, faults } = await product.open();
    await page.goto(`${product.url}/belts/B001?${year2024}&reference=2023`);
    await byTestId(page, 'recovery-level').getByText('2023年 = 100').waitFor();
    await page.getByRole('link', { name: '浙江省' }).click();
    await page.waitForURL(/\/areas\/province\/.*reference=2023/);
    await byTestId(page, 'recovery-level').getByText('2023年 = 100').waitFor();
    // The clock knows no reference, and must not be asked about one.
    await page.getByRole('link', { name: '恢复时钟' }).click();
    await page.waitForURL(/\/clock.*reference=2023/);
    await byTestId(page, 'clock').locator('canvas').first().waitFor();
    await page.getByRole('link', { name: '总览' }).click();
    await byTestId(page, 'states').getByText('水平以 2023 年为 100。').waitFor();
    const choice = byTestId(page, 'reference-select');
    await choice.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.searchParams.has('reference'));
    await byTestId(page, 'states').getByText('水平以 2021 年为 100。').waitFor();
    expect(await byTestId(page, 'panel-error').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('is refused in the words of the API where it cannot be one, and can be chosen anew', async () => {
    const { page } = await product.open();
    await page.goto(`${product.url}/recovery?${year2024}&reference=1995`);
    const error = byTestId(page, 'recovery').locator('[data-testid="panel-error"]');
    await error.waitFor();
    expect(await error.innerText()).toContain('请另选基准年');
    await error.locator('summary').click();
    expect(await error.innerText()).toContain('this year is not completely loaded');
    expect(await byTestId(page, 'recovery').locator('canvas').count()).toBe(0);
    expect(await byTestId(page, 'reference-select').inputValue()).toBe('1995');
    await byTestId(page, 'reference-select').selectOption('2024');
    await byTestId(page, 'recovery-level').getByText('2024年 = 100').waitFor();
    expect(await error.count()).toBe(0);
    await page.context().close();
  });
});

describe('what does not exist', () => {
  it.each([
    ['a belt', '/belts/NOPE', 'belts/NOPE'],
    ['an area', '/areas/city/nowhere/at-all', 'belts'],
  ])('is said at once about %s, and no panel asks about it', async (_what, path, question) => {
    const { page } = await product.open();
    const questions: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      const asked = pathname.split('/api/v1/')[1];
      // Who is signed in is asked on every page; what is looked for here are questions for figures.
      if (asked !== undefined && asked !== 'session') questions.push(asked);
    });
    await page.goto(`${product.url}${path}?${year2024}`);
    await page
      .getByText(/没有这个/)
      .first()
      .waitFor();
    await page.waitForLoadState('networkidle');
    // The second question about belts is the search for what the address says.
    expect(questions.sort()).toEqual([question, 'belts', 'data-versions', 'sources'].sort());
    expect(await page.locator('main canvas, main section').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  it('does not stay when the reader goes on to what does', async () => {
    const { page } = await product.open();
    await page.goto(`${product.url}/belts/NOPE?${year2024}`);
    await page.getByRole('heading', { level: 1, name: '没有这个产业带' }).waitFor();
    expect(await page.title()).toContain('没有这个产业带');
    await page.locator('main nav').getByRole('link', { name: '总览' }).click();
    await byTestId(page, 'ranking-row').first().locator('a').first().click();
    await page.waitForURL(/\/belts\/B/);
    await byTestId(page, 'recovery-state').waitFor();
    expect(await byTestId(page, 'panel-error').count()).toBe(0);
    await page.context().close();
  });
});

describe('the page of an area', () => {
  it('is reached from the belt page, and leads on to its belts', async () => {
    const { page, faults } = await product.open();
    await page.goto(`${product.url}/belts/B001?${year2024}`);
    await page.getByRole('link', { name: '浙江省' }).click();
    await page.waitForURL(/\/areas\/province\//);
    await byTestId(page, 'recovery-state').waitFor();
    expect(await page.locator('h1').innerText()).toBe('浙江省');
    const belts = byTestId(page, 'area-belts').locator('a');
    await belts.first().waitFor();
    expect(await belts.count()).toBeGreaterThan(5);
    await belts.first().click();
    await page.waitForURL(/\/belts\//);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('is in English for who reads English, and so are the places and goods of its belts', async () => {
    const { page, faults } = await product.open();
    await page.goto(
      `${product.url}/areas/city/${province}/${encodeURIComponent('金华市')}?${year2024}&lang=en`,
    );
    await byTestId(page, 'recovery-state').waitFor();
    expect(await page.locator('h1').innerText()).toBe('Jinhua');
    expect(await page.title()).toMatch(/^Jinhua ·/);
    await page.getByRole('link', { name: 'Zhejiang' }).waitFor();
    await byTestId(page, 'area-belts').getByRole('link', { name: 'Yiwu small commodities' }).click();
    await page.waitForURL(/\/belts\//);
    await page.getByRole('link', { name: 'Jinhua' }).waitFor();
    await page.getByRole('link', { name: 'Small commodities / daily goods' }).click();
    await page.waitForURL(/\/areas\/category\//);
    await byTestId(page, 'recovery-state').waitFor();
    expect(await page.locator('h1').innerText()).toBe('Small commodities / daily goods');
    expect(await page.locator('main').innerText()).not.toMatch(/\p{Script=Han}/u);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('says once that there is no such area', async () => {
    const { page } = await product.open();
    await page.goto(`${product.url}/areas/province/nowhere?${year2024}`);
    await byTestId(page, 'area-unknown').waitFor();
    await byTestId(page, 'belt-search').getByRole('searchbox').fill('柯桥');
    await byTestId(page, 'belt-search').getByRole('link').first().waitFor();
    expect(await byTestId(page, 'panel-error').count()).toBe(0);
    await page.context().close();
  });

  it('shows an outage as an outage, never as an empty chart', async () => {
    const { page } = await product.open();
    await page.route('**/api/v1/recovery?**', (route) =>
      route.fulfill({ status: 503, contentType: 'text/html', body: '<p>no engine</p>' }),
    );
    await page.goto(`${product.url}/recovery?${year2024}`);
    await byTestId(page, 'recovery').locator('[data-testid="panel-error"]').waitFor();
    expect(await byTestId(page, 'recovery').locator('canvas').count()).toBe(0);
    await page.context().close();
  });
});

it.each([
  ['light', 1280],
  ['dark', 360],
] as const)('has no barrier that axe finds, and no sideways scroll (%s, %i px)', async (scheme, width) => {
  const { page } = await product.open(width);
  await page.emulateMedia({ colorScheme: scheme });
  for (const path of ['/recovery', `/areas/province/${province}`, '/belts/B001']) {
    await page.goto(`${product.url}${path}?${year2024}`);
    await page.waitForLoadState('networkidle');
    expect({ path, found: await violations(page) }).toEqual({ path, found: [] });
    // Every chart as its table: wide ones scroll inside their panel.
    const toggles = byTestId(page, 'chart-table-toggle');
    for (const toggle of await toggles.all()) await toggle.click();
    expect({ path, tables: await violations(page) }).toEqual({ path, tables: [] });
    expect({ path, overflow: await overflow(page) }).toEqual({ path, overflow: 0 });
  }
  await page.context().close();
});
