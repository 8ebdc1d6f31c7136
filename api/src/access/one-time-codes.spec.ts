import { Secret, TOTP } from 'otpauth';
import {
  isSixDigits,
  newRecoveryCodes,
  newSecret,
  RECOVERY_CODES,
  recoveryDigest,
  stepOf,
  uriOf,
} from './one-time-codes.ts';

const SECRET = Secret.fromLatin1('12345678901234567890').base32;
const at = (second: number) => new Date(second * 1000);

// RFC 6238, appendix B, SHA-1; of its eight digits the last six.
test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('at second %i of the RFC the code is %s', (second, code) => {
  expect(stepOf(code, SECRET, at(second))).toBe(Math.floor(second / 30));
});

test.each([
  ['two steps late', 1111111109 + 60, null],
  ['one step late', 1111111109 + 30, 37037036],
  ['in its step', 1111111109, 37037036],
  ['one step early', 1111111109 - 30, 37037036],
  ['two steps early', 1111111109 - 60, null],
])('a code that comes %s', (_when, second, step) => {
  expect(stepOf('081804', SECRET, at(second))).toBe(step);
});

test.each(['081 804', ' 081804 ', '０８１８０４', '081-804', '081–804'])('"%s" is the same code', (typed) => {
  expect(stepOf(typed, SECRET, at(1111111109))).toBe(37037036);
});

test.each(['81804', '0818045', '08180a', '', '٠٨١٨٠٤'])('"%s" is none', (typed) => {
  expect([isSixDigits(typed), stepOf(typed, SECRET, at(1111111109))]).toEqual([false, null]);
});

test('a secret has 160 bits and is another each time; its URI says all that an authenticator needs', () => {
  const secret = newSecret();
  expect([Secret.fromBase32(secret).bytes.length, newSecret() === secret]).toEqual([20, false]);
  const uri = new URL(uriOf(secret, '王 伟', 'Beltline belts.example'));
  expect([uri.protocol, uri.host, uri.searchParams.get('secret')]).toEqual(['otpauth:', 'totp', secret]);
  expect(decodeURIComponent(uri.pathname)).toBe('/Beltline belts.example:王 伟');
  expect(Object.fromEntries(uri.searchParams)).toMatchObject({
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  });
  expect(stepOf(TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: 0 }), secret, at(0))).toBe(0);
});

test('there are ten recovery codes of 120 bits, none like another, and none of six digits', () => {
  const codes = newRecoveryCodes();
  expect([codes.length, new Set(codes).size]).toEqual([RECOVERY_CODES, RECOVERY_CODES]);
  for (const code of codes) expect(code).toMatch(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){5}$/);
  expect(codes.some(isSixDigits)).toBe(false);
});

test('a recovery code is the same however it is typed, and no other', () => {
  const [code = '', other = ''] = newRecoveryCodes();
  const same = [code, code.toLowerCase(), code.replaceAll('-', ' '), ` ${code.replaceAll('-', '')} `];
  const digests = same.map((typed) => recoveryDigest(typed).toString('hex'));
  expect(new Set(digests).size).toBe(1);
  expect(recoveryDigest(other).toString('hex')).not.toBe(digests[0]);
});
