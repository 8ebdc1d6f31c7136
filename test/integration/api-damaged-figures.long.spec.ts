/**
 * Rows of figures that are lost or altered on the disk: their figures are refused, with the reason and the remedy, and
 * everything else goes on. Never other figures, and never an unnamed fault while health says that all is well.
 */
import { closeSync, openSync, readdirSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Health, Problem, SourcesAnswer } from '@beltline/contract';
import { SEEN_WITHIN_MS } from '@beltline/sql/clickhouse';
import { type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { GOLDEN, GOLDEN_LINES } from '../fixtures/rollups/golden.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  await seedVersion(api.loader, GOLDEN);
  await seedVersion(api.loader, { ...GOLDEN, source: 'whole', version: 2 });
  for (const source of ['golden', 'whole']) await seedLines(source);
});
afterAll(() => api.close());

const run = (query: string) =>
  api.loader.command({ query, clickhouse_settings: { mutations_sync: '2', optimize_throw_if_noop: 1 } });
const rows = async <T>(query: string): Promise<T[]> =>
  (await api.loader.query({ query, format: 'JSONEachRow' })).json<T>();

/** Health, once it says so of the figures: they are compared in the background. */
async function health(figures: Health['checks']['figures']): Promise<{ status: number; body: Health }> {
  for (let tries = 0; ; tries++) {
    const { status, body } = await api.get<Health>('/health');
    if (body.checks.figures === figures) return { status, body };
    if (tries > 100) throw new Error(`figures are ${body.checks.figures} after ten seconds, not ${figures}`);
    await sleep(100);
  }
}

/** Asks until the answer has a status: what is found is found in the background. That an engine is away is said for a moment after another was started. */
async function until(path: string, status: number): Promise<Problem> {
  for (let tries = 0; ; tries++) {
    const answer = await api.get<Problem>(path);
    const isAway =
      answer.body.code === 'engine-unavailable' && !/was moved away/.test(answer.body.detail ?? '');
    if ((answer.status === status && !isAway) || tries > 50) {
      expect(answer.status).toBe(status);
      return answer.body;
    }
    await sleep(100);
  }
}

const HEADLINE = '/growth?source=golden&from=2024-01&to=2024-02';

async function expectSound(): Promise<void> {
  await until(HEADLINE, 200);
  expect(await health('sound')).toMatchObject({ status: 200, body: { ready: true, damage: [] } });
}

/** The lines that the figures of a source are made from. */
const seedLines = (source: string) =>
  api.loader.insert({
    table: 'order_lines',
    values: GOLDEN_LINES.map(({ order, merchant, buyer, day, pieces, gmv }, index) => ({
      ...{ source, merchant_id: merchant, order_id: order, line_no: index + 1, buyer_id: buyer },
      ...{ placed_day: day, quantity: pieces, amount: (gmv / 100).toFixed(2), is_counted: true, version: 1 },
    })),
    format: 'JSONEachRow',
  });

async function folderOf(table: string): Promise<string> {
  const [stored] = await rows<{ path: string }>(
    `SELECT data_paths[1] AS path FROM system.tables WHERE database = 'beltline' AND name = '${table}'`,
  );
  return stored?.path ?? '';
}

/** Overwrites the beginning of each file of values, as a bad disk does; the engine finds out when it reads them. */
async function spoil(table: string): Promise<void> {
  const stored = await folderOf(table);
  for (const { part: name } of await rows<{ part: string }>(`SELECT DISTINCT _part AS part FROM ${table}`)) {
    const part = join(stored, name);
    for (const file of readdirSync(part).filter((entry) => entry.endsWith('.bin'))) {
      const handle = openSync(join(part, file), 'r+');
      const size = Math.min(64, statSync(join(part, file)).size);
      writeSync(handle, Buffer.alloc(size, 0xa5), 0, size, 0);
      closeSync(handle);
    }
  }
}

// First, because a declaration that has been read once is remembered.
it('names what is lost where the declarations of sources are, and shows loads all the same', async () => {
  await run('CREATE TABLE kept ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM sources');
  await run('TRUNCATE TABLE sources');
  await api.restart();
  for (const path of [HEADLINE, '/sources', '/belts?source=golden']) {
    const problem = await until(path, 503);
    expect(problem).toMatchObject({ code: 'figures-damaged' });
    expect(problem.detail).toMatch(/sources.*npm run etl -- rebuild/s);
  }
  expect(await health('damaged')).toMatchObject({ status: 503 });
  expect((await api.get('/loads')).status).toBe(200);
  await run('INSERT INTO sources SELECT * FROM kept');
  await run('DROP TABLE kept SYNC');
  await api.restart();
  await expectSound();
});

