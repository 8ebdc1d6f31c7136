/** Whose matter a failure is decides who pays for it: what is the server's must not count against an address, nor the other way round. */
import { answerIn, outcomeOf } from './send-outcome.ts';

const failed = (code: string, command: string, responseCode?: number, response?: string) =>
  Object.assign(new Error('as the library says it'), { code, command, responseCode, response });
const ADDRESS = 'who@z.example';

test.each([
  ['the recipient is unknown', failed('EENVELOPE', 'RCPT TO', 550), 'refused', true],
  ['the recipient is to come later', failed('EENVELOPE', 'RCPT TO', 450), 'put-off', undefined],
  ['the mail is refused', failed('EMESSAGE', 'DATA', 554), 'refused', true],
  ['the mail is too large for the mailbox', failed('EMESSAGE', 'DATA', 552), 'refused', false],
  ['the mail is larger than the server says it takes', failed('EMESSAGE', 'MAIL FROM'), 'refused', false],
  ['the mail is to come later', failed('EMESSAGE', 'DATA', 451), 'put-off', undefined],
  ['our sender is refused', failed('EENVELOPE', 'MAIL FROM', 550), 'unreachable', undefined],
  ['our login is refused', failed('EAUTH', 'AUTH PLAIN', 535), 'unreachable', undefined],
  ['the server closes', failed('EENVELOPE', 'RCPT TO', 421), 'unreachable', undefined],
  ['nobody listens', failed('ESOCKET', 'CONN'), 'unreachable', undefined],
  ['there is no TLS', failed('ETLS', 'STARTTLS'), 'unreachable', undefined],
  ['something is thrown that is no error', 'x', 'unreachable', undefined],
])('%s', (_, thrown, kind, isBounce) => {
  const outcome = outcomeOf(thrown, ADDRESS);
  expect([outcome.kind, 'isBounce' in outcome ? outcome.isBounce : undefined]).toEqual([kind, isBounce]);
});

test('what a server says is one short line without the address, however it is written', () => {
  const said = `550 5.1.1 <WHO@z.example>:\r\n recipient who@z.example unknown\u0000 ${'x'.repeat(2_000)}`;
  const answer = answerIn(said, ADDRESS);
  expect(answer).toMatch(/^550 5\.1\.1 <…>: recipient … unknown x+$/);
  expect(answer).toHaveLength(300);
  // An address is no pattern.
  expect(answerIn('axb', 'a.b')).toBe('axb');
  expect(answerIn('of (a+b)', '(a+b)')).toBe('of …');
});
