import { queries, type Scope } from '@beltline/sql/clickhouse';
import { scopeOf, type Sight, SYSTEM } from '../../access/viewer.ts';
import { Cache } from '../../platform/cache.ts';
import type { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import type { IntegrityService } from '../integrity/integrity.service.ts';
import type { NewestVersionsService, Version } from './newest-versions.service.ts';
import { VintageService } from './vintage.service.ts';

/** Two versions of a source: between them a belt's code is corrected from Zhejiang's to Guangdong's. */
const CODES: Record<number, Record<string, string>> = {
  1: { a: '330782', b: '330681', c: '440604', d: '' },
  2: { a: '330782', b: '440606', c: '440604', d: '' },
};
const NEWEST: Version = {
  source: 'demo',
  newest: 2,
  newest_published_at: '2026-11-02T00:00:00Z',
  newest_data_through: '2026-10-31',
};
const DETAIL = {
  first_day: '2024-01-01',
  loaded_months: ['2024-01-01'],
  loaded_from: [],
  loaded_through: [],
};

function vintages(versions: readonly Version[] = [NEWEST]) {
  const asked: [string, Scope][] = [];
  const busy = { now: 0, most: 0 };
  const ask = async (scope: Scope, query: { name: string }, { data_version }: { data_version: number }) => {
    asked.push([query.name, scope]);
    busy.most = Math.max(busy.most, ++busy.now);
    await new Promise((resolve) => setImmediate(resolve));
    busy.now -= 1;
    if (query.name === queries.versionAsOf.name) return [{ ...NEWEST, newest: 1 }];
    if (query.name === queries.sourceDetail.name)
      return [{ ...DETAIL, belt_count: scope.belts.length, merchant_count: 1, line_count: 1 }];
    return Object.entries(CODES[data_version] ?? {}).map(([belt_id, adcode]) => ({ belt_id, adcode }));
  };
  const engine = { ask, askNow: ask } as unknown as ClickHouseService;
  const newest = { all: async () => versions, onNew: () => undefined } as unknown as NewestVersionsService;
  const integrity = { assertSound: async () => undefined, assertNotLost: () => undefined };
  const service = new VintageService(
    engine,
    new Cache({ max: 100, bytes: 1e6 }),
    integrity as unknown as IntegrityService,
    newest,
  );
  return { service, asked, busy };
}

const officialOf = (...regions: string[]): Sight => ({ sources: ['demo'], belts: [], regions, policy: null });

test.each([
  [['33'], ['a']],
  [
    ['33', '44'],
    ['a', 'b', 'c'],
  ],
  [['3307'], ['a']],
  [['330782'], ['a']],
  [['4406'], ['b', 'c']],
  [['3'], ['a']],
  [['11'], []],
  [[''], []],
  [[], []],
])('of the regions %j those belts are seen whose code lies in them: %j', async (regions, belts) => {
  const { scope } = await vintages().service.of(officialOf(...regions), 'demo');
  expect(scope).toEqual({ source: 'demo', belts });
});

test('which belts lie in a region is asked of the version that the question is about', async () => {
  const { service } = vintages();
  const belts = async (asOf?: string) => (await service.of(officialOf('33'), 'demo', asOf)).scope.belts;
  expect([await belts(), await belts('2026-11-01'), await belts()]).toEqual([['a'], ['a', 'b'], ['a']]);
});

test('regions give nothing of a source that is not theirs, and take nothing from who sees everything', async () => {
  const { service } = vintages();
  await expect(service.of({ ...officialOf('33'), sources: ['other'] }, 'demo')).rejects.toThrow(
    /no orders|No orders/,
  );
  const all = await service.of({ ...officialOf('33'), belts: 'everything' }, 'demo');
  expect(all.scope).toEqual({ source: 'demo', belts: 'everything' });
});

test('the program’s own scope is never a person’s, though both see every belt', async () => {
  const { service, asked } = vintages();
  const own = await service.of(SYSTEM, 'demo');
  const person = await service.of({ sources: 'all', belts: 'everything', policy: null }, 'demo');
  expect(own.scope).toEqual(scopeOf(SYSTEM, 'demo'));
  expect(person.scope).toEqual({ source: 'demo', belts: 'everything' });
  expect(asked.filter(([, scope]) => scope.isSystem).length).toBeGreaterThan(0);
});

test('which days are loaded is the same for everybody, and how much is their own', async () => {
  const { service, asked } = vintages();
  const { belts, loaded } = await service.of(officialOf('4406'), 'demo');
  expect(belts).toBe(2);
  expect(loaded).toEqual((await service.of(SYSTEM, 'demo')).loaded);
  expect(asked.some(([name, { isSystem }]) => name === queries.sourceDetail.name && isSystem)).toBe(true);
});

test('what stands at a belt is seen by the newest list, and of a source that is not published by no region', async () => {
  const { service } = vintages();
  const belts = async (source: string) => (await service.scopeNow(officialOf('33'), source)).belts;
  expect([await belts('demo'), await belts('other')]).toEqual([['a'], []]);
});

test('forty sources are described a few at a time, each once for all who see all of it', async () => {
  const versions = Array.from({ length: 40 }, (_, n): Version => ({ ...NEWEST, source: `shop${n}` }));
  const { service, asked, busy } = vintages(versions);
  const all = { sources: 'all', belts: 'everything', policy: null } as const;
  const described = await service.all(all);
  expect(described.map(({ source }) => source)).toEqual(versions.map(({ source }) => source));
  expect(busy.most).toBeLessThan(5);
  expect(asked).toHaveLength(40);
  // Of belts of one's own it is asked beside that.
  const [own] = await vintages().service.all(officialOf('33'));
  expect([own?.belts, own?.lines]).toEqual([1, 1]);
});
