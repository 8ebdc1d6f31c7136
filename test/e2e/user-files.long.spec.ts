/** Users by a file, two administrators at one user, and ending what others have open; in a real browser. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { overflow, violations } from './axe.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();
const PASSWORD = 'quiet-heron-shed-42';

/** Chooses a file of this text, and waits for its plan. */
async function choose(page: Page, text: string | Buffer, name = '用户.csv'): Promise<void> {
  await byTestId(page, 'import-file').setInputFiles({
    ...{ name, mimeType: 'text/csv', buffer: Buffer.from(text) },
  });
  await byTestId(page, 'import-plan').getByText(name).waitFor();
}
const rows = (page: Page, id: string) => byTestId(page, id).allInnerTexts();

it('a file is planned, mended, confirmed, and its links are kept once', async () => {
  const { page, faults } = await product.openAsAdministrator(360);
  await page.goto(`${product.url}/users`);
  await byTestId(page, 'user-import').click();
  await choose(page, '用户名,角色,地区\n王伟,地方官员,3301\nadmin,地方官员,\n李丽,皇帝,\n', '第一次.csv');
  expect(await rows(page, 'refused-row')).toEqual([
    expect.stringContaining('「admin」已经有了'),
    expect.stringContaining('没有「皇帝」这个角色'),
  ]);
  expect(await byTestId(page, 'import-confirm').count()).toBe(0);
  expect(await page.locator('header nav a.here').allInnerTexts()).toEqual(['用户']);
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  // As a spreadsheet in China saves it: 用户名,角色 / 王伟,地方官员 / =WEI(),地方官员
  const mended = 'd3c3bba7c3fb2cbdc7c9ab0acdf5ceb02cb5d8b7bdb9d9d4b10a3d57454928292cb5d8b7bdb9d9d4b10a';
  await choose(page, Buffer.from(mended, 'hex'));
  await byTestId(page, 'import-plan').getByText('按 GB18030 读取').waitFor();
  expect(await rows(page, 'planned-row')).toEqual([
    expect.stringMatching(/王伟[^]*添加[^]*地方官员/),
    expect.stringMatching(/=WEI\(\)[^]*添加/),
  ]);
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  await byTestId(page, 'import-confirm').click();
  await byTestId(page, 'import-link').first().waitFor();
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  // The page stands still until it is answered, and so does the click.
  await byTestId(page, 'import-another').click();
  await page.getByText('返回用户').click();
  expect(asked).toEqual([1, 2].map(() => expect.stringContaining('链接还没有下载')));
  const [file] = await Promise.all([page.waitForEvent('download'), byTestId(page, 'import-links').click()]);
  const lines = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(['王伟', "'=WEI()"]);
  const link = lines[1]?.split(',')[1] ?? '';
  await page.getByText('已下载').waitFor();
  await byTestId(page, 'import-another').click();
  await byTestId(page, 'import-file').waitFor();
  expect([asked.length, (await page.content()).includes(link)]).toEqual([2, false]);
  const { page: own } = await product.openSignedOut();
  await own.goto(link);
  await byTestId(own, 'new-password').fill(PASSWORD);
  await byTestId(own, 'repeat-password').fill(PASSWORD);
  await byTestId(own, 'welcome-set').click();
  await byTestId(own, 'region-page').waitFor();
  expect(faults).toEqual([]);
  for (const opened of [page, own]) await opened.context().close();
});

