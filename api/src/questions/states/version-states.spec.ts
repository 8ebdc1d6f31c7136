import { vi } from 'vitest';
import type { Belt } from '@beltline/contract';
import { addMonths } from '../../core/calendar.ts';
import type { BeltRegistry } from '../../data/areas/belt-registry.service.ts';
import type { VintageService } from '../../data/versions/vintage.service.ts';
import type { Vintage } from '../../data/versions/vintage.ts';
import type { KeptSeries } from '../../data/versions/kept-series.service.ts';
import { VersionCache } from '../../data/versions/version-cache.ts';
import { Cache, cacheLimits } from '../../platform/cache.ts';
import type { RecoveryBasisService } from '../recovery/recovery-basis.service.ts';
import type { NowcastService } from '../nowcast/nowcast.service.ts';
import type { StateService } from '../recovery/state.service.ts';
import { VersionStatesService } from './version-states.service.ts';

const belts = ['B1', 'B2'].map((beltId) => ({ beltId, name: { zh: beltId, en: beltId } }) as Belt);
const MONTHS = Array.from({ length: 20 }, (_, index) => ({
  month: `${2023 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`,
  coverage: index === 19 ? 0.5 : 1,
}));
const vintageOf = (dataVersion: number, seen: 'everything' | string[] = 'everything') =>
  ({
    source: 'demo',
    dataVersion,
    publishedAt: String(dataVersion),
    scope: { source: 'demo', belts: seen },
  }) as unknown as Vintage;

/** What is kept, as it would be in PostgreSQL. */
const keptIn = (stored: Map<string, object>) =>
  ({
    read: async ({ dataVersion }: Vintage, _: unknown, questions: object[]) =>
      questions.map((question) => stored.get(`${dataVersion} ${JSON.stringify(question)}`) ?? null),
    keep: async ({ dataVersion }: Vintage, _: unknown, values: [object, object][]) => {
      for (const [question, value] of values) stored.set(`${dataVersion} ${JSON.stringify(question)}`, value);
    },
  }) as unknown as KeptSeries;

/** What is made, and under which scope; each making takes a few milliseconds. */
function service({ fails = false, stored = new Map<string, object>() } = {}) {
  const made: string[] = [];
  const scopes: unknown[] = [];
  const studied: string[] = [];
  let tell: (vintage: Vintage) => void = () => undefined;
  const states = {
    of: async (
      vintage: Vintage,
      { measure }: { measure: string },
      _: unknown,
      areas: unknown[],
      months: string[],
    ) => {
      made.push(`${vintage.dataVersion} ${measure} ${months.join()}`);
      scopes.push(vintage.scope.belts);
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (fails) throw new Error('the engine is gone');
      return areas.map(() => months.map(() => ({ state: 'flat' })));
    },
  };
  const states_ = new VersionStatesService(
    { all: async () => belts } as unknown as BeltRegistry,
    {
      of: async () => ({ reference: 2023, months: MONTHS }),
      months: async () => ({ reference: 2023, months: MONTHS }),
    } as unknown as RecoveryBasisService,
    states as unknown as StateService,
    {
      prepare: async (_: Vintage, { measure }: { measure: string }) => studied.push(measure),
    } as unknown as NowcastService,
    new VersionCache(new Cache(cacheLimits(0, 0))),
    keptIn(stored),
    { onNew: (listener: typeof tell) => (tell = listener) } as unknown as VintageService,
  );
  return { service: states_, made, scopes, studied, tell: (vintage: Vintage) => tell(vintage) };
}
const asked = { track: 'all', measure: 'orders', level: 'belt' } as const;
/** Until nothing has been made for a while; time goes as fast as there is nothing to do. */
async function settled(made: readonly string[]): Promise<void> {
  await vi.advanceTimersByTimeAsync(1_100);
  for (let [rounds, count] = [0, -1]; rounds < 30; rounds = count === made.length ? rounds + 1 : 0) {
    count = made.length;
    await vi.advanceTimersByTimeAsync(5);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
});
afterEach(() => {
  vi.useRealTimers();
});

test('states of a version are made once, for whoever asks and with all belts', async () => {
  const { service: states, made, scopes } = service();
  const narrow = vintageOf(1, ['B1']);
  const all = await Promise.all([
    states.ofMonth(vintageOf(1), asked, 2023, '2024-07'),
    states.ofMonth(narrow, asked, 2023, '2024-07'),
  ]);
  await states.ofMonth(narrow, asked, 2023, '2024-07');
  expect(made).toEqual(['1 orders 2024-07']);
  expect(scopes).toEqual(['everything']);
  for (const found of all) expect([...found.keys()]).toEqual(['B1', 'B2']);
  await states.ofMonth(narrow, asked, 2024, '2024-07');
  await states.ofMonth(vintageOf(2), asked, 2023, '2024-07');
  expect(made).toHaveLength(3);
});

