/** Whatever is lost of what is stored is mended from what is left, or its remedy is named; and figures end as they were. */
import { closeSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_SEALED, damageOfNewest, findDamage, SEALED } from '@beltline/sql/clickhouse';
import { rebuildFigures } from '@beltline/etl/load';
import {
  type Bench,
  figures,
  goldenSource,
  loadInProcess,
  openBench,
  query,
  sellToTwoBelts,
  startCommand,
} from './etl-harness.ts';

let bench: Bench;
let whole: Record<string, string>;
const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];
const FILES = [...LOOKUPS, 'data/orders-1.csv', 'data/orders-2.csv'];
const ROLLUPS = Object.keys(SEALED).filter((table) => SEALED[table]?.rows === 'own');

/** A source of two versions; the second made both months anew. */
async function loadTwice(id: string): Promise<string> {
  const folder = goldenSource(bench, id);
  sellToTwoBelts(folder);
  await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv']);
  await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-2.csv']);
  return folder;
}

beforeAll(async () => {
  bench = await openBench();
  await loadTwice('whole');
  whole = await figures(bench.client, 'whole');
  await loadTwice('rollups');
});
afterAll(() => bench.close());

const notes: string[] = [];
const progress = {
  step: () => undefined,
  advance: () => undefined,
  note: (message: string) => void notes.push(message),
  finish: () => undefined,
};
const rebuild = (id: string) => rebuildFigures(bench.engine, id, { waitMs: 0, progress });
const again = (folder: string, files = FILES) => loadInProcess(bench, folder, files, undefined, false, true);
const run = (sql: string) =>
  bench.client.command({ query: sql, clickhouse_settings: { mutations_sync: '2' } });
const lose = (table: string, id: string, where = 'true') =>
  run(`ALTER TABLE ${table} DELETE WHERE source = '${id}' AND ${where}`);

async function expectWhole(id: string): Promise<void> {
  expect(await figures(bench.client, id)).toEqual(whole);
  const findings = await findDamage(bench.client, { tables: ALL_SEALED, source: id });
  expect(damageOfNewest(findings)).toEqual([]);
}

it('does nothing where nothing happened', async () => {
  await loadTwice('same');
  expect(await rebuild('same')).toEqual({ batch: null, left: [] });
  await expectWhole('same');
  await expect(rebuild('unheard-of')).rejects.toThrow('Nothing of a source unheard-of has been loaded');
});

it.each(ROLLUPS)('rolls up again what was lost of %s, and nothing else', async (table) => {
  const id = 'rollups';
  const newest = `data_version = (SELECT max(data_version) FROM data_versions WHERE source = '${id}')`;
  await lose(table, id, `${newest} AND month = '2025-02-01'`);
  const { batch, left } = await rebuild(id);
  expect(batch).toMatchObject({ state: 'committed', months: ['2025-02-01'] });
  expect(left).toContainEqual(expect.objectContaining({ table, months: ['2025-02-01'] }));
  await expectWhole(id);
  expect((await rebuild(id)).batch).toBeNull();
});

it('numbers merchants and buyers anew where their numbers are lost, and no load builds upon half of them', async () => {
  const folder = await loadTwice('lost-numbers');
  await lose('unit_numbers', 'lost-numbers', `cityHash64(unit_id) % 2 = 0`);
  const load = again(folder);
  await expect(load).rejects.toThrow(/unit_numbers.*Mend it first: npm run etl -- rebuild lost-numbers/s);
  expect((await rebuild('lost-numbers')).batch?.months).toEqual(['2025-01-01', '2025-02-01']);
  await expectWhole('lost-numbers');
  const [row] = await query<{ units: string; numbers: string }>(
    bench.client,
    `SELECT count() AS units, uniqExact(unit, unit_no) AS numbers FROM unit_numbers WHERE source = 'lost-numbers'`,
  );
  expect(row?.units).toBe(row?.numbers);
  expect((await again(folder)).batch.state).toBe('committed');
  await expectWhole('lost-numbers');
});

