/**
 * A shop that changes hands: the lookup says whose it is, for all its months. Figures by owner against a count over the lines
 * in force, before and after, and as of both versions. Through a load that is killed: etl-owners.long.spec.ts.
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goldenSource, loadInProcess, query } from './etl-harness.ts';
import {
  LOOKUPS,
  MONTHS,
  OWNERS,
  bench,
  HEADER,
  order,
  sourceOfShops,
  SOLD,
  sell,
  soldByOwner,
  naive,
} from './etl-owners-kit.ts';

/** Of each version and month of the shop that is sold, whose it is. */
const ownersOfM2 = async (source: string) =>
  (
    await query<{ text: string }>(
      bench.client,
      `SELECT concat(formatDateTime(month, '%Y-%m'), ' ', owner_id) AS text FROM rollup_merchant_month
       WHERE source = {source:String} AND merchant_id = 'M2' ORDER BY data_version, month`,
      { source },
    )
  ).map(({ text }) => text);

it('takes all its months along, so that both sides of a comparison have one owner', async () => {
  const folder = sourceOfShops('sold');
  const first = (await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv'])).batch;
  expect(first.warnings).not.toHaveProperty('owners-changed');
  const before = await naive('sold', OWNERS);
  expect(await soldByOwner('sold', first.batchId)).toEqual(before);

  sell(folder);
  writeFileSync(join(folder, 'data', 'orders-2.csv'), `${HEADER}\n${order('M4', '2025-03', 1)}`);
  const { batch } = await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-2.csv']);
  expect(batch).toMatchObject({
    months: [...MONTHS, '2025-03'].map((month) => `${month}-01`),
    warnings: { 'owners-changed': 1, 'lines-of-new-owners': 4 },
  });
  expect(await ownersOfM2('sold')).toEqual([
    ...MONTHS.map((month) => `${month} O1`),
    ...MONTHS.map((month) => `${month} O5`),
  ]);
  // Nobody has left and nobody is new: every owner sold in both years.
  const after = await soldByOwner('sold', batch.batchId);
  expect(after).toHaveLength(4);
  expect(after.flat().every((pieces) => pieces > 0)).toBe(true);
  expect(after).toEqual(await naive('sold', SOLD));
  // As of the version before, the shop is still the former owner's.
  expect(await soldByOwner('sold', first.batchId)).toEqual(before);
  const again = await loadInProcess(bench, folder, LOOKUPS);
  expect(again.batch.state).toBe('unchanged');
});

it('and one that is new to the lookup takes nothing along', async () => {
  const folder = goldenSource(bench, 'unsold');
  await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv']);
  appendFileSync(join(folder, 'data', 'merchants.csv'), 'M7,,O7\n');
  const { batch } = await loadInProcess(bench, folder, LOOKUPS);
  expect(batch).toMatchObject({ state: 'committed', months: [] });
  expect(batch.warnings).not.toHaveProperty('owners-changed');
});
