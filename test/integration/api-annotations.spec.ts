import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Annotation, AnnotationsAnswer, MadeToken, Problem } from '@beltline/contract';
import { AnnotationEntity, openPostgres, StoreBusyError } from '@beltline/sql/postgres';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { signIn } from '../fixtures/api/signing-in.ts';
import { putEmptyNotes } from '../fixtures/fresh-stores.ts';
import { GOLDEN } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

describe('over HTTP', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await startApi();
    await seedVersion(api.loader, GOLDEN);
  });
  afterAll(() => api?.close());

  const note = {
    source: 'golden',
    beltId: 'ke',
    kind: 'policy',
    day: '2024-02-01',
    lastDay: '2024-02-15',
    text: ' 补贴 <b>10 %</b> ',
  } as const;
  const list = async (query: string) =>
    (await api.get<AnnotationsAnswer>(`/annotations?${query}`)).body.annotations.map((one) => one.text);

  test('a note is added, shown on its belt and days, changed and removed', async () => {
    const added = await api.send<Annotation>('POST', '/annotations', note);
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ ...note, text: '补贴 <b>10 %</b>' });
    await api.send('POST', '/annotations', {
      source: 'golden',
      beltId: null,
      kind: 'holiday',
      day: '2024-02-10',
      text: '春节',
    });
    expect(await list('')).toEqual(['春节']);
    expect(await list('belt=ke')).toEqual(['补贴 <b>10 %</b>', '春节']);
    expect(await list('belt=yi')).toEqual(['春节']);
    expect(await list('belt=ke&from=2024-02-15&to=2024-02-28')).toEqual(['补贴 <b>10 %</b>']);
    expect(await list('belt=ke&to=2024-01-31')).toEqual([]);

    const { id, createdAt } = added.body;
    const changed = await api.send<Annotation>(
      'PUT',
      `/annotations/${id}`,
      { ...note, beltId: null, lastDay: null, text: 'nation' },
      { 'if-match': added.body.etag },
    );
    expect(changed).toMatchObject({
      status: 200,
      body: { id, createdAt, beltId: null, lastDay: null, text: 'nation' },
    });
    const whatever = { 'if-match': '*' };
    expect((await api.send('DELETE', `/annotations/${id}`, undefined, whatever)).status).toBe(204);
    expect(await api.send<Problem>('DELETE', `/annotations/${id}`, undefined, whatever)).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
    expect((await api.send('PUT', `/annotations/${id}`, note, whatever)).status).toBe(404);
    expect((await api.get(`/annotations/${id}`)).status).toBe(404);
  });

  test('a note says who wrote it, by session or by token, and who changed it; whose it is nobody can send', async () => {
    const other = { name: 'Sun', password: 'brisk-otter-lamp-71' };
    await api.addUser({ ...other, roles: ['strategist'], sources: ['*'] });
    const sun = { cookie: await signIn(new URL(api.url).origin, other) };
    const asked = { name: 'x', permissions: ['read-notes', 'write-notes'], days: 1 };
    const { secret } = (await api.send<MadeToken>('POST', '/tokens', asked, sun)).body;
    const authorization = `Bearer ${secret}`;
    const { body: added } = await api.send<Annotation>('POST', '/annotations', note, { authorization });
    expect(added).toMatchObject({ author: 'Sun', changedBy: null, visibility: 'belt', mayChange: true });
    const path = `/annotations/${added.id}`;
    const whatever = { 'if-match': '*' };
    const changed = await api.send<Annotation>('PUT', path, { ...note, beltId: null }, whatever);
    expect(changed.body).toMatchObject({ author: 'Sun', changedBy: 'tester', visibility: 'strategists' });
    for (const field of ['author', 'authorId', 'changedBy', 'visibility']) {
      const { status, body } = await api.send<Problem>('PUT', path, { ...note, [field]: 'x' }, whatever);
      expect([status, body.issues?.[0]?.field]).toEqual([400, field]);
    }
    // The token was given no more than its owner's own notes.
    const { body: mine } = await api.send<Annotation>('POST', '/annotations', note);
    expect((await api.get<Annotation>(`/annotations/${mine.id}`, { authorization })).body.mayChange).toBe(
      false,
    );
    for (const method of ['PUT', 'DELETE'] as const) {
      const body = method === 'PUT' ? note : undefined;
      const answer = await api.send<Problem>(method, `/annotations/${mine.id}`, body, {
        authorization,
        ...whatever,
      });
      expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
    }
    expect((await api.send('DELETE', path, undefined, { authorization, ...whatever })).status).toBe(204);
    await api.send('DELETE', `/annotations/${mine.id}`, undefined, { ...sun, ...whatever });
  });

  test.each([
    [{ ...note, text: '   ' }, 'text'],
    [{ ...note, text: 'x'.repeat(201) }, 'text'],
    [{ ...note, text: 'a\u0000b' }, 'text'],
    [{ ...note, text: '\u200b\u2060\u3164\ufe0f\u2800' }, 'text'],
    [{ ...note, text: 'half an emoji \ud83d' }, 'text'],
    [{ ...note, day: '2024-02-30' }, 'day'],
    [{ ...note, day: '0000-01-01' }, 'day'],
    [{ ...note, day: '0001-01-01' }, 'day'],
    [{ ...note, day: '1989-12-31' }, 'day'],
    [{ ...note, day: '2101-01-01' }, 'day'],
    [{ ...note, day: '9999-12-31' }, 'day'],
    [{ ...note, lastDay: '2101-01-01' }, 'lastDay'],
    [{ ...note, lastDay: '0000-01-01' }, 'lastDay'],
    [{ ...note, lastDay: '2024-01-31' }, 'lastDay'],
    [{ ...note, kind: 'gossip' }, 'kind'],
    [{ ...note, beltId: 'nowhere' }, 'beltId'],
    [{ ...note, source: 'nowhere' }, 'source'],
    [{ ...note, id: 'mine' }, 'id'],
  ])('%j is refused for its %s', async (body, field) => {
    const answer = await api.send<Problem>('POST', '/annotations', body);
    expect([answer.status, answer.body.issues?.[0]?.field]).toEqual([400, field]);
  });

  test('characters that people write by joining or laying out others are kept', async () => {
    const text = '👩\u200d🌾 \u202aab\u202c\n𠮷';
    const { status, body } = await api.send<Annotation>('POST', '/annotations', { ...note, text });
    expect([status, body.text]).toEqual([201, text]);
    expect(await list('belt=ke')).toContain(text);
    await api.send('DELETE', `/annotations/${body.id}`, undefined, { 'if-match': body.etag });
  });

  test('an empty text is one fault', async () => {
    const { body } = await api.send<Problem>('POST', '/annotations', { ...note, text: ' ' });
    expect(body.issues).toEqual([{ field: 'text', message: 'must not be empty' }]);
  });

  test('ids are checked', async () => {
    expect((await api.send('PUT', '/annotations/1', note)).status).toBe(400);
    expect(
      (
        await api.send(
          'DELETE',
          `/annotations/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`,
          undefined,
          { 'if-match': '*' },
        )
      ).status,
    ).toBe(404);
  });
});

