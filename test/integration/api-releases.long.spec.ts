/** What is released stays, whatever is loaded later, and an end while a month is made leaves nothing half. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReleaseAnswer, ReleasesAnswer } from '@beltline/contract';
import { JOB_SCHEMA, jobDatabase, openPostgres } from '@beltline/sql/postgres';
import type { RunningApi } from '../fixtures/api/running-api.ts';
import { addUser, LATEST, LINES, seedRegions, startReleasing, untilMade } from './releases-kit.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await startReleasing();
  await seedRegions(api, 'regions', 1);
  await seedRegions(api, 'foreign', 2);
});
afterAll(() => api?.close());

test('a later load changes no month that is released', async () => {
  const official = await addUser(api, 'zhejiang', 'official', ['33']);
  const strategist = await addUser(api, 'strategist', 'strategist');
  api.startReleases();
  await untilMade(api, official, 3);
  const released = async () => (await api.get<ReleaseAnswer>(`/releases/${LATEST}`, official)).body;
  const before = await released();
  const later = LINES.filter(({ day }) => day.startsWith(LATEST)).map((line) => ({
    ...line,
    gmv: line.gmv + 100,
  }));
  await seedRegions(api, 'regions', 3, later);
  for (let tries = 0; ; tries++) {
    const { dataVersion } = (await api.get<{ meta: { dataVersion: number } }>('/belts', strategist)).body
      .meta;
    if (dataVersion === 3) break;
    expect(tries).toBeLessThan(100);
    await sleep(100);
  }
  // It is looked for missing months every five seconds.
  await sleep(6_000);
  expect(await released()).toEqual(before);
  const { releases } = (await api.get<ReleasesAnswer>('/releases', official)).body;
  expect(releases.map(({ dataVersion }) => dataVersion)).toEqual([1, 1, 1]);
}, 900_000);

test('an end while a month is made puts it back as it was, for the next start', async () => {
  const beside = await startReleasing(api);
  const strategist = await addUser(beside, 'strategist', 'strategist');
  beside.startReleases();
  await untilMade(beside, strategist, 1);
  await beside.close(async (dataDir) => {
    const store = await openPostgres({ dataDir });
    try {
      // Lines of one month were altered above, so that one was tried and is to be tried again.
      const { rows } = await jobDatabase(store.dataSource).executeSql(
        `SELECT state, retry_count AS tries FROM ${JOB_SCHEMA}.job
          WHERE name = 'releases' AND data->>'month' <> '${LATEST}' AND state <> 'completed'`,
      );
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(row).toEqual({ state: 'created', tries: 0 });
    } finally {
      await store.close();
    }
  });
}, 900_000);
