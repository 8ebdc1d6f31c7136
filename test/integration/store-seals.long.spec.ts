/** What the rows of a data version add up to is sealed when it is committed; whatever goes or changes afterwards is found. */
import {
  ALL_SEALED,
  type Damage,
  damageOf,
  FACTS,
  findDamage,
  readMigrations,
  renderMigration,
  SEALED,
} from '@beltline/sql/clickhouse';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Bench,
  goldenSource,
  loadInProcess,
  openBench,
  query,
  rewrite,
  sellToTwoBelts,
} from './etl-harness.ts';

let bench: Bench;
const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];
const SOURCE = 'sealed';

let found: Awaited<ReturnType<typeof find>> | undefined;

/** Orders of two months whose buyer the source does not tell: without any, the table of those is empty. */
function sellToNobody(folder: string): void {
  for (const [file, month] of [
    ['orders-1.csv', '2025-01'],
    ['orders-2.csv', '2025-02'],
  ] as const)
    appendFileSync(
      join(folder, 'data', file),
      `NOBODY-${month},1,${month}-07 10:00:00,${month}-08 10:00:00,paid,M1,,retailer,CN,CN,wholesale,,1,10.00,0.00,0,0\n`,
    );
}

beforeAll(async () => {
  bench = await openBench();
  for (const id of [SOURCE, 'other']) {
    const folder = goldenSource(bench, id);
    rewrite(join(folder, 'source.yaml'), (text) => `${text}\nunknown: [buyer]\n`);
    sellToTwoBelts(folder);
    sellToNobody(folder);
    await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv']);
    await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-2.csv']);
  }
});
afterAll(() => bench.close());

const find = () => findDamage(bench.client, { tables: ALL_SEALED });
const run = (sql: string) =>
  bench.client.command({ query: sql, clickhouse_settings: { mutations_sync: '2' } });

/** Runs a test on a copy of a table, and puts the table back. */
async function onCopy(table: string, test: () => Promise<void>): Promise<void> {
  await run(`CREATE TABLE keep_${table} AS ${table}`);
  await run(`INSERT INTO keep_${table} SELECT * FROM ${table}`);
  try {
    await test();
  } finally {
    await run(`TRUNCATE TABLE ${table}`);
    await run(`INSERT INTO ${table} SELECT * FROM keep_${table}`);
    await run(`DROP TABLE keep_${table} SYNC`);
  }
}

