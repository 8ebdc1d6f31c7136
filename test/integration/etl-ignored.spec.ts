/**
 * Rows that a source says to ignore: read, counted and reconciled apart by their reason, and never loaded, whatever they hold.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { undoBatches } from '@beltline/etl/load';
import { quietProgress } from '@beltline/etl/progress';
import {
  type Bench,
  figures,
  goldenSource,
  loadInProcess,
  openBench,
  query,
  rewrite,
  startCommand,
} from './etl-harness.ts';
import { previewedThenLoaded } from './etl-preview-kit.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];
const HEADER =
  'order_id,line_no,placed_at,updated_at,status,merchant_id,buyer_id,buyer_type,buyer_country,destination_country,' +
  'sales_mode,channel,quantity,amount,refund_amount,is_custom,is_factory_brand\n';
const line = (order: string, amount = '10.00', quantity = '1'): string =>
  `${order},1,2025-02-03 10:00:00,2025-02-04 10:00:00,paid,M1,U1,retailer,CN,CN,wholesale,,${quantity},${amount},0.00,0,0\n`;
/** No order line: nothing of it but its first field and its sums can be read. */
const total = (amount: string, quantity: string): string => `TOTAL,,,,,,,,,,,,${quantity},${amount},,,\n`;

const source = (id: string, reasons: string, mode = 'changes'): string =>
  goldenSource(bench, id, {
    'order-lines.sql': (text) =>
      text.replace('is_factory_brand\nFROM', `is_factory_brand, ${reasons} AS ignored_because\nFROM`),
    'source.yaml': (text) =>
      text.replace('maxRejectedShare: 0.2', `maxRejectedShare: 0\nmode: ${mode}\nmaxWithdrawnShare: 1`),
  });
const REASONS = `multiIf(order_id = 'TOTAL', 'total of the page', startsWith(order_id, 'TEST'), ' test order ', '')`;

it('counts them apart by reason, with their sums and the first of them, and loads none', async () => {
  const folder = source('ignored', REASONS);
  writeFileSync(
    join(folder, 'data', 'orders-1.csv'),
    HEADER + line('A') + line('TEST1', '5.50') + total('15.50', '2') + line('B'),
  );
  writeFileSync(
    join(folder, 'data', 'orders-2.csv'),
    HEADER + line('C') + line('TEST2', '1.25', '3') + total('no sum', 'x'),
  );
  const { batch } = await loadInProcess(bench, folder, [
    ...LOOKUPS,
    'data/orders-1.csv',
    'data/orders-2.csv',
  ]);
  expect(batch.reconciliation).toMatchObject({
    read: { lines: 7, quantity: '9', amount: '52.25' },
    loaded: { lines: 3, quantity: '3', amount: '30' },
    rejected: { lines: 0 },
    ignored: { lines: 4, quantity: '6', amount: '22.25' },
  });
  expect(batch.ignored).toEqual([
    {
      reason: 'test order',
      lines: 2,
      quantity: '4',
      amount: '6.75',
      fileNo: 4,
      file: 'orders-1.csv',
      line: 3,
    },
    {
      reason: 'total of the page',
      lines: 2,
      quantity: '2',
      amount: '15.5',
      fileNo: 4,
      file: 'orders-1.csv',
      line: 4,
    },
  ]);
  expect(
    await query(
      bench.client,
      `SELECT order_id FROM order_lines FINAL WHERE source = 'ignored' ORDER BY order_id`,
    ),
  ).toEqual([{ order_id: 'A' }, { order_id: 'B' }, { order_id: 'C' }]);
  expect(
    await query(bench.client, `SELECT count() AS rows FROM quarantine WHERE source = 'ignored'`),
  ).toEqual([{ rows: '0' }]);
});

it('a preview tells them as the load does', async () => {
  const folder = source('ignored-seen', REASONS);
  writeFileSync(
    join(folder, 'data', 'orders-1.csv'),
    HEADER + line('A') + line('TEST1', '5.50') + total('15.50', '2'),
  );
  await previewedThenLoaded(bench, folder, ['data/orders-1.csv']);
});

