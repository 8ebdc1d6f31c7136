import type { ResolvedArea } from '../areas/area.ts';
import type { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import type { Compared } from './compared.ts';
import { amountsOfTrack, type CombinationAmounts, FiguresService } from './figures.service.ts';
import { SpreadService } from './spread.service.ts';

const amount = (value: number) => ({ value, baseline: value });
const UNKNOWN = { value: null, baseline: null };
const part = (combination: number, gmv: number): CombinationAmounts => ({
  combination,
  amounts: { orders: amount(1), pieces: amount(0), gmv: amount(gmv), 'net-gmv': amount(0) },
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
const service = new FiguresService(none, new SpreadService(none));
const compared = (belts: 'everything' | readonly string[], distinct: Compared['distinct'] = 'known') =>
  ({ vintage: { scope: { source: 'demo', belts } }, distinct }) as Compared;
const nation = { level: 'nation', beltIds: null } as ResolvedArea;
const province = { level: 'province', beltIds: ['a', 'b'] as readonly string[] } as ResolvedArea;

test('who may see some belts is told nothing of the nation or a region, rather than a part of it', async () => {
  for (const belts of [['a', 'b'], []]) {
    for (const area of [nation, province]) {
      const { all } = await service.byTrack(compared(belts), area, ['gmv', 'buyers']);
      expect(all).toMatchObject({ gmv: UNKNOWN, orders: UNKNOWN, buyers: UNKNOWN });
    }
  }
});

test('merchants of part months have no combinations', async () => {
  expect(await service.merchantsByCombination(compared('everything', 'unknown'), nation)).toEqual([]);
});
