/** Not our queries but whatever might be asked: what the engine itself shows to the user as whom people's questions are asked. */
import { type Effort, queries, runQuery, type Scope } from '@beltline/sql/clickhouse';
import type { EngineRole } from '@beltline/sql/engine';
import { type RunningEngine, startEngine } from '../fixtures/api/running-engine.ts';
import { seedFiveBelts } from '../fixtures/rollups/five-belts.ts';

let engine: RunningEngine;
beforeAll(async () => {
  engine = await startEngine();
  await seedFiveBelts(engine.loader);
});
afterAll(() => engine?.close());

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
  const NOT_SHOWN = ['mutex_migrations_1', 'replaced_lines', 'schema_migrations', 'seals', 'unit_numbers'];

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
      const parameters = {
        data_version: 3,
        months: ['2023-03-01'],
        baseline_months: ['2022-03-01'],
        area_everything: 1,
        area_belts: [],
      };
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