it('rolls nothing up from lines that are lost, and has them brought again', async () => {
  const folder = await loadTwice('lost-lines');
  await lose('order_lines', 'lost-lines', `order_id = 'A5'`);
  await lose('rollup_belt_month', 'lost-lines');
  await expect(rebuild('lost-lines')).rejects.toThrow(/order_lines of 2025-02.*--again --files/s);
  // A load of that month would have published figures without the line.
  const files = [...LOOKUPS, 'data/orders-2.csv'];
  const { batch } = await loadInProcess(bench, folder, files);
  expect(batch.state).toBe('unchanged');
  notes.length = 0;
  await again(folder);
  if ((await rebuild('lost-lines')).batch) await expectWhole('lost-lines');
  await expectWhole('lost-lines');
});

it('refuses a load that would roll up lines of which some are lost', async () => {
  const folder = await loadTwice('lost-some');
  await lose('order_lines', 'lost-some', `order_id = 'A5'`);
  const more = goldenSource(bench, 'lost-some-more', {
    'data/orders-2.csv': (text) => text.replaceAll('A4,1,', 'NEW,1,'),
  });
  await expect(loadInProcess(bench, folder, [...LOOKUPS, join(more, 'data/orders-2.csv')])).rejects.toThrow(
    /order_lines of 2025-02.*nothing was changed.*--again/s,
  );
  await again(folder);
  await expectWhole('lost-some');
});

it.each(['belts', 'merchants', 'memberships'])('has %s brought again that are lost', async (table) => {
  const id = `lost-${table}`;
  const folder = await loadTwice(id);
  await lose(table, id);
  await expect(rebuild(id)).rejects.toThrow(new RegExp(`${table}.*--again`, 's'));
  await again(folder);
  await expectWhole(id);
});

it.each(['data_versions', 'seals'])('goes on where rows of %s are lost', async (table) => {
  const id = `lost-${table.replace('_', '-')}`;
  const folder = await loadTwice(id);
  await lose(
    table,
    id,
    `data_version = (SELECT max(data_version) FROM data_versions WHERE source = '${id}')`,
  );
  await expect(again(folder)).rejects.toThrow(/Mend it first/);
  expect((await rebuild(id)).batch?.months).toEqual(['2025-01-01', '2025-02-01']);
  await expectWhole(id);
});

/** Overwrites the data of the parts of a table. */
async function spoil(table: string, where: string): Promise<void> {
  const [stored] = await query<{ path: string }>(
    bench.client,
    `SELECT data_paths[1] AS path FROM system.tables WHERE database = 'beltline' AND name = '${table}'`,
  );
  const parts = await query<{ part: string }>(
    bench.client,
    `SELECT DISTINCT _part AS part FROM ${table} WHERE ${where}`,
  );
  for (const { part } of parts) {
    const folder = join(stored?.path ?? '', part);
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.bin'))) {
      const handle = openSync(join(folder, file), 'r+');
      const length = Math.min(64, statSync(join(folder, file)).size);
      writeSync(handle, Buffer.alloc(length, 0xa5), 0, length, 0);
      closeSync(handle);
    }
  }
}

it('sets a part aside that cannot be read, and rolls up again what was in it', async () => {
  await loadTwice('unreadable');
  await spoil('rollup_sku_month', `source = 'unreadable'`);
  notes.length = 0;
  await rebuild('unreadable');
  expect(notes.join('\n')).toMatch(
    /Part \w+ of rollup_sku_month \(\d+ rows\) cannot be read; it is set aside/,
  );
  await expectWhole('unreadable');
});

it.each(['decided', 'rolled-up-one', 'committed'])(
  'is completed when it was killed at "%s"',
  async (point) => {
    const id = `killed-${point}`;
    await loadTwice(id);
    await lose('unit_numbers', id, `unit = 'buyer'`);
    const command = startCommand(bench.dataDir, ['rebuild', id], { BELTLINE_ETL_PAUSE_AT: point });
    await command.until(`paused at ${point}`);
    command.child.kill('SIGKILL');
    await command.done;
    expect((await rebuild(id)).batch).toBeNull(); // what was begun is completed, and nothing is left to do
    await expectWhole(id);
  },
);

