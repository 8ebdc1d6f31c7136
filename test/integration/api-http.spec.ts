import type {
  AnnotationsAnswer,
  BeltsAnswer,
  GrowthAnswer,
  Health,
  MadeToken,
  Problem,
} from '@beltline/contract';
import { rawRequest } from '../fixtures/api/raw-request.ts';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { CORRECTED_LINE, GOLDEN } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const GROWTH = '/growth?from=2024-01&to=2024-02';
let api: RunningApi;
let isLoading = true;
beforeAll(async () => {
  api = await startApi({
    loading: () => isLoading,
    environment: { BELTLINE_ALLOWED_HOSTS: 'belts.example' },
  });
});
afterAll(() => api?.close());

const raw = (...[path, headers, ...rest]: Shift<Parameters<typeof rawRequest>>) =>
  rawRequest(api.url, path, { cookie: api.cookie, ...headers }, ...rest);
type Shift<T extends unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;

test('before anything is loaded it is live, not ready, and says so instead of showing empty lists', async () => {
  expect(await api.get<Health>('/health')).toMatchObject({
    status: 503,
    body: {
      live: true,
      ready: false,
      checks: { clickhouse: 'up', postgres: 'up', data: 'loading' },
      dataVersion: null,
    },
  });
  expect((await api.get('/health/live')).status).toBe(200);
  const early = await api.get<Problem>(GROWTH);
  expect(early).toMatchObject({ status: 503, body: { code: 'not-ready' } });
  expect(early.headers.get('retry-after')).toBe('2');
  expect(await api.get('/sources')).toMatchObject({ status: 200, body: { sources: [] } });
  isLoading = false;
  expect(await api.get<Health>('/health/ready')).toMatchObject({
    status: 503,
    body: { checks: { data: 'empty' } },
  });
  await seedVersion(api.loader, GOLDEN);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(await api.get<Health>('/health')).toMatchObject({
    status: 200,
    body: { ready: true, dataVersion: 7 },
  });
});

