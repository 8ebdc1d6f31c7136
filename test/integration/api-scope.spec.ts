import { queries, runQuery, type Scope } from '@beltline/sql/clickhouse';
import type { EngineRole } from '@beltline/sql/engine';
import { type RunningEngine, startEngine } from '../fixtures/api/running-engine.ts';
import { seedFiveBelts } from '../fixtures/rollups/five-belts.ts';

/** A caller who may see two belts of five: every query shows these, and nothing of the nation. */
const TWO: Scope = { source: 'demo', belts: ['b', 'd'] };
const MONTHS = { months: ['2023-03-01', '2023-04-01'], baseline_months: ['2022-03-01', '2022-04-01'] };
const daysOfMay = (year: number) =>
  Array.from({ length: 31 }, (_, index) => `${year}-05-${String(index + 1).padStart(2, '0')}`);
const PARTS = {
  data_version: 3,
  part_months: ['2023-05-01'],
  part_days: daysOfMay(2023),
  baseline_part_months: ['2022-05-01'],
  baseline_part_days: daysOfMay(2022),
};
const TRACK = { track_bit: 0 };
const RANGE = { from: '2022-01-01', to: '2023-12-31' };
const SERIES = { data_version: 3, tracks: ['all'], track_bits: [0], ...RANGE };

let engine: RunningEngine;
beforeAll(async () => {
  engine = await startEngine();
  await seedFiveBelts(engine.loader);
});
afterAll(() => engine?.close());

/** As `reader` the queries' own text alone keeps to the scope; as `viewer` the engine's row policies do as well. */
let user: EngineRole = 'reader';
const ask: typeof runQuery = async (_, scope, definition, parameters) => {
  const client = engine.engine.client(user);
  try {
    return await runQuery(client, scope, definition, parameters);
  } finally {
    await client.close();
  }
};
const all = <T>(rows: T[]) => {
  expect(rows.length).toBeGreaterThan(0);
  return rows;
};

