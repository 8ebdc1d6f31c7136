import { vi } from 'vitest';
import { environmentManager, isServer } from '@tanstack/vue-query';
import { effectScope, nextTick, ref, type EffectScope } from 'vue';
import { answers } from './answers.ts';
import { cutOff } from './cut-off.fixture.ts';
import { watchAttention } from './freshness.ts';
import { recalled, useQuery, type Query } from './useQuery.ts';

type Reply = (response: Response) => void;
let replies: Map<string, Reply>;
let signals: Map<string, AbortSignal>;
let scope: EffectScope;

// Without a window the library takes itself to be on a server, where nothing is asked twice.
beforeAll(() => environmentManager.setIsServer(() => false));
afterAll(() => environmentManager.setIsServer(() => isServer));
beforeEach(() => {
  replies = new Map();
  signals = new Map();
  scope = effectScope();
  vi.stubGlobal(
    'fetch',
    vi.fn<typeof fetch>((input, init) => {
      const path = String(input);
      if (init?.signal) signals.set(path, init.signal);
      return new Promise<Response>((resolve) => replies.set(path, resolve));
    }),
  );
});
afterEach(async () => {
  scope.stop();
  await settle();
  answers.clear();
});

const settle = () => new Promise((resolve) => setImmediate(resolve));
async function reply(path: string, body: unknown, status = 200): Promise<void> {
  replies.get(`/api/v1${path}`)?.(new Response(JSON.stringify(body), { status }));
  await settle();
}
const run = <A>(question: () => { path: string } | null): Query<A> => {
  const query = scope.run(() => useQuery<A>(question));
  if (!query) throw new Error('the scope has ended');
  return query;
};

it('lets the latest question win, aborts the one before, and keeps the old answer meanwhile', async () => {
  const path = ref('/one');
  const query = run<{ n: number }>(() => ({ path: path.value }));
  expect(query.loading.value).toBe(true);
  await reply('/one', { n: 1 });
  expect([query.data.value, query.loading.value]).toEqual([{ n: 1 }, false]);

  path.value = '/two';
  await nextTick();
  path.value = '/three';
  await nextTick();
  expect(signals.get('/api/v1/two')?.aborted).toBe(true);
  expect([query.data.value, query.stale.value]).toEqual([{ n: 1 }, true]);
  await reply('/three', { n: 3 });
  await reply('/two', { n: 2 });
  expect([query.data.value, query.stale.value]).toEqual([{ n: 3 }, false]);
});

it('shows an error where there is no answer yet, and asks again on request', async () => {
  const query = run<{ n: number }>(() => ({ path: '/fails' }));
  await reply('/fails', { code: 'internal', title: 'x', status: 500, detail: '', requestId: 'r' }, 500);
  expect([query.data.value, query.error.value?.code]).toEqual([null, 'internal']);
  query.reload();
  expect(query.stale.value).toBe(true);
  await reply('/fails', { n: 1 });
  expect([query.data.value, query.error.value]).toEqual([{ n: 1 }, null]);
});

it('asks nothing without a question, and stops with its page', async () => {
  const path = ref<string | null>(null);
  const query = run(() => (path.value === null ? null : { path: path.value }));
  expect(query.loading.value).toBe(false);
  expect(globalThis.fetch).not.toHaveBeenCalled();
  path.value = '/late';
  await nextTick();
  scope.stop();
  expect(signals.get('/api/v1/late')?.aborted).toBe(true);
});

const meta = (source: string, dataVersion: number) => ({ meta: { source, dataVersion } });

it('takes everything of the old data version off the page when an answer is of a newer one, and asks it again', async () => {
  const first = run(() => ({ path: '/a' }));
  const second = run(() => ({ path: '/b' }));
  const past = run(() => ({ path: '/c?asOf=2024-01-01' }));
  await reply('/a', meta('fresh', 1));
  await reply('/b', meta('fresh', 1));
  await reply('/c?asOf=2024-01-01', meta('fresh', 0));
  expect([first, second, past].map((query) => query.data.value)).not.toContain(null);
  replies.clear();
  first.reload();
  await reply('/a', meta('fresh', 2));
  await nextTick();
  expect([first.data.value, second.data.value, past.data.value]).toEqual([
    meta('fresh', 2),
    null,
    meta('fresh', 0),
  ]);
  expect([...replies.keys()]).toEqual(['/api/v1/a', '/api/v1/b']);
  await reply('/b', meta('fresh', 2));
  expect(second.data.value).toEqual(meta('fresh', 2));
});

