/** Signing in to an account with a second factor, over real HTTP and the real PostgreSQL: what gets in, and all that must not. */
import { readFileSync } from 'node:fs';
import type { OneTimeLink, OwnSecondFactor } from '@beltline/contract';
import { codeOf, wrongCodeOf } from '../fixtures/api/authenticator.ts';
import { cookieOf, halfOf, pass, PASSWORD } from '../fixtures/api/second-factor.ts';
import { api, signIn, show, begin, confirm, post, enrolled, audited } from './api-second-step-kit.ts';

const description = new URL('../../api/openapi.json', import.meta.url);

type Routes = Record<string, { 'x-access'?: string }>;

const isIn = async (cookie: string) => (await api.get('/session', { cookie })).status === 200;

const asAda = async () => cookieOf(await signIn('Ada'));

test('the right password gives no session but asks for a code, which gives one', async () => {
  const { secret } = await enrolled('Ben');
  const first = await signIn('Ben');
  expect([first.status, first.body.code, cookieOf(first)]).toEqual([401, 'code-needed', '']);
  expect(first.headers.getSetCookie().join()).toMatch(
    /^beltline_half=[\w-]{43}; Max-Age=300; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  const second = await show(codeOf(secret), halfOf(first));
  expect([second.status, second.body.user.name, second.headers.get('cache-control')]).toEqual([
    201,
    'Ben',
    'no-store',
  ]);
  expect(await isIn(cookieOf(second))).toBe(true);
  expect(second.headers.getSetCookie().join()).toContain('beltline_half=;');
  expect((await audited(await asAda(), 'Ben')).slice(-1)).toEqual(['code-asked']);
});

test('a wrong password and an unknown name are answered as they are where there is no second factor', async () => {
  await enrolled('Cai');
  const answers: { name: string; ms: number; told: string }[] = [];
  for (const name of ['Cai', 'Nobody', 'Ada', 'Cai', 'Nobody']) {
    const started = performance.now();
    const { status, body, headers } = await signIn(name, {}, 'not-the-password');
    const ms = performance.now() - started;
    answers.push({
      name,
      ms,
      told: JSON.stringify([status, { ...body, requestId: '' }, headers.getSetCookie()]),
    });
  }
  expect(new Set(answers.map(({ told }) => told)).size).toBe(1);
  // Each is one Argon2; without it an answer comes in a few milliseconds. The quickest of several: what else the machine does makes some slow.
  const times = ['Cai', 'Nobody'].map((name) =>
    Math.min(...answers.flatMap((one) => (one.name === name ? [one.ms] : []))),
  );
  expect(Math.min(...times)).toBeGreaterThan(Math.max(...times) / 5);
});

test.each([
  ['the step before', -1, 201],
  ['this step', 0, 201],
  ['the step after', 1, 201],
  ['two steps before', -2, 401],
  ['two steps after', 2, 401],
])('a code of %s', async (what, off, status) => {
  const { secret } = await enrolled(`Drift ${what}`);
  pass(60);
  const half = halfOf(await signIn(`Drift ${what}`));
  expect((await show(codeOf(secret, off), half)).status).toBe(status);
});

test('a code works once, also while it still holds, and one of a step before it no more', async () => {
  const { secret } = await enrolled('Eva');
  pass(30);
  const code = codeOf(secret);
  expect((await show(code, halfOf(await signIn('Eva')))).status).toBe(201);
  const replayed = await show(code, halfOf(await signIn('Eva')));
  expect([replayed.status, replayed.body.code, cookieOf(replayed)]).toEqual([401, 'code-needed', '']);
  expect((await show(codeOf(secret, -1), halfOf(await signIn('Eva')))).status).toBe(401);
  pass(60);
  expect((await show(codeOf(secret), halfOf(await signIn('Eva')))).status).toBe(201);
});

test('the code that turned it on signs nobody in', async () => {
  await api.addUser({ name: 'Finn', password: PASSWORD, roles: ['administrator'] });
  const cookie = cookieOf(await signIn('Finn'));
  const { secret } = (await begin(cookie)).body;
  const code = codeOf(secret);
  expect((await confirm(code, cookie)).status).toBe(200);
  expect((await show(code, halfOf(await signIn('Finn')))).status).toBe(401);
});

test.each(['code', 'recovery code'])('of two who show the same %s at once one gets in', async (what) => {
  const { secret, recoveryCodes } = await enrolled(`Twice ${what}`);
  const halves = [halfOf(await signIn(`Twice ${what}`)), halfOf(await signIn(`Twice ${what}`))];
  const code = what === 'code' ? codeOf(secret) : (recoveryCodes[0] ?? '');
  const answers = await Promise.all(halves.map((half) => show(code, half)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 401]);
});

test('one half lets in once, also by two codes that are both right at once, and then neither', async () => {
  const { secret, recoveryCodes } = await enrolled('Gus');
  const half = halfOf(await signIn('Gus'));
  const [spare = ''] = recoveryCodes;
  const answers = await Promise.all([show(codeOf(secret), half), show(spare, half)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 401]);
  pass(30);
  const again = await show(codeOf(secret), half);
  expect([again.status, again.body.code]).toEqual([401, 'not-signed-in']);
});

test('half a sign-in is nobody on every other route, under either cookie', async () => {
  const { secret } = await enrolled('Hal');
  const half = halfOf(await signIn('Hal'));
  const asSession = half.replace('beltline_half', 'beltline_session');
  const { paths } = JSON.parse(readFileSync(description, 'utf8')) as { paths: Record<string, Routes> };
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, operation]) => operation['x-access'] !== 'public')
      .map(([method]) => [method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'x')] as const),
  );
  expect(routes.length).toBeGreaterThan(50);
  for (const cookie of [half, asSession, `${half}; ${asSession}`])
    for (const [method, path] of [...routes, ['GET', '/not-there'] as const]) {
      const body = method === 'POST' || method === 'PUT' ? {} : undefined;
      const { status } = await api.send(method, path, body, { cookie });
      expect([method, path, status]).toEqual([method, path, 401]);
    }
  const bearer = { authorization: `Bearer ${half.split('=')[1]}` };
  expect((await api.get('/session', bearer)).status).toBe(401);
  // And a session is no half of one.
  const cookie = cookieOf(await signIn('Ada')).replace('beltline_session', 'beltline_half');
  expect((await show(codeOf(secret), cookie)).body.code).toBe('not-signed-in');
  expect((await show(codeOf(secret), half)).status).toBe(201);
});

