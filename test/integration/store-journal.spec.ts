/**
 * The journal of loads, the list of files and the rejected rows are not sealed, because no figure is read from them. What they
 * lose is said, and alters nothing: files that come again are read again, to the same figures.
 */
import { findDamage, journalGaps } from '@beltline/sql/clickhouse';
import { type Bench, figures, goldenSource, loadInProcess, openBench, startCommand } from './etl-harness.ts';

const ID = 'holes';
const FILES = ['belts', 'merchants', 'memberships', 'orders-1', 'orders-2'].map((name) => `data/${name}.csv`);
let bench: Bench;
let folder: string;
let before: unknown;

beforeAll(async () => {
  bench = await openBench();
  folder = goldenSource(bench, ID);
  await loadInProcess(bench, folder, FILES);
  before = await figures(bench.client, ID);
});
afterAll(() => bench.close());

const status = async () => (await startCommand(bench.dataDir, ['status']).done).output;
const lose = (table: string) =>
  bench.client.command({
    query: `ALTER TABLE ${table} DELETE WHERE batch_id = 1`,
    clickhouse_settings: { mutations_sync: '2' },
  });

it('says nothing where nothing is lost', async () => {
  expect(await journalGaps(bench.client)).toEqual([]);
  expect(await status()).not.toContain('Lost');
});

it.each([
  ['quarantine', 'Lost from the disk is part of the rejected rows of load 1.'],
  ['load_files', 'Lost from the disk is the list of files of load 1.'],
  ['load_events', 'Lost from the disk is what the journal said of load 1.'],
])('says that rows of %s are lost, and no figure is another', async (table, says) => {
  await lose(table);
  expect(await status()).toContain(says);
  expect((await startCommand(bench.dataDir, ['verify', '--quiet']).done).output).toContain(says);
  expect((await findDamage(bench.client)).damages).toEqual([]);
});

it('reads the files again where the list of them is lost, to the same figures', async () => {
  const { batch } = await loadInProcess(bench, folder, FILES);
  expect(batch).toMatchObject({ batchId: 2, state: 'committed' });
  expect(await figures(bench.client, ID)).toEqual(before);
});
