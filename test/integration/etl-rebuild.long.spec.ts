/** Whatever is lost of what is stored is mended from what is left, or its remedy is named; and figures end as they were. */
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
  rewrite,
  startCommand,
  swept,
} from './etl-harness.ts';
import * as kit from './etl-damage-kit.ts';

let bench: Bench;
let whole: Record<string, string>;
const ROLLUPS = Object.keys(SEALED).filter((table) => SEALED[table]?.rows === 'own');

/** The source that most tests damage: each leaves its figures as they were, so the next may damage them again. */
const ID = 'damaged';
let folder: string;

beforeAll(async () => {
  bench = await openBench();
  await kit.loadTwice(bench, 'whole');
  whole = await figures(bench.client, 'whole');
  folder = await kit.loadTwice(bench, ID);
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
const again = (of = folder, files = kit.FILES) => kit.loadAgain(bench, of, files);
/** The version that the newest figures of the source are of. */
const NEWEST = `data_version = (SELECT max(data_version) FROM data_versions WHERE source = '${ID}')`;
const run = (sql: string) => kit.run(bench, sql);
const spoil = (table: string, where: string) => kit.spoil(bench, table, where);
const lose = (table: string, id: string, where = 'true') =>
  run(`ALTER TABLE ${table} DELETE WHERE source = '${id}' AND ${where}`);

const expectWhole = (id: string) => kit.expectWhole(bench, id, whole);

it('does nothing where nothing happened', async () => {
  expect(await rebuild(ID)).toEqual({ batch: null, left: [] });
  await expectWhole(ID);
  await expect(rebuild('unheard-of')).rejects.toThrow('Nothing of a source unheard-of has been loaded');
});

it('sets a part aside that cannot be read, and rolls up again what was in it, of each source', async () => {
  const table = 'rollup_sku_month';
  await run(`OPTIMIZE TABLE ${table} FINAL`); // one part then holds rows of both sources, which a merge may bring about at each moment
  await spoil(table, `source = '${ID}'`);
  notes.length = 0;
  await rebuild(ID);
  expect(notes.join('\n')).toMatch(
    /Part \w+ of rollup_sku_month \(\d+ rows\) cannot be read; it is set aside/,
  );
  await expectWhole(ID);
  const { code, output } = await startCommand(bench.dataDir, ['verify', '--quiet']).done;
  expect(code).toBe(5);
  expect(output).toMatch(/- whole: rollup_sku_month of .*Mend it: npm run etl -- rebuild .*whole/s);
  expect((await rebuild('whole')).batch?.months).toEqual(['2025-01-01', '2025-02-01']);
  await expectWhole('whole');
});

it.each(swept(ROLLUPS))('rolls up again what was lost of %s, and nothing else', async (table) => {
  await lose(table, ID, `${NEWEST} AND month = '2025-02-01'`);
  const { batch, left } = await rebuild(ID);
  expect(batch).toMatchObject({ state: 'committed', months: ['2025-02-01'] });
  expect(left).toContainEqual(expect.objectContaining({ table, months: ['2025-02-01'] }));
  await expectWhole(ID);
  expect((await rebuild(ID)).batch).toBeNull();
});

it('numbers merchants and buyers anew where their numbers are lost, and no load builds upon half of them', async () => {
  await lose('unit_numbers', ID, `cityHash64(unit_id) % 2 = 0`);
  const load = again();
  await expect(load).rejects.toThrow(/unit_numbers.*Mend it first: npm run etl -- rebuild damaged/s);
  expect((await rebuild(ID)).batch?.months).toEqual(['2025-01-01', '2025-02-01']);
  await expectWhole(ID);
  const [row] = await query<{ units: string; numbers: string }>(
    bench.client,
    `SELECT count() AS units, uniqExact(unit, unit_no) AS numbers FROM unit_numbers WHERE source = '${ID}'`,
  );
  expect(row?.units).toBe(row?.numbers);
  expect((await again()).batch.state).toBe('committed');
  await expectWhole(ID);
});

it('rolls nothing up from lines that are lost, and has them brought again', async () => {
  await lose('order_lines', ID, `order_id = 'A5'`);
  await lose('rollup_belt_month', ID);
  await expect(rebuild(ID)).rejects.toThrow(/order_lines of 2025-02.*--again --files/s);
  // A load of that month would have published figures without the line.
  const files = [...kit.LOOKUPS, 'data/orders-2.csv'];
  const { batch } = await loadInProcess(bench, folder, files);
  expect(batch.state).toBe('unchanged');
  notes.length = 0;
  await again();
  if ((await rebuild(ID)).batch) await expectWhole(ID);
  await expectWhole(ID);
});

it('refuses a load that would roll up lines of which some are lost', async () => {
  await lose('order_lines', ID, `order_id = 'A5'`);
  const more = goldenSource(bench, 'lost-some-more', {
    'data/orders-2.csv': (text) => text.replaceAll('A4,1,', 'NEW,1,'),
  });
  await expect(
    loadInProcess(bench, folder, [...kit.LOOKUPS, join(more, 'data/orders-2.csv')]),
  ).rejects.toThrow(/order_lines of 2025-02.*nothing was changed.*--again/s);
  await again();
  await expectWhole(ID);
});

it.each(['belts', 'merchants', 'memberships'])('has %s brought again that are lost', async (table) => {
  await lose(table, ID);
  // What is printed is what works: a rebuild alone would be refused.
  const { output } = await startCommand(bench.dataDir, ['verify', '--quiet']).done;
  expect(output).toMatch(
    /Mend it: load every file .*load damaged --again --files … ; then npm run etl -- rebuild damaged/,
  );
  await expect(rebuild(ID)).rejects.toThrow(new RegExp(`${table}.*--again`, 's'));
  await again();
  await expectWhole(ID);
});

it.each(['data_versions', 'seals'])('goes on where rows of %s are lost', async (table) => {
  await lose(table, ID, NEWEST);
  await expect(again()).rejects.toThrow(/Mend it first/);
  expect((await rebuild(ID)).batch?.months).toEqual(['2025-01-01', '2025-02-01']);
  await expectWhole(ID);
});

it('goes on where a version and the lookups it brought are lost together', async () => {
  await lose('memberships', ID);
  await lose('data_versions', ID, NEWEST);
  await expect(rebuild(ID)).rejects.toThrow(/memberships.*--again/s);
  expect((await again()).batch.state).toBe('committed');
  await rebuild(ID);
  await expectWhole(ID);
});

it('notices where a version is lost that changed nothing but lookups, and puts another in its place', async () => {
  const its = await kit.loadTwice(bench, 'lookups-only');
  rewrite(join(its, 'data', 'belts.csv'), (text) => text.replace('Lamps', 'Lights'));
  await loadInProcess(bench, its, kit.LOOKUPS);
  const before = await figures(bench.client, 'lookups-only');
  await lose('data_versions', 'lookups-only', NEWEST.replace(ID, 'lookups-only'));
  const findings = await findDamage(bench.client, { source: 'lookups-only' });
  expect(damageOfNewest(findings)).toEqual([expect.objectContaining({ table: 'data_versions', months: [] })]);
  expect((await rebuild('lookups-only')).batch).toMatchObject({ state: 'committed', months: [] });
  expect(damageOfNewest(await findDamage(bench.client, { source: 'lookups-only' }))).toEqual([]);
  const rebuilt = await figures(bench.client, 'lookups-only');
  for (const table of ROLLUPS) expect([table, rebuilt[table]]).toEqual([table, before[table]]);
  const names = await query(
    bench.client,
    `SELECT name_en FROM belts FINAL WHERE source = 'lookups-only' ORDER BY data_version DESC LIMIT 1 BY belt_id`,
  );
  expect(JSON.stringify(names)).toContain('Lights');
});

it.each(['decided', 'rolled-up-one', 'committed'])(
  'is completed when it was killed at "%s"',
  async (point) => {
    await lose('unit_numbers', ID, `unit = 'buyer'`);
    const command = startCommand(bench.dataDir, ['rebuild', ID], { BELTLINE_ETL_PAUSE_AT: point });
    await command.until(`paused at ${point}`);
    command.child.kill('SIGKILL');
    await command.done;
    expect((await rebuild(ID)).batch).toBeNull(); // what was begun is completed, and nothing is left to do
    await expectWhole(ID);
  },
);

it('tells by its exit code, and changes nothing when it is only asked', async () => {
  const verify = async (...options: string[]) => {
    const command = startCommand(bench.dataDir, ['verify', '--quiet', ...options]);
    return command.done;
  };
  await lose('rollup_lineage', ID, `month = '2025-01-01'`);
  const { code, output } = await verify();
  expect(code).toBe(5);
  expect(output).toMatch(/- damaged: rollup_lineage of 2025-01.*Mend it: npm run etl -- rebuild .*damaged/s);
  const done = await startCommand(bench.dataDir, ['rebuild', ID, '--quiet']).done;
  expect(done).toMatchObject({ code: 0 });
  expect(done.output).toMatch(/Batch \d+ rolled up again 1 of the months of damaged/);
  // What cannot be mended can still be asked for; who wants no alarm of it every night says so.
  const after = await verify();
  expect(after).toMatchObject({ code: 5 });
  expect(after.output).toMatch(
    /as of earlier data versions are refused.*- damaged: rollup_lineage of 2025-01.*newest ones are sound.*--newest/s,
  );
  expect(await verify('--newest')).toMatchObject({ code: 0 });
  await expectWhole(ID);
});

it('gives no batch the number of a published version where the journal of loads is lost', async () => {
  const [row] = await query<{ newest: string }>(
    bench.client,
    'SELECT max(data_version) AS newest FROM data_versions',
  );
  await run('CREATE TABLE keep_events AS load_events');
  await run('INSERT INTO keep_events SELECT * FROM load_events');
  await run('TRUNCATE TABLE load_events');
  try {
    const { batch } = await again();
    expect(batch).toMatchObject({ state: 'committed', batchId: Number(row?.newest) + 1 });
    await expectWhole(ID);
  } finally {
    await run('INSERT INTO load_events SELECT * FROM keep_events');
    await run('DROP TABLE keep_events SYNC');
  }
});

it('rebuilds what neither the list of versions nor the journal of loads knows any more, before any load', async () => {
  const its = await kit.loadTwice(bench, 'lost-lists');
  const versions = `(SELECT batch_id FROM keep_lost WHERE source = 'lost-lists')`;
  await run('CREATE TABLE keep_lost AS load_events');
  await run('INSERT INTO keep_lost SELECT * FROM load_events');
  await run(`ALTER TABLE data_versions DELETE WHERE data_version IN ${versions}`);
  await run(`ALTER TABLE load_events DELETE WHERE batch_id IN ${versions}`);
  await expect(again(its)).rejects.toThrow(/data_versions.*npm run etl -- rebuild lost-lists/s);
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
    await spoil(table, 'true');
    const verify = () => startCommand(bench.dataDir, ['verify', '--quiet']).done;
    expect(await verify()).toMatchObject({ code: 5 });
    notes.length = 0;
    await rebuild(ID);
    expect(notes.join('\n')).toMatch(new RegExp(`Part \\w+ of ${table} .* set aside`));
    await expectWhole(ID);
    expect((await again()).batch.state).toBe('committed');
    await expectWhole(ID);
  },
);

it('says so where neither a load nor a rebuild can begin', async () => {
  const its = await kit.loadTwice(bench, 'beyond');
  await lose('unit_numbers', 'beyond', `cityHash64(unit_id) % 2 = 0`);
  await lose('belts', 'beyond');
  const before = await figures(bench.client, 'beyond');
  for (const attempt of [() => rebuild('beyond'), () => again(its)])
    await expect(attempt()).rejects.toThrow(/numbers of its merchants and buyers.*backup/s);
  expect(await figures(bench.client, 'beyond')).toEqual(before);
});
