/**
 * Parts of one table in the place of another's, as where two folders were mistaken for each other: reading them fails in ways
 * that say nothing of the disk, or gives rows that nobody wrote. They are named, and mended by what is printed.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_SEALED, damageOfNewest, findDamage } from '@beltline/sql/clickhouse';
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
const ID = 'damaged';
let folder: string;
let wholeFolder: string;

async function loadTwice(id: string): Promise<string> {
  const made = goldenSource(bench, id);
  sellToTwoBelts(made);
  await loadInProcess(bench, made, [...LOOKUPS, 'data/orders-1.csv']);
  await loadInProcess(bench, made, [...LOOKUPS, 'data/orders-2.csv']);
  return made;
}

beforeAll(async () => {
  bench = await openBench();
  wholeFolder = await loadTwice('whole');
  whole = await figures(bench.client, 'whole');
  folder = await loadTwice(ID);
});
afterAll(() => bench.close());

const again = (of = folder, files = FILES) => loadInProcess(bench, of, files, undefined, false, true);
const run = (sql: string) =>
  bench.client.command({ query: sql, clickhouse_settings: { mutations_sync: '2' } });
const lose = (table: string, id: string, where = 'true') =>
  run(`ALTER TABLE ${table} DELETE WHERE source = '${id}' AND ${where}`);

async function expectWhole(id: string): Promise<void> {
  expect(await figures(bench.client, id)).toEqual(whole);
  const findings = await findDamage(bench.client, { tables: ALL_SEALED, source: id });
  expect(damageOfNewest(findings)).toEqual([]);
}

/** Puts a part of one table in the place of the parts of another, as where two folders were mistaken for each other. */
async function swap(table: string, other: string): Promise<void> {
  const folderOf = async (name: string) =>
    (
      await query<{ path: string }>(
        bench.client,
        `SELECT data_paths[1] AS path FROM system.tables WHERE database = 'beltline' AND name = '${name}'`,
      )
    )[0]?.path ?? '';
  const partsOf = (name: string) =>
    query<{ part: string }>(bench.client, `SELECT _part AS part FROM ${name} GROUP BY part ORDER BY part`);
  const [strange] = await partsOf(other);
  for (const { part } of await partsOf(table)) await run(`ALTER TABLE ${table} DETACH PART '${part}'`);
  const detached = join(await folderOf(table), 'detached', 'all_900_900_0');
  cpSync(join(await folderOf(other), strange?.part ?? ''), detached, { recursive: true });
  await run(`ALTER TABLE ${table} ATTACH PART 'all_900_900_0'`);
}

describe('where the parts of a table are those of another', () => {
  const outcome = async (...command: string[]) => startCommand(bench.dataDir, [...command, '--quiet']).done;

  it('names it, compares the other tables all the same, and mends both', async () => {
    await swap('unit_numbers', 'seals');
    await lose('rollup_belt_month', ID, `month = '2025-02-01'`);
    const found = await outcome('verify');
    expect(found).toMatchObject({ code: 5 });
    expect(found.output).toMatch(/- damaged: rollup_belt_month of 2025-02/);
    expect(found.output).toMatch(
      /- damaged: unit_numbers of .*: cannot be read.*Mend it: npm run etl -- rebuild/s,
    );
    const load = again();
    await expect(load).rejects.toThrow(/unit_numbers.*cannot be read.*rebuild damaged/s);
    const { code, output } = await startCommand(bench.dataDir, ['rebuild', ID]).done;
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(/of unit_numbers .* is another table's; it is set aside/),
    ]);
    await expectWhole(ID);
    expect((await again()).batch.state).toBe('committed');
    await expectWhole(ID);
    await outcome('rebuild', 'whole');
  });

  it('mends lookups by the steps that are printed, in their order', async () => {
    await swap('merchants', 'seals');
    const found = await outcome('verify');
    expect(found.output).toMatch(
      /Mend it: npm run etl -- rebuild damaged sets aside .*; then load .*load damaged --again --files … ; then npm run etl -- rebuild/,
    );
    await expect(again()).rejects.toThrow(/merchants.*cannot be read/s);
    expect(await outcome('rebuild', ID)).toMatchObject({ code: 5 });
    await again();
    expect(await outcome('rebuild', ID)).toMatchObject({ code: 0 });
    await expectWhole(ID);
    await again(wholeFolder);
  });

  it.each(['load_files', 'seals'])('mends the list of versions, which is none: %s', async (other) => {
    await swap('data_versions', other);
    const found = await outcome('verify');
    expect(found).toMatchObject({ code: 5 });
    expect(found.output).toMatch(
      /data_versions.*no longer listed.*Mend it: npm run etl -- rebuild .*damaged/s,
    );
    expect(await outcome('rebuild', ID)).toMatchObject({ code: 0 });
    await expectWhole(ID);
    await outcome('rebuild', 'whole');
  });
});
