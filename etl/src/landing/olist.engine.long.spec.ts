/**
 * The eight files of the Olist set, against what Python's csv module reads from them: the number of records, and the
 * SHA-256 of all fields in order, each followed by U+001F and each record by U+001E. The data is not redistributable and
 * lies beside the repository, where it lies at all.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LandingBench, tableOf } from './spec-kit.ts';

const folder = fileURLToPath(new URL('../../../../shared/data/olist/', import.meta.url));

const FILES = [
  ['olist_customers_dataset.csv', 22_870, '726ea4ddfc9dfca4'],
  ['olist_order_items_dataset.csv', 26_109, '9048fa056a09fde6'],
  ['olist_order_payments_dataset.csv', 23_849, '00cdfa2fafa9b78d'],
  ['olist_order_reviews_dataset.csv', 6_866, '28a713f9051dbee9'],
  ['olist_orders_dataset.csv', 22_870, '7d684f12f5df4426'],
  ['olist_products_dataset.csv', 32_951, '35f35d96ae6d088c'],
  ['olist_sellers_dataset.csv', 3_095, '803753634fb4825a'],
  ['product_category_name_translation.csv', 71, '269988195e574afd'],
] as const;

const withData = existsSync(folder) ? describe : describe.skip;

withData(`Olist (skipped where there is no ${folder})`, () => {
  const bench = new LandingBench();
  beforeAll(() => bench.open());
  afterAll(() => bench.close());

  test.each(FILES)('%s', async (name, count, digest) => {
    const path = `${folder}${name}`;
    const [header = ''] = readFileSync(path, 'utf8').split(/\r?\n/, 1);
    const columns = header.replace('\ufeff', '').replaceAll('"', '').split(',');
    const landed = await bench.land(tableOf(columns), path);
    const hash = createHash('sha256');
    for (const record of landed.records)
      hash.update(columns.map((column) => `${record[column]}\x1f`).join('') + '\x1e');
    expect({
      rows: landed.rows,
      malformed: landed.malformed,
      digest: hash.digest('hex').slice(0, 16),
    }).toEqual({
      rows: count,
      malformed: 0,
      digest,
    });
  });
});
