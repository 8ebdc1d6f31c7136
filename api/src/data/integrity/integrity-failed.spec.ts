/** What is served while what is stored is being compared, was compared, or could not be. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Findings } from '@beltline/sql/clickhouse';
import { ClickHouseError } from '@beltline/sql/engine';
import type { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import { Cache, cacheLimits } from '../../platform/cache.ts';
import { IntegrityService } from './integrity.service.ts';

const version = (source: string, dataVersion: number) => ({ source, dataVersion, months: ['2025-01-01'] });
const SOUND: Findings = { versions: [version('mine', 1), version('other', 2)], damages: [] };
const DAMAGED: Findings = {
  ...SOUND,
  damages: [{ ...version('mine', 1), table: 'rollup_belt_month', sealedRows: 2, foundRows: 1 }],
};
const tooSlow = () => new ClickHouseError({ code: '159', type: 'TIMEOUT_EXCEEDED', message: 'too slow' });

const silent = { warn: () => undefined, error: () => undefined, info: () => undefined } as unknown as Logger;
let running: IntegrityService[] = [];
afterEach(async () => {
  for (const service of running) await service.onModuleDestroy();
  running = [];
});

/** A service whose comparisons end in turn as given; the last one again and again. */
function comparing(...results: (Findings | Error | Promise<Findings>)[]) {
  return comparingWith(async () => [], ...results);
}
function comparingWith(
  findLostLines: (source: string, until: AbortSignal) => Promise<never[]>,
  ...results: (Findings | Error | Promise<Findings>)[]
) {
  let doubt: (isAnew: boolean) => void = () => undefined;
  const limits: number[] = [];
  const clickhouse = {
    findLostLines,
    onDoubt: (listener: typeof doubt) => void (doubt = listener),
    findDamage: async (_: AbortSignal, maxSeconds: number): Promise<Findings> => {
      limits.push(maxSeconds);
      const result = await (results.length > 1 ? results.shift() : results[0]);
      if (result instanceof Error) throw result;
      return result as Findings;
    },
  } as unknown as ClickHouseService;
  const service = new IntegrityService(clickhouse, new Cache(cacheLimits(0, 0)), silent);
  running.push(service);
  service.onApplicationBootstrap();
  return { service, restart: () => doubt(true), misread: () => doubt(false), limits };
}
const settled = () => sleep(20);
const refusal = (service: IntegrityService, source = 'mine'): Promise<string | null> =>
  service.assertSound(source, source === 'mine' ? 1 : 2).then(
    () => null,
    (error: { code: string }) => error.code,
  );

it('serves figures while the comparison of a start runs', async () => {
  let done: (findings: Findings) => void = () => undefined;
  const { service } = comparing(new Promise<Findings>((resolve) => (done = resolve)));
  await settled();
  expect([service.state, await refusal(service)]).toEqual(['checking', null]);
  done(SOUND);
  await settled();
  expect([service.state, await refusal(service)]).toEqual(['sound', null]);
});

it('serves none when it failed, and nobody knows what is sound; and says so in health', async () => {
  const { service, restart, limits } = comparing(tooSlow(), SOUND);
  await settled();
  expect([service.state, await refusal(service)]).toEqual(['unchecked', 'engine-unavailable']);
  expect([await service.isInTheWay([1, 2]), await service.isSound('mine', 1)]).toEqual([true, false]);
  restart(); // an engine that was started anew is compared at once, and not when the wait is over
  await settled();
  expect([service.state, await refusal(service), await service.isInTheWay([1, 2])]).toEqual([
    'sound',
    null,
    false,
  ]);
  expect(limits).toEqual([60, 120]); // what took too long is given more time
});

it('serves figures while an engine that was started anew is compared, though the one before it went amid a comparison', async () => {
  let gone: (error: Error) => void = () => undefined;
  const lost = new Promise<Findings>((_, reject) => (gone = reject));
  const { service, restart } = comparing(lost, new Promise<Findings>(() => undefined));
  restart();
  gone(new Error('ECONNRESET'));
  await settled();
  expect([service.state, await refusal(service)]).toEqual(['checking', null]);
  running = []; // the second comparison never ends
});

it('vouches for nothing from the start of an engine until that is compared', async () => {
  let done: (findings: Findings) => void = () => undefined;
  const anew = new Promise<Findings>((resolve) => (done = resolve));
  const { service, restart } = comparing(SOUND, anew);
  expect(service.isCompared).toBe(false);
  await settled();
  expect(service.isCompared).toBe(true);
  restart();
  expect([service.isCompared, await refusal(service)]).toEqual([false, null]);
  done(SOUND);
  await settled();
  expect(service.isCompared).toBe(true);
});

it('serves none when it failed after something could not be read', async () => {
  const { service, misread } = comparing(SOUND, tooSlow());
  await settled();
  misread();
  await settled();
  expect([service.state, await refusal(service)]).toEqual(['unchecked', 'engine-unavailable']);
});

it('still names what is damaged, and serves what is known to be sound, when it only looked whether that was mended', async () => {
  const { service } = comparing(DAMAGED, tooSlow());
  await settled();
  expect([await refusal(service), await refusal(service, 'other')]).toEqual(['figures-damaged', null]);
  expect(await service.isInTheWay([1, 2, 9])).toBe(true); // a version it does not know: compares again, in vain
  await settled();
  expect([service.state, await refusal(service), await refusal(service, 'other')]).toEqual([
    'damaged',
    'figures-damaged',
    null,
  ]);
});

it('says of what the account may not read that it is to be let, and of nothing to be loaded again', async () => {
  const damages = DAMAGED.damages.map((damage) => ({ ...damage, forbidden: true as const }));
  const { service } = comparing({ ...SOUND, damages });
  await settled();
  const refused = await service.assertSound('mine', 1).catch((error: Error) => error.message);
  expect(refused).toMatch(/let it read and change everything in the data directory/);
  expect(refused).not.toMatch(/rebuild|load/);
});

test('who asks for a version that is not there waits no longer than a look takes, also while lines are still compared', async () => {
  const untilEnded = (_: string, until: AbortSignal) =>
    new Promise<never[]>((resolve) => until.addEventListener('abort', () => resolve([])));
  const { service } = comparingWith(untilEnded, DAMAGED);
  service.lookMs = 50;
  await settled();
  const started = performance.now();
  // Nothing else would ever be done if it turned without letting anything in between.
  expect(await service.isSound('other', 99)).toBe(true);
  expect(performance.now() - started).toBeLessThan(5_000);
});
