/** Users by a file over real HTTP: what was planned is what is done, all or nothing, and all of it is in the audit. */
import type {
  AddedUser,
  AuditAnswer,
  ImportDone,
  ImportPlan,
  Problem,
  Session,
  UsersAnswer,
} from '@beltline/contract';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signIn } from '../fixtures/api/signing-in.ts';

const PASSWORD = 'brisk-otter-lamp-71';
const nothing = { roles: [], sources: [], regions: [], owners: [] };
let api: RunningApi;
let admin: { cookie: string };
beforeAll(async () => {
  api = await startApi({ signsIn: false });
  await api.addUser({ name: 'Ada', password: PASSWORD, roles: ['administrator'] });
  await api.addUser({ name: 'Olga', password: PASSWORD, roles: ['official'], regions: ['33'] });
  await api.addUser({ name: 'Eva', password: PASSWORD, roles: ['engineer'], sources: ['*'] });
  admin = await as('Ada');
});
afterAll(() => api?.close());

const as = async (name: string) => ({
  cookie: await signIn(new URL(api.url).origin, { name, password: PASSWORD }),
});
const contentOf = (text: string | Buffer) => ({ content: Buffer.from(text).toString('base64') });
const plan = (text: string | Buffer, who = admin) =>
  api.send<ImportPlan & Problem>('POST', '/users/import/plan', contentOf(text), who);
const carryOut = (text: string | Buffer, etag: string | null, who = admin) =>
  api.send<ImportDone & Problem>('POST', '/users/import', contentOf(text), {
    ...who,
    ...(etag === null ? {} : { 'if-match': etag }),
  });
const users = async () => (await api.get<UsersAnswer>('/users', admin)).body.users;
const namesOf = async () => (await users()).map(({ name }) => name);
const audit = async () => (await api.get<AuditAnswer>('/audit?limit=500', admin)).body.records;

test('a plan does nothing; carried out it adds and changes as it said, and each who was added comes in by their link once', async () => {
  const olga = await as('Olga');
  const eva = await as('Eva');
  const file =
    'action,name,roles,sources,regions\r\n' +
    'add,=WEI(),strategist;engineer,*,\r\n' +
    'add,王伟,地方官员,demo,3301\r\n' +
    'change,olga,,demo,44;33\r\n';
  const before = await users();
  const planned = await plan(file);
  expect([planned.status, planned.body.refused, planned.body.users.map(({ action }) => action)]).toEqual([
    200,
    [],
    ['add', 'add', 'change'],
  ]);
  expect(JSON.stringify(planned.body)).not.toContain(before.find(({ name }) => name === 'Olga')?.id);
  expect(await users()).toEqual(before.map((user) => ({ ...user, sessions: expect.any(Number) })));
  const done = await carryOut(file, planned.body.etag);
  expect([done.status, done.body.changed, done.body.added.map(({ name }) => name)]).toEqual([
    201,
    1,
    ['=WEI()', '王伟'],
  ]);
  const after = await users();
  expect(after.find(({ name }) => name === 'Olga')).toMatchObject({
    ...{ roles: ['official'], sources: ['demo'], regions: ['33', '44'] },
  });
  // Whose rights have changed is signed out, and nobody else.
  expect([
    (await api.get('/session', olga)).status,
    (await api.get('/session', eva)).status,
    (await api.get('/session', admin)).status,
  ]).toEqual([401, 200, 200]);
  const [first] = done.body.added;
  const body = { token: first?.link.token, password: 'quiet-heron-shed-42' };
  const entered = await api.send<Session>('POST', '/session/link', body);
  expect([entered.status, entered.body.user.name, entered.body.roles]).toEqual([
    201,
    '=WEI()',
    ['strategist', 'engineer'],
  ]);
  expect((await api.send('POST', '/session/link', body)).status).toBe(401);
  // Sent again it does nothing.
  expect((await carryOut(file, planned.body.etag)).status).toBe(400);
});

test('each user is in the audit as if it was done by hand, under one request, and no link is', async () => {
  const file = 'action,name,roles,disabled\nadd,Audrey,merchant,\nchange,Olga,engineer,yes\n';
  const { etag } = (await plan(file)).body;
  const done = await carryOut(file, etag);
  const records = (await audit()).filter((one) => one.requestId === done.headers.get('x-request-id'));
  expect(records.map(({ event, subject, detail }) => [event, subject?.name, detail]).reverse()).toEqual([
    ['users-imported', undefined, expect.stringMatching(/^1 added, 1 changed; file sha256 [0-9a-f]{64}$/)],
    ['user-added', 'Audrey', 'Audrey: roles merchant'],
    ['link-made', 'Audrey', null],
    [
      'user-changed',
      'Olga',
      'roles official; sources demo; regions 33, 44 → roles engineer; sources demo; regions 33, 44',
    ],
    ['user-disabled', 'Olga', null],
  ]);
  expect(records.every(({ actor }) => actor?.name === 'Ada')).toBe(true);
  expect(JSON.stringify(await audit())).not.toContain(done.body.added[0]?.link.token);
  const chain = await api.get<{ broken: object | null }>('/audit/chain', admin);
  expect(chain.body.broken).toBeNull();
});