test('a code without a half, under a made-up one, or under somebody else’s is none', async () => {
  const [{ secret }] = [await enrolled('Ida'), await enrolled('Jo')];
  const ofJo = halfOf(await signIn('Jo'));
  for (const cookie of ['', `beltline_half=${'a'.repeat(43)}`, 'beltline_half=x']) {
    const { status, body } = await show(codeOf(secret), cookie);
    expect([status, body.code]).toEqual([401, 'not-signed-in']);
  }
  const crossed = await show(codeOf(secret), ofJo);
  expect([crossed.status, crossed.body.code]).toEqual([401, 'code-needed']);
});

test('after five minutes it is to be begun again', async () => {
  const { secret } = await enrolled('Kim');
  const half = halfOf(await signIn('Kim'));
  pass(299);
  expect((await show(wrongCodeOf(secret), half)).body.code).toBe('code-needed');
  pass(1);
  expect((await show(codeOf(secret), half)).body.code).toBe('not-signed-in');
});

test.each([
  [
    'another password',
    async (cookie: string) => {
      const body = { present: PASSWORD, password: 'other-goose-barn-9' };
      return api.send('PUT', '/session/password', body, { cookie });
    },
  ],
  [
    'the factor turned off and on',
    async (cookie: string, secret: string) => {
      const off = await post(
        '/session/second-factor/off',
        { password: PASSWORD, code: codeOf(secret) },
        { cookie },
      );
      const session = cookieOf(off);
      const { secret: next } = (await begin(session)).body;
      return confirm(codeOf(next), session);
    },
  ],
  [
    'being disabled',
    async (_cookie: string, _secret: string, id: string) => {
      const given = { roles: ['administrator'], sources: [], regions: [], owners: [], isDisabled: true };
      return api.send('PUT', `/users/${id}`, given, { cookie: await asAda(), 'if-match': '*' });
    },
  ],
])('%s ends what was begun before', async (what, change) => {
  const { secret, cookie } = await enrolled(`Lou ${what}`);
  const { id } = (await api.get<{ user: { id: string } }>('/session', { cookie })).body.user;
  const half = halfOf(await signIn(`Lou ${what}`));
  expect((await change(cookie, secret, id)).status).toBe(200);
  pass(30);
  const answer = await show(codeOf(secret), half);
  expect([answer.status, answer.body.code]).toEqual([401, 'not-signed-in']);
});

