/** After a mapping has changed: either a line in force is what the new one makes of it, or the load says that it is not. */
import { join } from 'node:path';
import { quietProgress } from '@beltline/etl/progress';
import { loadOrders } from '@beltline/etl/load';
import {
  type Bench,
  goldenSource,
  loadInProcess,
  openBench,
  query,
  rewrite,
  sourceOf,
} from './etl-harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];
const FIRST = [...LOOKUPS, 'data/orders-1.csv'];
const SECOND = [...LOOKUPS, 'data/orders-2.csv'];
const BOTH = [...FIRST, 'data/orders-2.csv'];

const remark = (text: string): string => `-- Says the same as before.\n${text}`;
const renamed = (text: string): string => text.replace("'goods'", "'wares'");

function source(id: string, settings = ''): string {
  const folder = goldenSource(bench, id);
  rewrite(join(folder, 'source.yaml'), (text) => `${text.trimEnd()}\n${settings}\n`);
  return folder;
}

const change = (folder: string, how: (text: string) => string): void =>
  rewrite(join(folder, 'order-lines.sql'), how);

async function categories(id: string): Promise<string[]> {
  const rows = await query<{ category: string }>(
    bench.client,
    `SELECT DISTINCT category FROM order_lines FINAL WHERE source = {source:String} AND is_deleted = 0 ORDER BY category`,
    { source: id },
  );
  return rows.map(({ category }) => category);
}

it.each([
  ['says the same', remark],
  [
    'says something else of some lines',
    (text: string) => text.replace("'goods'", "if(order_id = 'A1', 'x', 'goods')"),
  ],
])('one that %s: once every line is mapped anew, the next night loads alone', async (name, how) => {
  const id = `change-${name.length}`;
  const folder = source(id);
  await loadInProcess(bench, folder, FIRST);
  change(folder, how);
  expect((await loadInProcess(bench, folder, FIRST)).batch.state).toBe('committed');
  expect((await loadInProcess(bench, folder, SECOND)).batch.state).toBe('committed');
});

it('an older record of a line that is in force does not pass for a line that is mapped anew', async () => {
  const folder = source('change-older');
  await loadInProcess(bench, folder, FIRST);
  await loadInProcess(bench, folder, SECOND); // corrects lines of the first
  change(folder, renamed);
  await expect(loadInProcess(bench, folder, FIRST)).rejects.toThrow(
    /is not the one that 5 lines in force were read under/,
  );
  expect(await categories('change-older')).toEqual(['goods']);
  expect((await loadInProcess(bench, folder, BOTH)).batch.state).toBe('committed');
  expect(await categories('change-older')).toEqual(['wares']);
});

it('lines that a full export withdraws do not stay as the old mapping read them', async () => {
  const folder = source('change-full', 'mode: full\nmaxWithdrawnShare: 0.5');
  await loadInProcess(bench, folder, FIRST);
  change(folder, renamed);
  rewrite(join(folder, 'data/orders-1.csv'), (text) => text.replace(/^A4,.*\n/m, ''));
  const { batch } = await loadInProcess(bench, folder, FIRST);
  expect(batch).toMatchObject({ state: 'committed', warnings: { withdrawn: 1 } });
  expect(await categories('change-full')).toEqual(['wares']);
});

it('is noticed also where the list of files is lost, by halves or whole', async () => {
  for (const [id, lost] of [
    ['change-list-gone', 'true'],
    ['change-facts-gone', `role = 'facts'`],
  ] as const) {
    const folder = source(id);
    const { batch } = await loadInProcess(bench, folder, FIRST);
    await bench.client.command({
      query: `ALTER TABLE load_files DELETE WHERE source = '${id}' AND ${lost} SETTINGS mutations_sync = 2`,
    });
    change(folder, renamed);
    await expect(loadInProcess(bench, folder, SECOND)).rejects.toThrow(
      new RegExp(
        `lines in force were read under.*came from load ${batch.batchId}, of which the list of files is lost`,
      ),
    );
    expect(await categories(id)).toEqual(['goods']);
    expect((await loadInProcess(bench, folder, BOTH)).batch.state).toBe('committed');
    expect(await categories(id)).toEqual(['wares']);
  }
});

it('is kept for versions, too, that were committed before it was kept beside their seals', async () => {
  const folder = source('change-kept');
  const { batch } = await loadInProcess(bench, folder, FIRST);
  const kept = () =>
    query(
      bench.client,
      `SELECT data_version, rows, checksum FROM seals WHERE source = 'change-kept' AND sealed = 'mapping' ORDER BY data_version`,
      {},
    );
  const [first] = (await kept()) as readonly Record<string, string>[];
  await bench.client.command({
    query: `ALTER TABLE seals DELETE WHERE source = 'change-kept' AND sealed = 'mapping' SETTINGS mutations_sync = 2`,
  });
  const second = (await loadInProcess(bench, folder, SECOND)).batch;
  expect(await kept()).toEqual([first, { ...first, data_version: String(second.batchId) }]);
  expect(first).toMatchObject({ data_version: String(batch.batchId) });
});

it('to another currency lets no line of the old one stay, whatever is said: sums would add both up', async () => {
  const folder = source('change-currency');
  await loadInProcess(bench, folder, FIRST);
  change(folder, (text) => text.replace("'CNY' AS currency", "'USD' AS currency"));
  rewrite(join(folder, 'source.yaml'), (text) => text.replace('currency: CNY', 'currency: USD'));
  await expect(loadInProcess(bench, folder, SECOND, undefined, true)).rejects.toThrow(
    /lines in force of change-currency are in another currency than USD.*They came from orders-1\.csv.*Nothing was changed/,
  );
  expect((await loadInProcess(bench, folder, BOTH)).batch.state).toBe('committed');
});

it('is said by the load that changes it, and not for ever after', async () => {
  const folder = source('change-said');
  const notes: string[] = [];
  const load = (files: string[]) =>
    loadOrders(bench.engine, {
      source: sourceOf(folder),
      files,
      folder,
      waitMs: 60_000,
      progress: { ...quietProgress({ write: () => undefined }), note: (message) => void notes.push(message) },
    });
  await load(FIRST);
  change(folder, renamed);
  await load(FIRST);
  expect(notes).toEqual([
    expect.stringContaining('has changed since it was last loaded; every line in force is mapped anew'),
  ]);
  await load(SECOND);
  expect(notes).toHaveLength(1);
});
