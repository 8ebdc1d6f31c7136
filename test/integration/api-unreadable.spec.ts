/** What a server says to bytes that no HTTP client would send. */
import { connect } from 'node:net';
import type { Problem } from '@beltline/contract';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';

let api: RunningApi;
beforeAll(async () => void (api = await startApi()));
afterAll(() => api?.close());

function said(bytes: string): Promise<{ status: number; headers: Headers; body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(api.url);
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (chunk) => chunks.push(chunk)).on('error', reject);
    socket.on('close', () => {
      const answer = Buffer.concat(chunks).toString();
      const end = answer.indexOf('\r\n\r\n');
      const [line = '', ...lines] = answer.slice(0, end).split('\r\n');
      const headers = new Headers(lines.map((one) => one.split(': ', 2) as [string, string]));
      resolve({ status: Number(line.split(' ')[1]), headers, body: answer.slice(end + 4) });
    });
  });
}

describe('requests that no route sees are problems too', () => {
  const asked = (line: string, more = '') =>
    said(`${line} HTTP/1.1\r\nHost: localhost\r\nCookie: ${api.cookie}\r\nConnection: close\r\n${more}\r\n`);

  test.each<[what: string, answer: () => ReturnType<typeof said>, status: number, detail: RegExp]>([
    ['a broken escape', () => asked('GET /api/v1/belts/%E0%A4%A'), 400, /escape/],
    ['an escape that is not UTF-8', () => asked('GET /api/v1/belts/%ff'), 400, /escape/],
    ['raw UTF-8', () => asked('GET /api/v1/prices?province=浙江省'), 400, /percent-encoded/],
    ['an unknown method', () => asked('BREW /api/v1/belts'), 400, /method/],
    ['a long URL', () => asked(`GET /api/v1/belts?q=${'x'.repeat(20_000)}`), 431, /16 KB/],
    ['a long header', () => asked('GET /api/v1/belts', `X: ${'x'.repeat(20_000)}\r\n`), 431, /16 KB/],
    ['a long parameter', () => asked(`GET /api/v1/belts/${'x'.repeat(5000)}`), 414, /too long/],
    ['another protocol', () => said('EHLO localhost\r\n\r\n'), 400, /./],
    ['a method of WebDAV', () => asked('PROPFIND /api/v1/belts'), 405, /Allow/],
    ['a method of caches', () => asked('PURGE /api/v1/belts'), 405, /Allow/],
    ['TRACE', () => asked('TRACE /api/v1/belts'), 405, /Allow/],
    ['a proxy', () => asked('CONNECT beltline.example:443'), 405, /no proxy/],
    ['an expectation', () => asked('GET /api/v1/belts', 'Expect: 200-maybe\r\n'), 417, /100-continue/],
    ['no Host', () => said('GET /api/v1/belts HTTP/1.1\r\nConnection: close\r\n\r\n'), 400, /Host/],
    ['two Hosts', () => asked('GET /api/v1/belts', 'Host: evil.example\r\n'), 400, /more than one Host/],
  ])('%s', async (_what, answer, status, detail) => {
    const { headers, body, ...line } = await answer();
    expect([line.status, headers.get('content-type')]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    const problem = JSON.parse(body) as Problem;
    expect(problem).toMatchObject({ status, requestId: headers.get('x-request-id') });
    expect(problem.detail).toMatch(detail);
  });

  test('an address of a page that is cut short leads to the page', async () => {
    const { headers, status } = await asked('GET /areas/category/%E6%B5?from=a%20b');
    expect([status, headers.get('location')]).toEqual([302, '/areas/category/%25E6%25B5?from=a%20b']);
    for (const elsewhere of ['//evil.example/%', '/\\evil.example/%', 'http://evil.example/%'])
      expect((await asked(`GET ${elsewhere}`)).headers.get('location')).toBeNull();
    expect((await asked('GET /%')).headers.get('location')).toBe('/%25');
  });

  test('a connection that is reset leaves the API as it was', async () => {
    const { hostname, port } = new URL(api.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write('GET / HTTP', () => socket.resetAndDestroy()),
      );
      socket.on('close', () => resolve()).on('error', () => undefined);
    });
    expect((await api.get('/sources')).status).toBe(200);
  });
});
