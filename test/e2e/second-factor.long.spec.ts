/** A second factor as an administrator meets it, in a real browser: turned on with a scanned code, asked for, and turned off; by keyboard alone. */
import type { Page } from 'playwright-core';
import { codeOf, wrongCodeOf } from '../fixtures/api/authenticator.ts';
import { overflow, violations } from './axe.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';
import { scanned } from './scanned.ts';

const product = productInBrowser();

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? null);
/** Waits until the keyboard would write into an element. */
async function untilFocused(page: Page, id: string): Promise<void> {
  await page.waitForFunction((testId) => document.activeElement?.getAttribute('data-testid') === testId, id);
}
/** Goes on by the Tab key until an element has the focus. */
async function tabTo(page: Page, id: string): Promise<void> {
  for (let steps = 0; steps < 40; steps++) {
    if ((await focused(page)) === id) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no Tab leads to ${id}`);
}
async function press(page: Page, id: string): Promise<void> {
  await tabTo(page, id);
  await page.keyboard.press('Enter');
}
/** Signs in with the password, by keyboard, as far as the second step. */
async function giveWord(page: Page, path: string, password: string): Promise<void> {
  await page.goto(`${product.url}${path}`);
  await page.locator('input[name="username"]').focus();
  await page.keyboard.type('admin');
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await untilFocused(page, 'code');
}
const checked = async (page: Page) => [await overflow(page), await violations(page)];

interface Told {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
  readonly session: { readonly user: { readonly id: string } };
  readonly token: string;
}
/** What the page's own session is told by the API, for what a flow is not about. */
const sender =
  (page: Page) =>
  (path: string, body: object, method = 'POST'): Promise<Told> =>
    page.evaluate(
      async ([where, sent, how]) => {
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(`/api/v1${where}`, { method: how, headers, body: sent });
        return (await answer.json()) as Told;
      },
      [path, JSON.stringify(body), method] as const,
    );

it('is turned on by a scanned code, asked for at the sign-in, and turned off by a recovery code', async () => {
  const { password } = product.administrator;
  const { page, faults } = await product.openAsAdministrator(360);
  await page.goto(`${product.url}/account`);
  await byTestId(page, 'factor-state').getByText('未开启').waitFor();
  await press(page, 'factor-on');
  await untilFocused(page, 'present-password-again');
  await page.keyboard.type('not-the-password');
  await page.keyboard.press('Enter');
  await page.getByText('密码不对。').waitFor();
  await byTestId(page, 'present-password-again').fill(password);
  await page.keyboard.press('Enter');
  await byTestId(page, 'qr').waitFor();
  const uri = new URL(await scanned(byTestId(page, 'qr')));
  const secret = uri.searchParams.get('secret') ?? '';
  expect([uri.protocol, decodeURIComponent(uri.pathname)]).toEqual(['otpauth:', '/Beltline:admin']);
  const typed = await byTestId(page, 'factor-secret').innerText();
  expect(typed.replaceAll(' ', '')).toBe(secret);
  expect(await checked(page)).toEqual([0, []]);
  await untilFocused(page, 'factor-code');
  await page.keyboard.type(wrongCodeOf(secret));
  await page.keyboard.press('Enter');
  await page.getByText('验证码不对').waitFor();
  await byTestId(page, 'factor-code').fill(codeOf(secret));
  await page.keyboard.press('Enter');
  await byTestId(page, 'recovery-codes').waitFor();
  const codes = await byTestId(page, 'recovery-codes').locator('li').allInnerTexts();
  expect(codes).toHaveLength(10);
  expect(await checked(page)).toEqual([0, []]);
  await press(page, 'codes-saved');
  await byTestId(page, 'factor-state').getByText('已开启').waitFor();
  await byTestId(page, 'codes-left').getByText('还剩 10 个').waitFor();
  expect(await checked(page)).toEqual([0, []]);
  const content = await page.content();
  for (const hidden of [secret, typed, ...codes]) expect(content).not.toContain(hidden);

  const { page: later, faults: laterFaults } = await product.openSignedOut(360);
  await giveWord(later, '/audit', password);
  expect(await checked(later)).toEqual([0, []]);
  expect(await later.evaluate(async () => (await fetch('/api/v1/audit')).status)).toBe(401);
  await later.keyboard.type(wrongCodeOf(secret));
  await later.keyboard.press('Enter');
  await later.getByText('不对，或已经用过').waitFor();
  expect(await checked(later)).toEqual([0, []]);
  // Of the next step, which a clock that is a little ahead makes: that of this one was used.
  await later.keyboard.type(codeOf(secret, 1));
  await later.keyboard.press('Enter');
  await byTestId(later, 'audit-row').first().waitFor();
  await byTestId(later, 'audit-row').getByText('开启两步验证').first().waitFor();

  const { page: lost, faults: lostFaults } = await product.openSignedOut();
  await giveWord(lost, '/account?lang=en', password);
  await press(lost, 'use-recovery');
  await untilFocused(lost, 'code');
  expect(await checked(lost)).toEqual([0, []]);
  await lost.keyboard.type((codes[0] ?? '').toLowerCase());
  await lost.keyboard.press('Enter');
  await byTestId(lost, 'codes-left').getByText('left: 9').waitFor();
  await press(lost, 'factor-off');
  await untilFocused(lost, 'present-password-again');
  await lost.keyboard.type(password);
  await tabTo(lost, 'proof-code');
  await lost.keyboard.type(codes[1] ?? '');
  await lost.keyboard.press('Enter');
  await byTestId(lost, 'factor-state').getByText('Off', { exact: true }).waitFor();
  await lost.getByText('It is off').waitFor();
  // The others are signed out.
  await later.reload();
  await byTestId(later, 'sign-in').waitFor();
  expect([faults, laterFaults, lostFaults]).toEqual([[], [], []]);
  for (const opened of [page, later, lost]) await opened.context().close();
});

it('a second step that is over leads back to the password, and says why', async () => {
  const { password } = product.administrator;
  const { page: desk } = await product.openAsAdministrator();
  const post = sender(desk);
  await desk.goto(`${product.url}/account`);
  await byTestId(desk, 'factor-on').waitFor();
  const { secret } = await post('/session/second-factor', { password });
  const { recoveryCodes } = await post('/session/second-factor', { code: codeOf(secret) }, 'PUT');
  const { page, faults } = await product.openSignedOut(360);
  await giveWord(page, '/account', password);
  await press(page, 'code-back');
  await page.locator('input[name="password"]').waitFor();
  await giveWord(page, '/account', password);
  await page.context().clearCookies();
  await page.keyboard.type(codeOf(secret, 1));
  await page.keyboard.press('Enter');
  await byTestId(page, 'sign-in-error').getByText('请重新输入密码').waitFor();
  expect(await checked(page)).toEqual([0, []]);
  await post('/session/second-factor/off', { password, code: recoveryCodes[0] ?? '' });
  await page.locator('input[name="password"]').fill(password);
  await page.keyboard.press('Enter');
  await byTestId(page, 'factor-state').getByText('未开启').waitFor();
  expect(faults).toEqual([]);
  for (const opened of [page, desk]) await opened.context().close();
});

it('a password link does not go around it: the page asks for the code after the new password', async () => {
  const { password } = product.administrator;
  const { page: desk } = await product.openAsAdministrator();
  await desk.goto(`${product.url}/account`);
  await byTestId(desk, 'factor-on').waitFor();
  const post = sender(desk);
  const { secret } = await post('/session/second-factor', { password });
  const { recoveryCodes, session } = await post('/session/second-factor', { code: codeOf(secret) }, 'PUT');
  const { token } = await post(`/users/${session.user.id}/link`, {});
  const { page, faults } = await product.openSignedOut(360);
  await page.goto(`${product.url}/welcome?lang=en#${token}`);
  for (const field of ['new-password', 'repeat-password'])
    await byTestId(page, field).fill('quiet-heron-shed-42');
  await byTestId(page, 'welcome-set').click();
  await untilFocused(page, 'code');
  expect(await checked(page)).toEqual([0, []]);
  await press(page, 'use-recovery');
  await untilFocused(page, 'code');
  await page.keyboard.type(recoveryCodes[0] ?? '');
  await page.keyboard.press('Enter');
  await byTestId(page, 'home').waitFor();
  expect(faults).toEqual([]);
  for (const opened of [page, desk]) await opened.context().close();
});
