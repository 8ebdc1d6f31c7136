/** A source that exports everything (`mode: full`): lines that are gone from an export are withdrawn, counted, and come back. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, GOLDEN, goldenSource, loadInProcess, openBench, query, rewrite } from './etl-harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];
const ROWS = readFileSync(join(GOLDEN, 'data', 'orders-1.csv'), 'utf8')
  .trim()
  .split('\n');
const [HEADER = ''] = ROWS;
/** The good rows, without the exact duplicate and the bad one. */
const GOOD = ROWS.slice(1, 11);

function source(id: string, settings: string): string {
  const folder = goldenSource(bench, id);
  rewrite(join(folder, 'source.yaml'), (text) => `${text.trimEnd()}\n${settings}\n`);
  return folder;
}
let exports = 0;
async function load(folder: string, rows: readonly string[]) {
  const name = `data/orders-full-${exports++}.csv`;
  writeFileSync(join(folder, name), [HEADER, ...rows].join('\n'));
  return (await loadInProcess(bench, folder, [...LOOKUPS, name])).batch;
}

async function readersSee(id: string): Promise<string> {
  const [row] = await query<{ seen: string }>(
    bench.client,
    `SELECT concat(toString(sum(lines)), ' ', toString(sum(gmv))) AS seen FROM rollup_belt_month
     WHERE source = {source:String} AND level = 'belt' AND (month, data_version) IN (
       SELECT month, max(data_version) FROM data_versions ARRAY JOIN months AS month WHERE source = {source:String} GROUP BY month)`,
    { source: id },
  );
  return row?.seen ?? '';
}
async function inForce(id: string): Promise<string[]> {
  const rows = await query<{ line: string }>(
    bench.client,
    `SELECT concat(order_id, '/', toString(line_no)) AS line FROM order_lines FINAL WHERE source = {source:String} AND is_deleted = 0 ORDER BY line`,
    { source: id },
  );
  return rows.map(({ line }) => line);
}

it('withdraws what is gone from the months it covers, and takes it back when it is there again', async () => {
  const folder = source('full', 'mode: full\nmaxWithdrawnShare: 0.5');
  await load(folder, GOOD);
  const whole = { seen: await readersSee('full'), lines: await inForce('full') };
  const gone = await load(
    folder,
    GOOD.filter((row) => !row.startsWith('A2,') && !row.startsWith('A8,')),
  );
  expect(gone.warnings).toMatchObject({ withdrawn: 2 });
  expect(await inForce('full')).toEqual(whole.lines.filter((line) => line !== 'A2/1' && line !== 'A8/1'));
  expect(await readersSee('full')).not.toBe(whole.seen);
  expect((await load(folder, GOOD)).warnings['withdrawn']).toBeUndefined();
  expect(await inForce('full')).toEqual(whole.lines);
  expect(await readersSee('full')).toBe(whole.seen);
});

it('leaves the months alone of which an export brings nothing', async () => {
  const folder = source('full-months', 'mode: full\nmaxWithdrawnShare: 0.5');
  await load(folder, GOOD);
  const february = GOOD.filter((row) => row.split(',')[2]?.startsWith('2025-02'));
  expect(february.length).toBeGreaterThan(0);
  const batch = await load(folder, february);
  const lines = await inForce('full-months');
  for (const row of GOOD.filter((one) => !/^A5/.test(one)))
    expect(lines).toContain(row.split(',').slice(0, 2).join('/'));
  expect(batch.warnings['withdrawn'] ?? 0).toBeLessThanOrEqual(1);
});

it('refuses half an export, and changes nothing', async () => {
  const folder = source('full-half', 'mode: full');
  await load(folder, GOOD);
  const before = await inForce('full-half');
  await expect(load(folder, GOOD.slice(0, 5))).rejects.toThrow(
    /5 of 10 lines in force .* more than the 10 % .*Nothing was changed\. Is the export whole\?|\d of \d+ lines in force/s,
  );
  expect(await inForce('full-half')).toEqual(before);
});

it('of a source that exports changes, nothing is withdrawn', async () => {
  const folder = source('full-changes', 'mode: changes');
  await load(folder, GOOD);
  const before = await inForce('full-changes');
  expect((await load(folder, GOOD.slice(0, 2))).warnings['withdrawn']).toBeUndefined();
  expect(await inForce('full-changes')).toEqual(before);
});
