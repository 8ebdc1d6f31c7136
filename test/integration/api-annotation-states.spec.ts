/** Several people write notes: nobody overwrites another unseen, and a list of many comes in pages. */
import type { Annotation, AnnotationsAnswer, Problem } from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { GOLDEN } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  await seedVersion(api.loader, GOLDEN);
});
afterAll(() => api?.close());

const note = {
  source: 'golden',
  beltId: null,
  kind: 'policy',
  day: '2024-02-01',
  lastDay: null,
  text: 'as written',
};
const add = async (more: object = {}) =>
  (await api.send<Annotation>('POST', '/annotations', { ...note, ...more })).body;
const change = <T = Annotation>(id: string, text: string, tag?: string) =>
  api.send<T>('PUT', `/annotations/${id}`, { ...note, text }, tag === undefined ? {} : { 'if-match': tag });
const remove = (id: string, tag?: string) =>
  api.send<Problem>('DELETE', `/annotations/${id}`, undefined, tag === undefined ? {} : { 'if-match': tag });
const textOf = async (id: string) => (await asked<Annotation>(api, `/annotations/${id}`)).text;

describe('a state is named', () => {
  test('in the header and in the body, and each change gives another', async () => {
    const added = await api.send<Annotation>('POST', '/annotations', note);
    const read = await api.get<Annotation>(`/annotations/${added.body.id}`);
    const changed = await change(added.body.id, 'changed', added.body.etag);
    const again = await change(added.body.id, 'changed', changed.body.etag);
    for (const { headers, body } of [added, read, changed, again]) {
      expect(headers.get('etag')).toBe(body.etag);
      expect(body.etag).toMatch(/^"[^"]+"$/);
    }
    expect(read.body).toEqual(added.body);
    expect(new Set([added, changed, again].map(({ body }) => body.etag)).size).toBe(3);
    await remove(again.body.id, again.body.etag);
  });

  test('or nothing is written', async () => {
    const { id } = await add();
    for (const answer of [await change<Problem>(id, 'lost'), await remove(id), await remove(id, ' ')]) {
      expect([answer.status, answer.body.code]).toEqual([428, 'precondition-required']);
    }
    expect(await textOf(id)).toBe('as written');
    await remove(id, '*');
  });
});

test('the second of two writers is told what the first wrote, and can then decide', async () => {
  const { id, etag } = await add();
  const first = await change(id, 'of the first', etag);
  const second = await change<Problem>(id, 'of the second', etag);
  expect(second).toMatchObject({
    status: 412,
    body: { code: 'precondition-failed', current: { id, text: 'of the first', etag: first.body.etag } },
  });
  const removed = await remove(id, etag);
  expect([removed.status, removed.body.current?.text]).toEqual([412, 'of the first']);
  expect(await textOf(id)).toBe('of the first');
  expect((await change(id, 'of the second', second.body.current?.etag)).body.text).toBe('of the second');
  await remove(id, '*');
});

test('of many who change one state at the same time exactly one succeeds', async () => {
  const { id, etag } = await add();
  const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => change(id, `writer ${n}`, etag)));
  const statuses = answers.map(({ status }) => status).toSorted();
  expect(statuses).toEqual([200, ...Array.from({ length: 11 }, () => 412)]);
  expect(await textOf(id)).toBe(answers.find(({ status }) => status === 200)?.body.text);
  await remove(id, '*');
});

test.each([
  ['a weak tag', (etag: string) => `W/${etag}`, 412],
  ['a tag without quotes', (etag: string) => etag.replaceAll('"', ''), 412],
  ['a tag of nobody', () => '"another"', 412],
  ['a number that no database keeps', () => '"r99999999999"', 412],
  ['one of several tags', (etag: string) => `"r77", ${etag}`, 200],
  ['any state', () => '*', 200],
])('%s', async (_, tagOf, status) => {
  const { id, etag } = await add();
  expect((await change(id, 'changed', tagOf(etag))).status).toBe(status);
  await remove(id, '*');
});

test('a note that is gone is told so, whatever the state', async () => {
  const { id, etag } = await add();
  expect((await remove(id, etag)).status).toBe(204);
  expect((await remove(id, etag)).status).toBe(404);
  expect((await change(id, 'late', etag)).status).toBe(404);
});

describe('pages', () => {
  const days = Array.from({ length: 23 }, (_, n) => `2024-01-${String(1 + (n % 5)).padStart(2, '0')}`);
  let ids: string[];
  beforeAll(async () => {
    for (const one of (await asked<AnnotationsAnswer>(api, '/annotations')).annotations)
      await remove(one.id, '*');
    ids = (await Promise.all(days.map((day, n) => add({ day, text: `note ${n}` })))).map(({ id }) => id);
  });
  const pagesOf = async (query: string) => {
    const pages: Annotation[][] = [];
    for (let after = ''; ;) {
      const { annotations, next } = await asked<AnnotationsAnswer>(api, `/annotations?${query}${after}`);
      pages.push(annotations);
      if (next === null) return pages;
      after = `&after=${encodeURIComponent(next)}`;
    }
  };

  test.each([1, 4, 23, 24, 500])('of %i hold every note once, in order', async (limit) => {
    const pages = await pagesOf(`limit=${limit}`);
    expect(pages.map((page) => page.length).slice(0, -1)).toEqual(pages.slice(1).map(() => limit));
    const all = pages.flat();
    expect(all.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(all.map(({ day }) => day)).toEqual(days.toSorted());
  });

  test('do not shift when notes before them are added or removed', async () => {
    const first = await asked<AnnotationsAnswer>(api, '/annotations?limit=10');
    const early = await add({ day: '2023-12-01' });
    await remove(first.annotations[0]?.id ?? '', '*');
    const rest = await asked<AnnotationsAnswer>(
      api,
      `/annotations?limit=100&after=${encodeURIComponent(first.next ?? '')}`,
    );
    const seen = [...first.annotations, ...rest.annotations].map(({ id }) => id);
    expect(seen.toSorted()).toEqual(ids.toSorted());
    await remove(early.id, '*');
  });

  test.each([
    'limit=0',
    'limit=501',
    'limit=x',
    'after=x',
    `after=${Buffer.from('["2024-01-01"]').toString('base64url')}`,
  ])('%s is refused by name', async (query) => {
    const { status, body } = await api.get<Problem>(`/annotations?${query}`);
    expect([status, body.issues?.[0]?.field]).toEqual([400, query.split('=')[0]]);
  });
});
