import type { BeltsAnswer, GrowthAnswer, SourcesAnswer } from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { GOLDEN } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  await seedVersion(api.loader, GOLDEN);
  await seedVersion(api.loader, { ...GOLDEN, source: 'after', version: 8 });
  await seedVersion(api.loader, { ...GOLDEN, version: 9 });
});
afterAll(() => api?.close());

test('a source that is loaded later does not take the place of the first, whatever its name', async () => {
  const { sources } = await asked<SourcesAnswer>(api, '/sources');
  expect(sources.map(({ source, dataVersion }) => [source, dataVersion])).toEqual([
    ['golden', 9],
    ['after', 8],
  ]);
  const growth = await asked<GrowthAnswer>(api, '/growth?from=2024-01&to=2024-02');
  expect(growth.meta).toMatchObject({ source: 'golden', dataVersion: 9 });
  expect(await asked<BeltsAnswer>(api, '/belts')).toEqual(
    await asked<BeltsAnswer>(api, '/belts?source=golden'),
  );
});
