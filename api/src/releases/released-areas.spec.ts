/** What a report's readers are told of months before: of the same area alone, and of nothing that lay elsewhere then. */
import type { VintageService } from '../data/versions/vintage.service.ts';
import type { LeaversStore } from './leavers-store.service.ts';
import type { ReleaseMaker } from './release-maker.service.ts';
import type { AreaAbout, Release, ReleaseStore, StoredArea } from './release-store.service.ts';
import { ReleasedAreas } from './released-areas.service.ts';

const name = { zh: '名', en: 'name' };
interface Place {
  readonly id: string;
  readonly adcode: string;
  readonly province: string;
  readonly city: string;
}
const A: Place = { id: 'a', adcode: '330110', province: 'P', city: 'C' };
const B: Place = { id: 'b', adcode: '330109', province: 'P', city: 'C' };
const VALUES = [30_000, 3, 90];

function areasIn(belts: readonly Place[]): StoredArea[] {
  const area = (level: StoredArea['level'], id: string, about: AreaAbout): StoredArea => ({
    ...{ level, area: id, about, cells: [{ track: 'all', values: VALUES }] },
    ...{ service: null, carriers: null, structure: null, partitions: null },
  });
  const idsOf = (list: readonly Place[]) => ({ name, belts: list.length, beltIds: list.map(({ id }) => id) });
  const groups = (of: (belt: Place) => string) =>
    [...new Set(belts.map(of))].map((id) => [id, belts.filter((one) => of(one) === id)] as const);
  return [
    ...belts.map(({ id, ...place }) => area('belt', id, { name, belts: 1, ...place })),
    ...groups(({ province, city }) => `${province}/${city}`).map(([id, list]) =>
      area('city', id, idsOf(list)),
    ),
    ...groups(({ province }) => province).map(([id, list]) => area('province', id, idsOf(list))),
    area('nation', '', idsOf(belts)),
  ];
}

/** Months as they were released, each with the belts that there were, and where. */
function over(
  months: Readonly<Record<string, readonly Place[]>>,
  wanted: readonly string[] = [],
  {
    firstDay = '2023-01-01',
    told = [],
    done = told,
  }: { firstDay?: string; told?: readonly string[]; done?: readonly string[] } = {},
): ReleasedAreas {
  const releases = Object.keys(months)
    .sort()
    .reverse()
    .map((month) => ({ id: month, month: `${month}-01` }) as Release);
  const kept = (id: string) => areasIn(months[id] ?? []);
  const store: Partial<ReleaseStore> = {
    published: () => Promise.resolve(releases),
    refused: () => Promise.resolve([]),
    abouts: (id) => Promise.resolve(kept(id)),
    areaOver: (ids, level, area) =>
      Promise.resolve(
        new Map(
          ids.flatMap((id) =>
            kept(id).flatMap((one) => (one.level === level && one.area === area ? [[id, one] as const] : [])),
          ),
        ),
      ),
  };
  const vintage = { source: 's', loaded: { firstDay, dataThrough: '2024-03-31' } };
  const vintages = { all: () => Promise.resolve([vintage]) } as unknown as VintageService;
  const maker = { wanted: () => wanted } as unknown as ReleaseMaker;
  const leavers = {
    told: () => Promise.resolve(new Set(told)),
    done: () => Promise.resolve(new Set(done)),
  } as unknown as LeaversStore;
  return new ReleasedAreas(vintages, store as ReleaseStore, maker, leavers);
}
const statesOf = async (areas: ReleasedAreas, kind: 'nation' | 'province' | 'city' | 'belt', id: string) =>
  (await areas.history('s', '2024-03', { kind, id })).slice(-3).map(({ state, gmv }) => [state, gmv.value]);
const SHOWN = ['shown', 300];
const UNKNOWN = ['no-data', null];

test('thirteen months end with its own, and one that is not released is not known', async () => {
  const areas = over({ '2024-01': [A], '2024-03': [A] });
  const months = await areas.history('s', '2024-03', { kind: 'belt', id: 'a' });
  expect([months.length, months[0]?.month, months.at(-1)?.month]).toEqual([13, '2023-03', '2024-03']);
  expect(await statesOf(areas, 'belt', 'a')).toEqual([SHOWN, UNKNOWN, SHOWN]);
  // Nor is a later one told of, or one that is not in this release.
  expect(await statesOf(over({ '2024-03': [A], '2024-04': [A, B] }), 'belt', 'b')).toEqual([
    UNKNOWN,
    UNKNOWN,
    UNKNOWN,
  ]);
});

