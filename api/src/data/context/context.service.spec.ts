import type { Belt } from '@beltline/contract';
import { scopeOf, type Sight } from '../../access/viewer.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import type { BeltRegistry } from '../areas/belt-registry.service.ts';
import type { RevisionEvidenceService } from '../revisions/revision-evidence.service.ts';
import type { VintageService } from '../versions/vintage.service.ts';
import type { Vintage } from '../versions/vintage.ts';
import { ContextService } from './context.service.ts';

const belt = (beltId: string, province: string, zh: string) =>
  ({ beltId, province, city: `${province}市`, category: { zh, en: zh } }) as Belt;
const BELTS = [belt('a', '浙江省', '鞋'), belt('b', '浙江省', '袜'), belt('c', '广东省', '鞋')];

/** Of one version, whoever asks: what is around it is made for each request. */
const LOADED = { firstDay: '2022-01-01', dataThrough: '2024-12-31' };
const vintageOf = (belts: Sight['belts']) =>
  ({
    source: 'demo',
    scope: { source: 'demo', belts },
    homeCountry: 'CN',
    loaded: LOADED,
  }) as Vintage;
const vintages = {
  of: async (viewer: Sight) => vintageOf(viewer.belts),
  declared: async (viewer: Sight) => vintageOf(viewer.belts),
  scopeNow: async (viewer: Sight, source: string) => scopeOf(viewer, source),
} as unknown as VintageService;
const registry = {
  all: async () => BELTS,
  visible: async ({ scope }: Vintage) =>
    BELTS.filter(({ beltId }) => scope.belts === 'everything' || scope.belts.includes(beltId)),
} as unknown as BeltRegistry;
/** Figures of pieces in Zhejiang are known to be revised from December 2024 on; of nothing else anything is known. */
const revisions = {
  provisional: async ({ area }: { area: { id: string } }, { measure }: { measure: string }) => ({
    level: (month: string) => area.id === '浙江省' && measure === 'pieces' && month >= '2024-12',
    growth: () => false,
  }),
} as unknown as RevisionEvidenceService;
const contexts = new ContextService(vintages, registry, revisions, { BELTLINE_MIN_BASE: 30 } as ApiConfig);

const EVERYBODY: Sight = { sources: 'all', belts: 'everything', policy: null };
const BOTH_OF_ZHEJIANG: Sight = { sources: 'all', belts: ['a', 'b'], policy: null };
const YEAR = { from: '2024-01', to: '2024-12', comparison: 'year-ago' } as const;

test.each([
  ['the nation', {}],
  ['a province of which a belt is hidden', { province: '广东省' }],
  ['goods of which a belt is hidden', { category: '鞋' }],
])('%s is refused to who may see part of it, and shown to who may see all', async (_, question) => {
  const asked = contexts.resolve(BOTH_OF_ZHEJIANG, question, 'area');
  await expect(asked).rejects.toMatchObject({ code: 'not-found' });
  await expect(contexts.resolve(EVERYBODY, question, 'area')).resolves.toHaveProperty('area');
});

test('a province is shown to who may see each of its belts, with no belt more', async () => {
  const { area } = await contexts.resolve(BOTH_OF_ZHEJIANG, { province: '浙江省' }, 'area');
  expect(area.beltIds).toEqual(['a', 'b']);
});

test('a belt that is hidden is not told from one that does not exist', async () => {
  const faults = await Promise.all(
    ['c', 'nowhere'].map((id) =>
      contexts.resolve(BOTH_OF_ZHEJIANG, { belt: id }, 'area').catch((error: Error) => error.message),
    ),
  );
  expect(faults[0]).toBe(faults[1]);
  expect(faults[0]).toMatch(/no such belt/);
});

test('of a level those areas are shown that are seen as a whole', async () => {
  const context = await contexts.resolve(BOTH_OF_ZHEJIANG, {}, 'version');
  const ids = async (level: 'nation' | 'province' | 'category' | 'belt') =>
    (await contexts.areas(context, level)).map(({ id }) => id);
  expect(await ids('nation')).toEqual([]);
  expect(await ids('province')).toEqual(['浙江省']);
  expect(await ids('category')).toEqual(['袜']);
  expect(await ids('belt')).toEqual(['a', 'b']);
});

test('who may see nothing sees no area of any level', async () => {
  const context = await contexts.resolve({ sources: 'all', belts: [], policy: null }, {}, 'version');
  for (const level of ['nation', 'province', 'city', 'category', 'belt'] as const)
    expect(await contexts.areas(context, level)).toEqual([]);
});

test('a ranking lists the belts of an area that may be seen in part', async () => {
  const question = { ...YEAR, category: '鞋' };
  const { area, compared } = await contexts.resolve(BOTH_OF_ZHEJIANG, question, 'ranking');
  expect(area.beltIds).toEqual(['a', 'c']);
  expect(compared.meta.period).toMatchObject({ from: '2024-01', to: '2024-12', complete: true });
  await expect(contexts.resolve(BOTH_OF_ZHEJIANG, question, 'comparison')).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('a context cannot be changed', async () => {
  const context = await contexts.resolve(EVERYBODY, YEAR, 'comparison');
  expect(() => Object.assign(context, { vintage: null })).toThrow(TypeError);
});

test('what stands at a belt is seen by who sees the belt, and at the nation by who sees all of it', async () => {
  const places = await Promise.all(
    ['a', 'c', null].map((beltId) => contexts.seesPlace(BOTH_OF_ZHEJIANG, { source: 'demo', beltId })),
  );
  expect(places).toEqual([true, false, false]);
  expect(await contexts.seesPlace(EVERYBODY, { source: 'demo', beltId: null })).toBe(true);
  const nothing: Sight = { ...EVERYBODY, sources: [] };
  expect(await contexts.seesPlace(nothing, { source: 'demo', beltId: null })).toBe(false);
});

test.each([
  [
    'has a month that past revisions say is not final',
    { province: '浙江省', measure: 'pieces' } as const,
    {},
    true,
  ],
  ['ends before such a month', { province: '浙江省', measure: 'pieces' } as const, { to: '2024-11' }, false],
  ['is of a measure of which nothing is known', { province: '浙江省' }, {}, false],
  ['is of an area of which nothing is known', { province: '广东省', measure: 'pieces' } as const, {}, false],
])('a period that %s', async (_, question, months, isProvisional) => {
  const { compared } = await contexts.resolve(EVERYBODY, { ...question, ...YEAR, ...months }, 'comparison');
  expect(compared.conditions.provisional).toBe(isProvisional);
});

test('which days are compared is worked out once for a version, whoever asks', async () => {
  const [one, other] = [
    await contexts.resolve(EVERYBODY, YEAR, 'comparison'),
    await contexts.resolve(BOTH_OF_ZHEJIANG, { ...YEAR, belt: 'a' }, 'comparison'),
  ];
  expect(one.compared.now).toBe(other.compared.now);
  expect(JSON.stringify(one.compared)).not.toContain('scope');
  const another = await contexts.resolve(EVERYBODY, { ...YEAR, from: '2024-02' }, 'comparison');
  expect(another.compared.now).not.toBe(one.compared.now);
});
