/** An order belongs to the day it was placed on. Where its lines name several, it counts in each of them, and the load says so. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  beltMonths,
  type Bench,
  goldenSource,
  loadInProcess,
  openBench,
  startCommand,
} from './etl-harness.ts';
import { GOOD, type Row } from './etl-line-kit.ts';

let bench: Bench;
let folder: string;
beforeAll(async () => {
  bench = await openBench();
  folder = goldenSource(bench, 'days', { 'source.yaml': (text) => text.replace('0.2', '0.5') });
});
afterAll(() => bench.close());

const LOOKUPS = ['belts', 'merchants', 'memberships'].map((name) => `data/${name}.csv`);
/** Writes a file of order lines, and gives its path. */
function file(name: string, rows: readonly Row[]): string {
  const lines = [Object.keys(GOOD), ...rows.map((row) => Object.values({ ...GOOD, ...row }))];
  writeFileSync(join(folder, 'data', name), `${lines.map((line) => line.join(',')).join('\n')}\n`);
  return `data/${name}`;
}
const on = (order_id: string, line_no: string, placed_at: string, more: Row = {}): Row => ({
  order_id,
  line_no,
  placed_at,
  ...more,
});
const warnings = async (path: string) =>
  (await loadInProcess(bench, folder, [...LOOKUPS, path])).batch.warnings;

it('warns of them, with the first, and of no order that is on one day', async () => {
  const path = file('orders-1.csv', [
    on('ONE', '1', '2025-01-05 00:00:00'),
    on('ONE', '2', '2025-01-05 23:59:59'),
    on('TWO', '1', '2025-01-05 10:00:00'),
    on('TWO', '2', '2025-01-06 10:00:00'),
    // The business zone's midnight lies between them.
    on('ZONE', '1', '2025-01-05T15:59:59Z'),
    on('ZONE', '2', '2025-01-05T16:00:00Z'),
    // What does not count is in no figure.
    on('UNPAID', '1', '2025-01-05 10:00:00'),
    on('UNPAID', '2', '2025-01-06 10:00:00', { status: 'cancelled' }),
    // A correction: only the latter is in force.
    on('MOVED', '1', '2025-01-05 10:00:00'),
    on('MOVED', '1', '2025-01-06 10:00:00', { updated_at: '2025-01-09 10:00:00' }),
    on('LATER', '1', '2025-01-07 10:00:00'),
  ]);
  const files = [...LOOKUPS, path].map((name) => join(folder, name));
  const args = ['--source-folder', folder, 'load', 'days', '--files', ...files];
  const { code, output } = await startCommand(bench.dataDir, args).done;
  expect([code, output]).toEqual([0, expect.stringContaining('Warnings: order-on-several-days 2.')]);
  expect(output).toContain('2 orders have lines on several days (first: order TWO in orders-1.csv, line 4)');
});

it('warns where a later load brings the other day, and not where it brings the first once more', async () => {
  expect(
    await warnings(
      file('orders-2.csv', [on('LATER', '2', '2025-02-01 10:00:00', { updated_at: '2025-02-02 10:00:00' })]),
    ),
  ).toEqual({
    'order-on-several-days': 1,
  });
  // As the documentation says: once in each month.
  const nation = (await beltMonths(bench.client, 'days')).filter(({ level }) => level === 'nation');
  expect(nation.map(({ month, orders }) => [month, orders])).toEqual([
    ['2025-01', 6],
    ['2025-02', 1],
  ]);
  expect(
    await warnings(
      file('orders-3.csv', [on('LATER', '1', '2025-01-07 10:00:00'), on('NEW', '1', GOOD.placed_at)]),
    ),
  ).toEqual({});
});

it('warns no more once a correction puts the lines on one day', async () => {
  const updated_at = '2025-02-03 10:00:00';
  const corrected = on('LATER', '2', '2025-01-07 11:00:00', { updated_at });
  expect(await warnings(file('orders-4.csv', [corrected]))).toEqual({});
});
