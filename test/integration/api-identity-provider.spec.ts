/** Signing in through an identity provider, against a real one in a process of its own; and everything that it must not be. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MadeToken, Problem, UsersAnswer } from '@beltline/contract';
import { freePort } from '../e2e/product.ts';
import { rawRequest } from '../fixtures/api/raw-request.ts';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signIn } from '../fixtures/api/signing-in.ts';
import { Visitor } from '../fixtures/api/visitor.ts';

const folder = mkdtempSync(join(tmpdir(), 'beltline provider '));
const mapping = join(folder, 'mapping.json');
writeFileSync(
  mapping,
  JSON.stringify({
    claim: 'groups',
    rules: [
      { value: 'beltline-strategists', roles: ['strategist'], sources: ['*'] },
      { value: 'beltline-admins', roles: ['administrator'] },
      { value: 'beltline-zhejiang', roles: ['official'], regions: ['33'], sources: ['demo'] },
    ],
  }),
);
const ACCOUNTS = {
  s1: { preferred_username: 'wei', groups: ['beltline-strategists', 'others'] },
  o1: { preferred_username: 'lan', groups: ['beltline-zhejiang'] },
  m1: { preferred_username: 'ming', groups: ['beltline-admins'] },
  n1: { preferred_username: 'nobody', groups: ['others'] },
  ...{ unseen: { preferred_username: '\u3164', groups: 'beltline-strategists' } },
  ...{ turned: { preferred_username: 'gnaw\u202e', groups: 'beltline-strategists' } },
  a1: { preferred_username: 'Admin', groups: 'beltline-strategists' },
};

let provider: ChildProcess;
let api: RunningApi;
/** The product as browsers reach it: the address that its provider sends them back to. */
let home: string;
let issuer: string;

