/** Links that nobody can make without the key, for one purpose and one matter, also after the key was changed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { SecretKeys } from '../access/secret-keys.ts';
import { MailLinks } from './mail-links.service.ts';

const [OLD, NEW] = ['a1'.repeat(32), 'b2'.repeat(32)];
const linksOf = (...keys: string[]) =>
  new MailLinks(
    new SecretKeys({ BELTLINE_DATA: '/nowhere', DATABASE_URL: 'postgres://x', BELTLINE_SECRETS_KEY: keys }),
  );
const ID = '0b0c0d0e-1111-4222-8333-444455556666';

test('one is of its purpose, its matter and its key alone', () => {
  const links = linksOf(OLD);
  const token = links.token('confirm', ID, 'a@z.example');
  expect(links.idIn(token)).toBe(ID);
  expect(links.isSigned(token, 'confirm', 'a@z.example')).toBe(true);
  expect(links.isSigned(token, 'confirm', 'b@z.example')).toBe(false);
  expect(links.isSigned(token, 'unsubscribe', 'a@z.example')).toBe(false);
  expect(linksOf(NEW).isSigned(token, 'confirm', 'a@z.example')).toBe(false);
  // In mail that is out, links of the key before still do what they say.
  expect(linksOf(NEW, OLD).isSigned(token, 'confirm', 'a@z.example')).toBe(true);
});

test('another writing of it is none', () => {
  const links = linksOf(OLD);
  const token = links.token('unsubscribe', ID);
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.string({ minLength: 0, maxLength: 2 }), (at, put) => {
      const other = token.slice(0, at) + put + token.slice(at + 1);
      fc.pre(other !== token);
      expect(links.isSigned(other, 'unsubscribe')).toBe(false);
    }),
  );
  for (const other of [`${token} `, ` ${token}`, `${token}=`, `${token}\0`, token.toUpperCase(), '', '.'])
    expect([other, links.isSigned(other, 'unsubscribe')]).toEqual([other, false]);
});

test('beside the embedded store a key is made once, and stays', () => {
  const folder = mkdtempSync(join(tmpdir(), 'beltline links '));
  try {
    const links = () =>
      new MailLinks(
        new SecretKeys({ BELTLINE_DATA: folder, DATABASE_URL: undefined, BELTLINE_SECRETS_KEY: undefined }),
      );
    const token = links().token('unsubscribe', ID);
    expect(links().isSigned(token, 'unsubscribe')).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
