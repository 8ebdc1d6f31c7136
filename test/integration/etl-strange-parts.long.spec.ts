/**
 * Parts of one table in the place of another's, as where two folders were mistaken for each other: reading them fails in ways
 * that say nothing of the disk, or gives rows that nobody wrote. They are named, and mended by what is printed.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, figures, openBench, query, startCommand } from './etl-harness.ts';
import * as kit from './etl-damage-kit.ts';

let bench: Bench;
let whole: Record<string, string>;
const ID = 'damaged';
let folder: string;
let wholeFolder: string;

beforeAll(async () => {
  bench = await openBench();
  wholeFolder = await kit.loadTwice(bench, 'whole');
  whole = await figures(bench.client, 'whole');
  folder = await kit.loadTwice(bench, ID);
});
afterAll(() => bench.close());

const again = (of = folder, files = kit.FILES) => kit.loadAgain(bench, of, files);
const run = (sql: string) => kit.run(bench, sql);
const lose = (table: string, id: string, where = 'true') =>
  run(`ALTER TABLE ${table} DELETE WHERE source = '${id}' AND ${where}`);

const expectWhole = (id: string) => kit.expectWhole(bench, id, whole);

/** Puts a part of one table in the place of the parts of another, as where two folders were mistaken for each other. */
async function swap(table: string, other: string): Promise<void> {
  const folderOf = (name: string) => kit.storedIn(bench, name);
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
