/** Mail as people meet it on a phone: an address that is confirmed, reports that are subscribed to, the monthly mail on and off, and what did not arrive. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AddedUser, MailAreasAnswer, NewUserBody } from '@beltline/contract';
import type { Page } from 'playwright-core';
import { signIn } from '../fixtures/api/signing-in.ts';
import { readMail, SmtpProcess } from '../fixtures/mail/smtp.ts';
import { mailEnvironment } from '../fixtures/mail/subscribed.ts';
import { overflow, violations } from './axe.ts';
import { byTestId, productInBrowser } from './product-in-browser.ts';

let smtp: SmtpProcess;
/** Filled before the product starts. */
const environment: Record<string, string> = { BELTLINE_REPORTS: 'off' };
beforeAll(async () => {
  smtp = await SmtpProcess.start();
  const { BELTLINE_RELEASE_MONTHS: _, ...mail } = mailEnvironment(smtp.url);
  Object.assign(environment, mail, { BELTLINE_PUBLIC_URL: 'http://127.0.0.1:9' });
});
afterAll(() => smtp?.end());
const product = productInBrowser({ releases: 1, environment });
const PHONE = 360;

const PASSWORD = 'brisk-otter-lamp-71';
/** Users of the demo are there only where nobody is told another address: these are added as an administrator does. */
async function added(name: string, given: Partial<NewUserBody>): Promise<string> {
  const send = async (path: string, body: object, cookie = '') => {
    const headers = { 'content-type': 'application/json', origin: product.url, ...(cookie && { cookie }) };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    return (await fetch(`${product.url}/api/v1${path}`, init)).json();
  };
  const administrator = await signIn(product.url, product.administrator);
  const body = { name, roles: [], sources: ['demo'], regions: [], owners: [], ...given };
  const { link } = (await send('/users', body, administrator)) as AddedUser;
  await send('/session/link', { token: link.token, password: PASSWORD });
  return signIn(product.url, { name, password: PASSWORD });
}
async function enter(cookie: string, page: string, language: string) {
  const opened = await product.openSignedOut(PHONE);
  const [name = '', value = ''] = cookie.split('=');
  await opened.page.context().addCookies([{ name, value, url: product.url, sameSite: 'Strict' }]);
  await opened.page.goto(`${product.url}${page}?lang=${language}`);
  return opened;
}
async function isFit(page: Page): Promise<void> {
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
}
/** Where a link of a mail leads, at the product that is under test. */
async function linkIn(address: string, path: string, count = 1): Promise<string> {
  const mails = await smtp.until(count, address);
  const { text = '' } = await readMail(mails[count - 1]);
  const [, rest = ''] = new RegExp(`${path}(\\?lang=[\\w-]+#[\\w.-]+)`).exec(text) ?? [];
  return `${product.url}${path}${rest}`;
}
async function follow(url: string, said: RegExp): Promise<void> {
  const { page, faults } = await product.openSignedOut(PHONE);
  await page.goto(url);
  await byTestId(page, 'mail-link-go').waitFor();
  await page.waitForFunction(() => window.location.hash === '');
  await isFit(page);
  await byTestId(page, 'mail-link-go').click();
  expect(await byTestId(page, 'mail-link-done').innerText()).toMatch(said);
  expect(faults).toEqual([]);
  await page.context().close();
}

/** Of which areas there is anything is known once a month is released. */
async function untilReleased(cookie: string): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    const answer = await fetch(`${product.url}/api/v1/mail/areas`, { headers: { cookie } });
    if (((await answer.json()) as MailAreasAnswer).areas.length > 0) return;
    await sleep(500);
  }
  throw new Error('nothing was released');
}

