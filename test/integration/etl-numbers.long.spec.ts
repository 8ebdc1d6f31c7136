/** Numbers of merchants and buyers: one each, for ever, whatever happens to the load that gives them. */
import { join } from 'node:path';
import {
  type Bench,
  figures,
  goldenSource,
  loadInProcess,
  openBench,
  query,
  startCommand,
} from './etl-harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const FIRST = ['belts', 'merchants', 'memberships', 'orders-1'].map((name) => `data/${name}.csv`);
const BOTH = [...FIRST, 'data/orders-2.csv'];

const numbers = (source: string) =>
  query<{ unit: string; unit_id: string; unit_no: number }>(
    bench.client,
    `SELECT unit, unit_id, unit_no FROM unit_numbers WHERE source = {source:String} ORDER BY unit, unit_id`,
    { source },
  );

async function expectOneEach(source: string): Promise<void> {
  const rows = await numbers(source);
  const count = (of: (row: (typeof rows)[number]) => unknown) =>
    new Set(rows.map((row) => `${row.unit} ${String(of(row))}`)).size;
  expect(rows.length).toBeGreaterThan(0);
  expect([count((row) => row.unit_id), count((row) => row.unit_no)]).toEqual([rows.length, rows.length]);
  expect(Math.min(...rows.map((row) => row.unit_no))).toBe(1);
}

it('a later load keeps the numbers that were given, and adds to them', async () => {
  const folder = goldenSource(bench, 'kept', {
    // U9 and M0 come with the second load, and M0 before all others in the alphabet.
    'data/orders-2.csv': (text) =>
      `${text}B1,1,2025-02-03 10:00:00,2025-02-03 10:00:00,paid,M0,U9,retailer,CN,CN,wholesale,,7,70.00,0.00,0,0\n`,
  });
  await loadInProcess(bench, folder, FIRST);
  const before = await numbers('kept');
  const more = goldenSource(bench, 'kept', {
    'data/merchants.csv': (text) => `${text}M0,零,O0\n`,
    'data/orders-2.csv': (text) =>
      `${text}B1,1,2025-02-03 10:00:00,2025-02-03 10:00:00,paid,M0,U9,retailer,CN,CN,wholesale,,7,70.00,0.00,0,0\n`,
  });
  await loadInProcess(bench, more, BOTH);
  const after = await numbers('kept');
  expect(after).toEqual(expect.arrayContaining(before));
  expect(after.map((row) => row.unit_id)).toEqual(expect.arrayContaining(['M0', 'U9']));
  await expectOneEach('kept');
});

it.each(['rolled-up-one', 'rolled-up', 'verified'])(
  'a load that is killed at %s gives nobody two numbers',
  async (point) => {
    const source = `killed-${point}`;
    const folder = goldenSource(bench, source);
    await loadInProcess(bench, folder, FIRST);
    const args = ['--source-folder', folder, 'load', source, '--files', join(folder, 'data')];
    const run = startCommand(bench.dataDir, args, { BELTLINE_ETL_PAUSE_AT: point });
    await run.until(`paused at ${point}`);
    run.child.kill('SIGKILL');
    await run.done;
    await loadInProcess(bench, folder, BOTH);
    await expectOneEach(source);
    const undisturbed = goldenSource(bench, `whole-${point}`);
    await loadInProcess(bench, undisturbed, BOTH);
    const [one, other] = [
      await figures(bench.client, source),
      await figures(bench.client, `whole-${point}`),
    ].map((sums) => ({ ...sums, rollup_lineage: '' }));
    expect(one).toEqual(other);
  },
);