describe.each(['reader', 'viewer'] as const)('asked as %s', (role) => {
  beforeAll(() => {
    user = role;
  });

  test('queries by belt show these two', async () => {
    const ids = (rows: { belt_id: string }[]) => all(rows).map((row) => row.belt_id);
    const reader = null as never;
    const months = { data_version: 3, ...MONTHS, ...TRACK };
    expect(ids(await ask(reader, TWO, queries.growthByBelt, months))).toEqual(['b', 'd']);
    expect(ids(await ask(reader, TWO, queries.growthByBeltPart, { ...PARTS, ...TRACK }))).toEqual(['b', 'd']);
    for (const unit of ['merchant', 'buyer']) {
      expect(ids(await ask(reader, TWO, queries.activeByBelt, { ...months, unit }))).toEqual(['b', 'd']);
    }
    expect(
      ids(
        await ask(reader, TWO, queries.belts, {
          data_version: 3,
          as_of: '2023-12-01',
        }),
      ),
    ).toEqual(['b', 'd']);
  });

  test.each([
    ['the nation', 1, [], 0],
    ['an area of none', 0, [], 0],
    ['a belt of another', 0, ['a'], 0],
    ['an area with a belt of another', 0, ['a', 'b'], 0],
    ['one of the two', 0, ['b'], 1],
    ['both', 0, ['b', 'd'], 1],
  ])('queries of one area: %s', async (_, area_everything, area_belts, expected) => {
    const reader = null as never;
    const area = { data_version: 3, area_everything, area_belts };
    const PRICED = { months: MONTHS.months, period_nos: [0, 1], slots: [0, 0], track_bit: 0 };
    const answers = await Promise.all([
      ask(reader, TWO, queries.growthByCombination, { ...MONTHS, ...area }),
      ask(reader, TWO, queries.growthByCombinationPart, { ...PARTS, ...area }),
      ask(reader, TWO, queries.merchantsByCombination, { ...area, ...MONTHS }),
      ask(reader, TWO, queries.activeByTrack, { ...area, ...MONTHS, track_bits: [0], unit: 'merchant' }),
      ask(reader, TWO, queries.activeByTrack, { ...area, ...MONTHS, track_bits: [0], unit: 'buyer' }),
      ask(reader, TWO, queries.activeByMonth, { ...area, ...RANGE, track_bits: [0], unit: 'buyer' }),
      ask(reader, TWO, queries.seriesByMonth, { ...area, ...SERIES }),
      ask(reader, TWO, queries.seriesByDay, { ...area, ...SERIES }),
      ask(reader, TWO, queries.merchantPairs, { ...area, ...MONTHS, track_bit: 0 }),
      ask(reader, TWO, queries.pricePairs, { ...area, ...PRICED }),
      ask(reader, TWO, queries.priceOwners, { ...area, ...PRICED }),
      ask(reader, TWO, queries.priceLinks, { ...area, ...PRICED }),
      ask(reader, TWO, queries.ownerWindows, {
        data_version: 3,
        ...{ times_orders: 0, times_pieces: 0, times_gmv: 1, times_refund: 0 },
        track_bit: 0,
        first_month: '2023-03-01',
        shares: [[1, 1, 1]],
        belt_ids: area_belts,
        area_nos: area_belts.map(() => 1),
        with_nation: area_everything,
      }),
    ]);
    for (const rows of answers) expect(rows.length > 0).toBe(expected === 1);
  });

  test('what an area counts too often is told to who may see all of its belts', async () => {
    const reader = null as never;
    const months = ['2022-01-01', '2022-02-01', '2022-03-01', '2022-04-01', '2022-05-01', '2022-06-01'];
    const parameters = { data_version: 3, by_day: 1, months };
    for (const unit of ['order', 'buyer']) {
      const corrections = (belts: readonly string[], scope: Scope) =>
        ask(reader, scope, queries.spreadByBucket, { ...parameters, unit, area_belts: belts });
      const three = ['a', 'b', 'd'];
      expect((await corrections(three, { source: 'demo', belts: 'everything' })).length).toBeGreaterThan(0);
      expect((await corrections(three, { source: 'demo', belts: three })).length).toBeGreaterThan(0);
      expect(await corrections(three, TWO)).toEqual([]);
    }
  });

  test.each([
    ['the nation', '', 0],
    ['a belt of another', 'a', 0],
    ['one of the two', 'b', 1],
  ])('lineage of %s', async (_, belt, expected) => {
    const parameters = { data_version: 3, belt, from: '2022-01-01', to: '2023-12-01' };
    const rows = await ask(null as never, TWO, queries.lineage, parameters);
    expect(rows.length > 0).toBe(expected === 1);
  });

  test('what has no belt is only for who may see everything', async () => {
    const reader = null as never;
    const answers = await Promise.all([
      ask(reader, TWO, queries.loads, { batch_id: 0, before: 0, limit: 10 }),
      ask(reader, TWO, queries.loadFiles, { batch_id: 1 }),
      ask(reader, TWO, queries.rejects, { batch_id: 1, rule: '', after_file: 0, after_line: 0, limit: 10 }),
      ask(reader, TWO, queries.rejectsByRule, { batch_ids: [1] }),
      ask(reader, TWO, queries.dataVersions, { limit: 10 }),
    ]);
    expect(answers.flat()).toEqual([]);
  });

  test('counts of a source are those of the two', async () => {
    const reader = null as never;
    const [two] = await ask(reader, TWO, queries.sourceDetail, { data_version: 3 });
    const [everything] = await ask(reader, { source: 'demo', belts: 'everything' }, queries.sourceDetail, {
      data_version: 3,
    });
    expect(two?.belt_count).toBe(2);
    expect(everything?.belt_count).toBe(5);
    expect(two?.line_count).toBeLessThan(everything?.line_count ?? 0);
  });
});
