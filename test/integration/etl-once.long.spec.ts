/** Exactly once: repeated files, corrected files in either order, merchants that move, loads that meet, readers meanwhile. */
import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Bench,
  beltMonths,
  bucketText,
  figures,
  GOLDEN,
  goldenSource,
  loadInProcess,
  openBench,
  query,
  rewrite,
  startCommand,
} from './etl-harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];
const FIRST = [...LOOKUPS, 'data/orders-1.csv'];

async function lines(
  source: string,
): Promise<{ order_id: string; merchant_id: string; day: string; quantity: number }[]> {
  return query(
    bench.client,
    `SELECT order_id, merchant_id, toString(placed_day) AS day, quantity FROM order_lines FINAL WHERE source = {source:String}
     ORDER BY order_id, line_no SETTINGS do_not_merge_across_partitions_select_final = 0`,
    { source },
  );
}

describe('the same content again', () => {
  let folder: string;
  let before: Record<string, string>;

  beforeAll(async () => {
    folder = goldenSource(bench, 'once-again');
    await loadInProcess(bench, folder, FIRST);
    before = await figures(bench.client, 'once-again');
  });

  it('under another file name is known by its bytes', async () => {
    copyFileSync(join(folder, 'data', 'orders-1.csv'), join(folder, 'data', 'orders-renamed.csv'));
    const { batch } = await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-renamed.csv']);
    expect(batch.state).toBe('unchanged');
    expect(await figures(bench.client, 'once-again')).toEqual(before);
  });

  it('in a file with other bytes is superseded row by row, and rebuilds nothing', async () => {
    writeFileSync(
      join(folder, 'data', 'orders-crlf.csv'),
      readFileSync(join(folder, 'data', 'orders-1.csv'), 'utf8').replaceAll('\n', '\r\n'),
    );
    const { batch } = await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-crlf.csv']);
    expect(batch).toMatchObject({ state: 'committed', months: [] });
    expect(batch.reconciliation).toMatchObject({
      read: { lines: 12 },
      loaded: { lines: 0 },
      superseded: { lines: 11 },
      rejected: { lines: 1 },
    });
    expect(await figures(bench.client, 'once-again')).toEqual(before);
  });

  it('with one new row touches the month of that row alone', async () => {
    const text = readFileSync(join(folder, 'data', 'orders-1.csv'), 'utf8');
    const row =
      'B1,1,2025-02-03 10:00:00,2025-02-03 10:00:00,paid,M3,U1,retailer,CN,CN,wholesale,,7,70.00,0.00,0,0\n';
    writeFileSync(join(folder, 'data', 'orders-more.csv'), text + row);
    const { batch } = await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-more.csv']);
    expect(batch).toMatchObject({
      months: ['2025-02-01'],
      reconciliation: { loaded: { lines: 1 }, superseded: { lines: 11 }, replacedLines: 0 },
    });
  });

  it('is read again when a lookup has changed, so that a merchant that was unknown is found', async () => {
    const row =
      'B2,1,2025-02-03 10:00:00,2025-02-03 10:00:00,paid,M7,U1,retailer,CN,CN,wholesale,,7,70.00,0.00,0,0\n';
    rewrite(join(folder, 'data', 'orders-more.csv'), (text) => text + row);
    const rejected = await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-more.csv']);
    expect(rejected.batch.reconciliation.rejected.lines).toBe(2);
    appendFileSync(join(folder, 'data', 'merchants.csv'), 'M7,戊,O7\n');
    const { batch } = await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-more.csv']);
    expect(batch.reconciliation).toMatchObject({ loaded: { lines: 1 }, rejected: { lines: 1 } });
    expect(batch.warnings).toEqual({ 'no-membership': 1 });
  });
});

