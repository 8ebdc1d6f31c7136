import { type Effort, queries, runQuery, type Scope } from '@beltline/sql/clickhouse';
import type { EngineRole } from '@beltline/sql/engine';
import { type RunningEngine, startEngine } from '../fixtures/api/running-engine.ts';
import { seedBatches } from '../fixtures/rollups/batches.ts';
import { randomLines } from '../fixtures/rollups/random-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

/** A caller who may see two belts of five: every query shows these, and nothing of the nation. */
const BELTS = ['a', 'b', 'c', 'd', 'e'];
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
  const lines = randomLines({ seed: 9, orders: 400, belts: BELTS, firstDay: '2022-01-01', days: 700 });
  const belts = BELTS.map((id) => ({ id, zh: id, en: id, province: '浙江省' }));
  await seedVersion(engine.loader, { source: 'demo', version: 3, lines, belts, dataThrough: '2023-12-01' });
  await seedBatches(engine.loader, 'demo');
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

/** Not our queries but whatever might be asked: what the engine itself shows. */
describe('the engine shows a viewer', () => {
  const rows = async <Row>(query: string, role: EngineRole, scope?: object): Promise<Row[]> => {
    const client = engine.engine.client(role);
    const settings = scope === undefined ? {} : { log_comment: JSON.stringify(scope) };
    try {
      const answer = await client.query({ query, format: 'JSONEachRow', clickhouse_settings: settings });
      return await answer.json<Row>();
    } finally {
      await client.close();
    }
  };
  const tables = async () =>
    (
      await rows<{ name: string }>(
        "SELECT name FROM system.tables WHERE database = 'beltline' ORDER BY name",
        'loader',
      )
    ).map(({ name }) => name);
  const first = (table: string) => (table === 'merchants' ? 'merchant_id' : '*');
  /** Null: refused. */
  const count = (table: string, scope?: object): Promise<number | null> =>
    rows(`SELECT ${first(table)} FROM ${table} LIMIT 5`, 'viewer', scope).then(
      (found) => found.length,
      (error: unknown) => {
        expect(String(error)).toMatch(/Not enough privileges/);
        return null;
      },
    );
  const NOT_SHOWN = ['mutex_migrations_1', 'schema_migrations', 'seals', 'unit_numbers'];

  /** Which source it is, its versions, and which shop is whose and where, is told of no belt. */
  const OF_SOURCE = ['sources', 'merchants', 'memberships', 'data_versions'];

  test('no row of any table without a scope, or with one that is none', async () => {
    const hostile = [
      undefined,
      {},
      { source: 'demo' },
      { source: 'demo', belts: 'everything' },
      { source: 'other', everything: true },
      { source: '', everything: true },
      { source: "' OR 1 --", everything: true },
      { source: ['demo'], everything: true },
      { everything: true, belts: ['b'] },
    ];
    for (const scope of hostile) {
      for (const table of await tables()) {
        const isOfSource = OF_SOURCE.includes(table) && (scope as { source?: unknown })?.source === 'demo';
        const expected = NOT_SHOWN.includes(table) ? null : 0;
        const found = await count(table, scope);
        if (!isOfSource) expect([table, scope, found]).toEqual([table, scope, expected]);
      }
    }
  });

  test('something of every table that is shown, for all of its source', async () => {
    const everything = { source: 'demo', everything: true };
    const seen = await Promise.all(
      (await tables()).map(async (table) => [table, await count(table, everything)]),
    );
    const written = await Promise.all(
      (await tables()).map(async (table) => [
        table,
        NOT_SHOWN.includes(table) ? null : (await rows(`SELECT 1 FROM ${table} LIMIT 5`, 'loader')).length,
      ]),
    );
    expect(seen).toEqual(written);
    expect(written.filter(([, found]) => Number(found) > 0).length).toBeGreaterThan(9);
  });

  test('of two owners their own shops in whatever belt, by month, and nothing else', async () => {
    const written = await rows<{ owner_id: string; belts: number }>(
      'SELECT owner_id, uniqExact(belt_id) AS belts FROM rollup_merchant_month GROUP BY ALL ORDER BY belts DESC, owner_id',
      'loader',
    );
    const owners = written.slice(0, 2).map(({ owner_id }) => owner_id);
    expect(written.length).toBeGreaterThan(2);
    const of = (scope: object) =>
      rows<{ owner_id: string; belts: number }>(
        'SELECT owner_id, uniqExact(belt_id) AS belts FROM rollup_merchant_month GROUP BY ALL ORDER BY belts DESC, owner_id',
        'viewer',
        { source: 'demo', everything: false, belts: [], ...scope },
      );
    expect(await of({ owners })).toEqual(written.slice(0, 2));
    for (const hostile of [[], [''], ['*'], ["' OR 1 --"], 'everything', { 0: owners[0] }])
      expect([hostile, await of({ owners: hostile })]).toEqual([hostile, []]);
    expect(await of({ owners, source: 'other' })).toEqual([]);
    for (const table of (await tables()).filter(
      (one) => !OF_SOURCE.includes(one) && !NOT_SHOWN.includes(one),
    ))
      if (table !== 'rollup_merchant_month')
        expect([table, await count(table, { source: 'demo', everything: false, belts: [], owners })]).toEqual(
          [table, 0],
        );
  });

  test('no question of somebody takes more of it than they may', async () => {
    const ask = (effort: Effort) => {
      const scope: Scope = { source: 'demo', belts: 'everything', effort };
      const client = engine.engine.client('viewer');
      const parameters = { data_version: 3, ...MONTHS, area_everything: 1, area_belts: [] };
      const asked = runQuery(client, scope, queries.growthByCombination, parameters);
      return asked.finally(() => client.close());
    };
    const enough = { seconds: 30, bytes: 1e9, rows: 1e9 };
    expect((await ask(enough)).length).toBeGreaterThan(0);
    for (const little of [{ bytes: 1000 }, { rows: 3 }])
      await expect(ask({ ...enough, ...little })).rejects.toMatchObject({ kind: 'overloaded' });
    // And nobody may ask for more than the engine lets its user have.
    await expect(ask({ ...enough, bytes: 5e9 })).rejects.toThrow(/max_memory_usage shouldn't be greater/);
  });

  test('of two belts nothing of a third, whatever is asked', async () => {
    const two = { source: 'demo', everything: false, belts: ['b', 'd'] };
    for (const table of await tables()) {
      const columns = await rows<{ name: string }>(
        `SELECT name FROM system.columns WHERE database = 'beltline' AND table = '${table}' AND name = 'belt_id'`,
        'viewer',
      );
      if (columns.length === 0 || OF_SOURCE.includes(table)) continue;
      const found = await rows<{ belt_id: string }>(
        `SELECT DISTINCT belt_id FROM ${table} ORDER BY 1`,
        'viewer',
        two,
      );
      const written = await rows(
        `SELECT DISTINCT belt_id FROM ${table} WHERE belt_id IN ('b', 'd')`,
        'loader',
      );
      expect([table, found.map(({ belt_id }) => belt_id)]).toEqual([
        table,
        written.length === 0 ? [] : ['b', 'd'],
      ]);
    }
    for (const table of ['order_lines', 'load_events', 'load_files', 'quarantine'])
      expect([table, await count(table, two)]).toEqual([table, 0]);
    const levels = await rows<{ level: string }>(
      'SELECT DISTINCT level FROM rollup_belt_month',
      'viewer',
      two,
    );
    expect(levels).toEqual([{ level: 'belt' }]);
  });

  test.each([
    'SELECT name FROM merchants',
    'SELECT tags FROM merchants',
    "SELECT name FROM merge('beltline', '^merchants$')",
    'SELECT * FROM seals',
    'SELECT * FROM system.row_policies',
    'SELECT * FROM system.parts',
    'INSERT INTO belts (source) VALUES (1)',
    'SELECT * FROM loop(merchants)',
  ])('and refuses %s', async (query) => {
    await expect(rows(query, 'viewer', { source: 'demo', everything: true })).rejects.toThrow(
      /privileges|readonly|Not enough|UNKNOWN_TABLE|does not exist|Cannot execute/i,
    );
  });
});

test('a viewer lifts none of its limits', async () => {
  const client = engine.engine.client('viewer');
  for (const setting of [
    { max_memory_usage_for_user: '0' },
    { max_concurrent_queries_for_user: '1000' },
    { max_memory_usage: '0' },
    { max_execution_time: 0 },
    { readonly: '0' },
  ] as Record<string, string | number>[])
    await expect(client.query({ query: 'SELECT 1', clickhouse_settings: setting })).rejects.toThrow(
      /should(n't| not| be)|constant|Cannot modify/i,
    );
  await client.close();
});
