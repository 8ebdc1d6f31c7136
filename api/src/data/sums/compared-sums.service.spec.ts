import type { ResolvedArea } from '../areas/area.ts';
import type { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import { NO_SUMS } from '../../core/amounts.ts';
import type { ComparisonContext } from '../context/context.ts';
import type { ActiveUnitsService } from './active-units.service.ts';
import { amountsOfTrack, type CombinationAmounts, ComparedSumsService } from './compared-sums.service.ts';
import type { MonthSumsService } from './month-sums.service.ts';
import { OverlapService } from './overlap.service.ts';

const amount = (value: number) => ({ value, baseline: value });
const UNKNOWN = { value: null, baseline: null };
const part = (combination: number, gmv: number): CombinationAmounts => ({
  combination,
  amounts: { ...NO_SUMS, orders: amount(1), gmv: amount(gmv) },
});

test('a track is the sum of the combinations in it', () => {
  const parts = [part(64, 1), part(5, 10), part(4, 100)];
  expect(amountsOfTrack(parts, 'custom')).toMatchObject({ gmv: amount(110), orders: amount(2) });
  expect(amountsOfTrack(parts, 'wholesale').gmv).toEqual(amount(1));
  expect(amountsOfTrack(parts, 'all').gmv).toEqual(amount(111));
  expect(amountsOfTrack([], 'all').gmv).toEqual(amount(0));
});

/** Of a period seen by someone who may see some belts, or everything; the engine must not be asked. */
const none = {} as ClickHouseService;
const service = new ComparedSumsService(
  none,
  {} as MonthSumsService,
  new OverlapService(none),
  {} as ActiveUnitsService,
);
const nation = { level: 'nation', beltIds: null } as ResolvedArea;
const province = { level: 'province', beltIds: ['a', 'b'] as readonly string[] } as ResolvedArea;
const seen = (
  belts: 'everything' | readonly string[],
  area: ResolvedArea,
  distinct: ComparisonContext['compared']['distinct'] = 'known',
) => ({ vintage: { scope: { source: 'demo', belts } }, area, compared: { distinct } }) as ComparisonContext;

test.each([
  ['the nation, by who may see some belts', ['a', 'b'], nation],
  ['a province, by who may see part of it', ['a'], province],
  ['a province, by who may see nothing', [], province],
])('%s: not known, rather than a part of it', async (_, belts, area) => {
  const { all } = await service.byTrack(seen(belts, area), ['gmv', 'buyers']);
  expect(all).toMatchObject({ gmv: UNKNOWN, orders: UNKNOWN, buyers: UNKNOWN });
});

test('merchants of part months have no combinations', async () => {
  expect(await service.merchantsByCombination(seen('everything', nation, 'unknown'))).toEqual([]);
});
