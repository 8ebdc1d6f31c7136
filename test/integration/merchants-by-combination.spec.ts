import { queries, runQuery } from '@beltline/sql/clickhouse';
import { type RunningEngine, startEngine } from '../fixtures/api/running-engine.ts';
import { GOLDEN } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

/** Every bit of the column is a track's: none of them is a mark, or the next track would be counted as one. */
let engine: RunningEngine;
beforeAll(async () => {
  engine = await startEngine();
  await seedVersion(engine.loader, { ...GOLDEN, lines: [] });
});
afterAll(() => engine?.close());

test('merchants count under the combination that they have, whichever bits it is made of', async () => {
  const rows = [
    { merchant_id: 'm1', month: '2024-01-01', combination: 128 },
    { merchant_id: 'm1', month: '2024-02-01', combination: 4 },
    { merchant_id: 'm1', month: '2023-01-01', combination: 255 },
    { merchant_id: 'm2', month: '2024-01-01', combination: 0 },
    { merchant_id: 'm3', month: '2023-02-01', combination: 128 },
  ];
  const both = { source: GOLDEN.source, belt_id: 'b', data_version: GOLDEN.version, lines: 1 };
  await engine.loader.insert({
    table: 'rollup_merchant_month',
    values: rows.map((row) => ({ ...both, orders: 1, pieces: 1, gmv: '1.00', refund: '0.00', ...row })),
    format: 'JSONEachRow',
  });
  await engine.loader.insert({
    table: 'data_versions',
    values: [
      {
        source: GOLDEN.source,
        data_version: GOLDEN.version,
        months: ['2023-01-01', '2023-02-01', '2024-01-01', '2024-02-01'],
      },
    ],
    format: 'JSONEachRow',
  });
  const reader = engine.engine.client('reader');
  const found = await runQuery(
    reader,
    { source: GOLDEN.source, belts: 'everything' },
    queries.merchantsByCombination,
    {
      data_version: GOLDEN.version,
      area_everything: 1,
      area_belts: [],
      months: ['2024-01-01', '2024-02-01'],
      baseline_months: ['2023-01-01', '2023-02-01'],
    },
  ).finally(() => reader.close());
  expect(found.map((row) => [row.combination, row.units / 100, row.baseline_units / 100])).toEqual([
    [0, 1, 0],
    [128, 0, 1],
    [132, 1, 0],
    [255, 0, 1],
  ]);
});
