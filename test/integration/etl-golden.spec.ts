/** The golden orders, end to end, against figures that were worked out by hand (see fixtures/golden/README.md). */
import { figures, goldenSource, loadInProcess, query } from './etl-harness.ts';
import { bench, LOOKUPS, AFTER_SECOND, monthsText } from './etl-golden-kit.ts';

const AFTER_FIRST = [
  'LAMP 2025-01 4: 1 lines, 0 orders, 0 merchants, 0 buyers, 500 pieces, 3000 gmv, 0 refund',
  'LAMP 2025-01 10: 1 lines, 1 orders, 0 merchants, 0 buyers, 10 pieces, 200 gmv, 0 refund',
  'LAMP 2025-01 16: 1 lines, 1 orders, 0 merchants, 1 buyers, 1 pieces, 99.9 gmv, 0 refund',
  'LAMP 2025-01 26: 0 lines, 0 orders, 1 merchants, 0 buyers, 0 pieces, 0 gmv, 0 refund',
  'LAMP 2025-01 39: 1 lines, 1 orders, 0 merchants, 1 buyers, 2 pieces, 30 gmv, 0 refund',
  'LAMP 2025-01 64: 1 lines, 0 orders, 0 merchants, 0 buyers, 1000 pieces, 5000 gmv, 0 refund',
  // An order, a buyer and a merchant with classic wholesale beside other tracks are in both.
  'LAMP 2025-01 68: 0 lines, 1 orders, 0 merchants, 0 buyers, 0 pieces, 0 gmv, 0 refund',
  'LAMP 2025-01 78: 0 lines, 0 orders, 0 merchants, 1 buyers, 0 pieces, 0 gmv, 0 refund',
  'LAMP 2025-01 103: 0 lines, 0 orders, 1 merchants, 0 buyers, 0 pieces, 0 gmv, 0 refund',
  'LAMP 2025-02 1: 1 lines, 1 orders, 1 merchants, 1 buyers, 3 pieces, 60 gmv, 0 refund',
  'SOCK 2025-01 1: 1 lines, 1 orders, 1 merchants, 1 buyers, 1 pieces, 9.9 gmv, 0 refund',
  'SOCK 2025-02 1: 1 lines, 1 orders, 1 merchants, 1 buyers, 4 pieces, 80 gmv, 0 refund',
  'SOCK 2025-02 64: 1 lines, 1 orders, 1 merchants, 1 buyers, 100 pieces, 1000 gmv, 0 refund',
  'nation 2025-01 1: 1 lines, 1 orders, 1 merchants, 1 buyers, 1 pieces, 9.9 gmv, 0 refund',
  'nation 2025-01 4: 1 lines, 0 orders, 0 merchants, 0 buyers, 500 pieces, 3000 gmv, 0 refund',
  'nation 2025-01 10: 1 lines, 1 orders, 0 merchants, 0 buyers, 10 pieces, 200 gmv, 0 refund',
  'nation 2025-01 16: 1 lines, 1 orders, 0 merchants, 1 buyers, 1 pieces, 99.9 gmv, 0 refund',
  'nation 2025-01 26: 0 lines, 0 orders, 1 merchants, 0 buyers, 0 pieces, 0 gmv, 0 refund',
  'nation 2025-01 39: 1 lines, 1 orders, 0 merchants, 1 buyers, 2 pieces, 30 gmv, 0 refund',
  'nation 2025-01 64: 1 lines, 0 orders, 0 merchants, 0 buyers, 1000 pieces, 5000 gmv, 0 refund',
  'nation 2025-01 68: 0 lines, 1 orders, 0 merchants, 0 buyers, 0 pieces, 0 gmv, 0 refund',
  'nation 2025-01 78: 0 lines, 0 orders, 0 merchants, 1 buyers, 0 pieces, 0 gmv, 0 refund',
  'nation 2025-01 103: 0 lines, 0 orders, 1 merchants, 0 buyers, 0 pieces, 0 gmv, 0 refund',
  // A merchant that moved within the month is one merchant of the nation, and one of each belt.
  'nation 2025-02 1: 2 lines, 2 orders, 1 merchants, 1 buyers, 7 pieces, 140 gmv, 0 refund',
  'nation 2025-02 64: 1 lines, 1 orders, 1 merchants, 1 buyers, 100 pieces, 1000 gmv, 0 refund',
];