it('what somebody else changed meanwhile is shown before it is written over, by hand and by a file', async () => {
  const { page, faults } = await product.openAsAdministrator();
  const { page: other } = await product.openAsAdministrator();
  for (const opened of [page, other]) {
    await opened.goto(`${product.url}/users`);
    await byTestId(opened, 'user-row').filter({ hasText: '王伟' }).waitFor();
  }
  const edit = (opened: Page) =>
    byTestId(opened, 'user-row').filter({ hasText: '王伟' }).locator('[data-testid="user-edit"]').click();
  const save = async (opened: Page, regions: string) => {
    await byTestId(opened, 'user-regions').fill(regions);
    await byTestId(opened, 'user-save').click();
  };
  await edit(page);
  await byTestId(page, 'user-regions').waitFor();
  await edit(other);
  await save(other, '44');
  await byTestId(other, 'user-form').waitFor({ state: 'detached' });
  await save(page, '33');
  await byTestId(page, 'user-conflict').waitFor();
  expect(await byTestId(page, 'user-theirs').innerText()).toContain('44');
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  await byTestId(page, 'user-take-theirs').click();
  await byTestId(page, 'user-conflict').waitFor({ state: 'detached' });
  expect(await byTestId(page, 'user-regions').inputValue()).toBe('44');
  await save(page, '11');
  await byTestId(page, 'user-form').waitFor({ state: 'detached' });
  await byTestId(page, 'user-row')
    .filter({ hasText: '王伟' })
    .getByRole('cell', { name: '11', exact: true })
    .waitFor();
  // By a file that was planned before.
  await byTestId(page, 'user-import').click();
  await choose(page, '操作,用户名,地区\n修改,王伟,33\n');
  await other.reload();
  await byTestId(other, 'user-row')
    .filter({ hasText: '王伟' })
    .getByRole('cell', { name: '11', exact: true })
    .waitFor();
  await edit(other);
  await save(other, '22');
  await byTestId(other, 'user-form').waitFor({ state: 'detached' });
  await byTestId(page, 'import-confirm').click();
  await byTestId(page, 'import-anew').waitFor();
  await byTestId(page, 'planned-row').getByText('原为： 22').waitFor();
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  await byTestId(page, 'import-confirm').click();
  await byTestId(page, 'import-done').getByText('修改 1').waitFor();
  expect(faults).toEqual([]);
  for (const opened of [page, other]) await opened.context().close();
});

it('an administrator sees where somebody is signed in and ends it, and their tokens', async () => {
  const { page: theirs } = await product.open();
  await theirs.goto(`${product.url}/account`);
  await byTestId(theirs, 'token-add').click();
  await byTestId(theirs, 'token-name').fill('夜间报表');
  await theirs.locator('[role=dialog] .choice input').first().check();
  await byTestId(theirs, 'token-make').click();
  const secret = await byTestId(theirs, 'token-secret').locator('input').inputValue();
  const { page, faults } = await product.openAsAdministrator(360);
  await page.goto(`${product.url}/users?lang=en`);
  const row = byTestId(page, 'user-row').filter({ hasText: 'tester' });
  await row.locator('[data-testid="user-access"]').click();
  await byTestId(page, 'token-row').getByText('夜间报表').waitFor();
  await byTestId(page, 'session-row').first().waitFor();
  expect(await page.content()).not.toContain(secret);
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  await byTestId(page, 'token-revoke').first().click();
  await byTestId(page, 'confirm').click();
  await page.getByText('No tokens.').waitFor();
  const refused = await fetch(`${product.url}/api/v1/definitions`, {
    headers: { authorization: `Bearer ${secret}` },
  });
  expect(refused.status).toBe(401);
  const before = await byTestId(page, 'session-row').count();
  await byTestId(page, 'session-end').first().click();
  await byTestId(page, 'confirm').click();
  await byTestId(page, 'session-row')
    .nth(before - 1)
    .waitFor({ state: 'detached' });
  if (before > 1) {
    await byTestId(page, 'sessions-end-all').click();
    await byTestId(page, 'confirm').click();
  }
  await page.getByText('Not signed in.').waitFor();
  await theirs.reload();
  await byTestId(theirs, 'sign-in').waitFor();
  await byTestId(page, 'to-users').click();
  await row.getByText('Sessions 0 · Tokens 0').waitFor();
  expect(faults).toEqual([]);
  for (const opened of [page, theirs]) await opened.context().close();
});
