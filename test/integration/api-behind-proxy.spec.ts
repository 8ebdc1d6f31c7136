/** Behind a proxy that speaks TLS to browsers: what it says is believed of the configured one alone, and the session keeps to TLS. */
import type { BegunSecondFactor, Problem, Session } from '@beltline/contract';
import { codeOf } from '../fixtures/api/authenticator.ts';
import { rawRequest } from '../fixtures/api/raw-request.ts';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';

const PUBLIC = 'https://belts.example';
const USER = { name: 'Stella', password: 'brisk-otter-lamp-71' };
const start = async (environment: Record<string, string>) => {
  const api = await startApi({ signsIn: false, environment });
  await api.addUser({ ...USER, roles: ['strategist'], sources: ['*'] });
  return api;
};

let api: RunningApi;
beforeAll(async () => {
  api = await start({ BELTLINE_PUBLIC_URL: PUBLIC, BELTLINE_TRUSTED_PROXIES: '127.0.0.1' });
});
afterAll(() => api?.close());

/** As the proxy passes it on: its own connection, the browser's Host. */
const passed = (path: string, headers: Record<string, string>, method = 'GET', body?: object) =>
  rawRequest(
    api.url,
    `/api/v1${path}`,
    { host: 'belts.example', 'content-type': 'application/json', ...headers },
    method,
    body && JSON.stringify(body),
  );

test('the cookie of a session is sent over TLS alone, under a name that only this host can set', async () => {
  const { headers, body } = await api.send<Session>('POST', '/session', USER);
  const cookie = headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^__Host-beltline_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
  expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d+$/);
  const [name, id] = (cookie.split(';')[0] ?? '').split('=');
  expect((await api.get('/session', { cookie: `${name}=${id}` })).status).toBe(200);
  // What a page without TLS or a neighbouring host could set is not looked at.
  expect((await api.get('/session', { cookie: `beltline_session=${id}` })).status).toBe(401);
  expect(body.user.name).toBe('Stella');
});

test('half a sign-in keeps to TLS as a session does', async () => {
  const boss = { name: 'Boss', password: USER.password };
  await api.addUser({ ...boss, roles: ['administrator'] });
  const { headers } = await api.send('POST', '/session', boss);
  const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const { password } = boss;
  const { body } = await api.send<BegunSecondFactor>(
    ...(['POST', '/session/second-factor', { password }, { cookie }] as const),
  );
  expect(new URL(body.uri).searchParams.get('issuer')).toBe('Beltline belts.example');
  const code = codeOf(body.secret);
  expect((await api.send('PUT', '/session/second-factor', { code }, { cookie })).status).toBe(200);
  const half = (await api.send('POST', '/session', boss)).headers.getSetCookie().join();
  expect(half).toMatch(
    /^__Host-beltline_half=[\w-]{43}; Max-Age=300; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  );
  const [name, id] = (half.split(';')[0] ?? '').split('=');
  const next = { code: codeOf(body.secret, 1) };
  const plain = await api.send('POST', '/session/code', next, { cookie: `beltline_half=${id}` });
  const over = await api.send('POST', '/session/code', next, { cookie: `${name}=${id}` });
  expect([plain.status, over.status]).toEqual([401, 201]);
});

test.each([
  [PUBLIC, 201],
  ['http://belts.example', 403],
  ['https://belts.example:8443', 403],
  ['https://evil.example', 403],
  ['null', 403],
])('a write from a page of %s is answered with %i', async (origin, status) => {
  const answer = await passed('/session', { origin, 'x-forwarded-proto': 'https' }, 'POST', USER);
  expect(answer.status).toBe(status);
});

test('another Host is refused, also where the proxy names ours beside it', async () => {
  const answer = await passed('/session', { host: 'evil.example', 'x-forwarded-host': 'belts.example' });
  expect([answer.status, (JSON.parse(answer.body) as Problem).code]).toEqual([403, 'forbidden-origin']);
});

test('failures are counted by the address that the proxy tells, and that somebody invents before it does not count', async () => {
  const tryFrom = async (forwarded: string) =>
    (
      await passed('/session', { 'x-forwarded-for': forwarded }, 'POST', {
        ...USER,
        password: 'wrong-wrong-1',
      })
    ).status;
  for (let tries = 0; tries < 5; tries++) expect(await tryFrom(`203.0.113.${tries}, 198.51.100.7`)).toBe(401);
  expect(await tryFrom('203.0.113.99, 198.51.100.7')).toBe(429);
  expect(await tryFrom('198.51.100.8')).toBe(401);
});

test('without a configured proxy nobody’s word for an address is believed', async () => {
  const bare = await start({});
  try {
    const tryFrom = async (forwarded: string) =>
      (
        await bare.send(
          'POST',
          '/session',
          { ...USER, password: 'wrong-wrong-1' },
          { 'x-forwarded-for': forwarded },
        )
      ).status;
    for (let tries = 0; tries < 5; tries++) expect(await tryFrom(`203.0.113.${tries}`)).toBe(401);
    expect(await tryFrom('203.0.113.99')).toBe(429);
    expect((await bare.get('/health')).headers.get('strict-transport-security')).toBeNull();
  } finally {
    await bare.close();
  }
});
