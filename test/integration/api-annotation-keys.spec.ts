/** A note whose answer was lost is sent again: under one Idempotency-Key it is added once, whoever else writes meanwhile. */
import { randomUUID } from 'node:crypto';
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

const note = { source: 'golden', beltId: 'ke', kind: 'policy', day: '2024-02-01', lastDay: null };
const add = <T = Annotation>(text: string, key?: string, more: object = {}) =>
  api.send<T>('POST', '/annotations', { ...note, text, ...more }, key ? { 'idempotency-key': key } : {});
const countOf = async (text: string) =>
  (await asked<AnnotationsAnswer>(api, '/annotations?belt=ke')).annotations.filter((one) => one.text === text)
    .length;

test('the same note under the same key is the same note', async () => {
  const key = randomUUID();
  const [first, again] = [await add('once', key), await add('once', key)];
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.body).toEqual(first.body);
  expect(again.headers.get('etag')).toBe(first.body.etag);
  // Written otherwise, and meaning the same.
  expect((await add(' once ', key.toUpperCase())).body.id).toBe(first.body.id);
  expect(await countOf('once')).toBe(1);
});

test('of many at the same time one is added, and all are told of it', async () => {
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 12 }, () => add('at once', key)));
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
  expect(await countOf('at once')).toBe(1);
});

test('another note under the same key is refused, and the one that was added comes with it', async () => {
  const key = randomUUID();
  const { body } = await add('the first', key);
  for (const other of [
    await add<Problem>('another', key),
    await add<Problem>('the first', key, { kind: 'other' }),
  ])
    expect(other).toMatchObject({ status: 422, body: { code: 'key-reused', current: body } });
  expect(await countOf('another')).toBe(0);
});

test('a note that somebody has changed since is answered as it is now', async () => {
  const key = randomUUID();
  const { body } = await add('to be changed', key);
  const changed = await api.send<Annotation>(
    'PUT',
    `/annotations/${body.id}`,
    { ...note, text: 'changed' },
    { 'if-match': body.etag },
  );
  expect((await add('to be changed', key)).body).toEqual(changed.body);
  expect(await countOf('to be changed')).toBe(0);
});

test('without a key, or under another, each is a note of its own', async () => {
  const answers = [await add('twice'), await add('twice'), await add('twice', randomUUID())];
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(3);
  expect(Object.keys(answers[2]?.body ?? {})).toEqual(Object.keys(answers[0]?.body ?? {}));
});

test.each(['', '1', 'x'.repeat(500), `${randomUUID()}, ${randomUUID()}`])(
  'the key %j is refused',
  async (key) => {
    const { status, body } = await api.send<Problem>(
      'POST',
      '/annotations',
      { ...note, text: 'refused' },
      { 'idempotency-key': key },
    );
    expect([status, body.issues?.[0]?.field]).toEqual([400, 'Idempotency-Key']);
    expect(await countOf('refused')).toBe(0);
  },
);
