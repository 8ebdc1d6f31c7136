/**
 * Who sees a note, and who may change it, over the real embedded PostgreSQL. No role of today has notes and part of the belts, so the
 * officials here are viewers made for it: what they will be when disclosure control lets them in.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { annotationBody, type AnnotationBody, type Belt, type Permission } from '@beltline/contract';
import { AnnotationEntity, openPostgres, type PostgresStore, UserEntity } from '@beltline/sql/postgres';
import { NOBODY, scopeOf, type Sight, type Viewer } from '../../access/viewer.ts';
import type { BeltRegistry } from '../../data/areas/belt-registry.service.ts';
import { ContextService } from '../../data/context/context.service.ts';
import type { RevisionEvidenceService } from '../../data/revisions/revision-evidence.service.ts';
import type { VintageService } from '../../data/versions/vintage.service.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { AnnotationsService } from './annotations.service.ts';

const BELTS = ['a', 'b', 'c'].map((beltId) => ({ beltId }) as Belt);
const vintages = {
  declared: async (viewer: Sight) => ({ source: 'demo', scope: scopeOf(viewer, 'demo'), loaded: {} }),
  scopeNow: async (viewer: Sight, source: string) => scopeOf(viewer, source),
} as unknown as VintageService;
const registry = { all: async () => BELTS } as unknown as BeltRegistry;
const contexts = new ContextService(vintages, registry, {} as RevisionEvidenceService, {} as ApiConfig);

const folder = mkdtempSync(join(tmpdir(), 'beltline notes '));
let store: PostgresStore;
let notes: AnnotationsService;
let people: Record<'sun' | 'li' | 'ofA' | 'alsoOfA' | 'ofB', Viewer>;

beforeAll(async () => {
  store = await openPostgres({ dataDir: folder });
  notes = new AnnotationsService(store.dataSource.getRepository(AnnotationEntity), contexts);
  const all = ['read-notes', 'write-notes', 'change-any-note'] as const;
  const own = ['read-notes', 'write-notes'] as const;
  people = {
    sun: await person('Sun', all, 'everything'),
    li: await person('Li', all, 'everything'),
    ofA: await person('Wang', own, ['a']),
    alsoOfA: await person('Zhao', own, ['a']),
    ofB: await person('Qian', own, ['b']),
  };
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

let count = 0;
async function person(name: string, may: readonly Permission[], belts: Sight['belts']): Promise<Viewer> {
  const id = `00000000-0000-4000-8000-00000000000${++count}`;
  await store.dataSource.getRepository(UserEntity).insert({ id, name, createdAt: new Date() });
  const user = { id, name, isDemo: false, hasPassword: true };
  return { ...NOBODY, user, permissions: new Set(may), sources: ['demo'], belts };
}
const body = (beltId: string | null, text: string): AnnotationBody =>
  annotationBody.parse({ source: 'demo', beltId, kind: 'policy', day: '2024-02-01', text });
const textsOf = async (viewer: Viewer, belt?: string) =>
  (await notes.list(viewer, { source: 'demo', belt, limit: 100 } as never)).annotations.map(
    ({ text }) => text,
  );
const refused = (doing: Promise<unknown>) =>
  doing.then(
    () => 'done',
    (error: { code?: string; options?: { refusal?: string } }) => [error.code, error.options?.refusal],
  );

test('an official sees the notes of their belt and no other’s, nor the nation’s; a strategist sees all', async () => {
  const { sun, ofA, ofB } = people;
  const nation = await notes.add(sun, body(null, 'nation'), null);
  const onA = await notes.add(sun, body('a', 'on a'), null);
  const onB = await notes.add(ofB, body('b', 'on b'), null);
  expect([nation.visibility, onA.visibility]).toEqual(['strategists', 'belt']);
  expect([await textsOf(sun, 'a'), await textsOf(sun)]).toEqual([['nation', 'on a'], ['nation']]);
  expect([await textsOf(ofA, 'a'), await textsOf(ofB, 'b')]).toEqual([['on a'], ['on b']]);
  expect(await textsOf(ofA)).toEqual([]);
  const hidden = ['not-found', `the note ${onB.id} is not theirs`];
  expect(await refused(notes.one(ofA, onB.id))).toEqual(hidden);
  expect(await refused(notes.change(ofA, onB.id, 'any', body('a', 'mine')))).toEqual(hidden);
  expect(await refused(notes.remove(ofA, onB.id, 'any'))).toEqual(hidden);
  expect(await refused(notes.one(ofA, nation.id))).toEqual([
    'not-found',
    `the note ${nation.id} is not theirs`,
  ]);
  expect(await refused(textsOf(ofA, 'b'))).toEqual(['invalid-request', 'the belt b is not theirs']);
  expect(await refused(textsOf(ofA, 'nowhere'))).toEqual(['invalid-request', 'there is no such belt']);
});

test('an official writes on their belts alone, and not on the nation', async () => {
  const { ofA } = people;
  const { id, author } = await notes.add(ofA, body('a', 'by Wang'), null);
  expect(author).toBe('Wang');
  expect(await refused(notes.add(ofA, body('b', 'x'), null))).toEqual([
    'invalid-request',
    'the belt b is not theirs',
  ]);
  for (const beltId of ['b', 'c', null])
    expect([beltId, (await refused(notes.change(ofA, id, 'any', body(beltId, 'x'))))[0]]).toEqual([
      beltId,
      'invalid-request',
    ]);
  expect((await refused(notes.add(ofA, body(null, 'x'), null)))[0]).toBe('invalid-request');
});

test('a note is changed and removed by its author or a strategist, and says by whom', async () => {
  const { sun, li, ofA, alsoOfA } = people;
  const { id } = await notes.add(ofA, body('a', 'first'), null);
  expect([(await notes.one(ofA, id)).mayChange, (await notes.one(alsoOfA, id)).mayChange]).toEqual([
    true,
    false,
  ]);
  for (const doing of [notes.change(alsoOfA, id, 'any', body('a', 'x')), notes.remove(alsoOfA, id, 'any')])
    expect(await refused(doing)).toEqual(['forbidden', undefined]);
  expect(await notes.change(ofA, id, 'any', body('a', 'second'))).toMatchObject({
    author: 'Wang',
    changedBy: null,
  });
  expect(await notes.change(li, id, 'any', body('a', 'third'))).toMatchObject({
    ...{ text: 'third', author: 'Wang', changedBy: 'Li', mayChange: true },
  });
  await notes.remove(sun, id, 'any');
  expect(await refused(notes.one(ofA, id))).toEqual(['not-found', 'there is no such note']);
});

test('what was moved out of sight meanwhile is not shown to who would change its earlier state', async () => {
  const { sun, ofA } = people;
  const { id } = await notes.add(ofA, body('a', 'mine'), null);
  const seen = contexts.seesPlace.bind(contexts);
  // Between the look at the note and the write, as far as a test can be there.
  let looks = 0;
  contexts.seesPlace = (viewer, place) =>
    viewer === ofA && ++looks <= 2 ? Promise.resolve(true) : seen(viewer, place);
  await notes.change(sun, id, 'any', body(null, 'for strategists'));
  expect(await refused(notes.change(ofA, id, [1], body('a', 'x')))).toEqual([
    'not-found',
    `the note ${id} is not theirs`,
  ]);
  contexts.seesPlace = seen;
});

test('a note from before authors were kept stays readable, and only a strategist may change it', async () => {
  const { sun, ofA } = people;
  const id = '00000000-0000-4000-8000-0000000000ff';
  await store.dataSource.query(
    `INSERT INTO annotations (id, source, belt_id, kind, day, text, created_at, updated_at)
     VALUES ($1, 'demo', 'a', 'other', '2020-01-01', 'old', now(), now())`,
    [id],
  );
  expect(await notes.one(ofA, id)).toMatchObject({ author: null, changedBy: null, mayChange: false });
  expect(await notes.change(sun, id, 'any', body('a', 'old, mended'))).toMatchObject({
    ...{ author: null, changedBy: 'Sun' },
  });
});

test('under another’s key nobody adds what passes for theirs', async () => {
  const { sun, li } = people;
  const key = '11111111-1111-4111-8111-111111111111';
  const first = await notes.add(sun, body('c', 'once'), key);
  expect((await notes.add(sun, body('c', 'once'), key)).id).toBe(first.id);
  expect((await refused(notes.add(li, body('c', 'once'), key)))[0]).toBe('key-reused');
});
