import type { FlowMeasure, Track } from '@beltline/contract';
import { queries, type Scope } from '@beltline/sql/clickhouse';
import type { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import { Cache, cacheLimits } from '../../platform/cache.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { beltArea, nationOf } from '../areas/area.ts';
import type { BeltRegistry } from '../areas/belt-registry.service.ts';
import { VersionCache } from '../versions/version-cache.ts';
import type { Vintage } from '../versions/vintage.ts';
import { AdjustedSeriesService } from './adjusted-series.service.ts';
import { DailySeriesService } from './daily-series.service.ts';

/** Three years of days of belts that differ, as the engine shows them under a scope. */
const IDS = Array.from({ length: 12 }, (_, index) => `B${index}`);
const DAYS = 1096; // 2022-01-01 to 2024-12-31
const valuesOf = (belt: number) =>
  Array.from({ length: DAYS }, (_, day) => 1000 + 40 * belt + ((day * (belt + 3)) % 97));

/** Days of a belt that sells three times as much in a single month. */
const WAVE = { belt: 'B7', from: 638, to: 668, month: '2023-10' };

let wavy = false;
const asked: Scope[] = [];
const clickhouse = {
  askNow: async (scope: Scope, definition: unknown, parameters: Record<string, unknown>) => {
    if (definition === queries.seasonalParts) {
      const series = parameters['series'] as number[][];
      return series.map((values) => ({ seasonal: values.map(() => 0), trend: [...values] }));
    }
    asked.push(scope);
    const seen = IDS.filter((id) => scope.belts === 'everything' || scope.belts.includes(id));
    return seen.map((id) => ({
      level: 'belt',
      belt_id: id,
      offsets: Array.from({ length: DAYS }, (_, day) => day),
      values: valuesOf(IDS.indexOf(id)).map((value, day) =>
        wavy && id === WAVE.belt && day >= WAVE.from && day <= WAVE.to ? 3 * value : value,
      ),
    }));
  },
} as unknown as ClickHouseService;

/** Two belts of a category, but for the last one, which has none. */
const registry = {
  all: async () =>
    IDS.map((beltId, index) => ({ beltId, category: { zh: index < 11 ? `C${index >> 1}` : '', en: '' } })),
} as unknown as BeltRegistry;

const vintageOf = (belts: Scope['belts']) =>
  ({
    source: 'demo',
    scope: { source: 'demo', belts },
    dataVersion: 1,
    homeCountry: 'CN',
    loaded: { firstDay: '2022-01-01', dataThrough: '2024-12-31' },
  }) as unknown as Vintage;
const track: Track = 'all';
const measure: FlowMeasure = 'gmv';

/** A program of its own, in which nothing has been computed for another viewer. */
function services(minBase = 0) {
  const cache = new VersionCache(new Cache(cacheLimits(0, 0)));
  const daily = new DailySeriesService(clickhouse, cache);
  return {
    daily,
    adjusted: new AdjustedSeriesService(daily, registry, clickhouse, cache, {
      BELTLINE_MIN_BASE: minBase,
    } as ApiConfig),
  };
}

test('what is pooled over all belts, and so a belt’s figure, is the same for every viewer', async () => {
  const area = beltArea({ beltId: 'B3', name: { zh: 'B3', en: 'B3' } } as Parameters<typeof beltArea>[0]);
  const all = services().adjusted;
  const own = services().adjusted;
  const [everything, one] = [vintageOf('everything'), vintageOf(['B3'])];
  const pooled = await all.holiday(everything, track, measure);
  const nation = nationOf([]);
  expect(pooled(nation).observations).toBe(12 * 24);
  const ofOne = await own.holiday(one, track, measure);
  for (const shown of [area, nation]) expect(ofOne(shown)).toEqual(pooled(shown));
  expect(await own.of(one, { track, measure }, [area])).toEqual(
    await all.of(everything, { track, measure }, [area]),
  );
});

test('nothing is adjusted of an area whose middle month has too few orders', async () => {
  const areas = IDS.map((beltId) =>
    beltArea({ beltId, name: { zh: beltId, en: beltId } } as Parameters<typeof beltArea>[0]),
  );
  // Every belt sells more than the one before, a day.
  const middle = 31 * (1000 + 40 * 5 + 48 + 20);
  const found = await services(middle).adjusted.of(vintageOf('everything'), { track, measure }, areas);
  expect(found.map((one) => ('reason' in one ? one.reason : 'adjusted'))).toEqual(
    IDS.map((_, index) => (index < 6 ? 'too-little-data' : 'adjusted')),
  );
});

test('a month that stands out is in the adjusted series, and neither in its trend nor where turning points are looked for', async () => {
  wavy = true;
  const areas = ['B3', WAVE.belt].map((beltId) =>
    beltArea({ beltId, name: { zh: beltId, en: beltId } } as Parameters<typeof beltArea>[0]),
  );
  const found = await services().adjusted.of(vintageOf('everything'), { track, measure }, areas);
  wavy = false;
  const [still, waved] = found.map((one) => {
    if ('reason' in one) throw new Error(one.reason);
    const at = one.months.indexOf(WAVE.month);
    return (['adjusted', 'undisturbed', 'trend'] as const).map(
      (part) => (one[part][at] ?? NaN) / (one[part][at - 1] ?? NaN),
    );
  });
  for (const ratio of still ?? []) expect(ratio).toBeCloseTo(1, 1);
  const [adjusted, undisturbed, trend] = waved ?? [];
  expect(adjusted).toBeGreaterThan(2.5);
  expect(undisturbed).toBeCloseTo(1, 1);
  expect(trend).toBeCloseTo(1, 1);
});

test('a viewer’s series are those of their belts, and nothing of the nation', async () => {
  const set = await services().daily.of(vintageOf(['B3', 'elsewhere']), track, measure);
  expect([...set.byBelt.keys()]).toEqual(['B3']);
  expect(set.nation.values.every((value) => value === 0)).toBe(true);
  expect(set.nation.values).toHaveLength(DAYS);
});

test('the engine is asked once for all viewers of a version', async () => {
  const { daily } = services();
  asked.length = 0;
  for (const belts of ['everything', ['B1'], [], ['B2', 'B3']] as const)
    await daily.of(vintageOf(belts), track, measure);
  expect(asked).toEqual([{ source: 'demo', belts: 'everything', isSystem: true }]);
});
