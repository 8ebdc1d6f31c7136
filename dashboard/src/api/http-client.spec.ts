import { vi } from 'vitest';
import { cutOff } from './cut-off.fixture.ts';
import { ask, askWhatever, questionPath, write } from './http-client.ts';
import { ProblemError } from './problem-error.ts';

const answerWith = (body: string, init: ResponseInit) => {
  vi.stubGlobal(
    'fetch',
    vi.fn<typeof fetch>(async () => new Response(body, init)),
  );
};
const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (cause: unknown) => cause,
  );

it('writes a question as a path, leaving out what is not asked', () => {
  const query = { source: 'demo', tracks: ['all', 'custom'], belt: undefined, province: '浙江省', rule: '' };
  expect(questionPath('/series', query)).toBe(
    '/series?source=demo&tracks=all%2Ccustom&province=%E6%B5%99%E6%B1%9F%E7%9C%81',
  );
  expect(questionPath('/sources')).toBe('/sources');
});

it('turns problem details into an error that keeps what they say', async () => {
  const problem = {
    type: 'about:blank',
    title: 'The engine is not available',
    status: 503,
    code: 'engine-unavailable',
    detail: 'No answer within 10 s',
    requestId: 'r-1',
  };
  answerWith(JSON.stringify(problem), { status: 503 });
  const error = await caught(ask({ path: '/growth' }));
  expect(error).toBeInstanceOf(ProblemError);
  expect(error).toMatchObject({
    code: 'engine-unavailable',
    status: 503,
    requestId: 'r-1',
    detail: problem.detail,
  });
});

it('does not take a page of some proxy for an answer', async () => {
  answerWith('<html>Bad gateway</html>', { status: 502, headers: { 'x-request-id': 'r-2' } });
  expect(await caught(ask({ path: '/growth' }))).toMatchObject({
    code: 'server-away',
    status: 502,
    requestId: 'r-2',
  });
  answerWith('<html>welcome</html>', { status: 200 });
  expect(await caught(ask({ path: '/growth' }))).toMatchObject({ code: 'unreadable', status: 200 });
});

it('says when the server cannot be reached, and lets an abort be an abort', async () => {
  vi.stubGlobal(
    'fetch',
    vi.fn<typeof fetch>(async () => {
      throw new TypeError('fetch failed');
    }),
  );
  expect(await caught(ask({ path: '/growth' }))).toMatchObject({ code: 'network', status: null });
  vi.stubGlobal(
    'fetch',
    vi.fn<typeof fetch>(async () => {
      throw new DOMException('gone', 'AbortError');
    }),
  );
  expect(await caught(ask({ path: '/growth' }))).toMatchObject({ name: 'AbortError' });
});

it('says that the server is away where the connection is lost within an answer, and takes nothing for no answer', async () => {
  vi.stubGlobal(
    'fetch',
    vi.fn<typeof fetch>(async () => cutOff()),
  );
  expect(await caught(ask({ path: '/growth' }))).toMatchObject({ code: 'network', canHelpToRetry: true });
  expect(await caught(write('PUT', '/annotations/1', { body: {} }))).toMatchObject({ code: 'network' });
  expect(await caught(askWhatever({ path: '/health' }, () => true))).toMatchObject({ code: 'network' });
  answerWith('', { status: 200 });
  expect(await caught(ask({ path: '/growth' }))).toMatchObject({ code: 'unreadable', status: 200 });
});

it('reads health whether it answers 200 or 503', async () => {
  answerWith('{"checks":{"data":"loading"}}', { status: 503 });
  const isHealth = (body: unknown) => typeof body === 'object' && body !== null && 'checks' in body;
  expect(await askWhatever({ path: '/health' }, isHealth)).toEqual({ checks: { data: 'loading' } });
});

it('sends a body as JSON and takes an empty answer', async () => {
  const fetched = vi.fn<typeof fetch>(async () => new Response(null, { status: 204 }));
  vi.stubGlobal('fetch', fetched);
  expect(await write('DELETE', '/annotations/1', { ifMatch: '"r1"' })).toBeNull();
  await write('POST', '/annotations', { body: { text: '义乌' } });
  expect(fetched.mock.calls[1]?.[1]).toMatchObject({ method: 'POST', body: '{"text":"义乌"}' });
});

it.each([
  ['invalid-request', 400],
  ['not-found', 404],
  ['key-reused', 422],
  ['report-unchanged', 409],
])('does not offer to ask again what was refused for good (%s)', async (code, status) => {
  answerWith(JSON.stringify({ code, title: '', status, detail: '', requestId: 'r' }), { status });
  expect(await caught(ask({ path: '/growth' }))).toMatchObject({ code, canHelpToRetry: false });
});

it.each([
  [503, JSON.stringify({ code: 'engine-unavailable', title: '', status: 503, detail: '', requestId: 'r' })],
  [500, JSON.stringify({ code: 'internal', title: '', status: 500, detail: '', requestId: 'r' })],
  [429, 'slower'],
  [404, '<html>some proxy</html>'],
])('offers to ask again after a fault that may pass (%i)', async (status, body) => {
  answerWith(body, { status });
  expect(await caught(ask({ path: '/growth' }))).toMatchObject({ canHelpToRetry: true });
});