it('an official confirms an address, and subscribes to the reports of an area of theirs', async () => {
  const lin = await added('lin', { roles: ['official'], regions: ['33'] });
  const { page, faults } = await enter(lin, '/reports', 'zh-CN');
  const panel = byTestId(page, 'report-mail');
  await byTestId(page, 'mail-address-input').fill('nobody');
  await byTestId(page, 'mail-address-set').click();
  await panel.locator('[role="alert"]').waitFor();
  await byTestId(page, 'mail-address-input').fill('li@z.example');
  await byTestId(page, 'mail-address-set').click();
  await page.locator('[data-testid="mail-address"][data-state="unconfirmed"]').waitFor();
  await isFit(page);
  await follow(await linkIn('li@z.example', '/mail/confirm'), /已确认/);
  await untilReleased(lin);
  await page.reload();
  await page.locator('[data-testid="mail-address"][data-state="confirmed"]').waitFor();
  await byTestId(page, 'mail-none').waitFor();
  await page.waitForFunction(
    () => (document.querySelector('[data-testid="mail-area"]') as HTMLSelectElement | null)?.value !== '',
  );
  await byTestId(page, 'mail-kind').selectOption('province');
  expect(await byTestId(page, 'mail-area').locator('option').allInnerTexts()).toEqual(['浙江省']);
  await byTestId(page, 'mail-add').click();
  await byTestId(page, 'mail-subscription').waitFor();
  expect(await byTestId(page, 'mail-subscription').innerText()).toContain('浙江省');
  await byTestId(page, 'mail-history').locator('summary').click();
  expect(await byTestId(page, 'mail-history').innerText()).toContain('已发出');
  await isFit(page);
  await byTestId(page, 'mail-subscription').locator('button').click();
  await byTestId(page, 'mail-none').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it('a merchant switches the monthly mail on, is sent one, and ends it by its link', async () => {
  const { page, faults } = await enter(
    await added('chang', { roles: ['merchant'], owners: ['demo:L000001'] }),
    '/standing',
    'en',
  );
  await byTestId(page, 'mail-address-input').fill('chang@y.example');
  await byTestId(page, 'mail-address-set').click();
  await page.locator('[data-testid="mail-address"][data-state="unconfirmed"]').waitFor();
  await follow(await linkIn('chang@y.example', '/mail/confirm'), /Confirmed/);
  await page.reload();
  await byTestId(page, 'standing-mail-turn').click();
  await page.getByText('The monthly e-mail is on (English).').waitFor();
  await isFit(page);
  const end = await linkIn('chang@y.example', '/mail/unsubscribe', 2);
  await follow(end, /Unsubscribed/);
  await page.reload();
  await page.getByText('The monthly e-mail is off.').waitFor();
  await byTestId(page, 'mail-history').locator('summary').click();
  expect(await byTestId(page, 'mail-history').locator('[data-state="sent"]').count()).toBe(2);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('who looks after the product sees what was refused, and to whom', async () => {
  await smtp.tell({ rules: [{ at: 'rcpt', address: 'gone@z.example', code: 550, text: 'no such user' }] });
  const { page: official } = await enter(
    await added('wu', { roles: ['official'], regions: ['44'] }),
    '/reports',
    'zh-CN',
  );
  await byTestId(official, 'mail-address-input').fill('gone@z.example');
  await byTestId(official, 'mail-address-set').click();
  await official.locator('[data-testid="mail-address"][data-state="unconfirmed"]').waitFor();
  const { page, faults } = await enter(await added('gong', { roles: ['engineer'] }), '/data', 'en');
  const panel = byTestId(page, 'mail-troubles');
  for (let tries = 0; !(await panel.innerText()).includes('no such user'); tries++) {
    if (tries > 20) throw new Error(await panel.innerText());
    await page.waitForTimeout(1_000);
    await page.reload();
    await panel.waitFor();
  }
  expect(await panel.innerText()).toContain('wu');
  expect(await panel.innerText()).not.toContain('gone@z.example');
  await isFit(page);
  expect(faults).toEqual([]);
  await Promise.all([page.context().close(), official.context().close()]);
});
