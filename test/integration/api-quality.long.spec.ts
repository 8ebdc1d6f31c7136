/** What the page of quality says of a month that no load had, and of a version whose lines a later load replaced. */
import { GIANT, LINES, api, sourceNamed, quality, rowOf, lines } from './api-quality-kit.ts';

test('of a version whose lines a later load replaced the largest order is not told, and of the later one it is', async () => {
  const load = sourceNamed('later');
  await load([...LINES, GIANT]);
  const { meta } = await quality('later');
  // As if it had been published long ago, so that it can be asked for by a day.
  await api.loader.command({
    query: `INSERT INTO data_versions SELECT * REPLACE (toDateTime64('2025-01-01 00:00:00', 3, 'UTC') AS published_at)
      FROM data_versions WHERE data_version = {version:UInt64}`,
    query_params: { version: meta.dataVersion },
  });
  await load([{ ...GIANT, id: 'OTHER', amount: GIANT.amount + 1 }]);
  const now = await quality('later');
  expect(now.meta.dataVersion).toBeGreaterThan(meta.dataVersion);
  expect(rowOf(now, 'LAMP')?.largest?.orderId).toBe('OTHER');
  const before = await quality('later', '&asOf=2025-06-01');
  expect(before.meta.dataVersion).toBe(meta.dataVersion);
  expect(before.accuracy.largest).toMatchObject({ reason: 'lines-replaced', told: 0 });
  expect(before.rows.every(({ largest }) => largest === null)).toBe(true);
  expect(before.completeness.loads?.committed).toBe(1);
});

test('a month that was never loaded is named', async () => {
  await sourceNamed('hole')(lines((month) => month === '2024-03'));
  expect((await quality('hole')).completeness).toMatchObject({ months: 33, notLoaded: ['2024-03'] });
});
