import { setImmediate as turn } from 'node:timers/promises';
import type { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { Cache } from '../../platform/cache.ts';
import type { BeltRegistry } from '../areas/belt-registry.service.ts';
import { VersionCache } from '../versions/version-cache.ts';
import type { Vintage } from '../versions/vintage.ts';
import { ActiveUnitsService } from './active-units.service.ts';

const MINUTE_MS = 60_000;
const months = { months: ['2024-01-01'], baseline_months: ['2023-01-01'] } as never;

/** An engine that answers each question, and has no memory for the sets that answers could be kept from. */
function serviceOf() {
  const counted = { asked: 0, read: 0, isFull: true, now: 0 };
  const engine = {
    ask: async () => {
      counted.asked++;
      return [];
    },
    takeNow: async () => {
      counted.read++;
      if (counted.isFull) throw new Error('MEMORY_LIMIT_EXCEEDED');
    },
  } as unknown as ClickHouseService;
  const config = { BELTLINE_SUMS_MB: 64 } as ApiConfig;
  const service = new ActiveUnitsService(
    engine,
    new VersionCache(new Cache({ max: 10, bytes: 1e6 })),
    {} as BeltRegistry,
    config,
  );
  service.now = () => counted.now;
  const ask = async (dataVersion = 1, track: 'all' | 'custom' = 'all') => {
    const vintage = {
      source: 's',
      dataVersion,
      publishedAt: 'p',
      scope: { source: 's', belts: 'everything' },
    };
    const rows = await service.byBelt(vintage as unknown as Vintage, { unit: 'buyer', track }, months);
    for (let i = 0; i < 20; i++) await turn();
    return rows;
  };
  return { counted, ask };
}

test('where the sets cannot be read, each question is answered by the engine, and they are not read anew for each', async () => {
  const { counted, ask } = serviceOf();
  for (let asked = 0; asked < 10; asked++) expect(await ask()).toEqual([]);
  await Promise.all([ask(2), ask(2), ask(2)]);
  expect(counted).toMatchObject({ asked: 13, read: 2 });
});

test('they are tried again after a while, which grows, and at once of another version or track', async () => {
  const { counted, ask } = serviceOf();
  await ask();
  counted.now += MINUTE_MS;
  await ask();
  await ask();
  expect(counted.read).toBe(2);
  counted.now += MINUTE_MS;
  await ask();
  expect(counted.read).toBe(2);
  counted.now += MINUTE_MS;
  await ask();
  expect(counted.read).toBe(3);
  await ask(2);
  await ask(1, 'custom');
  expect(counted.read).toBe(5);
});

test('once they are read, the engine is asked no more', async () => {
  const { counted, ask } = serviceOf();
  await ask();
  counted.isFull = false;
  counted.now += MINUTE_MS;
  await ask();
  await ask();
  expect(counted).toMatchObject({ asked: 2, read: 2 });
});