it('says that the data directory was moved, and neither that it is damaged nor what would mend it, until it is back', async () => {
  const moved = `${api.dataDir} moved`;
  renameSync(api.dataDir, moved);
  try {
    for (const path of [HEADLINE, '/sources', '/loads']) {
      const problem = await until(path, 503); // the list of versions is kept for a moment
      expect({ path, code: problem.code }).toEqual({ path, code: 'engine-unavailable' });
      expect(problem.detail).toMatch(/was moved away/);
      expect(problem.detail).not.toMatch(/npm run etl|beltline/);
    }
    await sleep(1_000); // it is compared meanwhile
    expect((await health('unchecked')).body).toMatchObject({ ready: false, damage: [] });
  } finally {
    renameSync(moved, api.dataDir);
  }
  await health('sound'); // tried every five seconds
  await expectSound();
});

it('says nothing where nothing happened', async () => {
  await api.restart();
  await expectSound();
});

it.each([
  'rollup_belt_day',
  'rollup_belt_month',
  'rollup_active_month',
  'rollup_lineage',
  'memberships',
  'belts',
])('refuses figures when a part of %s was lost while the engine was down', async (table) => {
  await run(`CREATE TABLE kept ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM ${table}`);
  const stored = await folderOf(table);
  await api.restart(() => {
    // Also those that were merged into others: the engine would take them up again.
    for (const name of readdirSync(stored).filter((entry) => /^\w+_\d+_\d+_\d+/.test(entry)))
      rmSync(join(stored, name), { recursive: true });
  });
  const problem = await until(HEADLINE, 503);
  expect(problem).toMatchObject({ code: 'figures-damaged' });
  // A rebuild cannot begin without the lookups: then the remedy begins with them.
  const first = table.startsWith('rollup_') ? 'mends it: ' : 'load golden --again --files ….*';
  expect(problem.detail).toMatch(
    new RegExp(`of golden.*${table}.*${first}npm run etl -- rebuild golden`, 's'),
  );
  const { status, body } = await health('damaged');
  expect(status).toBe(503);
  expect(body).toMatchObject({ live: true, ready: false, checks: { figures: 'damaged' } });
  expect(body.damage.map((one) => [one.source, one.table]).sort()).toEqual([
    ['golden', table],
    ['whole', table],
  ]);
  // What is no figure goes on, and what is one is not told.
  const listed = await api.get<SourcesAnswer>('/sources');
  expect(listed.status).toBe(200);
  for (const one of listed.body.sources)
    expect([one.belts, one.merchants, one.lines]).toEqual([null, null, null]);
  expect((await api.get('/annotations?source=golden&from=2024-01-01&to=2024-02-29')).status).toBe(200);
  expect((await api.get('/data-versions')).status).toBe(200);
  await run(`INSERT INTO ${table} SELECT * FROM kept`);
  await run('DROP TABLE kept SYNC');
  await api.restart();
  await expectSound();
});

it('keeps nothing that was read from what was damaged, once that is whole again', async () => {
  const MONTHS = '/series?source=golden&from=2024-01&to=2024-02';
  const sound = [(await api.get(HEADLINE)).body, (await api.get(MONTHS)).body];
  await run('CREATE TABLE kept ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM rollup_belt_month');
  await run(`ALTER TABLE rollup_belt_month DELETE WHERE source = 'golden'`);
  await api.restart();
  // Asked at once: the sums are read while it is still being compared.
  await api.get(MONTHS);
  await until(HEADLINE, 503);
  await run('TRUNCATE TABLE rollup_belt_month');
  await run('INSERT INTO rollup_belt_month SELECT * FROM kept');
  await run('DROP TABLE kept SYNC');
  await api.restart();
  await expectSound();
  expect([(await api.get(HEADLINE)).body, (await api.get(MONTHS)).body]).toEqual(sound);
});

it('refuses the figures of the source alone whose rows are altered', async () => {
  await run(
    `ALTER TABLE rollup_belt_month UPDATE gmv = gmv + 1 WHERE source = 'golden' AND month = '2024-01-01'`,
  );
  await api.restart();
  const problem = await until(HEADLINE, 503);
  expect(problem.detail).toContain('rollup_belt_month (2024-01)');
  expect((await api.get(HEADLINE.replace('golden', 'whole'))).status).toBe(200);
  await run(
    `ALTER TABLE rollup_belt_month UPDATE gmv = gmv - 1 WHERE source = 'golden' AND month = '2024-01-01'`,
  );
  await api.restart();
  await expectSound();
});

it('names the load first where the lines of orders are lost too, which a rebuild begins with', async () => {
  const where = `source = 'golden' AND month = '2024-01-01'`;
  await run(
    `CREATE TABLE kept ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM rollup_belt_month WHERE ${where}`,
  );
  await run(`ALTER TABLE rollup_belt_month DELETE WHERE ${where}`);
  await run(`ALTER TABLE order_lines DELETE WHERE source = 'golden' AND toYYYYMM(placed_day) = 202402`);
  await api.restart();
  let problem = await until(HEADLINE, 503);
  for (let tries = 0; tries < 50 && !problem.detail.includes('--again'); tries++) {
    await sleep(100); // lines are compared after figures, which are refused meanwhile
    problem = await until(HEADLINE, 503);
  }
  expect(problem.detail).toMatch(
    /first load .*load golden --again --files ….*then npm run etl -- rebuild golden/,
  );
  // From the lines no figure is read: they are not in the way of any.
  expect((await health('damaged')).body.damage.map(({ table }) => table)).toEqual(['rollup_belt_month']);
  await run('INSERT INTO rollup_belt_month SELECT * FROM kept');
  await run('DROP TABLE kept SYNC');
  await run(`ALTER TABLE order_lines DELETE WHERE source = 'golden'`);
  await seedLines('golden');
  await api.restart();
  await expectSound();
});