test.each([
  ['another province', { ...A, adcode: '440305', province: 'Q', city: 'D' }],
  ['another county of the city, which may be somebody else’s', { ...A, adcode: '330111' }],
])('of a belt that lay in %s nothing before is told, to whom it lies with now', async (_, before) => {
  const areas = over({ '2024-01': [before, B], '2024-02': [before, B], '2024-03': [A, B] });
  expect(await statesOf(areas, 'belt', 'a')).toEqual([UNKNOWN, UNKNOWN, SHOWN]);
  expect(await statesOf(areas, 'belt', 'b')).toEqual([SHOWN, SHOWN, SHOWN]);
  for (const [kind, id] of [
    ['city', 'P/C'],
    ['province', 'P'],
    ['nation', ''],
  ] as const)
    expect(await statesOf(areas, kind, id)).toEqual([UNKNOWN, UNKNOWN, SHOWN]);
});

test('an area of other belts is another one', async () => {
  const areas = over({ '2024-01': [A], '2024-02': [A, B], '2024-03': [A, B] });
  expect(await statesOf(areas, 'province', 'P')).toEqual([UNKNOWN, SHOWN, SHOWN]);
  expect(await statesOf(areas, 'belt', 'a')).toEqual([SHOWN, SHOWN, SHOWN]);
});

test('areas of a release are the nation, then provinces, cities and belts, and wait for what they are compared with', async () => {
  const areas = over({ '2024-03': [A, B] }, ['2024-03', '2023-03']);
  const found = await areas.latest(2);
  expect(found.map(({ kind, id, belts }) => [kind, id, belts.map((belt) => belt.id)])).toEqual([
    ['nation', '', []],
    ['province', 'P', ['a', 'b']],
    ['city', 'P/C', ['a', 'b']],
    ['belt', 'a', ['a']],
    ['belt', 'b', ['b']],
  ]);
  expect(found.every(({ isAwaiting }) => isAwaiting)).toBe(true);
  const both = { '2024-03': [A], '2023-03': [A] };
  const settled = await over(both, ['2024-03', '2023-03'], { told: ['2024-03'] }).latest(1);
  expect(settled.map(({ isAwaiting, months }) => [isAwaiting, months])).toEqual(
    settled.map(() => [false, ['2023-03', '2024-03']]),
  );
  // One that nobody is going to make is not waited for.
  expect((await over({ '2024-03': [A] }, ['2024-03']).latest(1)).some(({ isAwaiting }) => isAwaiting)).toBe(
    false,
  );
  // Nor is one, where another that the rate needs is not to come: January without its February.
  const january = ['2024-01', '2023-01', '2023-02'];
  expect((await over({ '2024-01': [A] }, january).latest(1)).some(({ isAwaiting }) => isAwaiting)).toBe(
    false,
  );
  expect((await over({ '2024-01': [A] }, [...january, '2024-02']).latest(1))[0]?.isAwaiting).toBe(true);
});

test('who sells no more is waited for once all that growth is of is released, unless nothing is to come', async () => {
  const both = { '2024-03': [A], '2023-03': [A] };
  const of = async (more: Parameters<typeof over>[2], months: Parameters<typeof over>[0] = both) => {
    const [first] = await over(months, Object.keys(months), more).latest(1);
    return [first?.isAwaiting, first?.hasLeavers];
  };
  expect(await of({})).toEqual([true, false]);
  expect(await of({ told: ['2024-03'] })).toEqual([false, true]);
  // Refused.
  expect(await of({ done: ['2024-03'] })).toEqual([false, false]);
  // Nobody can say who has left where the month before is not wholly loaded.
  expect(await of({ firstDay: '2023-03-20' })).toEqual([false, false]);
  expect(await of({}, { '2024-03': [A] })).toEqual([false, false]);
});

test('so are the months that a level is against, which it rests on then', async () => {
  const set = { firstDay: '2021-01-01', told: ['2024-03'] };
  const months = { '2024-03': [A], '2023-03': [A] };
  const wanted = ['2024-03', '2023-03', '2021-03'];
  expect((await over(months, wanted, set).latest(1))[0]?.isAwaiting).toBe(true);
  const [there] = await over({ ...months, '2021-03': [A] }, wanted, set).latest(1);
  expect([there?.isAwaiting, there?.months]).toEqual([false, ['2021-03', '2023-03', '2024-03']]);
  // Not those of a month that nobody is told a level of.
  expect((await over(months, ['2024-03', '2023-03'], set).latest(1))[0]?.isAwaiting).toBe(false);
});