beforeAll(async () => {
  // The port must be known before the API listens on one: a way to it stands in for the proxy.
  const [providerPort, publicPort] = [await freePort(), await freePort()];
  home = `http://127.0.0.1:${publicPort}`;
  provider = fork(
    new URL('../fixtures/api/identity-provider.mjs', import.meta.url).pathname,
    [String(providerPort), `${home}/api/v1/session/provider/callback`, JSON.stringify(ACCOUNTS)],
    { env: { ...process.env, NODE_OPTIONS: '' }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  );
  await once(provider, 'message');
  issuer = `http://127.0.0.1:${providerPort}`;
  api = await startApi({
    signsIn: false,
    environment: {
      BELTLINE_PUBLIC_URL: home,
      BELTLINE_OIDC_ISSUER: issuer,
      BELTLINE_OIDC_CLIENT_ID: 'beltline',
      BELTLINE_OIDC_CLIENT_SECRET: 'a-secret-of-the-provider',
      BELTLINE_OIDC_MAPPING: mapping,
    },
  });
  await api.addUser({ name: 'admin', password: 'brisk-otter-lamp-71', roles: ['administrator'] });
}, 60_000);
afterAll(async () => {
  await api?.close();
  provider?.disconnect();
  rmSync(folder, { recursive: true });
});

const tell = async (what: object) => {
  provider.send(what);
  await once(provider, 'message');
};

/** A browser of this product. */
class Guest extends Visitor {
  constructor() {
    super({ home, listens: new URL(api.url).origin });
  }
}
const begin = (back = '/') => `${home}/api/v1/session/provider?back=${encodeURIComponent(back)}`;
const CALLBACK = /\/session\/provider\/callback/;
const FAILED = () => `${home}/?signIn=provider-failed`;

test('somebody comes in with what the mapping gives, and is back where they wanted to go', async () => {
  const visitor = new Guest();
  const { url } = await visitor.travel(begin('/belts/B001?from=2024-01'), 's1');
  expect(url).toBe(`${home}/belts/B001?from=2024-01`);
  expect(await visitor.session()).toMatchObject({ user: { name: 'wei' }, roles: ['strategist'] });
  expect(visitor.cookie('beltline_journey')).toBeUndefined();
});

test.each(['unseen', 'turned'])(
  'a name of the provider that cannot be seen, or hides what it is, is none: %s',
  async (sub) => {
    const visitor = new Guest();
    await visitor.travel(begin(), sub);
    expect((await visitor.session())?.user.name).toBe(sub);
  },
);

test('who has no role here is not let in; nor is somebody who was disabled here', async () => {
  const nobody = new Guest();
  expect((await nobody.travel(begin(), 'n1')).url).toBe(`${home}/?signIn=no-role`);
  expect(await nobody.session()).toBeNull();
});

test('what changes at the provider changes here at the next sign-in, and ends what was begun before', async () => {
  const before = new Guest();
  await before.travel(begin(), 'o1');
  expect((await before.session())?.roles).toEqual(['official']);
  const { id } = (await before.session())?.user ?? {};
  await tell({ accounts: { o1: { preferred_username: 'renamed', groups: ['beltline-strategists'] } } });
  const after = new Guest();
  await after.travel(begin(), 'o1');
  // The same user: by issuer and subject, whatever they are called.
  expect(await after.session()).toMatchObject({ user: { id, name: 'lan' }, roles: ['strategist'] });
  expect(await before.session()).toBeNull();
  // A token of theirs is no wider than they are, also one that has been used before.
  const cookie = `beltline_session=${after.cookie('beltline_session')}`;
  const asked = { name: 'x', permissions: ['read-catalogue'], days: 1 };
  const made = await api.send<MadeToken>('POST', '/tokens', asked, {
    cookie,
    origin: new URL(api.url).origin,
  });
  const byToken = { authorization: `Bearer ${made.body.secret}` };
  expect((await api.get('/sources', byToken)).status).toBe(200);
  await tell({ accounts: { o1: { preferred_username: 'lan', groups: [] } } });
  expect((await new Guest().travel(begin(), 'o1')).url).toBe(`${home}/?signIn=no-role`);
  expect(await after.session()).toBeNull();
  expect((await api.get('/sources', byToken)).status).toBe(403);
});

test('a name that somebody here has makes nobody them', async () => {
  const visitor = new Guest();
  await visitor.travel(begin(), 'a1');
  const session = await visitor.session();
  expect(session?.roles).toEqual(['strategist']);
  expect(session?.user.name.toLowerCase()).not.toBe('admin');
});

test('administrators see through whom somebody signs in, and give them neither a password nor rights of their own', async () => {
  await new Guest().travel(begin(), 's1');
  const origin = new URL(api.url).origin;
  const headers = {
    cookie: await signIn(origin, { name: 'admin', password: 'brisk-otter-lamp-71' }),
    'if-match': '*',
  };
  const { users } = (await api.get<UsersAnswer>('/users', headers)).body;
  const wei = users.find(({ name }) => name === 'wei');
  expect(wei).toMatchObject({
    hasPassword: false,
    provider: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/),
  });
  expect(users.find(({ name }) => name === 'admin')).toMatchObject({ hasPassword: true, provider: null });
  const { id, sources, regions, owners } = wei ?? { id: '' };
  const change = (rest: object) =>
    api.send('PUT', `/users/${id}`, { roles: ['strategist'], sources, regions, owners, ...rest }, headers);
  expect((await api.send('POST', `/users/${id}/link`, undefined, headers)).status).toBe(400);
  expect((await change({ isDisabled: false, roles: ['administrator'] })).status).toBe(400);
  expect((await change({ isDisabled: true })).status).toBe(200);
  const shutOut = new Guest();
  await shutOut.travel(begin(), 's1');
  expect(await shutOut.session()).toBeNull();
  expect((await change({ isDisabled: false })).status).toBe(200);
});

test('a second factor is the provider’s business: an administrator by it has no password to put one beside', async () => {
  const visitor = new Guest();
  await visitor.travel(begin(), 'm1');
  const cookie = `beltline_session=${visitor.cookie('beltline_session')}`;
  const state = await api.get('/session/second-factor', { cookie });
  expect(state.body).toEqual({ onSince: null, recoveryCodesLeft: 0, hindrance: 'no-password' });
  const begun = await api.send<Problem>('POST', '/session/second-factor', { password: 'any' }, { cookie });
  expect([begun.status, begun.body.code]).toEqual([403, 'forbidden']);
});

test('a code that was used once lets nobody in again', async () => {
  const visitor = new Guest();
  const { url } = await visitor.travel(begin(), 's1', CALLBACK);
  const journey = visitor.cookie('beltline_journey') ?? '';
  await visitor.go(url);
  expect(await visitor.session()).not.toBeNull();
  const thief = new Guest();
  thief.setCookie('beltline_journey', journey);
  expect((await thief.go(url)).headers.get('location')).toBe('/?signIn=provider-failed');
  expect(await thief.session()).toBeNull();
});

test('a code of another’s journey, of no journey, or with another state lets nobody in', async () => {
  const victim = new Guest();
  const attacker = new Guest();
  const { url } = await attacker.travel(begin(), 's1', CALLBACK);
  expect((await victim.travel(url, 's1')).url).toBe(FAILED());
  await victim.travel(begin(), 's1', CALLBACK); // a journey of the victim's own
  expect((await victim.travel(url, 's1')).url).toBe(FAILED());
  const changed = new URL(url);
  changed.searchParams.set('state', 'x');
  expect((await attacker.travel(changed.href, 's1')).url).toBe(FAILED());
  expect([await victim.session(), await attacker.session()]).toEqual([null, null]);
});

