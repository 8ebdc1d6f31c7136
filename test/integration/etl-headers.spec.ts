/**
 * Files whose columns stand in another order than the source declares them, or with others between: read by name where the source says
 * so, whatever the files of a load look like, and refused by name where it does not.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import writeExcelFile from 'write-excel-file/node';
import { type Bench, figures, goldenSource, loadInProcess, openBench, query } from './etl-harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const LOOKUPS = ['belts.csv', 'merchants.csv', 'memberships.csv'].map((name) => `data/${name}`);
const COLUMNS = (
  'order_id line_no placed_at updated_at status merchant_id buyer_id buyer_type buyer_country destination_country ' +
  'sales_mode channel quantity amount refund_amount is_custom is_factory_brand'
).split(' ');
const ROWS: readonly Record<string, string>[] = Array.from({ length: 12 }, (_, index) => ({
  ...{ order_id: `O${index}`, line_no: '1', placed_at: `2025-0${1 + (index % 3)}-03 10:00:00` },
  ...{ updated_at: '2025-04-04 10:00:00', status: 'paid', merchant_id: index % 2 ? 'M1' : 'M2' },
  buyer_id: ['U1', 'a "quoted", one', 'U2'][index % 3] as string,
  ...{
    buyer_type: 'retailer',
    buyer_country: 'CN',
    destination_country: 'CN',
    sales_mode: 'wholesale',
    channel: '',
  },
  ...{
    quantity: String(index),
    amount: `${index}.25`,
    refund_amount: '0.00',
    is_custom: '0',
    is_factory_brand: '0',
  },
}));

const quoted = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
/** A file of some rows under some header; other columns hold what would be noticed in the place of a declared one. */
const fileOf = (header: readonly string[], rows: readonly Record<string, string>[]): string =>
  [header, ...rows.map((row) => header.map((name) => row[name] ?? 'two\nlines, "here"'))]
    .map((cells) => `${cells.map(quoted).join(',')}\n`)
    .join('');

const REVERSED = [...COLUMNS].reverse();
const WITH_OTHERS = ['note.1', ...COLUMNS.slice(5), 'note.1', ...COLUMNS.slice(0, 5), ''];

function source(id: string, header: string): string {
  return goldenSource(bench, id, {
    'source.yaml': (text) =>
      text.replace(/(match: orders-\*\.csv\n {4}optional: true\n)/, `$1    header: ${header}\n`),
  });
}

async function loaded(
  id: string,
  header: string,
  files: readonly string[],
  inOne: boolean,
): Promise<Record<string, string>> {
  const folder = source(id, header);
  const names = files.map((text, index) => {
    writeFileSync(join(folder, 'data', `orders-${index + 1}.csv`), text);
    return `data/orders-${index + 1}.csv`;
  });
  for (const group of inOne ? [names] : names.map((name) => [name])) {
    const { batch } = await loadInProcess(bench, folder, [...LOOKUPS, ...group]);
    expect([batch.state, batch.reconciliation.rejected.lines]).toEqual(['committed', 0]);
  }
  return { ...(await figures(bench.client, id)), rollup_lineage: '' };
}

it('any order and others between give the figures of the declared header, in one load or in several', async () => {
  const [a, b, c] = [ROWS.slice(0, 5), ROWS.slice(5, 9), ROWS.slice(9)];
  const plain = await loaded('headers-plain', 'exact', [fileOf(COLUMNS, ROWS)], true);
  const mixed = [fileOf(REVERSED, a), fileOf(WITH_OTHERS, b), fileOf(COLUMNS, c)];
  expect(await loaded('headers-mixed', 'with-others', mixed, true)).toEqual(plain);
  expect(await loaded('headers-apart', 'with-others', [...mixed].reverse(), false)).toEqual(plain);
  const orders = [fileOf(REVERSED, [...a, ...b]), fileOf([...COLUMNS.slice(3), ...COLUMNS.slice(0, 3)], c)];
  expect(await loaded('headers-orders', 'any-order', orders, true)).toEqual(plain);
});

it('what is rejected has its own text and place, whichever header its file has', async () => {
  const folder = source('headers-rejected', 'with-others');
  const bad = { ...ROWS[1], amount: '1.239' };
  writeFileSync(join(folder, 'data', 'orders-1.csv'), fileOf(REVERSED, [ROWS[0] ?? {}, bad]));
  writeFileSync(join(folder, 'data', 'orders-2.csv'), `${fileOf(WITH_OTHERS, ROWS.slice(2))}short,row\n`);
  const { batch } = await loadInProcess(bench, folder, [
    ...LOOKUPS,
    'data/orders-1.csv',
    'data/orders-2.csv',
  ]);
  expect(batch.reconciliation).toMatchObject({ read: { lines: 13 }, rejected: { lines: 2 } });
  const rejects = await query<{ line: string; raw: string; rule: string }>(
    bench.client,
    `SELECT line, raw, faults[1].rule AS rule FROM quarantine WHERE source = 'headers-rejected' ORDER BY file_no`,
  );
  expect(rejects).toEqual([
    { line: '3', raw: fileOf(REVERSED, [bad]).split('\n')[1], rule: 'too-many-decimals' },
    { line: '42', raw: 'short,row', rule: 'wrong-column-count' },
  ]);
});

it('a workbook may have its columns in any order, too', async () => {
  const folder = source('headers-workbook', 'with-others');
  const yaml = join(folder, 'source.yaml');
  writeFileSync(
    yaml,
    readFileSync(yaml, 'utf8')
      .replace('match: orders-*.csv', 'match: orders-*.xlsx')
      .replace(/(header: with-others\n) {4}format: csv/, '$1    format: xlsx'),
  );
  const cells = [REVERSED, ...ROWS.map((row) => REVERSED.map((name) => row[name] ?? ''))].map((row) =>
    [...row, 'more'].map((value) => ({ value })),
  );
  await writeExcelFile([{ data: cells, sheet: 'orders' }]).toFile(join(folder, 'data', 'orders-1.xlsx'));
  const { batch } = await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.xlsx']);
  expect(batch.reconciliation).toMatchObject({
    read: { lines: 12, quantity: '66', amount: '69' },
    loaded: { lines: 12 },
  });
});

it.each([
  ['a column that is missing', 'with-others', COLUMNS.slice(1), 'missing “order_id”'],
  ['one that is there twice', 'with-others', [...COLUMNS, 'amount'], 'some twice'],
  ['another one, where only the order is free', 'any-order', WITH_OTHERS, 'not expected “note.1”'],
  ['another order, where nothing is said', 'exact', REVERSED, 'the order counts'],
])('refuses %s by name', async (_, header, columns, message) => {
  const folder = source(`headers-${message.length}`, header);
  writeFileSync(join(folder, 'data', 'orders-1.csv'), fileOf(columns, ROWS));
  await expect(loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv'])).rejects.toThrow(message);
});