describe('problems', () => {
  test('a problem has a code, a request id and the header of one', async () => {
    const { status, headers, body } = await api.get<Problem>('/nowhere', { 'x-request-id': 'proxy-1234' });
    expect(status).toBe(404);
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(headers.get('x-request-id')).toBe('proxy-1234');
    expect(body).toMatchObject({
      code: 'not-found',
      status: 404,
      requestId: 'proxy-1234',
      type: 'urn:beltline:problem:not-found',
    });
  });

  test.each([
    ['/growth?from=2024-01', ['to']],
    ['/growth?from=2024-1&to=2024-02', ['from']],
    ['/growth?from=2024-02&to=2024-01', ['from']],
    ['/growth?from=2024-01&to=2024-02&colour=red&size=1', ['colour', 'size']],
    ['/growth?from=2022-12&to=2024-04', ['from', 'to']],
    ['/growth?from=2024-01&to=9999-12', ['to']],
    ['/growth?from=2024-01&from=2024-02&to=2024-02', ['from']],
    [`${GROWTH}&source=nowhere`, ['source']],
    [`${GROWTH}&source=Robert'); DROP TABLE belts;--`, ['source']],
    [`${GROWTH}&belt=nowhere`, ['belt']],
    [`${GROWTH}&belt=${'x'.repeat(129)}`, ['belt']],
    [`${GROWTH}&comparison=never`, ['comparison']],
    [`/growth/by-belt?from=2024-01&to=2024-02&limit=1000000`, ['limit']],
    [`/growth/by-belt?from=2024-01&to=2024-02&limit=1e3x`, ['limit']],
    ...['1e1', '0x10', '0b11', '%2010', '+10', '10.0', '٤'].map((number): [string, string[]] => [
      `/loads?limit=${number}`,
      ['limit'],
    ]),
    ['/recovery?reference=2.023e3', ['reference']],
    ['/recovery/clock?months=0x10', ['months']],
    [`/growth/by-belt?from=2024-01&to=2024-02&sort=password`, ['sort']],
    [`/contributions?by=belt&from=2024-01&to=2024-02&belt=ke`, ['belt']],
    [`/contributions?by=belt&from=2024-01&to=2024-02&measure=buyers`, ['measure']],
    [`/series?from=2024-01&to=2024-02&tracks=all,,custom`, ['tracks.1']],
    ['/belts?__proto__=1', ['__proto__']],
    ['/belts?constructor=1', ['constructor']],
    ['/loads?after=not-a-cursor', ['after']],
    ['/loads/abc', ['batchId']],
    ['/annotations?from=2024-02-30', ['from']],
    ['/annotations?from=2024-01-01&to=2023-01-01', ['from']],
    ['/annotations?from=0000-01-01', ['from']],
    ['/releases/0000-01', ['month']],
    ['/growth?from=0000-01&to=0000-02', ['from', 'to']],
    ['/sources?x=1', ['x']],
    ['/definitions?lang=zh', ['lang']],
    [`${GROWTH}&asOf=0000-01-01`, ['asOf']],
    [`${GROWTH}&asOf=0001-01-01`, ['asOf']],
  ])('%s names %s', async (path, fields) => {
    const { status, body } = await api.get<Problem>(path);
    expect([status, body.code]).toEqual([400, 'invalid-request']);
    expect([...new Set(body.issues?.map((issue) => issue.field))]).toEqual(fields);
  });

  test('a period outside the data says what there is', async () => {
    const { body } = await api.get<Problem>('/growth?from=2024-01&to=2025-02');
    expect(body.issues).toEqual([
      { field: 'to', message: 'outside the loaded data, which reaches from 2023-01 to 2024-03' },
    ]);
  });

  test.each([
    ["' OR 1=1 --"],
    ["ke'; DROP TABLE belts; --"],
    ['ke\\'],
    ['{belt:String}'],
    ['柯\u0000桥'],
    ['../../etc/passwd'],
  ])('a belt called %j is data, not a statement', async (name) => {
    expect(await api.get<Problem>(`${GROWTH}&belt=${encodeURIComponent(name)}`)).toMatchObject({
      status: 400,
      body: { issues: [{ field: 'belt' }] },
    });
    expect([400, 404]).toContain((await api.get(`/belts/${encodeURIComponent(name)}`)).status);
    const found = await api.get<BeltsAnswer>(`/belts?q=${encodeURIComponent(name)}`);
    // A search leaves out what is no word, so that one of these is the code of a belt.
    expect(found.status).toBe(200);
    expect(found.body.belts.map(({ beltId }) => beltId)).toEqual(name === 'ke\\' ? ['ke'] : []);
    expect((await api.get<BeltsAnswer>('/belts')).body.belts).toHaveLength(3);
  });

  test('a broken escape, a huge path and an unknown method', async () => {
    expect((await raw('/api/v1/belts/%zz', { host: 'localhost' })).status).toBe(400);
    expect((await raw(`/api/v1/belts/${'x'.repeat(5000)}`, { host: 'localhost' })).status).toBe(414);
    expect((await raw(`/api/v1/belts?q=${'x'.repeat(20_000)}`, { host: 'localhost' })).status).toBe(431);
    for (const [method, path] of [
      ['DELETE', '/belts'],
      ['POST', '/growth'],
      ['PUT', '/belts/ke'],
    ] as const) {
      const { status, headers, body } = await api.send<Problem>(method, path, {});
      expect([status, headers.get('allow'), body.code]).toEqual([405, 'GET, HEAD', 'invalid-request']);
    }
    expect((await api.send('POST', '/nowhere', {})).status).toBe(404);
  });
});