describe('a line with several states', () => {
  const header = readFileSync(join(GOLDEN, 'data', 'orders-1.csv'), 'utf8').split('\n')[0];
  const row = (placed: string, updated: string, merchant: string, quantity: number): string =>
    `C1,1,${placed} 10:00:00,${updated} 10:00:00,paid,${merchant},U1,retailer,CN,CN,wholesale,,${quantity},10.00,0.00,0,0`;
  // January, then moved to February, then to another merchant in March, then back to where it was.
  const STATES = [
    row('2025-01-10', '2025-01-11', 'M1', 1),
    row('2025-02-10', '2025-02-11', 'M1', 2),
    row('2025-03-10', '2025-03-11', 'M2', 3),
    row('2025-01-10', '2025-04-11', 'M1', 4),
  ];
  const orders = [
    [0, 1, 2, 3],
    [3, 2, 1, 0],
    [1, 3, 0, 2],
    [2, 0, 3, 1],
  ];

  it.each(orders.map((order) => [order.join(''), order] as const))(
    'loaded file by file as %s ends in its newest',
    async (name, order) => {
      const id = `states-${name}`;
      const folder = goldenSource(bench, id);
      for (const state of order) {
        writeFileSync(join(folder, 'data', `orders-s${state}.csv`), `${header}\n${STATES[state]}\n`);
        await loadInProcess(bench, folder, [...LOOKUPS, `data/orders-s${state}.csv`]);
        const seen = order.slice(0, order.indexOf(state) + 1);
        const newest = Math.max(...seen);
        expect(await lines(id)).toMatchObject([{ quantity: newest + 1 }]);
      }
      expect(await lines(id)).toEqual([
        { order_id: 'C1', merchant_id: 'M1', day: '2025-01-10', quantity: 4 },
      ]);
      const months = (await beltMonths(bench.client, id))
        .filter(({ level }) => level === 'nation')
        .map(bucketText);
      expect(months).toEqual([
        'nation 2025-01 64: 1 lines, 1 orders, 1 merchants, 1 buyers, 4 pieces, 10 gmv, 0 refund',
      ]);
    },
  );

  it('loaded at once ends the same', async () => {
    const folder = goldenSource(bench, 'states-once');
    writeFileSync(join(folder, 'data', 'orders-1.csv'), `${header}\n${STATES.join('\n')}\n`);
    const { batch } = await loadInProcess(bench, folder, FIRST);
    expect(batch).toMatchObject({
      months: ['2025-01-01'],
      reconciliation: { loaded: { lines: 1 }, superseded: { lines: 3 } },
    });
    expect(await lines('states-once')).toEqual([
      { order_id: 'C1', merchant_id: 'M1', day: '2025-01-10', quantity: 4 },
    ]);
  });

  it('of the same instant is decided by the later load', async () => {
    const [a, b] = [row('2025-01-10', '2025-01-11', 'M1', 1), row('2025-02-10', '2025-01-11', 'M2', 2)];
    const outcomes: unknown[][] = [];
    for (const [id, files] of [
      ['same-ab', [a, b]],
      ['same-ba', [b, a]],
    ] as const) {
      const folder = goldenSource(bench, id);
      for (const [index, text] of files.entries()) {
        writeFileSync(join(folder, 'data', `orders-s${index}.csv`), `${header}\n${text}\n`);
        await loadInProcess(bench, folder, [...LOOKUPS, `data/orders-s${index}.csv`]);
      }
      outcomes.push(await lines(id));
    }
    expect(outcomes).toMatchObject([
      [{ merchant_id: 'M2', quantity: 2 }],
      [{ merchant_id: 'M1', quantity: 1 }],
    ]);
  });
});

it('a merchant that turns out to have moved takes its months along, and no others', async () => {
  const folder = goldenSource(bench, 'moved');
  await loadInProcess(bench, folder, FIRST);
  const before = await beltMonths(bench.client, 'moved');
  expect(
    before
      .filter(({ belt_id, month }) => belt_id === 'SOCK' && month === '2025-02')
      .map(({ pieces }) => pieces),
  ).toEqual([4, 100]);
  // M3 was in LAMP from February on; M2 has its old memberships, in a row more.
  writeFileSync(
    join(folder, 'data', 'memberships.csv'),
    'merchant_id,belt_id,valid_from,valid_to\nM2,LAMP,2020-01-01,2024-01-01\nM2,LAMP,2024-01-01,2025-02-10\n' +
      'M2,SOCK,2025-02-10,\nM3,SOCK,2020-01-01,2025-02-01\nM3,LAMP,2025-02-01,\n',
  );
  const { batch } = await loadInProcess(bench, folder, LOOKUPS);
  expect(batch).toMatchObject({
    state: 'committed',
    months: ['2025-02-01'],
    reconciliation: { read: { lines: 0 } },
  });
  const after = await beltMonths(bench.client, 'moved');
  const february = (belt: string): number[] =>
    after.filter((row) => row.belt_id === belt && row.month === '2025-02').map((row) => row.pieces);
  expect(february('SOCK')).toEqual([4]);
  expect(february('LAMP')).toEqual([3, 100]);
  expect(after.filter(({ month }) => month === '2025-01')).toEqual(
    before.filter(({ month }) => month === '2025-01'),
  );
  // M1 is not in the file: it keeps what it has.
  const again = await loadInProcess(bench, folder, LOOKUPS);
  expect(again.batch.state).toBe('unchanged');
});