it('refuses all where the list of versions is gone, and does not call it a new installation', async () => {
  const [first] = await rows<{ version: string }>(`SELECT min(data_version) AS version FROM data_versions`);
  await run('CREATE TABLE kept ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM data_versions');
  await api.loader.insert({
    table: 'load_events',
    values: [
      { batch_id: first?.version, event_no: 9, source: 'golden', state: 'committed', months: ['2024-01-01'] },
    ],
    format: 'JSONEachRow',
  });
  await run('TRUNCATE TABLE data_versions');
  await api.restart();
  expect(await health('damaged')).toMatchObject({
    status: 503,
    body: { checks: { figures: 'damaged', data: 'unknown' } },
  });
  for (const path of [HEADLINE, HEADLINE.replace('source=golden&', '')]) {
    expect(await until(path, 503)).toMatchObject({ code: 'figures-damaged' });
  }
  await run('INSERT INTO data_versions SELECT * FROM kept');
  await run('DROP TABLE kept SYNC');
  await api.restart();
  await expectSound();
});

it('refuses an earlier publication alone that is damaged, and promises no remedy', async () => {
  // The months of the first version are made anew by a second one, as by a rebuild.
  const [first] = await rows<{ months: string[] }>(
    `SELECT months FROM data_versions WHERE source = 'golden' ORDER BY data_version LIMIT 1`,
  );
  const months = first?.months ?? [];
  await seedVersion(api.loader, { ...GOLDEN, version: 20, months, publishedAt: '2025-03-01 03:00:00.000' });
  await run(`ALTER TABLE rollup_belt_month DELETE WHERE source = 'golden' AND data_version < 20`);
  await api.restart();
  const problem = await until(`${HEADLINE}&asOf=2025-02-20`, 503);
  const { status, body } = await health('sound');
  expect({ status, ready: body.ready }).toEqual({ status: 200, ready: true });
  expect(body.damage).toMatchObject([{ source: 'golden', table: 'rollup_belt_month' }]);
  expect(problem.detail).toMatch(/earlier publication.*newest figures are not concerned/s);
  expect(problem.detail).not.toContain('rebuild');
  expect((await api.get(HEADLINE)).status).toBe(200);
});

it('serves figures that a new version has mended from the first question on, and health says so', async () => {
  const lost = `source = 'golden' AND data_version = 20 AND month = '2024-01-01'`;
  await run(`ALTER TABLE rollup_belt_month DELETE WHERE ${lost}`);
  await api.restart();
  await until(HEADLINE, 503);
  const [made] = await rows<{ months: string[] }>(`SELECT months FROM data_versions WHERE data_version = 20`);
  const months = made?.months ?? [];
  await seedVersion(api.loader, { ...GOLDEN, version: 21, months, publishedAt: '2025-03-02 03:00:00.000' });
  await sleep(SEEN_WITHIN_MS);
  const answers = await Promise.all(
    ['/health', ...Array<string>(5).fill(HEADLINE)].map((path) => api.get(path)),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
  expect(await health('sound')).toMatchObject({ status: 200 });
});

it('refuses what cannot be read while it runs, and is found without a restart', async () => {
  await run('OPTIMIZE TABLE rollup_belt_day FINAL').catch(() => undefined);
  await health('sound');
  await spoil('rollup_belt_day');
  // Merchants by day, because sums of months are in memory by now, and days of GMV may be: states are made from them ahead.
  const DISTINCT = '/series?source=golden&grain=day&measure=merchants&from=2024-02&to=2024-03';
  const problem = await until(DISTINCT, 503);
  expect(problem.code).toBe('figures-damaged');
  expect(await health('damaged')).toMatchObject({
    status: 503,
    body: { ready: false, checks: { figures: 'damaged' } },
  });
});

it('compares figures also where the journal of loads cannot be read, and names that too', async () => {
  await spoil('load_events');
  await api.restart();
  // What was found before is said until it has been compared again.
  let tables: string[] = [];
  for (let tries = 0; tries < 100 && !tables.includes('load_events'); tries++) {
    await sleep(100);
    tables = (await api.get<Health>('/health')).body.damage.map(({ table }) => table);
  }
  expect(tables).toEqual(expect.arrayContaining(['load_events', 'rollup_belt_day']));
  expect(await until(HEADLINE, 503)).toMatchObject({ code: 'figures-damaged' });
});

it('names every version where the seals cannot be read', async () => {
  await spoil('seals');
  await api.restart();
  expect(await until(HEADLINE, 503)).toMatchObject({ code: 'figures-damaged' });
  const { status, body } = await health('damaged');
  expect(status).toBe(503);
  expect(new Set(body.damage.map(({ source }) => source))).toEqual(new Set(['golden', 'whole']));
});
