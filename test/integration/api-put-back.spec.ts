/**
 * A store that is put back while the API runs, as the database of a server is from a backup: its next version may have the number
 * that another had, and nothing that was read of that one is told as this one's.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { GrowthAnswer } from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { PLACED_BELTS, SELLING_BELTS } from '../fixtures/rollups/areas.ts';
import { randomLines } from '../fixtures/rollups/random-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const linesOf = (seed: number) =>
  randomLines({ orders: 200, belts: SELLING_BELTS, firstDay: '2023-01-01', days: 500, seed });
const VERSION = { belts: PLACED_BELTS, dataThrough: '2024-05-14', version: 3 };
const BEFORE = { ...VERSION, lines: linesOf(1), publishedAt: '2025-02-10 03:00:00.000' };
const PUT_BACK = { ...VERSION, lines: linesOf(2), publishedAt: '2025-02-11 03:00:00.000' };

const PERIOD = 'from=2024-01&to=2024-03';
/** From sums in memory, from rows of the engine that are kept, and from daily series. */
const QUESTIONS = [
  `/growth?${PERIOD}`,
  `/growth?${PERIOD}&measures=merchants,buyers`,
  `/contributions?by=combination&belt=a&${PERIOD}`,
  `/series?grain=day&${PERIOD}`,
  '/belts?',
];

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

const answersOf = (source: string, questions = QUESTIONS) =>
  Promise.all(
    questions.map(async (question) => {
      const { meta: _, ...answer } = await asked<{ meta: unknown }>(api, `${question}&source=${source}`);
      return answer;
    }),
  );

async function emptyAll(): Promise<void> {
  const result = await api.loader.query({
    query: `SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND match(create_table_query, 'source')`,
    format: 'JSONEachRow',
  });
  const tables = await result.json<{ name: string }>();
  expect(tables.length).toBeGreaterThan(10);
  for (const { name } of tables) await api.loader.command({ query: `TRUNCATE TABLE ${name}` });
}

test('every answer is of the store that was put back', async () => {
  await seedVersion(api.loader, { ...PUT_BACK, source: 'as-put-back', version: 4 });
  await seedVersion(api.loader, { ...BEFORE, source: 'demo' });
  const expected = await answersOf('as-put-back');
  const before = await answersOf('demo');
  expect(before.slice(0, 4)).not.toEqual(expected.slice(0, 4));

  await emptyAll();
  await seedVersion(api.loader, { ...PUT_BACK, source: 'demo' });
  await sleep(300); // for so long the list of versions is kept at most
  expect(await answersOf('demo')).toEqual(expected);
  const { meta } = await asked<GrowthAnswer>(api, `${QUESTIONS[0]}&source=demo`);
  expect(meta).toMatchObject({ dataVersion: 3, publishedAt: '2025-02-11T03:00:00.000Z' });

  // And once more, with a version published since before it is looked at again: its numbers have gone on all the while.
  await emptyAll();
  await seedVersion(api.loader, { ...BEFORE, source: 'demo' });
  await seedVersion(api.loader, { ...PUT_BACK, lines: linesOf(3), source: 'demo', version: 5 });
  await sleep(1_000); // longer than the version before may be answered from
  for (let tries = 0; tries < 400; tries++) {
    // It may have been compared while it was half emptied; that is compared anew once it is seen to be another.
    if ((await api.get(`${QUESTIONS[0]}&source=demo&asOf=2025-02-10`)).status === 200) break;
    await sleep(100);
  }
  const figures = QUESTIONS.slice(0, 4).map((question) => `${question}&asOf=2025-02-10`);
  expect(await answersOf('demo', figures)).toEqual(before.slice(0, 4));
});
