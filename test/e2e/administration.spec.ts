/**
 * How somebody comes in by an administrator's link, sees to their account, and is seen in the audit; in a real browser. With a short flow
 * through each of user-files.long and second-factor.long.
 */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { codeOf, wrongCodeOf } from '../fixtures/api/authenticator.ts';
import { overflow, violations } from './axe.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

const product = productInBrowser();
const PASSWORD = 'quiet-heron-shed-42';

/** Adds an official, as an administrator does. @returns the link, and the page that it was shown on. */
async function added(name: string): Promise<{ link: string; page: Page; faults: string[] }> {
  const { page, faults } = await product.openAsAdministrator();
  await page.goto(`${product.url}/users`);
  await byTestId(page, 'user-row').first().waitFor();
  await byTestId(page, 'user-add').click();
  await byTestId(page, 'user-name').fill(name);
  await page.locator('[data-role="official"]').check();
  await byTestId(page, 'user-regions').fill('33，4403');
  await byTestId(page, 'user-save').click();
  return { link: await byTestId(page, 'copy-text').inputValue(), page, faults };
}
async function choosePassword(page: Page, password: string, repeated = password): Promise<void> {
  await byTestId(page, 'new-password').fill(password);
  await byTestId(page, 'repeat-password').fill(repeated);
}

it('a link lets a new user in once, and its secret stays in no address', async () => {
  const { link, page: desk, faults } = await added('Olga');
  const { page } = await product.openSignedOut(360);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(link);
  await choosePassword(page, PASSWORD, 'another-one-1');
  expect(new URL(page.url()).hash).toBe('');
  await byTestId(page, 'welcome-set').click();
  await page.getByText('两次输入的新密码不一样').waitFor();
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  await choosePassword(page, 'password20261');
  await byTestId(page, 'welcome-set').click();
  await page.getByText('太常见').waitFor();
  await choosePassword(page, PASSWORD);
  await byTestId(page, 'welcome-set').click();
  await byTestId(page, 'region-page').waitFor();
  expect(asked.filter((url) => url.includes(new URL(link).hash.slice(1)))).toEqual([]);
  await page.goto(`${product.url}/users`);
  await byTestId(page, 'not-yours').waitFor();
  const { page: later } = await product.openSignedOut();
  await later.goto(link);
  await choosePassword(later, PASSWORD);
  await byTestId(later, 'welcome-set').click();
  await byTestId(later, 'welcome-gone').waitFor();
  expect(faults).toEqual([]);
  for (const opened of [desk, page, later]) await opened.context().close();
});

it('one’s own account: a password that is wrong is said beside its field, a token is shown once, and all sessions end', async () => {
  const { link, page: desk } = await added('Petra');
  const { page, faults } = await product.openSignedOut(360);
  await page.goto(link);
  await choosePassword(page, PASSWORD);
  await byTestId(page, 'welcome-set').click();
  await byTestId(page, 'account-link').click();
  await byTestId(page, 'session-row').first().waitFor();
  await byTestId(page, 'present-password').fill('not-the-present');
  await choosePassword(page, 'other-goose-barn-9');
  await byTestId(page, 'change-password').click();
  await page.getByText('现在的密码不对').waitFor();
  await byTestId(page, 'present-password').fill(PASSWORD);
  await byTestId(page, 'change-password').click();
  await page.getByText('密码已更改').waitFor();
  await byTestId(page, 'token-add').click();
  await byTestId(page, 'token-name').fill('夜间报表');
  await page.locator('[role=dialog] .choice input').first().check();
  await byTestId(page, 'token-make').click();
  const secret = await byTestId(page, 'token-secret').locator('input').inputValue();
  expect(secret).toMatch(/^belt_[\w-]{43}$/);
  await page.keyboard.press('Escape');
  await byTestId(page, 'token-row').getByText('夜间报表').waitFor();
  expect(await page.content()).not.toContain(secret);
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  await byTestId(page, 'present-password').fill('other-goose-barn-9');
  await choosePassword(page, 'third-crane-loft-5');
  await byTestId(page, 'revoke-tokens').check();
  await byTestId(page, 'change-password').click();
  await byTestId(page, 'token-row').waitFor({ state: 'detached' });
  await byTestId(page, 'leave-all').click();
  await byTestId(page, 'confirm').click();
  await byTestId(page, 'sign-in').waitFor();
  expect(faults).toEqual([]);
  for (const opened of [desk, page]) await opened.context().close();
});

