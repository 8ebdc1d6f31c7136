/** What a reader has begun to write, and links that ask for what is not there, in a real browser. */
import { violations } from './axe.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();
const PERIOD = 'source=demo&from=2024-01&to=2024-12';

describe('a note that is being written', () => {
  it('is offered again after Back, Escape and another belt, and is no note of that belt', async () => {
    const { page, faults } = await product.open();
    await page.goto(`${product.url}/?${PERIOD}`);
    const row = byTestId(page, 'ranking-row').locator('th a').first();
    const here = await row.innerText();
    await row.click();
    await page.waitForURL(/\/belts\//);
    await byTestId(page, 'annotation-add').click();
    await byTestId(page, 'note-text').fill('写了很久的一条');
    await page.goBack();
    await byTestId(page, 'dialog').waitFor({ state: 'detached' });

    await byTestId(page, 'ranking-row').locator('th a').nth(1).click();
    await page.waitForURL(/\/belts\//);
    await byTestId(page, 'annotation-add').click();
    expect(await byTestId(page, 'note-text').inputValue()).toBe('');
    await page.keyboard.press('Escape');
    await page.goBack();

    await byTestId(page, 'ranking-row').getByRole('link', { name: here }).click();
    await page.waitForURL(/\/belts\//);
    await page.getByRole('button', { name: '继续写批注' }).click();
    await byTestId(page, 'note-draft').waitFor();
    expect(await byTestId(page, 'note-text').inputValue()).toBe('写了很久的一条');
    expect(await violations(page)).toEqual([]);
    await byTestId(page, 'note-text').fill('写了很久的一条，又添几字');
    await page.keyboard.press('Escape');
    await byTestId(page, 'dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '继续写批注' }).click();
    expect(await byTestId(page, 'note-text').inputValue()).toBe('写了很久的一条，又添几字');
    await byTestId(page, 'note-save').click();
    await byTestId(page, 'annotation').getByText('写了很久的一条，又添几字').waitFor();
    await page.getByRole('button', { name: '添加批注' }).click();
    expect(await byTestId(page, 'note-text').inputValue()).toBe('');
    expect(await byTestId(page, 'note-draft').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('is not lost unasked where the page is loaded anew, in its dialog and after it', async () => {
    const { page } = await product.open();
    await page.goto(`${product.url}/belts/B003?${PERIOD}`);
    await byTestId(page, 'annotation-add').click();
    await byTestId(page, 'note-text').fill('还没有存');
    /** Tries to load the page anew, and stays. @returns the kind of question that was asked. */
    const asked = async () => {
      const question = page.waitForEvent('dialog');
      // Of a reload that was called off nobody is told.
      await page.evaluate(() => void setTimeout(() => location.reload()));
      const dialog = await question;
      await dialog.dismiss();
      return dialog.type();
    };
    expect(await asked()).toBe('beforeunload');
    expect(await byTestId(page, 'note-text').inputValue()).toBe('还没有存');
    await page.keyboard.press('Escape');
    await byTestId(page, 'dialog').waitFor({ state: 'detached' });
    expect(await asked()).toBe('beforeunload');
    await page.getByRole('button', { name: '继续写批注' }).click();
    expect(await byTestId(page, 'note-text').inputValue()).toBe('还没有存');
    await page.getByRole('button', { name: '取消' }).click();
    await byTestId(page, 'dialog').waitFor({ state: 'detached' });
    let questions = 0;
    page.on('dialog', (dialog) => ((questions += 1), void dialog.accept()));
    await page.reload();
    await byTestId(page, 'annotation-add').waitFor();
    expect(questions).toBe(0);
    await page.context().close();
  });

  it('may have 200 characters, however many units each of them is, and says how many there are', async () => {
    const { page, faults } = await product.open();
    await page.goto(`${product.url}/belts/B007?${PERIOD}`);
    await byTestId(page, 'annotation-add').click();
    await byTestId(page, 'note-text').fill('𠮷'.repeat(201));
    await byTestId(page, 'dialog').getByText('内容超过 200 字').waitFor();
    await byTestId(page, 'note-text').fill('𠮷'.repeat(200));
    await byTestId(page, 'dialog').getByText('已写 200 字').waitFor();
    await byTestId(page, 'note-save').click();
    await byTestId(page, 'annotation').getByText('𠮷'.repeat(200)).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('a link that asks for what is not there', () => {
  it.each([
    ['zh', '排名依据「<b>size」（显示的是按数值）', '知道了'],
    ['en', 'Ranked by “<b>size” (shown: by value)', 'Understood'],
  ])('is told what is shown instead (%s)', async (lang, sort, understood) => {
    const { page, faults } = await product.open(360);
    const query = `level=planet&state=great&sort=${encodeURIComponent('<b>size')}&order=up&measure=gold`;
    await page.goto(`${product.url}/?${PERIOD}&lang=${lang}&${query}`);
    const notice = byTestId(page, 'link-notice');
    await notice.getByText(sort).waitFor();
    for (const asked of ['planet', 'great', 'up', 'gold']) expect(await notice.innerText()).toContain(asked);
    expect(await violations(page)).toEqual([]);
    await notice.getByRole('button', { name: understood }).click();
    await notice.waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.has('sort')).toBe(false);
    await page.goto(`${product.url}/recovery?source=demo&lang=${lang}&tracks=custom,x`);
    await notice.getByRole('button', { name: understood }).click();
    await page.waitForURL((url) => url.searchParams.get('tracks') === 'custom');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('is told of a province and of a rule that the data do not have, and shows all', async () => {
    const { page, faults } = await product.open(360);
    const notice = byTestId(page, 'link-notice');
    await page.goto(`${product.url}/?${PERIOD}&province=${encodeURIComponent('火星省')}`);
    await notice.getByText('省份「火星省」（显示的是全部省份）').waitFor();
    await byTestId(page, 'ranking-row').first().waitFor();
    await notice.getByRole('button', { name: '知道了' }).click();
    await notice.waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.has('province')).toBe(false);

    await page.goto(`${product.url}/data?source=demo&rule=nope`);
    await notice.getByText('拒收原因「nope」（显示的是全部原因）').waitFor();
    await byTestId(page, 'reject-row').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await byTestId(page, 'reject-rule').first().click();
    await notice.waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