/** A condition that one row of a table fulfils. */
async function oneRowOf(table: string): Promise<string> {
  const columns = await query<{ name: string }>(
    bench.client,
    `SELECT name FROM system.columns WHERE database = currentDatabase() AND table = '${table}' AND name != 'active' ORDER BY position`,
  );
  // An older record of a line takes the place of one that is gone, and a line that does not count is in no figure.
  const key = table === FACTS ? 'order_id, line_no' : columns.map(({ name }) => name).join(', ');
  const row = `toString(tuple(${key}))`;
  const rows = table === FACTS ? `${table} FINAL WHERE is_counted AND` : `${table} WHERE`;
  const [last] = await query<{ text: string }>(
    bench.client,
    `SELECT max(${row}) AS text FROM ${rows} source = '${SOURCE}'`,
  );
  return `${row} = '${last?.text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

const newest = (source: string, versions: readonly { source: string; dataVersion: number }[]) =>
  Math.max(...versions.filter((one) => one.source === source).map(({ dataVersion }) => dataVersion));

it('finds nothing where nothing happened', async () => {
  const { versions, damages } = await find();
  expect(damages).toEqual([]);
  expect(versions.map(({ source }) => source)).toEqual([SOURCE, SOURCE, 'other', 'other']);
});

it('knows every table with a data version, and every column of it', async () => {
  const columns = await query<{ table: string; name: string }>(
    bench.client,
    `SELECT table, name FROM system.columns WHERE database = currentDatabase() AND table IN
       (SELECT table FROM system.columns WHERE database = currentDatabase() AND name = 'data_version')
       AND table NOT IN ('seals', 'data_versions') ORDER BY table, position`,
  );
  expect(new Set(columns.map(({ table }) => table))).toEqual(new Set(Object.keys(SEALED)));
  const unsealed = columns.filter(
    ({ table, name }) =>
      !['source', 'data_version'].includes(name) &&
      !new RegExp(`\\b${name}\\b`).test(`${SEALED[table]?.columns}`),
  );
  expect(unsealed).toEqual([]);
});

describe.each([...ALL_SEALED])('of %s', (table) => {
  const without = async (where: string): Promise<Damage[]> => {
    let damages: readonly Damage[] = [];
    await onCopy(table, async () => {
      await run(`ALTER TABLE ${table} DELETE WHERE source = '${SOURCE}' AND ${where}`);
      ({ damages } = await find());
    });
    return [...damages];
  };

  it('misses all rows', async () => {
    const found = await without('true');
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((one) => one.table === table && one.source === SOURCE)).toBe(true);
  });

  it('misses a single row, and says in which version and month', async () => {
    const found = await without(await oneRowOf(table));
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) expect((one.sealedRows ?? 0) - (one.foundRows ?? 0)).toBe(1);
  });

  // In tables whose rows are replaced by key, the same row again is the same row.
  const isKept = SEALED[table] !== undefined && SEALED[table].rows !== 'standing';
  it(isKept ? 'finds a row that is there twice' : 'takes a row that is there twice for one', async () => {
    await onCopy(table, async () => {
      // A row of the newest version: one that is only added to is counted in every later version too.
      const order = isKept ? 'ORDER BY data_version DESC' : '';
      await run(`INSERT INTO ${table} SELECT * FROM ${table} WHERE source = '${SOURCE}' ${order} LIMIT 1`);
      expect((await find()).damages).toMatchObject(isKept ? [{ table, source: SOURCE }] : []);
    });
  });
});

it('finds a value that changed where the number of rows did not', async () => {
  await onCopy('rollup_belt_month', async () => {
    await run(`ALTER TABLE rollup_belt_month UPDATE buyers = buyers + 1 WHERE source = '${SOURCE}'`);
    const { damages } = await find();
    expect(damages.map(({ sealedRows, foundRows }) => (sealedRows ?? 0) - (foundRows ?? 0))).toEqual([0, 0]);
  });
});

it('finds a commit that is no longer listed, and seals that are gone', async () => {
  await onCopy('data_versions', async () => {
    const { versions } = await find();
    const gone = newest(SOURCE, versions);
    await run(`ALTER TABLE data_versions DELETE WHERE data_version = ${gone}`);
    const findings = await find();
    expect(findings.damages).toMatchObject([{ table: 'data_versions', dataVersion: gone, source: SOURCE }]);
    // The version before would pass for the newest.
    expect(damageOf(findings, SOURCE, newest(SOURCE, findings.versions))).toHaveLength(1);
    expect(damageOf(findings, 'other', newest('other', findings.versions))).toEqual([]);
  });
  await onCopy('seals', async () => {
    await run(`ALTER TABLE seals DELETE WHERE source = '${SOURCE}'`);
    const { damages } = await find();
    expect(damages.map(({ table }) => table)).toEqual(['seals', 'seals']);
  });
});

it('finds a commit that is no longer listed where the journal of loads lost it too', async () => {
  const { versions } = await find();
  const gone = newest(SOURCE, versions);
  const months = versions.find(({ dataVersion }) => dataVersion === gone)?.months ?? [];
  await onCopy('data_versions', () =>
    onCopy('load_events', async () => {
      await run(`ALTER TABLE data_versions DELETE WHERE data_version = ${gone}`);
      await run(`ALTER TABLE load_events DELETE WHERE batch_id = ${gone}`);
      const { damages } = await find();
      expect(damages).toMatchObject([{ table: 'data_versions', dataVersion: gone, source: SOURCE, months }]);
    }),
  );
});

it('finds commits of which the list, the journal and the seals are gone together', async () => {
  const both = await onCopy('data_versions', () =>
    onCopy('load_events', () =>
      onCopy('seals', async () => {
        for (const table of ['data_versions', 'load_events', 'seals']) await run(`TRUNCATE TABLE ${table}`);
        found = await find();
      }),
    ),
  ).then(() => found);
  expect(new Set(both?.damages.map(({ source, table }) => `${source} ${table}`))).toEqual(
    new Set([`${SOURCE} data_versions`, 'other data_versions']),
  );
});

it('alters the figures of those versions alone that are read from what is damaged', async () => {
  const { versions } = await find();
  const [first, second] = versions.filter(({ source }) => source === SOURCE);
  if (!first || !second) throw new Error('two versions are loaded');
  const remade = second.months[0] as string;
  expect(first.months).toContain(remade);
  const damage = (table: string, dataVersion: number, months: string[]): Damage => ({
    source: SOURCE,
    dataVersion,
    table,
    months,
    sealedRows: 1,
    foundRows: 0,
  });
  const affected = (one: Damage) =>
    [first, second].map(
      ({ dataVersion }) => damageOf({ versions, damages: [one] }, SOURCE, dataVersion).length,
    );
  expect(affected(damage('rollup_belt_month', first.dataVersion, [remade]))).toEqual([1, 0]);
  expect(affected(damage('rollup_belt_month', second.dataVersion, [remade]))).toEqual([0, 1]);
  expect(affected(damage('belts', first.dataVersion, []))).toEqual([1, 0]);
  expect(affected(damage('unit_numbers', second.dataVersion, []))).toEqual([0, 0]);
  expect(affected(damage(FACTS, second.dataVersion, [remade]))).toEqual([0, 0]);
});

it('seals in the same way what was loaded before there were seals', async () => {
  // The rows of merchants had no owner then, and those of SKUs no combination; what became of their seals is in wide-tables.engine.long.spec.ts and below. The
  // mapping, and the lines that a load replaced, are no seals.
  const sealedRows = () =>
    query(
      bench.client,
      `SELECT source, data_version, sealed, month, rows, checksum FROM seals WHERE sealed NOT IN ('rollup_merchant_month', 'rollup_sku_month', 'rollup_unknown_buyer_month', 'mapping', 'replaced_lines') ORDER BY ALL`,
    );
  const before = await sealedRows();
  await onCopy('seals', async () => {
    await run('TRUNCATE TABLE seals');
    const { sql } = readMigrations().find(({ name }) => name === '0028_seal_what_is_there') as {
      sql: string;
    };
    await run(renderMigration(sql, {}));
    expect(await sealedRows()).toEqual(before);
    await run(renderMigration(sql, {})); // as after a kill before it was noted
    expect(await sealedRows()).toEqual(before);
  });
});

it('rows of SKUs from before combinations were kept have the seal that they had then', async () => {
  const { columns } = SEALED['rollup_sku_month'] as (typeof SEALED)[string];
  const rows = `(SELECT * REPLACE (toUInt16(65535) AS combination) FROM rollup_sku_month)`;
  const [compared] = await query(
    bench.client,
    `SELECT count() AS rows, countIf(cityHash64(tuple(belt_id, month, merchant_id, sku_id, lines, pieces, gmv)) = cityHash64(tuple(${columns}))) AS alike FROM ${rows}`,
  );
  const { rows: all, alike } = compared as Record<string, string>;
  expect(Number(all)).toBeGreaterThan(0);
  expect(alike).toBe(all);
});