it('the audit tells of it, says that its chain is whole, and can be kept as a file', async () => {
  const { page, faults } = await product.openAsAdministrator(360);
  await page.goto(`${product.url}/audit?event=link-used&lang=en`);
  await byTestId(page, 'audit-row').first().waitFor();
  expect(await byTestId(page, 'audit-row').first().innerText()).toContain('Petra');
  expect(await byTestId(page, 'audit-chain').innerText()).toContain('The chain is whole');
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  const [file] = await Promise.all([page.waitForEvent('download'), byTestId(page, 'audit-export').click()]);
  const lines = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines[0]).toContain('position,at,event,actor');
  expect(lines.slice(1).every((line) => line.includes('link-used'))).toBe(true);
  expect(lines.length).toBeGreaterThan(2);
  await page.goto(`${product.url}/audit?event=exported&lang=en`);
  await byTestId(page, 'audit-row')
    .getByText(`audit: ${lines.length - 1} rows (event link-used`)
    .waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it('user-files: a file is planned, confirmed, and its links are kept once', async () => {
  const { page, faults } = await product.openAsAdministrator(360);
  await page.goto(`${product.url}/users`);
  await byTestId(page, 'user-import').click();
  const choose = async (name: string, text: string) => {
    const buffer = Buffer.from(text);
    await byTestId(page, 'import-file').setInputFiles({ name, mimeType: 'text/csv', buffer });
    await byTestId(page, 'import-plan').getByText(name).waitFor();
  };
  await choose('第一次.csv', '用户名,角色\n王伟,皇帝\n');
  await byTestId(page, 'refused-row').getByText('没有「皇帝」这个角色').waitFor();
  expect(await byTestId(page, 'import-confirm').count()).toBe(0);
  await choose('第二次.csv', '用户名,角色\n王伟,地方官员\n');
  await byTestId(page, 'planned-row').getByText('地方官员').first().waitFor();
  await byTestId(page, 'import-confirm').click();
  await byTestId(page, 'import-link').first().waitFor();
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  const [file] = await Promise.all([page.waitForEvent('download'), byTestId(page, 'import-links').click()]);
  const link = /^王伟,([^,\r]+)/m.exec(readFileSync(await file.path(), 'utf8'))?.[1] ?? '';
  expect(link).toContain('/welcome#');
  await byTestId(page, 'import-another').click();
  await byTestId(page, 'import-file').waitFor();
  expect(await page.content()).not.toContain(link);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('second-factor: it is turned on by a code, asked for at the sign-in, and only the right code gets in', async () => {
  const { password } = product.administrator;
  const { page, faults } = await product.openAsAdministrator(360);
  await page.goto(`${product.url}/account`);
  await byTestId(page, 'factor-on').click();
  await byTestId(page, 'present-password-again').fill(password);
  await page.keyboard.press('Enter');
  await byTestId(page, 'qr').waitFor();
  const secret = (await byTestId(page, 'factor-secret').innerText()).replaceAll(' ', '');
  await byTestId(page, 'factor-code').fill(codeOf(secret));
  await page.keyboard.press('Enter');
  await byTestId(page, 'recovery-codes').waitFor();
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);

  const { page: later, faults: laterFaults } = await product.openSignedOut(360);
  await later.goto(`${product.url}/audit`);
  await later.locator('input[name="username"]').fill('admin');
  await later.locator('input[name="password"]').fill(password);
  await later.keyboard.press('Enter');
  await byTestId(later, 'code').fill(wrongCodeOf(secret));
  expect(await later.evaluate(async () => (await fetch('/api/v1/audit')).status)).toBe(401);
  await later.keyboard.press('Enter');
  await later.getByText('不对，或已经用过').waitFor();
  // Of the next step, which a clock that is a little ahead makes: that of this one was used.
  await byTestId(later, 'code').fill(codeOf(secret, 1));
  await later.keyboard.press('Enter');
  await byTestId(later, 'audit-row').getByText('开启两步验证').first().waitFor();
  expect([faults, laterFaults]).toEqual([[], []]);
  for (const opened of [page, later]) await opened.context().close();
});
