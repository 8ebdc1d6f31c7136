/** How mail leaves, and what is refused at the start, without a word of the password. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../platform/config/config.ts';
import { mailSettings } from './mail-settings.ts';

const SET = {
  BELTLINE_SMTP_URL: 'smtp://reports%40z.example@mail.example',
  BELTLINE_MAIL_FROM: '产业带 <reports@z.example>',
  BELTLINE_PUBLIC_URL: 'https://belts.example/',
};
const NOTHING = { BELTLINE_SMTP_URL: '', BELTLINE_MAIL_FROM: '', BELTLINE_PUBLIC_URL: '' };
const SECRET = 'Pa55-of-the-mail-server';
const of = (more: Record<string, string> = {}) => mailSettings(readConfig({ ...SET, ...more }));

test('where nothing of mail is set there is none, whatever address browsers see', () => {
  expect(mailSettings(readConfig({}))).toBeNull();
  const beside = { BELTLINE_PUBLIC_URL: 'https://belts.example', BELTLINE_MAIL_DOMAINS: 'z.example' };
  expect(mailSettings(readConfig(beside))).toBeNull();
});

test('the name is read from the address, and the password from elsewhere', () => {
  expect(of({ BELTLINE_SMTP_PASSWORD: SECRET })).toEqual({
    ...{ host: 'mail.example', port: 587, isSecure: false, mustEncrypt: true },
    ...{ auth: { user: 'reports@z.example', pass: SECRET }, from: SET.BELTLINE_MAIL_FROM },
    ...{ origin: 'https://belts.example', domains: null },
  });
  const folder = mkdtempSync(join(tmpdir(), 'beltline password '));
  try {
    const file = join(folder, 'password');
    writeFileSync(file, `${SECRET}\n`);
    expect(of({ BELTLINE_SMTP_PASSWORD_FILE: file })?.auth?.pass).toBe(SECRET);
    expect(() => of({ BELTLINE_SMTP_PASSWORD_FILE: file, BELTLINE_SMTP_PASSWORD: SECRET })).toThrow(
      'not both',
    );
    expect(() => of({ BELTLINE_SMTP_PASSWORD_FILE: join(folder, 'none') })).toThrow(
      'cannot be read (ENOENT)',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('what goes to another machine is encrypted unless that is lifted', () => {
  const mustEncrypt = (url: string, tls = 'required') =>
    of({ BELTLINE_SMTP_URL: url, BELTLINE_SMTP_TLS: tls })?.mustEncrypt;
  expect(mustEncrypt('smtp://mail.example')).toBe(true);
  expect(mustEncrypt('smtp://127.0.0.1.evil.example')).toBe(true);
  expect(mustEncrypt('smtp://127.0.0.1:2525')).toBe(false);
  expect(mustEncrypt('smtp://[::1]:2525')).toBe(false);
  expect(mustEncrypt('smtp://mail.example', 'optional')).toBe(false);
  expect(of({ BELTLINE_SMTP_URL: 'smtps://mail.example' })).toMatchObject({ port: 465, isSecure: true });
});

test.each([
  ['a password in the address', { BELTLINE_SMTP_URL: `smtp://me:${SECRET}@mail.example` }, 'password'],
  ['another protocol', { BELTLINE_SMTP_URL: 'http://mail.example' }, 'mail server'],
  [
    'options in the address',
    { BELTLINE_SMTP_URL: 'smtp://mail.example?tls.rejectUnauthorized=false' },
    'mail server',
  ],
  ['no server', { BELTLINE_SMTP_URL: '' }, 'BELTLINE_SMTP_URL'],
  ['a password alone', { ...NOTHING, BELTLINE_SMTP_PASSWORD: SECRET }, 'BELTLINE_SMTP_URL'],
  [
    'a password of nobody',
    { BELTLINE_SMTP_URL: 'smtp://mail.example', BELTLINE_SMTP_PASSWORD: SECRET },
    'BELTLINE_SMTP_URL',
  ],
  [
    'the file of a password of nobody',
    { BELTLINE_SMTP_URL: 'smtp://mail.example', BELTLINE_SMTP_PASSWORD_FILE: '/run/none' },
    'BELTLINE_SMTP_URL',
  ],
  ['no sender', { BELTLINE_MAIL_FROM: '' }, 'BELTLINE_MAIL_FROM'],
  ['a sender that is two', { BELTLINE_MAIL_FROM: 'a@z.example, b@z.example' }, 'BELTLINE_MAIL_FROM'],
  [
    'a sender with a line of its own',
    { BELTLINE_MAIL_FROM: 'a\r\nBcc: x@y.example <a@z.example>' },
    'MAIL_FROM',
  ],
  ['no public address', { BELTLINE_PUBLIC_URL: '' }, 'BELTLINE_PUBLIC_URL'],
  ['a server of PostgreSQL without a key', { DATABASE_URL: 'postgres://a@b/c' }, 'BELTLINE_SECRETS_KEY'],
  ['a domain that is none', { BELTLINE_MAIL_DOMAINS: 'z.example, @y' }, 'BELTLINE_MAIL_DOMAINS'],
])('%s is refused', (_, more: Record<string, string>, said) => {
  let message = '';
  try {
    of(more);
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).toContain(said);
  expect(message).not.toContain(SECRET);
});
