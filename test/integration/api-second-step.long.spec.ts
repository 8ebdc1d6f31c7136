/** A second step that somebody guesses at for as long as they like. */
import { codeOf, wrongCodeOf } from '../fixtures/api/authenticator.ts';
import { halfOf, pass } from '../fixtures/api/second-factor.ts';
import { signIn, show, enrolled } from './api-second-step-kit.ts';

test('a hundred wrong codes in a row, however slowly, end codes; a recovery code still lets in, and begins anew', async () => {
  const { secret, recoveryCodes } = await enrolled('Oz');
  for (let days = 0; days < 25; days++) {
    pass(24 * 3_600);
    const half = halfOf(await signIn('Oz'));
    for (let tries = 0; tries < 4; tries++) await show(wrongCodeOf(secret), half);
  }
  pass(24 * 3_600);
  const half = halfOf(await signIn('Oz'));
  const right = await show(codeOf(secret), half);
  expect([right.status, right.body.code]).toEqual([401, 'code-needed']);
  expect((await show(recoveryCodes[0] ?? '', half)).status).toBe(201);
  pass(30);
  expect((await show(codeOf(secret), halfOf(await signIn('Oz')))).status).toBe(201);
});
