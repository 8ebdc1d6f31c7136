/** Administering users over real HTTP: links that let somebody in once, rights that hold at once, and the last administrator. */
import type {
  AddedUser,
  AuditAnswer,
  OneTimeLink,
  Problem,
  Session,
  User,
  UsersAnswer,
} from '@beltline/contract';
import { type Answer, type RunningApi, startApi } from '../fixtures/api/running-api.ts';

const PASSWORD = 'brisk-otter-lamp-71';
const NEXT = 'quiet-heron-shed-42';
let api: RunningApi;
let admin: { cookie: string };
beforeAll(async () => {
  api = await startApi({ signsIn: false });
  await api.addUser({ name: 'Ada', password: PASSWORD, roles: ['administrator'] });
  await api.settleDemoUsers();
  admin = await as('Ada');
});
afterAll(() => api?.close());

const cookieOf = ({ headers }: Answer<unknown>) => (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
const signIn = (name: string, password = PASSWORD) =>
  api.send<Session & Problem>('POST', '/session', { name, password });
const as = async (name: string, password = PASSWORD) => ({ cookie: cookieOf(await signIn(name, password)) });
const nothing = { roles: [], sources: [], regions: [], owners: [] } as const;
type Given = Partial<Record<keyof typeof nothing, readonly string[]>>;

const add = (name: string, given: Given = {}) =>
  api.send<AddedUser & Problem>('POST', '/users', { name, ...nothing, ...given }, admin);
/** Whatever state they are in, unless `ifMatch` says in which; empty: no state is named. */
const change = (id: string, given: Given & { isDisabled?: boolean }, who = admin, ifMatch = '*') =>
  api.send<User & Problem>(
    'PUT',
    `/users/${id}`,
    { ...nothing, isDisabled: false, ...given },
    { ...who, ...(ifMatch === '' ? {} : { 'if-match': ifMatch }) },
  );
const use = (token: string, password = NEXT) =>
  api.send<Session & Problem>('POST', '/session/link', { token, password });
const list = async () => (await api.get<UsersAnswer>('/users', admin)).body.users;
const idOf = async (name: string) => (await list()).find((user) => user.name === name)?.id ?? '';
/** Somebody who has used their link, with a session. */
async function letIn(name: string, given: Given) {
  const { user, link } = (await add(name, given)).body;
  return { id: user.id, cookie: cookieOf(await use(link.token)) };
}

test('a new user sets their password by a link, once, and is let in', async () => {
  const { status, body } = await add('Olga', {
    roles: ['official'],
    sources: ['demo'],
    regions: ['33', '4403'],
  });
  expect([status, body.user.hasPassword, body.user.regions]).toEqual([201, false, ['33', '4403']]);
  const hours = (Date.parse(body.link.endsAt) - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(71.9);
  expect(hours).toBeLessThanOrEqual(72);
  const weak = await use(body.link.token, 'password20261');
  expect([weak.status, weak.body.issues?.[0]?.field]).toEqual([400, 'password']);
  const entered = await use(body.link.token);
  expect([entered.status, entered.body.user.name, entered.body.roles]).toEqual([201, 'Olga', ['official']]);
  expect((await api.get('/session', { cookie: cookieOf(entered) })).status).toBe(200);
  expect((await signIn('olga', NEXT)).status).toBe(201);
  const olga = (await list()).find(({ name }) => name === 'Olga');
  expect([olga?.hasPassword, olga?.linkEndsAt]).toEqual([true, null]);
  const [again, unknown] = [await use(body.link.token), await use('x'.repeat(43))];
  expect([again.status, again.body.code]).toEqual([401, 'not-signed-in']);
  expect({ ...again.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
});

test('a link that was used at once by two lets one in', async () => {
  const { link } = (await add('Twice')).body;
  const statuses = (await Promise.all([use(link.token), use(link.token)])).map(({ status }) => status);
  expect(statuses.sort()).toEqual([201, 401]);
});

test('a link for a new password leaves the present one good until it is used, and only the newest counts', async () => {
  const { id, cookie } = await letIn('Rita', { roles: ['engineer'] });
  const made = () => api.send<OneTimeLink>('POST', `/users/${id}/link`, undefined, admin);
  const [first, second] = [await made(), await made()];
  expect([first.status, (await signIn('Rita', NEXT)).status]).toEqual([201, 201]);
  expect((await use(first.body.token)).status).toBe(401);
  expect((await use(second.body.token, 'other-goose-barn-9')).status).toBe(201);
  expect([(await api.get('/session', { cookie })).status, (await signIn('Rita', NEXT)).status]).toEqual([
    401, 401,
  ]);
});

test('whoever is disabled is out at once and their link is none; let in again they sign in as before', async () => {
  const { id, cookie } = await letIn('Dora', { roles: ['strategist'] });
  const { token } = (await api.send<OneTimeLink>('POST', `/users/${id}/link`, undefined, admin)).body;
  expect((await change(id, { roles: ['strategist'], isDisabled: true })).body.isDisabled).toBe(true);
  expect((await api.get('/session', { cookie })).status).toBe(401);
  expect([(await signIn('Dora', NEXT)).status, (await use(token)).status]).toEqual([401, 401]);
  expect((await api.send('POST', `/users/${id}/link`, undefined, admin)).status).toBe(400);
  await change(id, { roles: ['strategist'] });
  expect((await signIn('Dora', NEXT)).status).toBe(201);
  expect((await use(token)).status).toBe(401);
});

test('a change of rights ends the sessions, and the next one has the new rights', async () => {
  const { id, cookie } = await letIn('Mira', { roles: ['engineer'], sources: ['demo'] });
  const changed = await change(id, { roles: ['strategist'], sources: ['*'] });
  expect([changed.status, changed.body.roles, changed.body.sources]).toEqual([200, ['strategist'], ['*']]);
  expect((await api.get('/session', { cookie })).status).toBe(401);
  const { body } = await signIn('Mira', NEXT);
  expect([body.permissions.includes('read-figures'), body.permissions.includes('read-loads')]).toEqual([
    true,
    false,
  ]);
  const same = { cookie: (await as('Mira', NEXT)).cookie };
  await change(id, { roles: ['strategist'], sources: ['*'] });
  expect((await api.get('/session', same)).status).toBe(200);
});

test('who changes a user must have seen them as they are, and is told how they are where they have not', async () => {
  const { user } = (await add('Nora', { roles: ['engineer'] })).body;
  const read = await api.get<User>(`/users/${user.id}`, admin);
  expect([read.status, read.headers.get('etag'), read.body.etag]).toEqual([200, user.etag, user.etag]);
  const unseen = await change(user.id, {}, admin, '');
  expect([unseen.status, unseen.body.code]).toEqual([428, 'precondition-required']);
  const first = await change(user.id, { roles: ['strategist'] }, admin, user.etag);
  expect([first.status, first.headers.get('etag')]).toEqual([200, first.body.etag]);
  expect(first.body.etag).not.toBe(user.etag);
  for (const stale of [user.etag, 'W/' + first.body.etag, '"r1"', 'x']) {
    const late = await change(user.id, { roles: ['official'] }, admin, stale);
    expect([stale, late.status, late.body.code]).toEqual([stale, 412, 'precondition-failed']);
    expect(late.body.currentUser).toEqual(first.body);
  }
  // Of two who have seen the same, one is let through.
  const both = await Promise.all(
    ['33', '44'].map((region) => change(user.id, { regions: [region] }, admin, first.body.etag)),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  const { body } = await api.get<AuditAnswer>('/audit?limit=50', admin);
  const told = body.records.filter((one) => one.event === 'user-changed' && one.subject?.name === 'Nora');
  expect(told).toHaveLength(2);
});

test('a name that looks like another’s is taken by nobody', async () => {
  const { status, body } = await add('О\u006cga');
  expect([status, body.issues?.[0]]).toEqual([
    400,
    { field: 'name', message: 'looks like Olga, who is there already' },
  ]);
});

test('of two who add names that look alike at the same moment one is refused', async () => {
  const alike = ['Pavel', 'Рavel', 'Pаvel', 'Pavеl']; // with a Cyrillic letter each but the first
  const added = await Promise.all(alike.map((name) => add(name)));
  expect(added.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400]);
});

test('the last administrator who can sign in keeps the role, also where others have not come yet', async () => {
  const ada = await idOf('Ada');
  const alone = [await change(ada, {}), await change(ada, { roles: ['administrator'], isDisabled: true })];
  expect(alone.map(({ status, body }) => [status, body.issues?.[0]?.field])).toEqual([
    [400, 'roles'],
    [400, 'isDisabled'],
  ]);
  const { user, link } = (await add('Bea', { roles: ['administrator'] })).body;
  expect((await change(ada, {})).status).toBe(400);
  const bea = { cookie: cookieOf(await use(link.token)) };
  // Each takes the other's role at the same time: one of them is left.
  const both = await Promise.all([change(ada, {}, bea), change(user.id, {}, admin)]);
  expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
  const left = both[0].status === 200 ? bea : admin;
  admin = left;
  await change(ada, { roles: ['administrator'] });
  admin = await as('Ada');
  expect((await change(user.id, { isDisabled: true })).status).toBe(200);
});

test.each([
  ['a name that is taken', { name: 'OLGA' }, 'name'],
  ['a name of the demo', { name: 'demo-x' }, 'name'],
  ['a name that turns the text round', { name: 'a\u202Eb' }, 'name'],
  ['a role that there is not', { roles: ['emperor'] }, 'roles.0'],
  ['a region that is no code', { regions: ['浙江'] }, 'regions.0'],
  ['an owner without a source', { owners: ['L000001'] }, 'owners.0'],
  ['a field that there is not', { isAdmin: true }, 'isAdmin'],
])('nobody is added with %s', async (_what, body, field) => {
  const answer = await api.send<Problem>('POST', '/users', { name: 'New', ...nothing, ...body }, admin);
  expect([answer.status, answer.body.issues?.map((issue) => issue.field)]).toEqual([400, [field]]);
});

test('users of the demo are changed by nobody, and whoever is not there is not found', async () => {
  const demo = await idOf('demo-strategist');
  expect((await change(demo, { roles: ['administrator'] })).status).toBe(403);
  expect((await api.send('POST', `/users/${demo}/link`, undefined, admin)).status).toBe(403);
  const none = '00000000-0000-4000-8000-000000000000';
  expect([
    (await change(none, {})).status,
    (await api.send('POST', `/users/${none}/link`, undefined, admin)).status,
  ]).toEqual([404, 404]);
});

test('links are tried no faster than passwords, and that holds nobody back who has one', async () => {
  const { link } = (await add('Late')).body;
  const statuses = [];
  for (let tries = 0; tries < 6; tries++) statuses.push((await use(`no-such-link-${tries}`)).status);
  expect(statuses.at(-1)).toBe(429);
  const right = await use(link.token);
  expect([right.status, Number(right.headers.get('retry-after')) > 0]).toEqual([429, true]);
  expect((await signIn('Ada')).status).toBe(201);
});

test('all of it is in the audit with who did it, and no secret is', async () => {
  const { body } = await api.get<AuditAnswer>('/audit?limit=500', admin);
  const told = new Set(body.records.map(({ event }) => event));
  for (const event of [
    'user-added',
    'user-changed',
    'user-disabled',
    'user-enabled',
    'link-made',
    'link-used',
    'link-failed',
  ])
    expect(told).toContain(event);
  const changed = body.records.find(
    ({ event, subject }) => event === 'user-changed' && subject?.name === 'Mira',
  );
  expect(changed).toMatchObject({ actor: { name: 'Ada' }, address: '127.0.0.1' });
  expect(changed?.detail).toBe('roles engineer; sources demo → roles strategist; sources *');
  expect(changed?.requestId).toMatch(/^[\w-]{8,}$/);
  expect(JSON.stringify(body)).not.toContain(NEXT);
});