it('quarantines lookups that cannot be: overlaps, unknown belts and merchants, repeated keys', async () => {
  const folder = goldenSource(bench, 'lookups', {
    'source.yaml': (text) => text.replace('maxRejectedShare: 0.2', 'maxRejectedShare: 1'),
    'data/belts.csv': (text) => `${text}LAMP,又,Again,\n`,
    'data/merchants.csv': (text) => `${text}M1,重,O9\nM5,,\n`,
    'data/memberships.csv': (text) =>
      `${text}M1,SOCK,2024-01-01,2024-02-01\nM3,NOWHERE,2019-01-01,2020-01-01\nM9,SOCK,2020-01-01,\nM3,SOCK,2019-01-01,2019-01-01\nM3,SOCK,2019-02-30,\n`,
  });
  const { batch, rejectedLookups } = await loadInProcess(bench, folder, FIRST);
  expect(batch.reconciliation.rejected.lines).toBe(1);
  expect(rejectedLookups).toHaveLength(8);
  const ownerless = { rule: 'required', field: 'owner_id', value: '' };
  expect(rejectedLookups).toContainEqual({ ...ownerless, rows: 1, file: 'merchants.csv', line: 6 });
  const rows = await query<{ file: string; line: number; fault: string }>(
    bench.client,
    `SELECT f.name AS file, toUInt32(q.line) AS line, arrayStringConcat(arrayMap(x -> concat(x.1, ' ', x.2), faults), ', ') AS fault
     FROM quarantine AS q INNER JOIN load_files AS f ON q.batch_id = f.batch_id AND q.file_no = f.file_no
     WHERE q.source = 'lookups' AND f.role = 'lookup' ORDER BY file, line`,
  );
  expect(rows.map(({ file, line, fault }) => `${file}:${line} ${fault}`)).toEqual([
    'belts.csv:4 repeated-key belt_id',
    'memberships.csv:6 overlap valid_from',
    'memberships.csv:7 unknown-belt belt_id',
    'memberships.csv:8 unknown-merchant merchant_id',
    'memberships.csv:9 out-of-range valid_to',
    'memberships.csv:10 invalid-time valid_from',
    'merchants.csv:5 repeated-key merchant_id',
    'merchants.csv:6 required owner_id',
  ]);
});

describe('two loads at once', () => {
  it('wait for each other, and both are whole', async () => {
    const folders = [goldenSource(bench, 'meet-a'), goldenSource(bench, 'meet-b')];
    const runs = folders.map((folder) =>
      startCommand(bench.dataDir, [
        '--source-folder',
        folder,
        'load',
        folder.split('/').at(-1) as string,
        '--files',
        join(folder, 'data'),
        '--json',
      ]),
    );
    const results = await Promise.all(runs.map(({ done }) => done));
    expect(results.map(({ code }) => code)).toEqual([0, 0]);
    const [a, b] = await Promise.all([figures(bench.client, 'meet-a'), figures(bench.client, 'meet-b')]);
    expect(a).toEqual(b);
  });

  it('or one is told who is in the way', async () => {
    const folder = goldenSource(bench, 'meet-c');
    const load = ['--source-folder', folder, 'load', 'meet-c', '--files', join(folder, 'data')];
    const first = startCommand(bench.dataDir, load, { BELTLINE_ETL_PAUSE_AT: 'landed' });
    await first.until('paused at landed');
    const second = await startCommand(bench.dataDir, [...load, '--no-wait']).done;
    expect(second.code).toBe(3);
    expect(second.output).toContain(`process ${first.child.pid}`);
    first.child.kill('SIGTERM');
    expect((await first.done).code).toBe(130);
    const [state] = await query<{ state: string }>(
      bench.client,
      `SELECT state FROM load_events WHERE source = 'meet-c' ORDER BY batch_id DESC, event_no DESC LIMIT 1`,
    );
    expect(state).toEqual({ state: 'abandoned' });
  });
});

it('readers see whole versions only, all through a load', async () => {
  const folder = goldenSource(bench, 'polled');
  await loadInProcess(bench, folder, FIRST);
  const seen = new Set<string>();
  const look = async (): Promise<void> => {
    seen.add((await beltMonths(bench.client, 'polled')).map(bucketText).join('\n'));
  };
  await look();
  let loading = true;
  const load = loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-2.csv']).finally(
    () => (loading = false),
  );
  let looks = 0;
  while (loading) {
    await look();
    looks++;
  }
  await load;
  await look();
  expect(looks).toBeGreaterThan(10);
  expect(seen.size).toBe(2);
});
