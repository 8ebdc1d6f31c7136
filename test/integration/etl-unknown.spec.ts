/**
 * Lines of which a source does not tell the buyer or the SKU: they count in lines, orders, pieces and amounts, and in nothing that counts buyers or SKUs.
 * Each figure against a count over the lines themselves.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { figures, loadInProcess, query } from './etl-harness.ts';
import { previewedThenLoaded } from './etl-preview-kit.ts';
import {
  bench,
  BOTH,
  counted,
  csv,
  HALF,
  loadAs,
  LOOKUPS,
  NONE,
  published,
  source,
  sum,
} from './etl-unknown-kit.ts';
import { seen, undo } from './etl-undo-kit.ts';

it.each([
  ['half of them', 'unknown-half', HALF],
  ['all of them', 'unknown-all', NONE],
])('of %s: every figure is that of a count over the lines', async (_, id, lines) => {
  const { batch } = await loadAs(id, lines);
  expect(batch.reconciliation).toMatchObject({
    loaded: { lines: lines.length, quantity: String(sum(lines, ({ pieces }) => pieces)) },
    rejected: { lines: 0 },
  });
  expect(batch.warnings).toMatchObject({
    'buyer-unknown': lines.filter(({ buyer }) => buyer === '').length,
    'sku-unknown': lines.filter(({ sku }) => sku === '').length,
  });
  expect(await published(id)).toEqual(counted(lines));
  // Nobody has no number: who is in no set is not counted later either.
  expect(
    await query(
      bench.client,
      `SELECT unit_id FROM unit_numbers WHERE source = {source:String} AND unit_id = ''`,
      {
        source: id,
      },
    ),
  ).toEqual([]);
});

it('is told where it is declared alone: else a row without an id is a rejected one, as it was', async () => {
  for (const [id, declared, rejected] of [
    ['unknown-undeclared', '', HALF.filter(({ buyer, sku }) => buyer === '' || sku === '')],
    ['unknown-buyers', 'unknown: [buyer]', HALF.filter(({ sku }) => sku === '')],
    ['unknown-skus', 'unknown: [sku]', HALF.filter(({ buyer }) => buyer === '')],
  ] as const) {
    const { batch } = await loadAs(id, HALF, declared);
    expect(batch.reconciliation.rejected.lines).toBe(rejected.length);
    const rules = await query(
      bench.client,
      `SELECT DISTINCT arrayJoin(faults).1 AS rule FROM quarantine WHERE source = {source:String}`,
      { source: id },
    );
    expect(rules).toEqual([{ rule: 'required' }]);
    expect(await published(id)).toEqual(counted(HALF.filter((line) => !rejected.includes(line))));
  }
});

it('rows that were rejected for it are read again once it is declared, and all others stay', async () => {
  const { folder } = await loadAs('unknown-later', HALF, '');
  const declared = source('unknown-later', BOTH);
  expect(declared).toBe(folder);
  writeFileSync(join(folder, 'data', 'orders-1.csv'), csv(HALF));
  await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv']);
  expect(await published('unknown-later')).toEqual(counted(HALF));
});

it('however the lines are split, in whatever order and how often they come, the figures are the same', async () => {
  await loadAs('unknown-whole', HALF);
  const folder = source('unknown-split', BOTH);
  const third = (part: number) => HALF.filter((_, index) => index % 3 === part);
  for (const [index, part] of [2, 0, 1, 2, 0].entries()) {
    const name = `data/orders-${index + 1}.csv`;
    writeFileSync(join(folder, name), csv(third(part)));
    await loadInProcess(bench, folder, [...LOOKUPS, name]);
  }
  // Of which batch a figure is made differs, and nothing else.
  const [inParts, inOne] = await Promise.all(
    ['unknown-split', 'unknown-whole'].map(async (id) => ({
      ...(await figures(bench.client, id, ['version'])),
      rollup_lineage: '',
    })),
  );
  expect(inParts).toEqual(inOne);
});

it('a buyer that becomes known is one from then on, and nobody again where that is undone', async () => {
  const { folder } = await loadAs('unknown-undone', HALF);
  const before = await seen(bench, 'unknown-undone');
  const known = HALF.map((line) => ({ ...line, buyer: line.buyer || 'U99', sku: line.sku || 'S9' }));
  writeFileSync(join(folder, 'data', 'orders-2.csv'), csv(known).replaceAll('2025-05-01', '2025-05-02'));
  const { batch } = await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-2.csv']);
  expect(await published('unknown-undone')).toEqual(counted(known));
  await undo(bench, batch.batchId);
  expect(await seen(bench, 'unknown-undone')).toEqual(before);
});

it('a preview says of them what the load does', async () => {
  const folder = source('unknown-seen', BOTH);
  writeFileSync(join(folder, 'data', 'orders-1.csv'), csv(HALF));
  await previewedThenLoaded(bench, folder, ['data/orders-1.csv']);
});