describe('the first file', () => {
  let folder: string;
  let version: number;

  beforeAll(async () => {
    folder = goldenSource(bench, 'golden-steps');
    const { batch } = await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv']);
    version = batch.batchId;
    expect(batch.state).toBe('committed');
    expect(batch.reconciliation).toEqual({
      read: { lines: 12, quantity: '2126', amount: '12539.8' },
      loaded: { lines: 10, quantity: '1626', amount: '9529.8' },
      superseded: { lines: 1, quantity: '500', amount: '3000' },
      rejected: { lines: 1, quantity: '0', amount: '10' },
      ignored: { lines: 0, quantity: '0', amount: '0' },
      replacedLines: 0,
    });
  });

  it('gives the months by belt and in the nation, each unit under its own combination', async () => {
    expect(await monthsText('golden-steps')).toEqual(AFTER_FIRST);
  });

  it('gives days, cut in Shanghai', async () => {
    const days = await query<{ belt_id: string; day: string; lines: string }>(
      bench.client,
      `SELECT belt_id, day, sum(lines) AS lines FROM rollup_belt_day WHERE source = 'golden-steps' AND level = 'belt'
       GROUP BY belt_id, day HAVING lines > 0 ORDER BY belt_id, day`,
    );
    expect(days.map(({ belt_id, day, lines }) => `${belt_id} ${day} ${lines}`)).toEqual([
      'LAMP 2025-01-05 2',
      'LAMP 2025-01-06 1',
      'LAMP 2025-01-10 1',
      'LAMP 2025-01-20 1',
      'LAMP 2025-02-09 1',
      'SOCK 2025-01-31 1',
      'SOCK 2025-02-01 1',
      'SOCK 2025-02-10 1',
    ]);
  });

  it('gives merchants with their orders under the orders’ own combination', async () => {
    const rows = await query<Record<string, string>>(
      bench.client,
      `SELECT belt_id, merchant_id, combination, lines, orders, pieces, toString(gmv) AS gmv FROM rollup_merchant_month
       WHERE source = 'golden-steps' AND month = '2025-01-01' ORDER BY ALL`,
    );
    expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
      'LAMP M1 4 1 0 500 3000',
      'LAMP M1 39 1 1 2 30',
      'LAMP M1 64 1 0 1000 5000',
      'LAMP M1 68 0 1 0 0',
      'LAMP M2 10 1 1 10 200',
      'LAMP M2 16 1 1 1 99.9',
      'SOCK M3 1 1 1 1 9.9',
    ]);
  });

  it('gives SKUs with what they sold under each combination, a merchant that moved under both belts', async () => {
    const rows = await query<Record<string, string>>(
      bench.client,
      `SELECT belt_id, month, merchant_id, sku_id, combination, lines, pieces, toString(gmv) AS gmv FROM rollup_sku_month
       WHERE source = 'golden-steps' ORDER BY ALL`,
    );
    expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
      'LAMP 2025-01-01 M1 S-M1 4 1 500 3000',
      'LAMP 2025-01-01 M1 S-M1 39 1 2 30',
      'LAMP 2025-01-01 M1 S-M1 64 1 1000 5000',
      'LAMP 2025-01-01 M2 S-M2 10 1 10 200',
      'LAMP 2025-01-01 M2 S-M2 16 1 1 99.9',
      'LAMP 2025-02-01 M2 S-M2 1 1 3 60',
      'SOCK 2025-01-01 M3 S-M3 1 1 1 9.9',
      'SOCK 2025-02-01 M2 S-M2 1 1 4 80',
      'SOCK 2025-02-01 M3 S-M3 64 1 100 1000',
    ]);
  });

  it('gives merchants and buyers of each month as sets of their numbers', async () => {
    const active = async (unit: string, where: string): Promise<string[]> => {
      const rows = await query<{ cell: string }>(
        bench.client,
        `SELECT concat(belt_id, ' ', formatDateTime(month, '%Y-%m'), ' ', toString(track_bit), ' ', arrayStringConcat(arraySort(groupArray(unit_id)), ' ')) AS cell
         FROM (SELECT belt_id, month, track_bit, arrayJoin(bitmapToArray(active)) AS unit_no FROM rollup_active_month
           WHERE source = 'golden-steps' AND unit = {unit:String} AND ${where}) AS sets
         INNER JOIN (SELECT unit_id, unit_no FROM unit_numbers WHERE source = 'golden-steps' AND unit = {unit:String}) AS numbers USING (unit_no)
         GROUP BY belt_id, month, track_bit ORDER BY ALL`,
        { unit },
      );
      return rows.map(({ cell }) => cell.trim());
    };
    expect(await active('buyer', `level = 'belt' AND track_bit IN (0, 4)`)).toEqual([
      'LAMP 2025-01 0 U1 U2 U3',
      'LAMP 2025-01 4 U1 U2',
      'LAMP 2025-02 0 U2',
      'SOCK 2025-01 0 U4',
      'SOCK 2025-02 0 U1 U2',
    ]);
    // A merchant that moved within the month is in both belts, and once in the nation.
    expect(await active('merchant', `track_bit IN (0, 64) AND month = '2025-02-01'`)).toEqual([
      '2025-02 0 M2 M3',
      '2025-02 64 M3',
      'LAMP 2025-02 0 M2',
      'SOCK 2025-02 0 M2 M3',
      'SOCK 2025-02 64 M3',
    ]);
  });

  it('quarantines the bad row with where it stood, its text and what is wrong', async () => {
    const rows = await query(
      bench.client,
      `SELECT f.name AS file, toUInt32(q.line) AS line, raw, faults, toInt32(quantity) AS quantity, toString(amount) AS amount
       FROM quarantine AS q INNER JOIN load_files AS f ON q.batch_id = f.batch_id AND q.file_no = f.file_no WHERE q.source = 'golden-steps'`,
    );
    expect(rows).toEqual([
      {
        file: 'orders-1.csv',
        line: 13,
        raw: 'A0,1,2025-01-05 10:00:00,2025-01-08 10:00:00,delivered,M1,U1,retailer,CN,CN,wholesale,,many,10.00,0.00,0,0',
        faults: [{ rule: 'invalid-number', field: 'quantity', value: 'many' }],
        quantity: 0,
        amount: '10',
      },
    ]);
  });

  it('is one version, through the last day with an order', async () => {
    const rows = await query(
      bench.client,
      `SELECT toUInt32(data_version) AS version, months, data_through FROM data_versions WHERE source = 'golden-steps'`,
    );
    expect(rows).toEqual([{ version, months: ['2025-01-01', '2025-02-01'], data_through: '2025-02-10' }]);
  });

  describe('and then the second', () => {
    beforeAll(async () => {
      const { batch } = await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-2.csv']);
      expect(batch.reconciliation).toEqual({
        read: { lines: 6, quantity: '913', amount: '4769.8' },
        loaded: { lines: 5, quantity: '13', amount: '269.8' },
        superseded: { lines: 1, quantity: '900', amount: '4500' },
        rejected: { lines: 0, quantity: '0', amount: '0' },
        ignored: { lines: 0, quantity: '0', amount: '0' },
        replacedLines: 5,
      });
    });

    it('revises the months: refund, moves between months and merchants, payment and cancellation', async () => {
      expect(await monthsText('golden-steps')).toEqual(AFTER_SECOND);
    });

    it('leaves the first version as it was published', async () => {
      expect(await monthsText('golden-steps', version)).toEqual(AFTER_FIRST);
    });

    it('traces figures to both batches', async () => {
      const rows = await query<{ batch: number; lines: string; gmv: string }>(
        bench.client,
        `SELECT toUInt32(batch_id) AS batch, sum(lines) AS lines, toString(sum(gmv)) AS gmv FROM rollup_lineage
         WHERE source = 'golden-steps' AND data_version = (SELECT max(data_version) FROM data_versions WHERE source = 'golden-steps')
         GROUP BY batch ORDER BY batch`,
      );
      expect(rows.map(({ lines, gmv }) => `${lines} ${gmv}`)).toEqual(['5 9260', '4 189.8']);
    });

    it('does nothing when the files come again', async () => {
      const before = await figures(bench.client, 'golden-steps');
      const { batch } = await loadInProcess(bench, folder, [
        ...LOOKUPS,
        'data/orders-1.csv',
        'data/orders-2.csv',
      ]);
      expect(batch.state).toBe('unchanged');
      expect(await figures(bench.client, 'golden-steps')).toEqual(before);
    });
  });
});