it('whatever files they stand in and however often they come, figures are those of the lines alone', async () => {
  const all = [line('A'), line('TEST1'), line('B'), total('20.00', '2'), line('C')];
  const whole = source('ignored-whole', REASONS);
  writeFileSync(join(whole, 'data', 'orders-1.csv'), HEADER + all.filter((row) => !/^T/.test(row)).join(''));
  await loadInProcess(bench, whole, [...LOOKUPS, 'data/orders-1.csv']);
  const split = source('ignored-split', REASONS);
  for (const [index, rows] of [
    [3, 4],
    [0, 1, 1],
    [2, 3, 0],
  ].entries()) {
    const name = `data/orders-${index + 1}.csv`;
    writeFileSync(join(split, name), HEADER + rows.map((row) => all[row]).join(''));
    await loadInProcess(bench, split, [...LOOKUPS, name]);
  }
  const [inThree, inOne] = await Promise.all(
    ['ignored-split', 'ignored-whole'].map((id) => figures(bench.client, id)),
  );
  // Which load brought a line differs, and nothing else.
  expect({ ...inThree, rollup_lineage: '' }).toEqual({ ...inOne, rollup_lineage: '' });
});

it('a line that is to be ignored now stays with changes, is withdrawn with full exports, and is back when that is undone', async () => {
  for (const [mode, left] of [
    ['changes', 2],
    ['full', 1],
  ] as const) {
    const id = `ignored-${mode}`;
    const folder = source(id, REASONS, mode);
    writeFileSync(join(folder, 'data', 'orders-1.csv'), HEADER + line('A') + line('B'));
    await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv']);
    const before = await figures(bench.client, id, ['version']);
    const other = source(`${id}-2`, `if(order_id = 'B', 'sample', '')`, mode);
    rewrite(join(other, 'source.yaml'), (text) => text.replace(`id: ${id}-2`, `id: ${id}`));
    const { batch } = await loadInProcess(
      bench,
      other,
      [...LOOKUPS, join(folder, 'data', 'orders-1.csv')],
      undefined,
      true,
    );
    expect([batch.ignored.map(({ reason }) => reason), batch.warnings['withdrawn'] ?? 0]).toEqual([
      ['sample'],
      2 - left,
    ]);
    expect(
      await query(bench.client, `SELECT count() AS lines FROM order_lines FINAL WHERE source = {id:String}`, {
        id,
      }),
    ).toEqual([{ lines: String(left) }]);
    await undoBatches(
      bench.engine,
      { batchId: batch.batchId, withLater: false },
      { dryRun: false, reason: '', waitMs: 60_000, progress: quietProgress({ write: () => undefined }) },
    );
    expect(await figures(bench.client, id, ['version'])).toEqual(before);
  }
});

it('reasons that differ from row to row refuse the load, and so does one that is no text', async () => {
  const folder = source('ignored-many', `concat('row ', order_id)`);
  writeFileSync(
    join(folder, 'data', 'orders-1.csv'),
    HEADER + Array.from({ length: 101 }, (_, index) => line(`A${index}`)).join(''),
  );
  await expect(loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv'])).rejects.toThrow(
    /gives 101 different reasons/,
  );
  const number = source('ignored-number', 'toUInt8(1)');
  writeFileSync(join(number, 'data', 'orders-1.csv'), HEADER + line('A'));
  await expect(loadInProcess(bench, number, [...LOOKUPS, 'data/orders-1.csv'])).rejects.toThrow(
    /the column ignored_because must be text/,
  );
});

it('the end of a load and its JSON say what was ignored', async () => {
  const folder = source('ignored-told', REASONS);
  writeFileSync(join(folder, 'data', 'orders-1.csv'), HEADER + line('A') + total('10.00', '1'));
  for (const name of ['orders-2.csv', 'orders-3.csv']) rmSync(join(folder, 'data', name), { force: true });
  const args = ['--source-folder', folder, 'load', 'ignored-told', '--files', join(folder, 'data')];
  const { code, output } = await startCommand(bench.dataDir, [...args, '--json']).done;
  expect(code).toBe(0);
  const json = JSON.parse(output.split('\n').find((text) => text.startsWith('{')) ?? '') as Record<
    string,
    unknown
  >;
  expect(json['ignored']).toMatchObject([
    { reason: 'total of the page', lines: 1, amount: '10', file: 'orders-1.csv', line: 3 },
  ]);
});