it('never shows an answer of the old data version that comes after the new one is known', async () => {
  const early = run(() => ({ path: '/early' }));
  const late = run(() => ({ path: '/late' }));
  await reply('/early', meta('late', 5));
  await reply('/late', meta('late', 4));
  expect(late.data.value).toBeNull();
  expect(late.loading.value).toBe(true);
  expect(early.data.value).toEqual(meta('late', 5));
});

it('follows the list of sources also where a version goes back, as after a backup was put back', async () => {
  const figures = run(() => ({ path: '/figures' }));
  await reply('/figures', meta('back', 7));
  replies.clear();
  const sources = run(() => ({ path: '/sources' }));
  await reply('/sources', { sources: [{ source: 'back', dataVersion: 3 }] });
  await nextTick();
  expect([...replies.keys()]).toContain('/api/v1/figures');
  await reply('/figures', meta('back', 3));
  expect([figures.data.value, sources.error.value]).toEqual([meta('back', 3), null]);
});

it('asks again by itself after a fault that passes, and not after one that does not', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  try {
    const passing = run<{ n: number }>(() => ({ path: '/passing' }));
    const lasting = run(() => ({ path: '/lasting' }));
    replies.get('/api/v1/passing')?.(new Response('<html>Bad Gateway</html>', { status: 502 }));
    await reply('/lasting', { code: 'invalid-request', title: 'x', status: 400 }, 400);
    expect(passing.error.value).toMatchObject({ code: 'server-away', status: 502 });
    replies.clear();
    vi.advanceTimersByTime(2_000);
    expect([...replies.keys()]).toEqual(['/api/v1/passing']);
    await reply('/passing', { n: 1 });
    expect([passing.data.value, passing.error.value]).toEqual([{ n: 1 }, null]);
    expect(lasting.error.value).toMatchObject({ code: 'invalid-request' });
  } finally {
    vi.useRealTimers();
  }
});

it.each([
  ['a page of HTML under 200', () => new Response('<html>Sign in to the network</html>', { status: 200 })],
  ['nothing under 200', () => new Response('', { status: 200 })],
  ['a page of HTML under 404', () => new Response('<html>No such site</html>', { status: 404 })],
  ['an answer that is cut off', () => cutOff()],
])('comes back by itself, with all panels, after %s', async (_name, fault) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  try {
    const [one, other] = [run<{ n: number }>(() => ({ path: '/one' })), run(() => ({ path: '/other' }))];
    replies.get('/api/v1/one')?.(fault());
    replies.get('/api/v1/other')?.(fault());
    await settle();
    expect([one.data.value, one.error.value?.isPassing, other.error.value?.isPassing]).toEqual([
      null,
      true,
      true,
    ]);
    replies.clear();
    vi.advanceTimersByTime(4_000);
    await reply('/one', { n: 1 });
    await settle();
    expect([one.data.value, one.error.value]).toEqual([{ n: 1 }, null]);
    await reply('/other', { n: 2 });
    expect([other.data.value, other.error.value]).toEqual([{ n: 2 }, null]);
  } finally {
    vi.useRealTimers();
  }
});

it('keeps the last answer to the same question when asking again fails, beside the error, until it is answered', async () => {
  const query = run<{ n: number }>(() => ({ path: '/kept' }));
  await reply('/kept', { n: 1 });
  for (const status of [503, 500, 429]) {
    query.reload();
    await reply('/kept', { code: 'internal', title: 'x', status }, status);
    expect([query.data.value, query.error.value?.status, query.kept.value]).toEqual([{ n: 1 }, status, true]);
  }
  query.reload();
  await reply('/kept', { n: 2 });
  expect([query.data.value, query.error.value, query.kept.value]).toEqual([{ n: 2 }, null, false]);
});

it('keeps no answer to another question, nor one that is refused by now', async () => {
  const path = ref('/first');
  const query = run<{ n: number }>(() => ({ path: path.value }));
  await reply('/first', { n: 1 });
  path.value = '/second';
  await nextTick();
  expect([query.data.value, query.stale.value]).toEqual([{ n: 1 }, true]);
  await reply('/second', {}, 503);
  expect([query.data.value, query.error.value?.code, query.kept.value]).toEqual([null, 'server-away', false]);
  path.value = '/third';
  await nextTick();
  expect([query.error.value, query.loading.value]).toEqual([null, true]);
  await reply('/third', { n: 3 });
  query.reload();
  await reply('/third', { code: 'not-found', title: 'x', status: 404 }, 404);
  expect([query.data.value, query.error.value?.code]).toEqual([null, 'not-found']);
});

