/** Tokens of programs over real HTTP: no wider than their owner at the moment, over when they say so, and refused once revoked. */
import type {
  ApiTokensAnswer,
  AuditAnswer,
  MadeToken,
  Problem,
  Session,
  UsersAnswer,
} from '@beltline/contract';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signIn } from '../fixtures/api/signing-in.ts';

const PASSWORD = 'brisk-otter-lamp-71';
let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ signsIn: false });
  const roles = ['strategist', 'engineer'] as const;
  for (const name of ['Wei', 'Lin']) await api.addUser({ name, password: PASSWORD, roles, sources: ['*'] });
  await api.addUser({ name: 'Ada', password: PASSWORD, roles: ['administrator'] });
});
afterAll(() => api?.close());

const as = async (name: string) => ({
  cookie: await signIn(new URL(api.url).origin, { name, password: PASSWORD }),
});
const make = (headers: Record<string, string>, permissions: readonly string[], rest: object = {}) =>
  api.send<MadeToken & Problem>(
    'POST',
    '/tokens',
    { name: 'nightly', permissions, days: 30, ...rest },
    headers,
  );
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const statuses = async (headers: Record<string, string>, ...paths: string[]) => {
  const found = [];
  for (const path of paths) found.push((await api.get(path, headers)).status);
  return found;
};

test('a token does what it was given of what its owner may, and nothing else', async () => {
  const wei = await as('Wei');
  const { status, body, headers } = await make(wei, ['read-loads']);
  expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
  expect(body.secret).toMatch(/^belt_[A-Za-z0-9_-]{43}$/);
  const token = bearer(body.secret);
  expect(await statuses(token, '/loads', '/sources', '/session', '/session/all', '/tokens')).toEqual([
    200, 403, 403, 403, 403,
  ]);
  const refused = await api.get<Problem>('/sources', token);
  expect(refused.body.detail).toBe('This needs the permission read-catalogue, which the token has not.');
  expect((await make(token, ['read-loads'])).status).toBe(403);
  const password = { present: PASSWORD, password: 'quiet-heron-shed-42' };
  expect((await api.send('PUT', '/session/password', password, token)).status).toBe(403);
});

test('who asks by a token that is none is nobody, also with a cookie that is good', async () => {
  const wei = await as('Wei');
  expect(await statuses({ ...wei, ...bearer(`belt_${'x'.repeat(43)}`) }, '/session', '/sources')).toEqual([
    401, 401,
  ]);
  expect(await statuses({ ...wei, ...bearer('another') }, '/session')).toEqual([401]);
  // Of another scheme, as a proxy in front may have asked for.
  expect(await statuses({ ...wei, authorization: 'Basic eDp5' }, '/session')).toEqual([200]);
});

test.each([
  ['more than its owner may', ['read-audit'], {}, 'permissions'],
  ['what no token may', ['manage-users'], {}, 'permissions.0'],
  ['nothing', [], {}, 'permissions'],
  ['for longer than a year', ['read-loads'], { days: 366 }, 'days'],
])('no token is made for %s', async (_what, permissions, rest, field) => {
  const { status, body } = await make(await as('Wei'), permissions, rest);
  expect([status, body.issues?.map((issue) => issue.field)]).toEqual([400, [field]]);
});

test('a revoked token is refused from the next request on, and nobody else’s can be revoked', async () => {
  const [wei, lin] = [await as('Wei'), await as('Lin')];
  const { token, secret } = (await make(wei, ['read-loads'])).body;
  expect(await statuses(bearer(secret), '/loads')).toEqual([200]);
  expect((await api.send('DELETE', `/tokens/${token.id}`, undefined, lin)).status).toBe(404);
  const { tokens } = (await api.get<ApiTokensAnswer>('/tokens', wei)).body;
  expect(tokens.find(({ id }) => id === token.id)?.lastUsedAt).not.toBeNull();
  expect((await api.get<ApiTokensAnswer>('/tokens', lin)).body.tokens).toEqual([]);
  expect(JSON.stringify(tokens)).not.toContain(secret);
  expect((await api.send('DELETE', `/tokens/${token.id}`, undefined, wei)).status).toBe(204);
  expect(await statuses(bearer(secret), '/loads')).toEqual([401]);
});

test('a token loses what its owner loses, at once', async () => {
  const [lin, ada] = [await as('Lin'), await as('Ada')];
  const { secret } = (await make(lin, ['read-loads', 'read-catalogue'])).body;
  expect(await statuses(bearer(secret), '/loads', '/sources')).toEqual([200, 200]);
  const { users } = (await api.get<UsersAnswer>('/users', ada)).body;
  const id = users.find(({ name }) => name === 'Lin')?.id;
  const given = { sources: ['*'], regions: [], owners: [] };
  const change = (body: object) =>
    api.send('PUT', `/users/${id}`, { ...given, ...body }, { ...ada, 'if-match': '*' });
  await change({ roles: ['strategist'], isDisabled: false });
  expect(await statuses(bearer(secret), '/loads', '/sources')).toEqual([403, 200]);
  await change({ roles: ['strategist'], isDisabled: true });
  expect(await statuses(bearer(secret), '/loads', '/sources')).toEqual([401, 401]);
});

test('nobody has more than fifty, also where they make several at once, and each is in the audit', async () => {
  await api.addUser({ name: 'Mia', password: PASSWORD, roles: ['strategist'], sources: ['*'] });
  const mia = await as('Mia');
  for (let n = 0; n < 48; n++) expect((await make(mia, ['read-catalogue'])).status).toBe(201);
  const made = await Promise.all(Array.from({ length: 8 }, () => make(mia, ['read-catalogue'])));
  expect(made.map(({ status }) => status).sort()).toEqual([201, 201, 400, 400, 400, 400, 400, 400]);
  const { body } = await api.get<ApiTokensAnswer>('/tokens', mia);
  expect(body.tokens).toHaveLength(50);
  const audit = await api.get<AuditAnswer>('/audit?event=token-made&actor=Mia&limit=100', await as('Ada'));
  expect(audit.body.records).toHaveLength(50);
});

test('a token is in the store as a digest alone', async () => {
  const { secret } = (await make(await as('Wei'), ['read-loads'])).body;
  const folder = join(api.dataDir, 'postgres');
  const holds = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    try {
      return readFileSync(join(folder, name), 'latin1').includes(secret);
    } catch {
      return false; // a folder
    }
  });
  expect(holds).toEqual([]);
  expect((await api.get<Session>('/session', await as('Wei'))).status).toBe(200);
});
