/** Sessions and tokens of others, as an administrator sees and ends them: what was ended is refused at the next request, and no secret is told. */
import type {
  AuditAnswer,
  MadeToken,
  OwnSessionsAnswer,
  Problem,
  UserSessionsAnswer,
  UsersAnswer,
  UserTokensAnswer,
} from '@beltline/contract';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signIn } from '../fixtures/api/signing-in.ts';

const PASSWORD = 'brisk-otter-lamp-71';
let api: RunningApi;
let admin: { cookie: string };
const ids = new Map<string, string>();
beforeAll(async () => {
  api = await startApi({ signsIn: false });
  await api.addUser({ name: 'Ada', password: PASSWORD, roles: ['administrator'] });
  for (const name of ['Sven', 'Tove'])
    await api.addUser({ name, password: PASSWORD, roles: ['strategist'], sources: ['*'] });
  admin = await as('Ada');
  for (const { name, id } of (await api.get<UsersAnswer>('/users', admin)).body.users) ids.set(name, id);
});
afterAll(() => api?.close());

const as = async (name: string) => ({
  cookie: await signIn(new URL(api.url).origin, { name, password: PASSWORD }),
});
const pathOf = (name: string, rest: string) => `/users/${ids.get(name)}/${rest}`;
const sessionsOf = async (name: string) =>
  (await api.get<UserSessionsAnswer>(pathOf(name, 'sessions'), admin)).body.sessions;
const tokensOf = async (name: string) =>
  (await api.get<UserTokensAnswer>(pathOf(name, 'tokens'), admin)).body.tokens;
const end = async (path: string) => (await api.send<Problem>('DELETE', path, undefined, admin)).status;
const isIn = async (headers: Record<string, string>) =>
  (await api.get('/definitions', headers)).status === 200;
const makeToken = async (who: { cookie: string }, name: string) =>
  (await api.send<MadeToken>('POST', '/tokens', { name, permissions: ['read-catalogue'], days: 7 }, who))
    .body;
const userOf = async (name: string) =>
  (await api.get<UsersAnswer>('/users', admin)).body.users.find((user) => user.name === name);

test('one session is ended and the others go on; then all', async () => {
  const [first, second] = [await as('Sven'), await as('Sven')];
  const other = await as('Tove');
  const listed = await sessionsOf('Sven');
  expect(listed.map(({ address, isThis, agent }) => [address, isThis, agent])).toEqual([
    ['127.0.0.1', false, 'node'],
    ['127.0.0.1', false, 'node'],
  ]);
  expect((await userOf('Sven'))?.sessions).toBe(2);
  const own = (await api.get<OwnSessionsAnswer>('/session/all', first)).body.sessions;
  const ofFirst = own.find(({ isThis }) => isThis)?.id ?? '';
  expect(listed.map(({ id }) => id).sort()).toEqual(own.map(({ id }) => id).sort());
  expect(await end(pathOf('Sven', `sessions/${ofFirst}`))).toBe(204);
  expect([await isIn(first), await isIn(second)]).toEqual([false, true]);
  expect(await end(pathOf('Sven', `sessions/${ofFirst}`))).toBe(404);
  expect(await end(pathOf('Sven', 'sessions'))).toBe(204);
  expect([await isIn(second), await isIn(other)]).toEqual([false, true]);
  expect([await sessionsOf('Sven'), (await userOf('Sven'))?.sessions]).toEqual([[], 0]);
});

test('one token is revoked and the others go on; then all', async () => {
  const tove = await as('Tove');
  const made = [
    await makeToken(tove, 'nightly'),
    await makeToken(tove, 'hourly'),
    await makeToken(tove, 'x'),
  ];
  const bearers = made.map(({ secret }) => ({ cookie: '', authorization: `Bearer ${secret}` }));
  const let_ = () => Promise.all(bearers.map(isIn));
  expect(await let_()).toEqual([true, true, true]);
  const listed = await tokensOf('Tove');
  expect(listed.map(({ name }) => name).sort()).toEqual(['hourly', 'nightly', 'x']);
  expect(listed.every(({ lastUsedAt }) => lastUsedAt !== null)).toBe(true);
  expect((await userOf('Tove'))?.tokens).toBe(3);
  expect(await end(pathOf('Tove', `tokens/${made[0]?.token.id}`))).toBe(204);
  expect(await let_()).toEqual([false, true, true]);
  expect(await end(pathOf('Tove', `tokens/${made[0]?.token.id}`))).toBe(404);
  expect(await end(pathOf('Tove', 'tokens'))).toBe(204);
  expect([await let_(), await tokensOf('Tove'), await isIn(tove)]).toEqual([[false, false, false], [], true]);
});

test('what is one user’s is not ended as another’s', async () => {
  const sven = await as('Sven');
  const { token } = await makeToken(sven, 'mine');
  const [session] = await sessionsOf('Sven');
  expect([
    await end(pathOf('Tove', `sessions/${session?.id}`)),
    await end(pathOf('Tove', `tokens/${token.id}`)),
    await isIn(sven),
    (await tokensOf('Sven')).length,
  ]).toEqual([404, 404, true, 1]);
});

test('what there is not is not found, and what is no name of a session is refused', async () => {
  const none = '/users/00000000-0000-4000-8000-000000000000';
  for (const path of ['sessions', 'tokens']) {
    expect([path, (await api.get(`${none}/${path}`, admin)).status]).toEqual([path, 404]);
    expect([path, await end(`${none}/${path}`)]).toEqual([path, 404]);
  }
  expect(await end(pathOf('Sven', 'sessions/x'))).toBe(400);
});

test('an administrator may end their own session by it, and then must sign in again', async () => {
  const here = await as('Ada');
  const { sessions } = (await api.get<UserSessionsAnswer>(pathOf('Ada', 'sessions'), here)).body;
  const own = sessions.find(({ isThis }) => isThis);
  expect((await api.send('DELETE', pathOf('Ada', `sessions/${own?.id}`), undefined, here)).status).toBe(204);
  expect((await api.get('/users', here)).status).toBe(401);
  expect((await api.get('/users', admin)).status).toBe(200);
});

test('all of it is in the audit with whose it was, and neither there nor in an answer is a secret', async () => {
  const sven = await as('Sven');
  const { secret, token } = await makeToken(sven, 'kept');
  await end(pathOf('Sven', `tokens/${token.id}`));
  const { body } = await api.get<AuditAnswer>('/audit?limit=500', admin);
  const of = (event: string) => body.records.filter((one) => one.event === event);
  expect(of('session-ended').map(({ subject, actor }) => [subject?.name, actor?.name])).toContainEqual([
    'Sven',
    'Ada',
  ]);
  expect(of('session-ended').map(({ detail }) => detail)).toContain('all 1');
  expect(of('token-revoked')[0]).toMatchObject({
    subject: { id: token.id },
    actor: { name: 'Ada' },
    detail: 'kept, of Sven',
  });
  const told = JSON.stringify([
    body,
    await sessionsOf('Sven'),
    await tokensOf('Sven'),
    (await api.get('/users', admin)).body,
  ]);
  expect(told).not.toContain(secret);
  expect(told).not.toContain(sven.cookie.split('=')[1]);
});