test('an answer that names another issuer is refused', async () => {
  const visitor = new Guest();
  const { url } = await visitor.travel(begin(), 's1', CALLBACK);
  const changed = new URL(url);
  changed.searchParams.set('iss', 'http://127.0.0.1:1');
  expect((await visitor.travel(changed.href, 's1')).url).toBe(FAILED());
  expect(await visitor.session()).toBeNull();
});

test('a provider that says that it is another one is refused, before somebody leaves for it and after', async () => {
  const visitor = new Guest();
  const { url } = await visitor.travel(begin(), 's1', CALLBACK);
  await tell({ issuer: 'http://127.0.0.1:9' });
  try {
    expect((await visitor.travel(url, 's1')).url).toBe(FAILED());
    expect((await visitor.go(begin())).status).toBe(503);
    expect(await visitor.session()).toBeNull();
  } finally {
    await tell({ rotate: true });
  }
});

test('new keys of the provider are taken up without a restart', async () => {
  const visitor = new Guest();
  await tell({ rotate: true });
  await visitor.travel(begin(), 's1');
  expect(await visitor.session()).not.toBeNull();
});

test.each([
  [120, true],
  [-120, true],
  // Its tokens had ended when they were made.
  [-900, false],
])('a provider whose clock is off by %i seconds lets somebody in: %s', async (aheadS, isLetIn) => {
  await tell({ aheadS });
  try {
    const visitor = new Guest();
    await visitor.travel(begin(), 's1');
    expect((await visitor.session()) !== null).toBe(isLetIn);
  } finally {
    await tell({ aheadS: 0 });
  }
});

test.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  'javascript:alert(1)',
  '/a b',
])('nobody is sent to %s after it', async (back) => {
  const visitor = new Guest();
  expect((await visitor.travel(begin(back), 's1')).url).toBe(`${home}/`);
});

test('leaving the provider too begins at its own address', async () => {
  const response = await new Guest().go(`${home}/api/v1/session/provider/end`);
  expect(response.headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/session\/end\?/);
});

test('a provider that is not there is said to be, and another way in is not closed by it', async () => {
  const away = await startApi({
    signsIn: false,
    environment: {
      BELTLINE_PUBLIC_URL: home,
      BELTLINE_OIDC_ISSUER: `http://127.0.0.1:${await freePort()}`,
      BELTLINE_OIDC_CLIENT_ID: 'beltline',
      BELTLINE_OIDC_MAPPING: mapping,
    },
  });
  try {
    expect(await away.get('/session/provider')).toMatchObject({
      status: 503,
      body: { code: 'provider-unavailable' },
    });
    await away.addUser({ name: 'Ada', password: 'brisk-otter-lamp-71', roles: ['administrator'] });
    expect(
      (await away.send('POST', '/session', { name: 'Ada', password: 'brisk-otter-lamp-71' })).status,
    ).toBe(201);
  } finally {
    await away.close();
  }
});

test('behind TLS the way there and back is kept in a cookie that only this host can set', async () => {
  const secure = await startApi({
    signsIn: false,
    environment: {
      BELTLINE_PUBLIC_URL: 'https://belts.example',
      BELTLINE_OIDC_ISSUER: issuer,
      BELTLINE_OIDC_CLIENT_ID: 'beltline',
      BELTLINE_OIDC_MAPPING: mapping,
    },
  });
  try {
    const headers = { host: 'belts.example' };
    const begun = await rawRequest(secure.url, '/api/v1/session/provider', headers);
    expect(begun.status).toBe(302);
    const cookie = String(begun.headers['set-cookie']);
    expect(cookie).toMatch(
      /^__Host-beltline_journey=[\w-]+; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const failed = await rawRequest(secure.url, '/api/v1/session/provider/callback?code=x&state=y', headers);
    expect(failed.headers.location).toBe('/?signIn=provider-failed');
    expect(String(failed.headers['set-cookie'])).toMatch(/^__Host-beltline_journey=; Max-Age=0; Path=\/;/);
  } finally {
    await secure.close();
  }
});

test('who comes back in vain without end is not looked at any more, and fills no audit', async () => {
  const back = `${home}/api/v1/session/provider/callback?code=x&state=y`;
  const statuses: number[] = [];
  for (let turn = 0; turn < 110; turn++) statuses.push((await new Guest().go(back)).status);
  expect([statuses[0], statuses.at(-1)]).toEqual([302, 429]);
});