it('a remembered answer stays beside the error; the figures of an older version do not', async () => {
  await (async () => {
    run(() => ({ path: '/remembered' }));
    await reply('/remembered', meta('kept', 1));
  })();
  const query = run(() => ({ path: '/remembered' }));
  await reply('/remembered', {}, 502);
  expect([query.data.value, query.kept.value]).toEqual([meta('kept', 1), true]);
  const news = run(() => ({ path: '/news' }));
  await reply('/news', meta('kept', 2));
  await nextTick();
  await reply('/remembered', {}, 502);
  expect([query.data.value, query.kept.value]).toEqual([null, false]);
  expect(news.data.value).toEqual(meta('kept', 2));
});

it('asks for as long as the page is open, and at once when another panel has an answer again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  try {
    const one = run<{ n: number }>(() => ({ path: '/one-away' }));
    const other = run<{ n: number }>(() => ({ path: '/other-away' }));
    for (let minute = 0; minute < 60; minute += 1) {
      await reply('/one-away', {}, 502);
      await reply('/other-away', {}, 502);
      vi.advanceTimersByTime(60_000);
    }
    // An hour later both are asked still.
    expect(signals.get('/api/v1/other-away')?.aborted).toBe(false);
    await reply('/other-away', {}, 502);
    replies.delete('/api/v1/other-away');
    await reply('/one-away', { n: 1 });
    await nextTick();
    expect([...replies.keys()].sort()).toEqual(['/api/v1/one-away', '/api/v1/other-away']);
    await reply('/other-away', { n: 2 });
    expect([one.data.value, other.data.value, other.error.value]).toEqual([{ n: 1 }, { n: 2 }, null]);
  } finally {
    vi.useRealTimers();
  }
});

it('asks once what two panels ask, and shows what was left a moment ago while it asks again', async () => {
  const [one, other] = [run(() => ({ path: '/shared' })), run(() => ({ path: '/shared' }))];
  expect(globalThis.fetch).toHaveBeenCalledTimes(1);
  await reply('/shared', { n: 1 });
  expect([one.data.value, other.data.value]).toEqual([{ n: 1 }, { n: 1 }]);
  scope.stop();
  scope = effectScope();
  const again = run(() => ({ path: '/shared' }));
  expect([again.data.value, again.stale.value]).toEqual([{ n: 1 }, true]);
  expect(recalled({ path: '/shared' })).toEqual({ n: 1 });
});

it('remembers no answer of an older data version once a newer one is known', async () => {
  run(() => ({ path: '/left' }));
  await reply('/left', meta('left', 1));
  scope.stop();
  scope = effectScope();
  run(() => ({ path: '/next' }));
  await reply('/next', meta('left', 2));
  expect(recalled({ path: '/left' })).toBeNull();
});

it.each([
  '/benchmark?quarter=2025-Q1', // merchants are told of no source, so nothing else brings them a new version
  '/mail',
  '/mail/troubles',
  '/releases?source=a', // a month is released minutes after the load that brought it
  '/reports?limit=20',
])('asks %s again when the person comes back, which tells of no data version', async (path) => {
  const page = Object.assign(new EventTarget(), {
    document: Object.assign(new EventTarget(), { visibilityState: 'visible' }),
  });
  const stop = watchAttention(page as unknown as Window);
  run(() => ({ path }));
  await reply(path, { n: 1 });
  replies.clear();
  page.dispatchEvent(new Event('focus'));
  await nextTick();
  expect([...replies.keys()]).toEqual([`/api/v1${path}`]);
  stop();
});

it('asks what others may have changed, and what has failed, when the person is back; figures are still good', async () => {
  const page = Object.assign(new EventTarget(), {
    document: Object.assign(new EventTarget(), { visibilityState: 'visible' }),
  });
  const stop = watchAttention(page as unknown as Window);
  const paths = ['/annotations?source=a', '/growth', '/breadth'];
  paths.forEach((path) => run(() => ({ path })));
  await reply('/annotations?source=a', { n: 1 });
  await reply('/growth', meta('back', 1));
  await reply('/breadth', {}, 502);
  replies.clear();
  page.dispatchEvent(new Event('focus'));
  await nextTick();
  expect([...replies.keys()]).toEqual(['/api/v1/annotations?source=a', '/api/v1/breadth']);
  stop();
});