it('an order and a buyer of several belts are kept, by belt and day', async () => {
  const row = (order: string, line: number, day: string, merchant: string, isCustom: 0 | 1) =>
    `${order},${line},${day} 10:00:00,2025-01-20 10:00:00,paid,${merchant},U7,retailer,CN,CN,wholesale,,1,10.00,0.00,${isCustom},0\n`;
  const folder = goldenSource(bench, 'spread', {
    'data/orders-1.csv': (text) =>
      text.split('\n', 1)[0] +
      '\n' +
      // One order of two belts on two days; one of two merchants of one belt; two orders of one buyer on one day.
      row('S1', 1, '2025-01-10', 'M1', 0) +
      row('S1', 2, '2025-01-11', 'M3', 1) +
      row('S2', 1, '2025-01-12', 'M1', 0) +
      row('S2', 2, '2025-01-12', 'M2', 0) +
      row('S3', 1, '2025-01-13', 'M1', 0) +
      row('S4', 1, '2025-01-13', 'M3', 0),
  });
  await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-1.csv']);
  const rows = await query<Record<string, string>>(
    bench.client,
    `SELECT unit, day, belt_id, combination FROM rollup_spread_day WHERE source = 'spread' ORDER BY ALL`,
  );
  expect(rows.map((one) => Object.values(one).join(' '))).toEqual([
    'buyer 2025-01-13 LAMP 64',
    'buyer 2025-01-13 SOCK 64',
    'order 2025-01-10 LAMP 64',
    'order 2025-01-11 SOCK 4',
  ]);
});
