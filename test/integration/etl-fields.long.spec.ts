/** What the golden mapping leaves empty, taken from another column here: JSON lines, times in an impossible order, clocks that change, merchants and owners. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goldenSource, loadInProcess, query } from './etl-harness.ts';
import { GOOD, loadLines } from './etl-line-kit.ts';
import { bench, loadFields } from './etl-fields-kit.ts';

it('takes no order for another in JSON lines: neither by a rounded number, whatever its writer, nor by U+0000', async () => {
  const folder = goldenSource(bench, 'ids-json', {
    'source.yaml': (text) =>
      text
        .replace('maxRejectedShare: 0.2', 'maxRejectedShare: 1')
        .replace(/orders-\*\.csv([\s\S]*?)format: csv/, 'orders-*.jsonl$1format: jsonl'),
  });
  const ids = ['1.23E15', '1.23e+15', '123E15', '12345678901234567890', '"123E15"', '"T\\u0000"', '"T"'];
  const line = JSON.stringify({ ...GOOD, order_id: 0 });
  const lines = ids.map((id) => line.replace('"order_id":0', `"order_id":${id}`));
  lines.push(line.replace('"U1"', '"U\\u00001"'));
  writeFileSync(join(folder, 'data', 'orders-1.jsonl'), `${lines.join('\n')}\n`);
  const lookups = ['belts', 'merchants', 'memberships'].map((name) => `data/${name}.csv`);
  await loadInProcess(bench, folder, [...lookups, 'data/orders-1.jsonl']);
  const rejects = await query<{ line: number; rule: string; field: string }>(
    bench.client,
    `SELECT toUInt32(line) AS line, faults[1].rule AS rule, faults[1].field AS field FROM quarantine WHERE source = 'ids-json' ORDER BY line`,
  );
  expect(rejects.map(({ line: at, rule, field }) => [at, rule, field])).toEqual([
    [1, 'rounded-id', 'order_id'],
    [2, 'rounded-id', 'order_id'],
    [3, 'rounded-id', 'order_id'],
    [6, 'invisible-character', 'order_id'],
    [8, 'invisible-character', 'buyer_id'],
  ]);
  const kept = await query<{ id: string }>(
    bench.client,
    `SELECT order_id AS id FROM order_lines WHERE source = 'ids-json' ORDER BY file_line`,
  );
  expect(kept.map(({ id }) => id)).toEqual(['12345678901234567890', '123E15', 'T']);
});

it('warns of paid, dispatched and delivered times in an impossible order', async () => {
  await loadFields('order-of-times', [
    {
      paid_at: '2025-01-05 10:00:01',
      dispatched_at: '2025-01-06 10:00:00',
      delivered_at: '2025-01-07 10:00:00',
    },
    { paid_at: '2025-01-05 09:59:59' },
    { dispatched_at: '2025-01-05 09:59:59' },
    { dispatched_at: '2025-01-06 10:00:00', delivered_at: '2025-01-06 09:59:59' },
  ]);
  const rows = await query<{ warnings: string[] }>(
    bench.client,
    `SELECT warnings FROM order_lines WHERE source = 'order-of-times' ORDER BY file_line`,
  );
  expect(rows.map(({ warnings }) => warnings)).toEqual([
    [],
    ['paid-before-placed'],
    ['dispatched-before-placed'],
    ['delivered-before-dispatched'],
  ]);
});

it('reads local times that a change of the clocks skips or repeats in order, and warns of them', async () => {
  // São Paulo: at 2018-11-04 00:00 clocks went to 01:00, at 2018-02-18 00:00 back to 23:00 of the 17th.
  await loadLines(
    bench,
    'coercion-clocks',
    [
      { placed_at: '2018-11-03 23:59:59' },
      { placed_at: '2018-11-04 00:30:00' },
      { placed_at: '2018-11-04 01:00:00' },
      { placed_at: '2018-02-17 22:59:59' },
      { placed_at: '2018-02-17 23:30:00' },
      { placed_at: '2018-02-18 00:00:00' },
      { placed_at: '2018-02-17T23:30:00-03:00' },
      { placed_at: '2018-11-04 10:00:00' },
    ],
    {
      'source.yaml': (text) => text.replaceAll('imeZone: Asia/Shanghai', 'imeZone: America/Sao_Paulo'),
      'data/memberships.csv': (text) => text.replaceAll('2020-01-01', '2010-01-01'),
    },
  );
  const rows = await query<{ placed_at: string; placed_day: string; warnings: string[] }>(
    bench.client,
    `SELECT placed_at, placed_day, warnings FROM order_lines WHERE source = 'coercion-clocks' ORDER BY file_line`,
  );
  expect(rows.map(({ placed_at, placed_day, warnings }) => [placed_at, placed_day, ...warnings])).toEqual([
    ['2018-11-04 02:59:59', '2018-11-03'],
    ['2018-11-04 03:30:00', '2018-11-04', 'clock-change'],
    ['2018-11-04 03:00:00', '2018-11-04'],
    ['2018-02-18 00:59:59', '2018-02-17'],
    ['2018-02-18 01:30:00', '2018-02-17', 'clock-change'],
    ['2018-02-18 03:00:00', '2018-02-18'],
    ['2018-02-18 02:30:00', '2018-02-17'],
    ['2018-11-04 12:00:00', '2018-11-04'],
  ]);
});

it('takes no merchant for another either, nor an owner', async () => {
  const header = 'merchant_id,name,owner_id\n';
  const rows = [
    '1.23E+15,甲,O1',
    '\ufeffM1,乙,O1',
    '"M\t1",丙,O1',
    'M\x1a1,丙,O1',
    'M4,丁,7e+09',
    'M5,戊,',
    'M1,己,O1',
  ];
  const folder = goldenSource(bench, 'fields-merchants', {
    'source.yaml': (text) => text.replace('maxRejectedShare: 0.2', 'maxRejectedShare: 1'),
    'data/merchants.csv': () => `${header}${rows.join('\n')}\n`,
    'data/memberships.csv': (text) => `${text.split('\n')[0]}\nM1,LAMP,2020-01-01,\n`,
    'data/orders-1.csv': (text) => `${text.split('\n')[0]}\n`,
  });
  const files = ['belts', 'merchants', 'memberships', 'orders-1'].map((name) => `data/${name}.csv`);
  const { rejectedLookups } = await loadInProcess(bench, folder, files);
  expect(rejectedLookups.map(({ rule, field, rows: count }) => `${rule} ${field} ${count}`).sort()).toEqual([
    'invisible-character merchant_id 3',
    'required owner_id 1',
    'rounded-id merchant_id 1',
    'rounded-id owner_id 1',
  ]);
  const known = await query(
    bench.client,
    `SELECT merchant_id FROM merchants WHERE source = 'fields-merchants'`,
  );
  expect(known).toEqual([{ merchant_id: 'M1' }]);
});
