import type { Findings } from '@beltline/sql/clickhouse';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseService } from '../../platform/clickhouse/clickhouse.service.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import { Cache, cacheLimits } from '../../platform/cache.ts';
import { IntegrityService } from './integrity.service.ts';

const MONTHS = ['2024-01-01'];
const versions = (...numbers: number[]) =>
  numbers.map((dataVersion) => ({ source: 'shop', dataVersion, months: MONTHS }));
const lost = {
  source: 'shop',
  dataVersion: 1,
  table: 'rollup_belt_month',
  months: MONTHS,
  sealedRows: 2,
  foundRows: 1,
};
const DAMAGED: Findings = { versions: versions(1), damages: [lost] };
const REBUILT: Findings = { versions: versions(1, 2), damages: [lost] };

const log = { error: () => undefined, warn: () => undefined, info: () => undefined } as unknown as Logger;

/** The service, with what each comparison finds in turn; the last one again and again. */
async function comparingWith(
  findLostLines: ClickHouseService['findLostLines'],
  ...found: (() => Promise<Findings>)[]
) {
  let comparisons = 0;
  const clickhouse = {
    onDoubt: () => undefined,
    findLostLines,
    findDamage: () => (found[Math.min(comparisons++, found.length - 1)] as () => Promise<Findings>)(),
  } as unknown as ClickHouseService;
  const service = new IntegrityService(clickhouse, new Cache(cacheLimits(0, 0)), log);
  service.lookMs = 200;
  service.onApplicationBootstrap();
  for (let tries = 0; service.state === 'checking' && tries < 100; tries++) await sleep(1);
  return { service, comparisons: () => comparisons };
}
const comparing = (...found: (() => Promise<Findings>)[]) => comparingWith(async () => [], ...found);
const at = async (ms: number, findings: Findings) => (await sleep(ms), findings);

it('serves what a new version has mended from the first question on, comparing once for all that ask', async () => {
  const { service, comparisons } = await comparing(
    async () => DAMAGED,
    () => at(50, REBUILT),
  );
  await expect(service.assertSound('shop', 1)).rejects.toThrow('of shop are lost or damaged');
  expect(comparisons()).toBe(1);
  const questions = Array.from({ length: 20 }, () => service.assertSound('shop', 2));
  questions.push(sleep(20).then(() => service.assertSound('shop', 2)));
  await Promise.all(questions);
  expect(await service.isInTheWay([2])).toBe(false);
  expect(comparisons()).toBe(2);
  await expect(service.assertSound('shop', 1)).rejects.toThrow('earlier publication');
});

it('waits for no longer than it may, and then says what it knows', async () => {
  const { service, comparisons } = await comparing(
    async () => DAMAGED,
    () => at(600, REBUILT),
  );
  const asked = performance.now();
  await expect(service.assertSound('shop', 2)).rejects.toThrow('rebuild shop');
  expect(performance.now() - asked).toBeLessThan(500);
  await sleep(600);
  await service.assertSound('shop', 2);
  expect(comparisons()).toBe(2);
});

it('waits for nothing where the engine does not let it compare, nor twice for a version that it cannot find', async () => {
  const { service } = await comparing(
    async () => DAMAGED,
    () => Promise.reject(new Error('gone')),
  );
  await expect(service.assertSound('shop', 2)).rejects.toThrow('rebuild shop');
  await expect(service.assertSound('shop', 2)).rejects.toThrow('rebuild shop');
  await service.onModuleDestroy();
  const unlisted = await comparing(
    async () => DAMAGED,
    () => at(20, DAMAGED),
  );
  for (let times = 0; times < 5; times++)
    await expect(unlisted.service.assertSound('shop', 2)).rejects.toThrow('rebuild shop');
  expect(unlisted.comparisons()).toBe(2);
});

it('waits for no lines, which are read only to name the remedy and left where it is compared again', async () => {
  let left = 0;
  const { service } = await comparingWith(
    (_source, signal) =>
      new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error(`left ${(left += 1)}`))),
      ),
    async () => DAMAGED,
    async () => ({ versions: versions(1, 2), damages: [] }),
  );
  await expect(service.assertSound('shop', 1)).rejects.toThrow('mends it: npm run etl -- rebuild shop');
  await service.assertSound('shop', 2);
  expect(left).toBe(1);
});

it('finds out by itself what was mended without a new version, as a store is that was put back while it was looked at', async () => {
  const { service, comparisons } = await comparing(
    async () => DAMAGED,
    async () => DAMAGED,
    async () => ({ ...DAMAGED, damages: [] }),
  );
  service.againMs = 50;
  const isSound = () => service.isSound('shop', 1);
  for (let tries = 0; tries < 200 && !(await isSound()); tries++) await sleep(5);
  expect(await isSound()).toBe(true);
  expect(comparisons()).toBe(3);
});
