/** No time zone that the engine knows has days other than IANA's from 2011 on, and before only those that docs/sources.md names. */
import { type Bench, openBench } from './etl-harness.ts';
import { disputedDays } from './etl-time-zones-kit.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const zones = async (): Promise<string[]> => {
  const result = await bench.client.query({
    query: 'SELECT time_zone FROM system.time_zones ORDER BY time_zone',
    format: 'JSONEachRow',
  });
  const rows = await result.json<{ time_zone: string }>();
  return rows.map((row) => row.time_zone).filter((zone) => zone !== 'Factory'); // a placeholder, not a zone
};

it.each<[years: [number, number], named: string[]]>([
  [
    [2000, 2011],
    ['America/Goose_Bay', 'America/Moncton', 'America/St_Johns', 'Antarctica/Casey', 'Canada/Newfoundland'],
  ],
  [[2011, 2040], []],
])('in the years %j the engine cuts days otherwise in %j alone', async (years, named) => {
  const all = await zones();
  const disputed: string[] = [];
  for (const zone of all) if ((await disputedDays(bench.client, zone, years)).length > 0) disputed.push(zone);
  expect(all.length).toBeGreaterThan(400);
  expect(disputed).toEqual(named);
});
