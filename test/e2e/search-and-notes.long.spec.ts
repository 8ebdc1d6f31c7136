/** Finding a belt however it is typed, and notes that two people write at the same time, in a real browser. */
import type { Annotation } from '@beltline/contract';
import type { Page } from 'playwright-core';
import { overflow, violations } from './axe.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();
const PERIOD = 'source=demo&from=2024-01&to=2024-12';

const rowsOf = (page: Page) => byTestId(page, 'ranking-row').locator('th a').allInnerTexts();
const type = async (page: Page, text: string) => {
  const answered = page.waitForResponse(
    (response) => response.url().includes('/belts?') && response.url().includes('q='),
  );
  await byTestId(page, 'ranking-find').fill(text);
  await answered;
};

describe('finding a belt', () => {
  it.each([
    ['绍兴柯桥', '柯桥轻纺'],
    ['cao xian', '曹县汉服演出服'],
    ['ｙｉｗｕ', '义乌小商品'],
    ['kqqf', '柯桥轻纺'],
    ['紹興', '柯桥轻纺'],
    ['b005', '柯桥轻纺'],
  ])('works by %s', async (text, name) => {
    const { page } = await product.open();
    await page.goto(`${product.url}/?${PERIOD}`);
    await byTestId(page, 'ranking-row').first().waitFor();
    await type(page, text);
    await byTestId(page, 'ranking-row').getByText(name, { exact: true }).waitFor();
    await page.waitForFunction(() => document.querySelectorAll('[data-testid="ranking-row"]').length < 20);
    expect(await rowsOf(page)).toContain(name);
    await page.context().close();
  });

  it('says that nothing is found, and offers a way on', async () => {
    const { page, faults } = await product.open(360);
    await page.goto(`${product.url}/?${PERIOD}&province=${encodeURIComponent('福建省')}`);
    await byTestId(page, 'ranking-row').first().waitFor();
    await type(page, '没有这样的地方');
    const none = byTestId(page, 'ranking-none');
    await none.getByText('没有这样的地方').waitFor();
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await none.getByRole('button', { name: '清除查找' }).click();
    await byTestId(page, 'ranking-row').first().waitFor();
    await type(page, '义乌');
    await none.getByRole('button', { name: /全部省份/ }).click();
    await page.waitForURL((url) => !url.searchParams.has('province'));
    await byTestId(page, 'ranking-row').getByText('义乌小商品', { exact: true }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('leads on from a page that is not there', async () => {
    const { page } = await product.open();
    await page.goto(`${product.url}/no/such/page?source=demo`);
    const search = byTestId(page, 'belt-search');
    await search.locator('input').fill('shaoxing keqiao');
    await search.getByRole('link', { name: '柯桥轻纺' }).click();
    await page.waitForURL(/belts\/B005/);
    await page.context().close();
  });

  it('offers the belt that is meant by an address that is nearly right', async () => {
    const { page, faults } = await product.open(360);
    await page.goto(`${product.url}/belts/b005?source=demo`);
    await byTestId(page, 'belt-search').getByRole('link', { name: '柯桥轻纺' }).waitFor();
    expect(await byTestId(page, 'belt-search').locator('input').inputValue()).toBe('b005');
    // Asking again would not help.
    expect(await page.getByRole('button', { name: '重试' }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.goto(`${product.url}/areas/province/zhejiang?source=demo`);
    await byTestId(page, 'belt-search')
      .getByText(/浙江省/)
      .first()
      .waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it.each(['zh', 'en'])('says one long word back without growing wider than a phone (%s)', async (lang) => {
    const { page, faults } = await product.open(360);
    const long = 'x'.repeat(900);
    for (const path of [`/belts/${long}`, `/belts/${long.slice(0, 120)}`, `/areas/province/${long}`]) {
      await page.goto(`${product.url}${path}?source=demo&lang=${lang}`);
      await byTestId(page, 'belt-search').getByText(/x{60}/).waitFor();
      expect(await overflow(page)).toBe(0);
    }
    await page.goto(`${product.url}/?${PERIOD}&lang=${lang}`);
    await byTestId(page, 'ranking-row').first().waitFor();
    await type(page, long);
    await byTestId(page, 'ranking-none').getByText(/x{60}/).waitFor();
    expect(await overflow(page)).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('works on the clock, at the level that it shows', async () => {
    const { page } = await product.open();
    await page.goto(`${product.url}/clock?source=demo&level=province`);
    await byTestId(page, 'clock').locator('canvas').first().waitFor();
    await byTestId(page, 'clock-find').fill('zhejiang');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('area') === '浙江省');
    await byTestId(page, 'clock-find').fill('nowhere at all');
    await page.keyboard.press('Enter');
    await page.getByText('nowhere at all').waitFor();
    await page.context().close();
  });
});

describe('a note that two people write', () => {
  const notes = '/api/v1/annotations';
  const json = { 'content-type': 'application/json' };
  const written = async (method: string, path: string, body: object | undefined, headers: object = {}) => {
    const response = await fetch(`${product.url}${path}`, {
      method,
      headers: { ...(body ? json : {}), cookie: product.cookie, origin: product.url, ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return (response.status === 204 ? null : await response.json()) as Annotation;
  };
  const note = (text: string) => ({
    source: 'demo',
    beltId: 'B001',
    kind: 'policy',
    day: '2024-05-01',
    text,
  });
  const change = (id: string, text: string) =>
    written('PUT', `${notes}/${id}`, note(text), { 'if-match': '*' });

  /** A page on which a note is being edited. */
  async function editing(text: string) {
    const added = await written('POST', notes, note(text));
    const { page, faults } = await product.open();
    await page.goto(`${product.url}/belts/B001?${PERIOD}`);
    const row = byTestId(page, 'annotation').filter({ hasText: text });
    await row.getByRole('button', { name: /编辑/ }).click();
    await byTestId(page, 'note-text').fill(`${text}，我的`);
    return { added, page, faults };
  }
  const textOf = async (id: string) => (await product.asked<Partial<Annotation>>(`/annotations/${id}`)).text;

  it('is not overwritten unseen: one sees what the other wrote, and chooses', async () => {
    const { added, page, faults } = await editing('试点甲');
    await change(added.id, '试点甲，对方的');
    await byTestId(page, 'note-save').click();
    await byTestId(page, 'note-theirs').getByText('试点甲，对方的').waitFor();
    expect(await textOf(added.id)).toBe('试点甲，对方的');
    expect(await byTestId(page, 'note-text').inputValue()).toBe('试点甲，我的');
    expect(await violations(page)).toEqual([]);
    // And a third time before one has chosen: it is asked again.
    await change(added.id, '试点甲，又改');
    await byTestId(page, 'note-save-mine').click();
    await byTestId(page, 'note-theirs').getByText('试点甲，又改').waitFor();
    await byTestId(page, 'note-save-mine').click();
    await byTestId(page, 'dialog').waitFor({ state: 'detached' });
    expect(await textOf(added.id)).toBe('试点甲，我的');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('can be left as the other one wrote it', async () => {
    const { added, page } = await editing('试点乙');
    await change(added.id, '试点乙，对方的');
    await byTestId(page, 'note-save').click();
    await byTestId(page, 'note-keep-theirs').click();
    await byTestId(page, 'annotation').getByText('试点乙，对方的').waitFor();
    expect(await textOf(added.id)).toBe('试点乙，对方的');
    await page.context().close();
  });

  it('can be written anew where the other one deleted it', async () => {
    const { added, page } = await editing('试点丙');
    await written('DELETE', `${notes}/${added.id}`, undefined, { 'if-match': '*' });
    await byTestId(page, 'note-save').click();
    await byTestId(page, 'note-save-mine').click();
    await byTestId(page, 'annotation').getByText('试点丙，我的').waitFor();
    await page.context().close();
  });

  it('is not deleted unseen either', async () => {
    const { added, page } = await editing('试点丁');
    await page.keyboard.press('Escape');
    await change(added.id, '试点丁，对方的');
    const row = byTestId(page, 'annotation').filter({ hasText: '试点丁' });
    await row.getByRole('button', { name: /删除/ }).click();
    await byTestId(page, 'note-remove').click();
    await byTestId(page, 'note-theirs').getByText('试点丁，对方的').waitFor();
    expect(await textOf(added.id)).toBe('试点丁，对方的');
    await byTestId(page, 'note-remove-changed').click();
    await byTestId(page, 'dialog').waitFor({ state: 'detached' });
    expect(await textOf(added.id)).toBeUndefined();
    await page.context().close();
  });

  it('keeps the page as wide as the screen, whatever is written in it', async () => {
    await written('POST', notes, { ...note(`https://example.org/${'w'.repeat(170)}`), beltId: 'B003' });
    const { page } = await product.open(360);
    await page.goto(`${product.url}/belts/B003?${PERIOD}`);
    await byTestId(page, 'annotation').first().waitFor();
    await byTestId(page, 'recovery').locator('ol').first().waitFor();
    expect(await overflow(page)).toBe(0);
    await page.context().close();
  });

  it('is not thrown away by a touch beside its dialog', async () => {
    const { page } = await product.open();
    await page.goto(`${product.url}/belts/B004?${PERIOD}`);
    // Panels that come move what is below them.
    await page.waitForFunction(() => document.querySelector('.panel[aria-busy="true"]') === null);
    await byTestId(page, 'annotation-add').click();
    await byTestId(page, 'dialog').waitFor();
    await page.mouse.click(5, 5);
    await byTestId(page, 'dialog').waitFor({ state: 'detached' });
    await byTestId(page, 'annotation-add').click();
    await byTestId(page, 'note-text').fill('写了很久');
    await page.mouse.click(5, 5);
    expect(await byTestId(page, 'note-text').inputValue()).toBe('写了很久');
    await page.keyboard.press('Escape');
    await byTestId(page, 'dialog').waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('is added once, also where the answer is lost and it is saved again', async () => {
    const { page } = await product.open();
    await page.goto(`${product.url}/belts/B005?${PERIOD}`);
    await byTestId(page, 'annotation-add').click();
    await byTestId(page, 'note-text').fill('只写一次');
    await page.route('**/api/v1/annotations', async (route) => {
      await route.fetch();
      await route.abort();
    });
    const save = byTestId(page, 'note-save');
    await save.click();
    await byTestId(page, 'dialog').getByRole('alert').waitFor();
    await page.unroute('**/api/v1/annotations');
    await save.click();
    await byTestId(page, 'dialog').waitFor({ state: 'detached' });
    await byTestId(page, 'annotation').getByText('只写一次').waitFor();
    expect(await byTestId(page, 'annotation').count()).toBe(1);

    // And so where more was written in the form before it was saved again.
    await byTestId(page, 'annotation-add').click();
    await byTestId(page, 'note-text').fill('先写');
    await page.route('**/api/v1/annotations', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await save.click();
    await byTestId(page, 'dialog').getByRole('alert').waitFor();
    await page.unroute('**/api/v1/annotations');
    await byTestId(page, 'note-text').fill('先写，再改');
    await save.click();
    await byTestId(page, 'annotation').getByText('先写，再改').waitFor();
    expect(await byTestId(page, 'annotation').count()).toBe(2);
    await page.context().close();
  });

  it('names the year that was mistyped', async () => {
    const { page } = await product.open();
    await page.goto(`${product.url}/belts/B006?${PERIOD}`);
    await byTestId(page, 'annotation-add').click();
    await byTestId(page, 'note-text').fill('年份错了');
    await byTestId(page, 'note-day').fill('0024-05-01');
    await byTestId(page, 'note-save').click();
    await byTestId(page, 'dialog').getByText('日期不能早于 1990年1月1日').waitFor();
    await byTestId(page, 'note-day').fill('2024-05-01');
    await byTestId(page, 'note-last-day').fill('2204-05-02');
    await byTestId(page, 'note-save').click();
    await byTestId(page, 'dialog').getByText('日期不能晚于 2100年12月31日').waitFor();
    expect(await byTestId(page, 'note-last-day').getAttribute('aria-invalid')).toBe('true');
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  it('is one of many: all of them are there, in portions', async () => {
    for (let n = 0; n < 120; n++) {
      const day = `2023-${String(1 + (n % 12)).padStart(2, '0')}-15`;
      await written('POST', notes, { ...note(`第${n}条`), beltId: 'B002', day });
    }
    const { page } = await product.open();
    await page.goto(`${product.url}/belts/B002?${PERIOD}`);
    await byTestId(page, 'annotation').first().waitFor();
    expect(await byTestId(page, 'annotation').count()).toBe(50);
    // Below each chart that marks them, their key stays short too.
    await byTestId(page, 'recovery').locator('ol li').first().waitFor();
    expect(await byTestId(page, 'recovery').locator('ol li').count()).toBe(12);
    await byTestId(page, 'annotations-more').click();
    await byTestId(page, 'annotations-more').click();
    expect(await byTestId(page, 'annotation').count()).toBe(120);
    await byTestId(page, 'annotations-more').waitFor({ state: 'detached' });
    await page.context().close();
  });
});