test('those of the pages are made in the background, the last month first, and not anew for who asks', async () => {
  const { service: states, made, studied, tell } = service();
  tell(vintageOf(1));
  await settled(made);
  expect(studied).toEqual(['orders', 'gmv']);
  const shown = '2024-07,2024-06';
  const behind = Array.from({ length: 11 }, (_, back) => addMonths('2024-05', -back)).join();
  expect(made).toEqual([`1 orders ${shown}`, `1 gmv ${shown}`, `1 orders ${behind}`, `1 gmv ${behind}`]);
  for (const month of ['2024-07', '2023-07']) await states.ofMonth(vintageOf(1), asked, 2023, month);
  expect(made).toHaveLength(4);
});

test('months that nobody asked before are made together, and each is kept by itself', async () => {
  const { service: states, made } = service();
  await states.ofMonth(vintageOf(1), asked, 2023, '2024-06');
  const found = await states.of(vintageOf(1), asked, 2023, ['2024-05', '2024-06', '2024-07']);
  expect(found.map((one) => [...one.keys()])).toEqual([
    ['B1', 'B2'],
    ['B1', 'B2'],
    ['B1', 'B2'],
  ]);
  await states.ofMonth(vintageOf(1), asked, 2023, '2024-05');
  expect(made).toEqual(['1 orders 2024-06', '1 orders 2024-05,2024-07']);
});

test('what a page asks besides makes them no other states, in memory or kept', async () => {
  const stored = new Map<string, object>();
  const { service: states, made } = service({ stored });
  await states.of(vintageOf(1), asked, 2023, ['2024-07']);
  const page = { ...asked, source: 'demo', months: 13, month: '2024-07', asOf: undefined };
  await states.of(vintageOf(1), page, 2023, ['2024-07']);
  const later = service({ stored });
  await later.service.of(vintageOf(1), page, 2023, ['2024-07']);
  expect([made.length, later.made.length, stored.size]).toEqual([1, 0, 1]);
});

test('a newer version ends it, and so does the end of the program', async () => {
  const { service: states, made, tell } = service();
  tell(vintageOf(1));
  tell(vintageOf(2));
  await settled(made);
  expect(made.every((one) => one.startsWith('2 '))).toBe(true);
  tell(vintageOf(3));
  states.onModuleDestroy();
  await settled(made);
  expect(made).toHaveLength(4);
});

test('what fails in the background is asked again by whoever wants it, and told then', async () => {
  const { service: states, made, tell } = service({ fails: true });
  tell(vintageOf(1));
  await settled(made);
  expect(made).toEqual(['1 orders 2024-07,2024-06']);
  await expect(states.ofMonth(vintageOf(1), asked, 2023, '2024-07')).rejects.toThrow('the engine is gone');
  expect(made).toHaveLength(2);
});

test('a program that is started later makes those of the pages alone that were not kept', async () => {
  const stored = new Map<string, object>();
  const first = service({ stored });
  const made = await first.service.of(vintageOf(1), asked, 2023, ['2024-06', '2024-07']);
  const later = service({ stored });
  const told = await later.service.of(vintageOf(1), asked, 2023, ['2024-05', '2024-06', '2024-07']);
  expect(later.made).toEqual(['1 orders 2024-05']);
  expect(told.slice(1)).toEqual(made);
  expect(told[0]?.size).toBe(2);
  const again = service({ stored });
  expect(await again.service.of(vintageOf(1), asked, 2023, ['2024-05', '2024-06', '2024-07'])).toEqual(told);
  expect(again.made).toEqual([]);
  // Of another version, track, level or reference nothing is kept yet.
  await again.service.ofMonth(vintageOf(2), asked, 2023, '2024-07');
  await again.service.ofMonth(vintageOf(1), asked, 2024, '2024-07');
  await again.service.ofMonth(vintageOf(1), { ...asked, track: 'custom' }, 2023, '2024-07');
  await again.service.ofMonth(vintageOf(1), { ...asked, level: 'nation' }, 2023, '2024-07');
  expect(again.made).toHaveLength(4);
  expect([...stored.keys()].some((key) => key.includes('custom') || key.includes('nation'))).toBe(false);
});
