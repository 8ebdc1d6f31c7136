/** What comes of SELECTs that a source may say: which row of a lookup they take, and whose fault it is where they fail on a value. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSource } from '@beltline/etl/load';
import { type Bench, goldenSource, loadInProcess, openBench, query, sourceOf } from './etl-harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

describe('a SELECT', () => {
  it.each([
    'toUUID(buyer_id)',
    // Would be of this year, and of the next one when it is loaded again.
    "toDateTime(concat('Jan 5 12:00', left(buyer_id, 0)))",
    "CAST(concat('Jan 5 12:00', left(buyer_id, 0)) AS DateTime)",
    'toIPv4(buyer_id)',
    'toIPv6(buyer_id)',
    "CAST(buyer_id AS Enum8('a' = 1))",
    'CAST(buyer_id AS Bool)',
    'CAST(buyer_id AS Array(UInt8))',
    'CAST(buyer_id AS Tuple(UInt8, UInt8))',
    "decrypt('aes-128-ecb', buyer_id, '0123456789012345')",
    "like(buyer_id, concat(buyer_id, '\\\\'))",
    '(SELECT name FROM merchants)',
    'merchant_id IN (SELECT * FROM merchants)',
  ])('that fails on what it reads in %s is a fault of the mapping as well', async (expression) => {
    const folder = goldenSource(bench, 'guard-values', {
      'order-lines.sql': (text) => text.replace("'goods' AS", () => `toString(${expression}) AS`),
    });
    await expect(loadInProcess(bench, folder, ['data'])).rejects.toThrow(/order-lines\.sql: \S/);
  });

  it('whose constants would take all memory of the engine is refused by check as by load', async () => {
    const folder = goldenSource(bench, 'guard-constants', {
      'order-lines.sql': (text) =>
        text.replace(
          "'goods' AS",
          'toString(arraySum(arrayMap(x -> arraySum(arrayMap(y -> cityHash64(x, y), range(100000))), range(100000)))) AS',
        ),
    });
    for (const attempt of [
      () => checkSource(bench.engine, sourceOf(folder)),
      () => loadInProcess(bench, folder, ['data']),
    ])
      await expect(attempt()).rejects.toMatchObject({
        name: 'LoadRefusedError',
        message: expect.stringContaining('order-lines.sql: it takes too much memory, and was stopped.'),
      });
  });

  it.each(['_line', '_file_no'])(
    'that takes %s of a lookup is refused by check as by load',
    async (place) => {
      const folder = goldenSource(bench, 'guard-place', {
        'order-lines.sql': (text) =>
          text
            .replace(place, `m.${place} AS ${place}`)
            .replace(
              'FROM orders',
              'FROM orders LEFT ANY JOIN merchants AS m ON orders.merchant_id = m.merchant_id',
            ),
      });
      for (const attempt of [
        () => checkSource(bench.engine, sourceOf(folder)),
        () => loadInProcess(bench, folder, [join(folder, 'data')]),
      ])
        await expect(attempt()).rejects.toMatchObject({
          name: 'LoadRefusedError',
          message: expect.stringContaining('_file_no and _line must be those of the record'),
        });
    },
  );

  it('that joins a lookup of repeated keys takes the first row of each, in every load', async () => {
    const merchants = ['M1', 'M2', 'M3'];
    const rows = Array.from({ length: 400_000 }, (_, index) => `${merchants[index % 3]},${index},x`);
    const folder = goldenSource(bench, 'guard-any', {
      'source.yaml': (text) =>
        text.replace(
          '  - table: orders',
          () =>
            '  - { table: kinds, role: lookup, match: kinds.csv, format: csv, columns: [merchant_id, kind, rest] }\n  - table: orders',
        ),
      'order-lines.sql': (text) =>
        text
          .replace("'goods' AS", "concat(kinds.kind, ' ', firsts.kind) AS")
          .replaceAll(/\b(merchant_id,|merchant_id\))/g, 'orders.$1')
          .replace(
            'FROM orders',
            `FROM orders LEFT ANY JOIN kinds ON orders.merchant_id = kinds.merchant_id
             LEFT ANY JOIN (SELECT merchant_id AS id, any(kind) AS kind FROM kinds GROUP BY merchant_id) AS firsts ON orders.merchant_id = firsts.id`,
          )
          .replace('_file_no, _line,', 'orders._file_no AS _file_no, orders._line AS _line,')
          .replace('orders.merchant_id, buyer_id', 'orders.merchant_id AS merchant_id, buyer_id'),
    });
    // Quoted lines are read by another branch than plain ones.
    rows[3] = `M1,"third",x`;
    rows[1] = `M2,"first, in quotes",x`;
    writeFileSync(join(folder, 'data', 'kinds.csv'), `merchant_id,kind,rest\n${rows.join('\n')}\n`);
    await loadInProcess(bench, folder, ['data']);
    const found = await query<{ merchant_id: string; categories: string[] }>(
      bench.client,
      `SELECT merchant_id, groupUniqArray(category) AS categories FROM order_lines WHERE source = 'guard-any' GROUP BY merchant_id ORDER BY merchant_id`,
    );
    expect(found).toEqual([
      { merchant_id: 'M1', categories: ['0 0'] },
      { merchant_id: 'M2', categories: ['first, in quotes first, in quotes'] },
      { merchant_id: 'M3', categories: ['2 2'] },
    ]);
  });
});