describe('on disk', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'beltline store '));
    await putEmptyNotes(dataDir);
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  /** Starts a process that writes a note every few milliseconds, reports each that is stored, and kills it outright. */
  async function writeUntilKilled(notes: number): Promise<string[]> {
    const child = fork(
      fileURLToPath(new URL('../fixtures/api/store-writer.mjs', import.meta.url)),
      [dataDir],
      { execArgv: [] },
    );
    const stored: string[] = [];
    await new Promise<void>((resolve, reject) => {
      child.on('message', (id: string) => stored.push(id) >= notes && child.kill('SIGKILL'));
      child.once('error', reject);
      child.once('exit', () => resolve());
    });
    return stored;
  }

  test('what was stored survives a process that is killed while it writes', async () => {
    const stored = [...(await writeUntilKilled(25)), ...(await writeUntilKilled(10))];
    expect(stored.length).toBeGreaterThanOrEqual(35);
    const store = await openPostgres({ dataDir });
    const found = await store.dataSource.getRepository(AnnotationEntity).find();
    const ids = new Set(found.map((note) => note.id));
    expect(stored.filter((id) => !ids.has(id))).toEqual([]);
    await store.close();
  });

  test('a second process is told, and transactions do not mix', async () => {
    const store = await openPostgres({ dataDir });
    await expect(openPostgres({ dataDir })).rejects.toThrow(StoreBusyError);
    const results = await Promise.allSettled(
      [1, 2, 3, 4].map((number) =>
        store.dataSource.transaction(async (manager) => {
          await manager.query(
            `INSERT INTO annotations VALUES (gen_random_uuid(), 's', NULL, 'other', '2024-01-0${number}', NULL, 't', now(), now())`,
          );
          await new Promise((resolve) => setTimeout(resolve, 10));
          if (number % 2 === 0) throw new Error('undo');
        }),
      ),
    );
    expect(results.map((result) => result.status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
    ]);
    const days = await store.dataSource.getRepository(AnnotationEntity).find({ order: { day: 'ASC' } });
    expect(days.map((note) => note.day)).toEqual(['2024-01-01', '2024-01-03']);
    await store.close();
    await (await openPostgres({ dataDir })).close();
  });
});
