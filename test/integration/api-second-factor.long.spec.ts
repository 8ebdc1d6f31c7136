/** The second factor of one's own account over real HTTP: turned on, seen to, and turned off; by whom, and what is left in the store. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { OwnSecondFactor, Session } from '@beltline/contract';
import { codeOf, wrongCodeOf } from '../fixtures/api/authenticator.ts';
import { startPostgresServer } from '../fixtures/api/postgres-server.ts';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { cookieOf, halfOf, pass, PASSWORD, peopleOf, stopClock } from '../fixtures/api/second-factor.ts';
import { signInToDemo } from '../fixtures/api/signing-in.ts';

let api: RunningApi;
const { signIn, show, begin, confirm, post, enrolled, audited } = peopleOf(() => api);
beforeAll(async () => {
  stopClock();
  api = await startApi({ signsIn: false });
  await api.addUser({ name: 'Ada', password: PASSWORD, roles: ['administrator'] });
});
afterAll(async () => {
  vi.useRealTimers();
  await api?.close();
});
beforeEach(() => pass(90));

const isIn = async (cookie: string) => (await api.get('/session', { cookie })).status === 200;
const state = async (cookie: string) =>
  (await api.get<OwnSecondFactor>('/session/second-factor', { cookie })).body;
const off = (cookie: string, code: string, password = PASSWORD) =>
  post<Session>('/session/second-factor/off', { password, code }, { cookie });
const renew = (cookie: string, code: string, password = PASSWORD) =>
  post<{ recoveryCodes: string[] }>('/session/second-factor/recovery-codes', { password, code }, { cookie });

test('it is on once a right code was sent, ends the other sessions, and is in the audit', async () => {
  await api.addUser({ name: 'Ben', password: PASSWORD, roles: ['administrator', 'strategist'] });
  const [here, elsewhere] = [cookieOf(await signIn('Ben')), cookieOf(await signIn('Ben'))];
  expect(await state(here)).toEqual({ onSince: null, recoveryCodesLeft: 0, hindrance: null });
  const begun = await begin(here);
  expect([begun.status, begun.headers.get('cache-control')]).toEqual([201, 'no-store']);
  expect(begun.body.uri).toContain(`secret=${begun.body.secret}`);
  expect((await state(here)).onSince).toBeNull();
  expect((await signIn('Ben')).status).toBe(201);
  const wrong = await confirm(wrongCodeOf(begun.body.secret), here);
  expect([wrong.status, wrong.body.issues?.map(({ field }) => field)]).toEqual([400, ['code']]);
  const on = await confirm(codeOf(begun.body.secret), here);
  expect([on.status, on.body.session.user.name, on.body.recoveryCodes.length]).toEqual([200, 'Ben', 10]);
  const renewed = cookieOf(on);
  expect([renewed === here, await isIn(here), await isIn(elsewhere), await isIn(renewed)]).toEqual([
    false,
    false,
    false,
    true,
  ]);
  expect(await state(renewed)).toMatchObject({ recoveryCodesLeft: 10, onSince: new Date().toISOString() });
  const told = await audited(renewed, 'Ben');
  expect(told.slice(-2)).toEqual(['code-failed: to turn it on', 'second-factor-on']);
});

test('the password is asked for again, and guessed no faster than at the sign-in', async () => {
  await api.addUser({ name: 'Cai', password: PASSWORD, roles: ['administrator'] });
  const cookie = cookieOf(await signIn('Cai'));
  const answers = [];
  for (let tries = 0; tries < 6; tries++) answers.push(await begin(cookie, 'not-the-password'));
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 429]);
  expect(answers[0]?.body.issues).toEqual([{ field: 'password', message: 'is wrong' }]);
  expect((await begin(cookie)).status).toBe(429);
});

test('what was begun is over after ten minutes, by another, and once it is on', async () => {
  await api.addUser({ name: 'Dan', password: PASSWORD, roles: ['administrator'] });
  const cookie = cookieOf(await signIn('Dan'));
  expect((await confirm('000000', cookie)).status).toBe(404);
  const first = (await begin(cookie)).body;
  const second = (await begin(cookie)).body;
  expect((await confirm(codeOf(first.secret), cookie)).status).toBe(400);
  pass(600);
  expect((await confirm(codeOf(second.secret), cookie)).status).toBe(404);
  const third = (await begin(cookie)).body;
  const [one, other] = await Promise.all([
    confirm(codeOf(third.secret), cookie),
    confirm(codeOf(third.secret), cookie),
  ]);
  expect([one, other].filter(({ status }) => status === 200)).toHaveLength(1);
  const renewed = cookieOf(one) || cookieOf(other);
  const again = await begin(renewed);
  expect([again.status, again.body.code]).toEqual([403, 'forbidden']);
  expect((await confirm(codeOf(third.secret), renewed)).status).toBe(404);
});

test('turning it off takes password and code, ends the other sessions, and makes the password enough', async () => {
  const { secret, cookie } = await enrolled('Eva');
  const elsewhere = cookieOf(await show(codeOf(secret), halfOf(await signIn('Eva'))));
  pass(30);
  const fields = [];
  for (const [code, password] of [
    [wrongCodeOf(secret), PASSWORD],
    [codeOf(secret), 'not-the-password'],
    [codeOf(secret, -1), PASSWORD],
  ] as const)
    fields.push((await off(cookie, code, password)).body.issues?.map(({ field }) => field));
  expect(fields).toEqual([['code'], ['password'], ['code']]);
  const done = await off(cookie, codeOf(secret));
  expect([done.status, done.body.user.name]).toEqual([200, 'Eva']);
  const renewed = cookieOf(done);
  expect([await isIn(cookie), await isIn(elsewhere), await isIn(renewed)]).toEqual([false, false, true]);
  expect(await state(renewed)).toEqual({ onSince: null, recoveryCodesLeft: 0, hindrance: null });
  expect((await signIn('Eva')).status).toBe(201);
  expect(await audited(renewed, 'Eva')).toContain('second-factor-off');
  expect((await off(renewed, codeOf(secret))).status).toBe(404);
  expect((await renew(renewed, codeOf(secret))).status).toBe(404);
});

test('who has lost the device turns it off by a recovery code', async () => {
  const { recoveryCodes, cookie } = await enrolled('Fay');
  const done = await off(cookie, recoveryCodes[4] ?? '');
  expect([done.status, (await signIn('Fay')).status]).toEqual([200, 201]);
  expect(await audited(cookieOf(done), 'Fay')).toContain('recovery-code-used: to turn the second factor off');
});

test('new recovery codes end those before, and the other sessions', async () => {
  const { secret, recoveryCodes, cookie } = await enrolled('Gil');
  expect((await renew(cookie, wrongCodeOf(secret))).status).toBe(400);
  const made = await renew(cookie, codeOf(secret));
  const renewed = cookieOf(made);
  expect([made.status, new Set([...made.body.recoveryCodes, ...recoveryCodes]).size]).toEqual([200, 20]);
  expect([await isIn(cookie), (await state(renewed)).recoveryCodesLeft]).toEqual([false, 10]);
  const half = halfOf(await signIn('Gil'));
  expect((await show(recoveryCodes[0] ?? '', half)).status).toBe(401);
  expect((await show(made.body.recoveryCodes[0] ?? '', half)).status).toBe(201);
  expect(await audited(renewed, 'Gil')).toContain('recovery-codes-made');
  // The code that was used for it is used.
  pass(90);
  expect((await renew(renewed, codeOf(secret, -3))).status).toBe(400);
});

test('it is for administrators: others cannot turn one on, and who was one keeps it until they turn it off', async () => {
  await api.addUser({ name: 'Hal', password: PASSWORD, roles: ['strategist'] });
  const cookie = cookieOf(await signIn('Hal'));
  expect((await state(cookie)).hindrance).toBe('not-an-administrator');
  expect([(await begin(cookie)).status, (await confirm('123456', cookie)).status]).toEqual([403, 403]);
  const { secret, cookie: own } = await enrolled('Ida');
  const { id } = (await api.get<Session>('/session', { cookie: own })).body.user;
  const given = { roles: ['strategist'], sources: ['*'], regions: [], owners: [], isDisabled: false };
  const ada = cookieOf(await signIn('Ada'));
  expect((await api.send('PUT', `/users/${id}`, given, { cookie: ada, 'if-match': '*' })).status).toBe(200);
  const first = await signIn('Ida');
  expect(first.body.code).toBe('code-needed');
  const inside = cookieOf(await show(codeOf(secret), halfOf(first)));
  expect(await state(inside)).toMatchObject({ hindrance: 'not-an-administrator', recoveryCodesLeft: 10 });
  pass(30);
  const done = await off(inside, codeOf(secret));
  expect(done.status).toBe(200);
  expect((await begin(cookieOf(done))).status).toBe(403);
});

test('users of the demo have no password to stand beside, and a token sees to no factor', async () => {
  await api.settleDemoUsers();
  const demo = await signInToDemo(new URL(api.url).origin, 'demo-strategist');
  expect([(await state(demo)).hindrance, (await begin(demo)).status]).toEqual(['not-an-administrator', 403]);
  const ada = cookieOf(await signIn('Ada'));
  const token = await post<{ secret: string }>(
    '/tokens',
    { name: 'x', permissions: ['read-audit'], days: 1 },
    { cookie: ada },
  );
  const authorization = `Bearer ${token.body.secret}`;
  expect((await api.get('/audit', { authorization })).status).toBe(200);
  expect((await api.get('/session/second-factor', { authorization })).status).toBe(403);
  const begun = await api.send('POST', '/session/second-factor', { password: PASSWORD }, { authorization });
  expect(begun.status).toBe(403);
});

test('neither a secret nor a recovery code nor a half is in the store as it is, nor in the audit', async () => {
  const { secret, recoveryCodes, cookie } = await enrolled('Kim');
  const half = halfOf(await signIn('Kim')).split('=')[1] ?? '';
  const audit = JSON.stringify((await api.get('/audit?limit=500', { cookie })).body);
  const folder = join(api.dataDir, 'postgres');
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('');
  expect(texts).toContain('second-factor-on');
  for (const hidden of [
    secret,
    half,
    ...recoveryCodes,
    ...recoveryCodes.map((code) => code.replaceAll('-', '')),
  ])
    for (const text of [texts, audit]) expect(text.includes(hidden)).toBe(false);
});

test('over another key it says which setting is wrong to who has the password, and a recovery code lets in', async () => {
  const { secret, recoveryCodes } = await enrolled('Lin');
  const file = join(api.dataDir, 'secrets.key');
  const kept = readFileSync(file, 'utf8');
  writeFileSync(file, `${'c3'.repeat(32)}\n`);
  const half = halfOf(await signIn('Lin'));
  const answer = await show(codeOf(secret), half);
  expect([answer.status, answer.body.detail]).toEqual([500, expect.stringContaining('BELTLINE_SECRETS_KEY')]);
  expect((await show(recoveryCodes[0] ?? '', half)).status).toBe(201);
  writeFileSync(file, kept);
  pass(30);
  expect((await show(codeOf(secret), halfOf(await signIn('Lin')))).status).toBe(201);
});

test('a key that is lost is told at the start, and none is made in its place while something is encrypted with it', async () => {
  const { recoveryCodes } = await enrolled('Ola');
  await api.addUser({ name: 'Pia', password: PASSWORD, roles: ['administrator'] });
  const file = join(api.dataDir, 'secrets.key');
  const kept = readFileSync(file, 'utf8');
  rmSync(file);
  expect(await api.lostSecrets()).toMatch(/secrets\.key .* is gone: put the file back .* users reset NAME/);
  const begun = await begin(cookieOf(await signIn('Pia')));
  expect([begun.status, begun.body.code, begun.body.detail]).toEqual([
    503,
    'store-unavailable',
    expect.stringMatching(/secrets\.key .* is gone: put the file back .*recovery code/),
  ]);
  expect(existsSync(file)).toBe(false);
  // Who has theirs on is told at the code, and not that it is wrong.
  const half = halfOf(await signIn('Ola'));
  const answer = await show('123456', half);
  expect([answer.status, answer.body.detail]).toEqual([
    500,
    expect.stringMatching(/is gone.*Recovery codes/),
  ]);
  expect((await show(recoveryCodes[0] ?? '', half)).status).toBe(201);
  writeFileSync(file, kept, { mode: 0o600 });
  expect(await api.lostSecrets()).toBeNull();
  expect((await begin(cookieOf(await signIn('Pia')))).status).toBe(201);
});

test('over a server without a key none can be turned on, and who asks is told which setting is missing', async () => {
  const postgres = await startPostgresServer();
  const bare = await startApi({ signsIn: false, environment: { DATABASE_URL: postgres.url } }, api);
  try {
    await bare.addUser({ name: 'Mia', password: PASSWORD, roles: ['administrator'] });
    const people = peopleOf(() => bare);
    const cookie = cookieOf(await people.signIn('Mia'));
    const { body } = await bare.get<OwnSecondFactor>('/session/second-factor', { cookie });
    expect(body.hindrance).toBe('no-key');
    const begun = await people.begin(cookie);
    expect([begun.status, begun.body.detail]).toEqual([403, expect.stringContaining('BELTLINE_SECRETS_KEY')]);
  } finally {
    await bare.close();
    await postgres.close();
  }
});
