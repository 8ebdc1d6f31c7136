import type { Sight } from '../access/viewer.ts';
import type { IntegrityService } from '../data/integrity/integrity.service.ts';
import type { Vintage } from '../data/versions/vintage.ts';
import { VersionCache } from '../data/versions/version-cache.ts';
import type { VintageService } from '../data/versions/vintage.service.ts';
import type { ClickHouseService } from '../platform/clickhouse/clickhouse.service.ts';
import { readConfig } from '../platform/config/config.ts';
import { Cache } from '../platform/cache.ts';
import { ProblemError } from '../platform/problem/problem-error.ts';
import { BenchmarkService } from './benchmark.service.ts';
import type { PeerQuartersService } from './peer-quarters.service.ts';

const OWNED: Sight = { sources: ['demo'], belts: [], owners: ['demo:o1'], policy: null };
/** The newest version is 7, and the quarter is told as of 3. */
const service = (damaged: number, read: () => Promise<never[]>) =>
  new BenchmarkService(
    { of: async () => ({ source: 'demo', dataVersion: 7 }) as Vintage } as unknown as VintageService,
    new VersionCache(new Cache({ bytes: 1e6, max: 10 })),
    {
      frozen: async () => [
        { quarter: '2024-Q1', version: 3, publishedOn: '2024-04-01', whole: new Set(['2024-Q1']) },
      ],
      of: async () => ({ groups: [], pools: [], placed: new Map(), beltsOf: new Map() }),
    } as unknown as PeerQuartersService,
    { askNow: read } as unknown as ClickHouseService,
    {
      assertSound: async (_: string, version: number) => {
        if (version === damaged) throw new ProblemError('figures-damaged', 'lost');
      },
    } as unknown as IntegrityService,
    readConfig({}),
  );

test('a quarter whose own version is damaged is refused, however sound the newest is', async () => {
  await expect(service(3, async () => []).of(OWNED, {})).rejects.toMatchObject({ code: 'figures-damaged' });
  await expect(service(4, async () => []).of(OWNED, {})).resolves.toMatchObject({ quarter: '2024-Q1' });
});

test('what is told of one owner is not told of another, nor of another quarter', async () => {
  let reads = 0;
  const counted = service(0, async () => {
    reads += 1;
    return [];
  });
  const two: Sight = { ...OWNED, owners: ['demo:o1', 'demo:o2'] };
  for (const [viewer, owner] of [
    [OWNED, 'o1'],
    [OWNED, 'o1'],
    [two, 'o1'],
    [two, 'o2'],
    [two, 'o2'],
  ] as const)
    expect(await counted.of(viewer, { owner })).toMatchObject({ owner });
  // Whoever sees other owners beside is read for anew: the engine decides what they are shown.
  expect(reads).toBe(3);
});

test('who has no owner is told so before anything is read', async () => {
  const untouched = service(3, () => Promise.reject(new Error('read')));
  await expect(untouched.of({ ...OWNED, owners: [] }, {})).rejects.toMatchObject({ code: 'not-found' });
  await expect(untouched.of({ ...OWNED, sources: ['other'] }, {})).rejects.toMatchObject({
    code: 'not-found',
  });
});