test('what was planned before somebody else changed a user is not done, and nothing of it', async () => {
  const file = 'action,name,roles\nadd,Later,official\nchange,Eva,strategist\n';
  const { etag } = (await plan(file)).body;
  const eva = (await users()).find(({ name }) => name === 'Eva');
  const change = { ...nothing, roles: ['official'], isDisabled: false };
  const headers = { ...admin, 'if-match': eva?.etag ?? '' };
  expect((await api.send('PUT', `/users/${eva?.id}`, change, headers)).status).toBe(200);
  const records = (await audit()).length;
  const late = await carryOut(file, etag);
  expect([late.status, late.body.code]).toEqual([412, 'precondition-failed']);
  expect([await namesOf(), (await audit()).length]).toEqual([expect.not.arrayContaining(['Later']), records]);
  // Another file under the name of this plan is another plan.
  expect((await carryOut(`${file}add,More,official\n`, (await plan(file)).body.etag)).status).toBe(412);
  expect((await carryOut(file, '*')).status).toBe(412);
  const unnamed = await carryOut(file, null);
  expect([unnamed.status, unnamed.body.code]).toEqual([428, 'precondition-required']);
  expect((await carryOut(file, (await plan(file)).body.etag)).status).toBe(201);
});

test('of two who carry out the same plan at once, one does', async () => {
  const file = 'name,roles\nTwin,official\nTwine,official\n';
  const { etag } = (await plan(file)).body;
  const statuses = (await Promise.all([carryOut(file, etag), carryOut(file, etag)])).map(
    ({ status }) => status,
  );
  expect(statuses.sort()).toEqual([201, 400]);
  expect((await namesOf()).filter((name) => name === 'Twin')).toHaveLength(1);
});

test('a file and a hand that do the same at once leave one of them, and no chain broken', async () => {
  const file = 'action,name,roles\nchange,Eva,engineer\n';
  const { etag } = (await plan(file)).body;
  const eva = (await users()).find(({ name }) => name === 'Eva');
  const change = { ...nothing, roles: ['merchant'], isDisabled: false };
  const both = await Promise.all([
    carryOut(file, etag),
    api.send('PUT', `/users/${eva?.id}`, change, { ...admin, 'if-match': eva?.etag ?? '' }),
  ]);
  expect(both.map(({ status }) => status)).toEqual(expect.arrayContaining([412]));
  expect(both.filter(({ status }) => status < 300)).toHaveLength(1);
  expect((await api.get<{ broken: object | null }>('/audit/chain', admin)).body.broken).toBeNull();
});

test('with one line refused nobody is added, and the plan says which line and why', async () => {
  const file = 'name,roles\nGood,official\nada,strategist\nBad,emperor\n';
  const { status, body } = await plan(file);
  expect([status, body.etag, body.users.map(({ name }) => name)]).toEqual([200, null, ['Good']]);
  expect(body.refused).toEqual([
    { line: 3, column: 'name', reason: 'taken', value: 'ada' },
    { line: 4, column: 'roles', reason: 'bad-roles', value: 'emperor' },
  ]);
  const forced = await carryOut(file, '"p"');
  expect([forced.status, forced.body.issues?.[0]?.field]).toEqual([400, 'content']);
  expect(await namesOf()).not.toContain('Good');
});

test('nobody shuts themselves or the last administrator out', async () => {
  const self = 'action,name,disabled\nchange,Ada,yes\nadd,Fay,\n';
  expect((await plan(self)).body.refused.map(({ reason }) => reason)).toContain('oneself');
  const { user, link } = (
    await api.send<AddedUser>('POST', '/users', { name: 'Bea', ...nothing, roles: ['administrator'] }, admin)
  ).body;
  const role = 'action,name,roles\nchange,Ada,-\n';
  await api.send('POST', '/session/link', { token: link.token, password: PASSWORD });
  const bea = await as('Bea');
  expect((await plan(role, bea)).body.refused).toEqual([]);
  const change = { ...nothing, roles: ['administrator'], isDisabled: true };
  await api.send('PUT', `/users/${user.id}`, change, { ...admin, 'if-match': '*' });
  expect((await plan('action,name,roles\nchange,Bea,-\n')).body.refused).toEqual([]);
  expect(
    (await plan('action,name,roles\nchange,Ada,official\n')).body.refused.map(({ reason }) => reason),
  ).toEqual(['oneself']);
});

test('a thousand users come in by one file, and a thousand regions', async () => {
  const codes = Array.from({ length: 100 }, (_, index) => 110_000 + index).join(';');
  // Digits look like letters: these are of letters that look like no others.
  const nameOf = (index: number) => [...String(index)].map((digit) => 'abcdefghjk'[Number(digit)]).join('');
  const lines = Array.from(
    { length: 1_000 },
    (_, index) => `user ${nameOf(index)},official,${index < 50 ? codes : '33'}`,
  );
  const file = `name,roles,regions\n${lines.join('\n')}`;
  const { body } = await plan(file);
  expect([body.refused.slice(0, 3), body.users.length]).toEqual([[], 1_000]);
  const done = await carryOut(file, body.etag);
  expect([done.status, done.body.added.length]).toEqual([201, 1_000]);
  expect((await users()).filter(({ name }) => name.startsWith('user '))).toHaveLength(1_000);
});

test('files come from administrators alone, and of theirs no more than is said', async () => {
  const [nobody, eva] = [{ cookie: '' }, await as('Eva')];
  const large = Buffer.alloc(300_000, 'a');
  expect([(await plan('x', nobody)).status, (await plan('x', eva)).status]).toEqual([401, 403]);
  // Not even read.
  expect([(await plan(large, nobody)).status, (await plan(large, eva)).status]).toEqual([401, 403]);
  expect((await plan(large)).status).toBe(413);
  expect((await plan(Buffer.alloc(256 * 1024 + 1, 'a'))).body.refused[0]?.reason).toBe('too-large');
  const odd = await api.send('POST', '/users/import/plan', { content: 'not base64!' }, admin);
  expect(odd.status).toBe(400);
  // Other routes take no more than before.
  expect((await api.send('POST', '/users', { name: 'x'.repeat(20_000) }, admin)).status).toBe(413);
});
