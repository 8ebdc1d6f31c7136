/** One's own account over real HTTP: a new password, everywhere that one is signed in, and the way out of all of it. */
import type { ApiTokensAnswer, MadeToken, OwnSessionsAnswer, Problem, Session } from '@beltline/contract';
import { type Answer, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signInToDemo } from '../fixtures/api/signing-in.ts';

const PASSWORD = 'brisk-otter-lamp-71';
const NEXT = 'quiet-heron-shed-42';
let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ signsIn: false });
  for (const name of ['Stella', 'Otto', 'Wei'])
    await api.addUser({ name, password: PASSWORD, roles: ['strategist'], sources: ['*'] });
});
afterAll(() => api?.close());

const signIn = (name: string, password = PASSWORD, headers: Record<string, string> = {}) =>
  api.send<Session & Problem>('POST', '/session', { name, password }, headers);
const cookieOf = ({ headers }: Answer<unknown>) => (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
const as = async (name: string, password = PASSWORD) => ({
  cookie: cookieOf(await signIn(name, password, { 'user-agent': `browser of ${name}` })),
});
const change = (present: string, password: string, headers: Record<string, string>) =>
  api.send<Session & Problem>('PUT', '/session/password', { present, password }, headers);

test('a new password ends all sessions, also the one it was changed in, and begins one', async () => {
  const [here, elsewhere] = [await as('Stella'), await as('Stella')];
  const changed = await change(PASSWORD, NEXT, here);
  expect([changed.status, changed.body.user.name]).toEqual([200, 'Stella']);
  const renewed = { cookie: cookieOf(changed) };
  expect(renewed.cookie).not.toBe(here.cookie);
  const statuses = [];
  for (const headers of [here, elsewhere, renewed])
    statuses.push((await api.get('/session', headers)).status);
  expect(statuses).toEqual([401, 401, 200]);
  expect([(await signIn('Stella')).status, (await signIn('Stella', NEXT)).status]).toEqual([401, 201]);
});

test('tokens go on with a new password, or end at once where that is asked for', async () => {
  await api.addUser({ name: 'Rosa', password: PASSWORD, roles: ['strategist'], sources: ['*'] });
  let headers = await as('Rosa');
  const body = { name: 'nightly', permissions: ['read-catalogue'], days: 1 };
  const { secret } = (await api.send<MadeToken>('POST', '/tokens', body, headers)).body;
  const reads = async () => (await api.get('/sources', { authorization: `Bearer ${secret}` })).status;
  const renew = async (present: string, password: string, revokeTokens: unknown) => {
    const sent = { present, password, revokeTokens };
    const changed = await api.send('PUT', '/session/password', sent, headers);
    if (changed.status === 200) headers = { cookie: cookieOf(changed) };
    return changed.status;
  };
  const before = await reads();
  expect([before, await renew(PASSWORD, NEXT, undefined), await reads()]).toEqual([before, 200, before]);
  expect(await renew(NEXT, PASSWORD, 'yes')).toBe(400);
  expect([await renew('wrong-wrong', PASSWORD, true), await reads()]).toEqual([400, before]);
  expect([await renew(NEXT, PASSWORD, true), await reads()]).toEqual([200, 401]);
  expect((await api.get<ApiTokensAnswer>('/tokens', headers)).body.tokens).toEqual([]);
});

test.each([
  ['the present one is wrong', 'not-the-present', NEXT, 'present'],
  ['the new one is short', PASSWORD, 'short', 'password'],
  ['the new one is among those that are tried first', PASSWORD, 'password20261', 'password'],
  ['the new one holds the name', PASSWORD, 'it-is-otto-again', 'password'],
  ['the new one is the present one', PASSWORD, PASSWORD, 'password'],
])('nothing changes where %s', async (_what, present, password, field) => {
  const headers = await as('Otto');
  const { status, body } = await change(present, password, headers);
  expect([status, body.code, body.issues?.map((issue) => issue.field)]).toEqual([
    400,
    'invalid-request',
    [field],
  ]);
  expect((await api.get('/session', headers)).status).toBe(200);
});

test('the present password is guessed no faster than at the sign-in', async () => {
  const headers = await as('Wei');
  const statuses = [];
  for (let tries = 0; tries < 6; tries++) statuses.push((await change('wrong-wrong', NEXT, headers)).status);
  expect(statuses).toEqual([400, 400, 400, 400, 400, 429]);
  const right = await change(PASSWORD, NEXT, headers);
  expect([right.status, Number(right.headers.get('retry-after')) > 0]).toEqual([429, true]);
});

test('sessions are listed, the one that asks first, and all are ended at once', async () => {
  const [first, second] = [await as('Otto'), await as('Otto')];
  const { status, body, headers } = await api.get<OwnSessionsAnswer>('/session/all', second);
  expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(body.sessions.map(({ isThis }) => isThis).slice(0, 2)).toEqual([true, false]);
  expect(body.sessions[0]).toMatchObject({ address: '127.0.0.1', agent: 'browser of Otto' });
  expect(JSON.stringify(body)).not.toContain(second.cookie.split('=')[1]);
  const out = await api.send('DELETE', '/session/all', undefined, second);
  expect([out.status, out.headers.get('set-cookie')]).toEqual([
    204,
    expect.stringContaining('beltline_session=;'),
  ]);
  for (const session of [first, second]) expect((await api.get('/session', session)).status).toBe(401);
});

test('who is not signed in has no account, and a user of the demo no password', async () => {
  expect((await change(PASSWORD, NEXT, {})).status).toBe(401);
  expect((await api.get('/session/all')).status).toBe(401);
  expect((await api.send('DELETE', '/session/all')).status).toBe(401);
  await api.settleDemoUsers();
  const demo = { cookie: await signInToDemo(new URL(api.url).origin, 'demo-strategist') };
  const refused = await change(PASSWORD, NEXT, demo);
  expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
});