test('codes are guessed no faster than passwords, and right passwords make no room for more', async () => {
  const { secret } = await enrolled('Mo');
  const statuses = [];
  for (let tries = 0; tries < 3; tries++) {
    const half = await signIn('Mo');
    statuses.push(half.status, (await show(wrongCodeOf(secret), halfOf(half))).status);
  }
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  const refused = await signIn('Mo');
  expect([halfOf(refused), refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([
    '',
    429,
    true,
  ]);
  pass(3_600);
  expect((await signIn('Mo')).body.code).toBe('code-needed');
  // What Ada does from the same address is none of Mo's.
  expect((await signIn('Ada')).status).toBe(201);
});

test('a half has five tries, also where they come at once', async () => {
  const { secret } = await enrolled('Nan');
  const half = halfOf(await signIn('Nan'));
  const wrong = wrongCodeOf(secret);
  const first = await Promise.all([1, 2, 3, 4].map(() => show(wrong, half)));
  expect(first.map(({ body }) => body.code)).toEqual(Array(4).fill('code-needed'));
  expect((await show(codeOf(secret), half)).status).toBe(429);
  pass(61);
  const fresh = await Promise.all([1, 2, 3, 4, 5].map(() => show(wrong, half)));
  const codes = fresh.map(({ body }) => body.code);
  expect(codes.filter((code) => code === 'code-needed')).toEqual(['code-needed']);
  expect(
    (await audited(await asAda(), 'Nan')).filter((one) => one === 'code-failed: to sign in'),
  ).toHaveLength(5);
});

test('each recovery code lets in once, and the rest are counted', async () => {
  const { recoveryCodes } = await enrolled('Pia');
  const [first = '', second = ''] = recoveryCodes;
  const typed = first.toLowerCase().replaceAll('-', ' ');
  const inside = await show(typed, halfOf(await signIn('Pia')));
  expect(inside.status).toBe(201);
  expect((await show(first, halfOf(await signIn('Pia')))).status).toBe(401);
  expect((await show(second, halfOf(await signIn('Pia')))).status).toBe(201);
  const cookie = cookieOf(await show(recoveryCodes[2] ?? '', halfOf(await signIn('Pia'))));
  const { body } = await api.get<OwnSecondFactor>('/session/second-factor', { cookie });
  expect(body.recoveryCodesLeft).toBe(7);
  expect(await audited(cookie, 'Pia')).toContain('recovery-code-used: to sign in');
});

test('no id that a browser brings becomes a session, and the session before ends with the second step', async () => {
  const { secret } = await enrolled('Quin');
  const before = await asAda();
  const planted = `beltline_session=${'f'.repeat(43)}`;
  const first = await signIn('Quin', { cookie: `${before}; beltline_half=${'e'.repeat(43)}` });
  expect(halfOf(first)).not.toContain('e'.repeat(43));
  expect(await isIn(before)).toBe(true);
  const second = await show(codeOf(secret), `${halfOf(first)}; ${before}`);
  expect(cookieOf(second)).not.toBe(before);
  expect([await isIn(before), await isIn(cookieOf(second))]).toEqual([false, true]);
  pass(30);
  const other = await show(codeOf(secret), `${halfOf(await signIn('Quin'))}; ${planted}`);
  expect([other.status, cookieOf(other) === planted, await isIn(planted)]).toEqual([201, false, false]);
});

test('a one-time link sets the password and does not go around the code', async () => {
  const { secret, cookie } = await enrolled('Rosa');
  const { id } = (await api.get<{ user: { id: string } }>('/session', { cookie })).body.user;
  const link = await post<OneTimeLink>(`/users/${id}/link`, {}, { cookie: await asAda() });
  const next = 'quiet-heron-shed-42';
  const used = await post('/session/link', { token: link.body.token, password: next });
  expect([used.status, used.body.code, cookieOf(used), await isIn(cookie)]).toEqual([
    401,
    'code-needed',
    '',
    false,
  ]);
  expect((await signIn('Rosa')).body.code).toBe('not-signed-in');
  expect((await show(wrongCodeOf(secret), halfOf(used))).status).toBe(401);
  expect((await show(codeOf(secret), halfOf(used))).status).toBe(201);
  expect((await signIn('Rosa', {}, next)).body.code).toBe('code-needed');
});

test('another site can send no code', async () => {
  const { secret } = await enrolled('Sue');
  const half = halfOf(await signIn('Sue'));
  const elsewhere = await show(codeOf(secret), half, { origin: 'http://elsewhere.example' });
  expect([elsewhere.status, elsewhere.body.code]).toEqual([403, 'forbidden-origin']);
  expect((await show(codeOf(secret), half)).status).toBe(201);
});