it('tells by its exit code, and changes nothing when it is only asked', async () => {
  await loadTwice('asked');
  const verify = async () => {
    const command = startCommand(bench.dataDir, ['verify', '--quiet']);
    return command.done;
  };
  await lose('rollup_lineage', 'asked', `month = '2025-01-01'`);
  const { code, output } = await verify();
  expect(code).toBe(5);
  expect(output).toMatch(/- asked: rollup_lineage of 2025-01.*Mend it: npm run etl -- rebuild .*asked/s);
  const done = await startCommand(bench.dataDir, ['rebuild', 'asked', '--quiet']).done;
  expect(done).toMatchObject({ code: 0 });
  expect(done.output).toMatch(/Batch \d+ rolled up again 1 of the months of asked/);
  // What cannot be mended is said, and is no alarm every night.
  const after = await verify();
  expect(after).toMatchObject({ code: 0 });
  expect(after.output).toMatch(
    /as of earlier data versions are refused.*- asked: rollup_lineage of 2025-01/s,
  );
  await expectWhole('asked');
});

it('gives no batch the number of a published version where the journal of loads is lost', async () => {
  const folder = await loadTwice('lost-journal');
  const [row] = await query<{ newest: string }>(
    bench.client,
    'SELECT max(data_version) AS newest FROM data_versions',
  );
  await run('CREATE TABLE keep_events AS load_events');
  await run('INSERT INTO keep_events SELECT * FROM load_events');
  await run('TRUNCATE TABLE load_events');
  try {
    const { batch } = await again(folder);
    expect(batch).toMatchObject({ state: 'committed', batchId: Number(row?.newest) + 1 });
    await expectWhole('lost-journal');
  } finally {
    await run('INSERT INTO load_events SELECT * FROM keep_events');
    await run('DROP TABLE keep_events SYNC');
  }
});

it('rebuilds what neither the list of versions nor the journal of loads knows any more, before any load', async () => {
  const folder = await loadTwice('lost-lists');
  const versions = `(SELECT batch_id FROM keep_lost WHERE source = 'lost-lists')`;
  await run('CREATE TABLE keep_lost AS load_events');
  await run('INSERT INTO keep_lost SELECT * FROM load_events');
  await run(`ALTER TABLE data_versions DELETE WHERE data_version IN ${versions}`);
  await run(`ALTER TABLE load_events DELETE WHERE batch_id IN ${versions}`);
  await expect(again(folder)).rejects.toThrow(/data_versions.*npm run etl -- rebuild lost-lists/s);
  expect((await rebuild('lost-lists')).batch?.state).toBe('committed');
  // Lookups are read up to a version, also those that came with versions that are no longer listed.
  const rebuilt = await figures(bench.client, 'lost-lists');
  for (const table of ROLLUPS) expect([table, rebuilt[table]]).toEqual([table, whole[table]]);
  const findings = await findDamage(bench.client, { tables: ALL_SEALED, source: 'lost-lists' });
  expect(damageOfNewest(findings)).toEqual([]);
  await run('DROP TABLE keep_lost SYNC');
});

it.each(['load_events', 'seals'])(
  'sets parts of %s aside that cannot be read, and loads go on',
  async (table) => {
    const id = `unread-${table.replace('_', '-')}`;
    const folder = await loadTwice(id);
    await spoil(table, 'true');
    const verify = () => startCommand(bench.dataDir, ['verify', '--quiet']).done;
    expect(await verify()).toMatchObject({ code: 5 });
    notes.length = 0;
    await rebuild(id);
    expect(notes.join('\n')).toMatch(new RegExp(`Part \\w+ of ${table} .* set aside`));
    await expectWhole(id);
    expect((await again(folder)).batch.state).toBe('committed');
    await expectWhole(id);
  },
);
