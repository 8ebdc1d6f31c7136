import type {
  BeltsAnswer,
  DataVersionsAnswer,
  GrowthAnswer,
  Problem,
  SourcesAnswer,
} from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { GOLDEN } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const HOLLOW = { ...GOLDEN, source: 'hollow', lines: [], months: [], dataThrough: '1970-01-01' };

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  // Files of a header alone: published, and without a line that would have a day.
  await seedVersion(api.loader, { ...HOLLOW, version: 5 });
  await seedVersion(api.loader, { ...HOLLOW, source: 'later', version: 6 });
  await seedVersion(api.loader, GOLDEN);
  await seedVersion(api.loader, { ...GOLDEN, source: 'after', version: 8 });
  await seedVersion(api.loader, { ...GOLDEN, version: 9 });
  await seedVersion(api.loader, { ...GOLDEN, source: 'later', version: 10 });
});
afterAll(() => api?.close());

test('a source that is loaded later does not take the place of the first, whatever its name', async () => {
  const { sources } = await asked<SourcesAnswer>(api, '/sources');
  expect(sources.map(({ source, dataVersion }) => [source, dataVersion])).toEqual([
    ['golden', 9],
    ['after', 8],
    ['later', 10],
  ]);
  const growth = await asked<GrowthAnswer>(api, '/growth?from=2024-01&to=2024-02');
  expect(growth.meta).toMatchObject({ source: 'golden', dataVersion: 9 });
  expect(await asked<BeltsAnswer>(api, '/belts')).toEqual(
    await asked<BeltsAnswer>(api, '/belts?source=golden'),
  );
});

test('a source of which no line was ever loaded is none yet: nothing is told as of 1970', async () => {
  const { status, body } = await api.get<Problem>('/growth?source=hollow&from=1970-01&to=1970-01');
  expect([status, body.issues]).toEqual([
    400,
    [{ field: 'source', message: 'no such source is loaded; loaded: golden, after, later' }],
  ]);
  const { versions } = await asked<DataVersionsAnswer>(api, '/data-versions?source=later');
  expect(versions.map(({ dataVersion }) => dataVersion)).toEqual([10]);
});