describe('guards', () => {
  test.each([
    ['localhost:4680', 200],
    ['127.0.0.1', 200],
    ['belts.example', 200],
    ['evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['evil.example:80@127.0.0.1', 403],
  ])('Host %j is answered with %i', async (host, expected) => {
    const { status, body } = await raw('/api/v1/sources', { host });
    expect(status).toBe(expected);
    if (expected === 403) expect(JSON.parse(body)).toMatchObject({ code: 'forbidden-origin' });
  });

  describe('a write as somebody else’s page would send it', () => {
    const note = (text: string) =>
      JSON.stringify({ source: 'golden', beltId: null, kind: 'other', day: '2024-01-01', text });
    const json = { 'content-type': 'application/json' };
    const write = (headers: Record<string, string>, text = 'x') => {
      const { origin, host } = new URL(api.url);
      const sent = Object.entries({ host, ...json, ...headers })
        .map(([name, value]) => [name, value === 'SELF' ? origin : value])
        .filter(([, value]) => value !== '');
      const given = { cookie: api.cookie, ...Object.fromEntries(sent) };
      if (headers['cookie'] === '') delete given['cookie'];
      return rawRequest(api.url, '/api/v1/annotations', given, 'POST', note(text));
    };
    const notes = async () => (await api.get<AnnotationsAnswer>('/annotations')).body.annotations.length;

    test.each<Record<string, string>>([
      {}, // a browser names an origin, or from where it asks
      { origin: 'https://evil.example' },
      { origin: 'null' }, // a frame in a sandbox, a file
      { origin: '', 'sec-fetch-site': 'none' },
      { origin: 'http://localhost:1' }, // one site with ours, to a browser
      { origin: 'http://127.0.0.1:1' },
      { host: 'belts.example', origin: 'http://app.belts.example' },
      { host: 'belts.example', origin: 'http://example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'SELF', 'sec-fetch-site': 'same-site' },
      { 'content-type': 'text/plain', origin: 'https://evil.example' },
      { 'content-type': 'application/x-www-form-urlencoded', origin: 'null' },
      { 'content-type': 'multipart/form-data; boundary=x', 'sec-fetch-site': 'cross-site' },
      // No page can send these elsewhere unasked; should one: it is looked at where they come from all the same.
      { authorization: 'Basic eDp5' },
      { authorization: `Bearer belt_${'x'.repeat(43)}`, origin: 'https://evil.example' },
    ])('%j is refused', async (headers) => {
      const before = await notes();
      const { status, body } = await write(headers);
      expect([status, (JSON.parse(body) as Problem).code]).toEqual([403, 'forbidden-origin']);
      expect(await notes()).toBe(before);
    });

    test.each<Record<string, string>>([
      { origin: 'SELF' },
      { origin: 'SELF', 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'same-origin' },
    ])('%j is the page itself', async (headers) => {
      expect((await write(headers)).status).toBe(201);
      // Of the page itself only JSON is read, so that a form on it is none that somebody slipped in.
      expect((await write({ ...headers, 'content-type': 'text/plain' })).status).toBe(415);
    });

    test('a program writes by its token alone, and nobody’s cookie is made use of', async () => {
      const asked = { name: 'notes', permissions: ['write-notes'], days: 1 };
      const { body } = await api.send<MadeToken>('POST', '/tokens', asked);
      const authorization = `Bearer ${body.secret}`;
      expect((await write({ cookie: '', authorization })).status).toBe(201);
      expect((await write({ authorization })).status).toBe(201);
      expect((await write({ cookie: '' })).status).toBe(401);
    });
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
  ])('a body of %s is refused', async (type) => {
    const { status, body } = await api.send<Problem>('POST', '/annotations', '{"text":"x"}', {
      'content-type': type,
    });
    expect([status, body.code]).toEqual([415, 'invalid-request']);
  });

  test('bodies that are too large, broken or polluting', async () => {
    expect((await api.send('POST', '/annotations', { text: 'x'.repeat(20_000) })).status).toBe(413);
    expect((await api.send('POST', '/annotations', '{"text":')).status).toBe(400);
    expect((await api.send('POST', '/annotations', '{"__proto__":{"admin":true},"text":"x"}')).status).toBe(
      400,
    );
    expect((await api.send('POST', '/annotations', '[]')).status).toBe(400);
    expect((await api.send('POST', '/annotations')).status).toBe(400);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test('security headers', async () => {
    const { headers } = await api.get('/sources');
    expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(headers.get('content-security-policy')).toContain("style-src 'self';");
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|data:|upgrade-insecure-requests/);
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });
});

describe('validators', () => {
  test('the same version is answered with 304, another one in full', async () => {
    const first = await api.get<GrowthAnswer>(GROWTH);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"7-[\w-]{22}"$/);
    expect(first.headers.get('cache-control')).toBe('no-cache');
    const again = await api.get(GROWTH, { 'if-none-match': tag });
    expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, '', tag]);
    for (const known of [`W/${tag}`, `"6-x", W/${tag}`, '*']) {
      const { status, body, headers } = await api.get(GROWTH, { 'if-none-match': known });
      expect([status, body, headers.get('etag')]).toEqual([304, '', tag]);
    }
    const other = await api.get(`${GROWTH}&belt=ke`, { 'if-none-match': tag });
    expect(other.status).toBe(200);
    await seedVersion(api.loader, {
      ...GOLDEN,
      version: 11,
      lines: [CORRECTED_LINE],
      months: ['2024-01-01'],
    });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const renewed = await api.get<GrowthAnswer>(GROWTH, { 'if-none-match': tag });
    expect([renewed.status, renewed.body.meta.dataVersion]).toEqual([200, 11]);
  });

  test('a question that is wrong has no validator', async () => {
    for (const known of [{}, { 'if-none-match': '*' }]) {
      const { status, headers } = await api.get('/growth?from=2024-01', known as Record<string, string>);
      expect([status, headers.get('etag'), headers.get('cache-control')]).toEqual([400, null, 'no-store']);
    }
  });
});

test('answers are compressed', async () => {
  const { headers } = await api.get(GROWTH, { 'accept-encoding': 'gzip' });
  expect(headers.get('content-encoding')).toBe('gzip');
});
