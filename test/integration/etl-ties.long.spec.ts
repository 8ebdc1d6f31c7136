/** Records of one order line with one updated_at: the later load wins, in a load the later file and row, and it is said. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  type Bench,
  GOLDEN,
  goldenSource,
  loadInProcess,
  openBench,
  query,
  rewrite,
  sweptRuns,
} from './etl-harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];
const FIRST = [...LOOKUPS, 'data/orders-1.csv'];
const HEADER = readFileSync(join(GOLDEN, 'data', 'orders-1.csv'), 'utf8').split('\n')[0] as string;

interface State {
  readonly order: string;
  readonly placed: string;
  readonly updated: string;
  readonly merchant: string;
  readonly quantity: number;
}
const csv = ({ order, placed, updated, merchant, quantity }: State): string =>
  `${order},1,${placed} 10:00:00,${updated} 10:00:00,paid,${merchant},U1,retailer,CN,CN,wholesale,,${quantity},10.00,0.00,0,0`;

async function inForce(source: string): Promise<Record<string, string>> {
  const rows = await query<{ order_id: string; state: string }>(
    bench.client,
    `SELECT concat(order_id, if(line_no = 1, '', concat('/', toString(line_no)))) AS order_id, concat(toString(placed_day), ' ', formatDateTime(updated_at, '%F'), ' ', merchant_id, ' ', toString(quantity)) AS state
     FROM order_lines FINAL WHERE source = {source:String} AND is_deleted = 0 ORDER BY order_id
     SETTINGS do_not_merge_across_partitions_select_final = 0`,
    { source },
  );
  const states = Object.fromEntries(rows.map((row) => [row.order_id, row.state]));
  expect(Object.keys(states)).toHaveLength(rows.length); // each line is in force once
  return states;
}
const shown = ({ placed, updated, merchant, quantity }: State): string =>
  `${placed} ${updated} ${merchant} ${quantity}`;

async function gmv(source: string): Promise<string> {
  const [row] = await query<{ gmv: string }>(
    bench.client,
    `SELECT toString(sum(amount)) AS gmv FROM order_lines FINAL WHERE source = {source:String} AND is_deleted = 0`,
    { source },
  );
  return row?.gmv ?? '';
}

describe('a mapping that has changed', () => {
  const dearer = (text: string) =>
    text.replace(/\bamount\b(?!\s*AS)/, 'toString(round(toDecimal64OrZero(amount, 2) * 1.2, 2)) AS amount');

  it('is applied to every line of the same files, and so is the old one again', async () => {
    const folder = goldenSource(bench, 'ties-mapping');
    await loadInProcess(bench, folder, FIRST);
    const before = await gmv('ties-mapping');
    const select = join(folder, 'order-lines.sql');
    const old = readFileSync(select, 'utf8');
    rewrite(select, dearer);
    expect(readFileSync(select, 'utf8')).not.toBe(old);
    const mapped = await loadInProcess(bench, folder, FIRST);
    expect(mapped.batch.state).toBe('committed');
    expect(mapped.batch.warnings['same-instant-replaced']).toBe(10);
    expect(Number(await gmv('ties-mapping'))).toBeCloseTo(Number(before) * 1.2, 2);
    writeFileSync(select, old);
    const back = await loadInProcess(bench, folder, FIRST);
    expect(back.batch.state).toBe('committed');
    expect(await gmv('ties-mapping')).toBe(before);
    expect((await loadInProcess(bench, folder, FIRST)).batch.state).toBe('unchanged');
  });

  it('is refused where lines of before would stay as they were, unless they may', async () => {
    const folder = goldenSource(bench, 'ties-half');
    await loadInProcess(bench, folder, FIRST);
    const before = await inForce('ties-half');
    rewrite(join(folder, 'order-lines.sql'), dearer);
    const files = [...LOOKUPS, 'data/orders-2.csv'];
    await expect(loadInProcess(bench, folder, files)).rejects.toThrow(
      /mapping of ties-half is not the one that \d+ lines in force.*orders-1\.csv.*Nothing was changed.*--keep-old-lines/s,
    );
    expect(await inForce('ties-half')).toEqual(before);
    expect((await loadInProcess(bench, folder, files, undefined, true)).batch.state).toBe('committed');
    // And with both files nothing of the old mapping is left.
    expect((await loadInProcess(bench, folder, [...FIRST, 'data/orders-2.csv'])).batch.state).toBe(
      'committed',
    );
  });

  it('of which only names have changed, its own or those of its files, is the same mapping', async () => {
    const folder = goldenSource(bench, 'ties-name');
    await loadInProcess(bench, folder, FIRST);
    rewrite(join(folder, 'source.yaml'), (text) =>
      text.replace('黄金数据', '新名').replace('match: orders-*.csv', "match: 'orders-*.{csv,csv.gz}'"),
    );
    await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-2.csv']);
  });
});

describe('two records of one line with one updated_at in one load', () => {
  const record = (order: string, quantity: number): State => ({
    order,
    placed: '2025-01-10',
    updated: '2025-01-11',
    merchant: 'M1',
    quantity,
  });

  it('end in the later one, with a warning', async () => {
    const folder = goldenSource(bench, 'ties-load');
    const states = [record('X1', 1), record('X1', 2), record('X2', 3), record('X3', 4), record('X4', 5)];
    writeFileSync(join(folder, 'data', 'orders-t.csv'), `${[HEADER, ...states.map(csv)].join('\n')}\n`);
    rewrite(join(folder, 'source.yaml'), (text) =>
      text
        .replace(/maxRejectedShare: .*/, '')
        .trimEnd()
        .concat('\nmaxRejectedShare: 0.5\n'),
    );
    const { batch } = await loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-t.csv']);
    expect(batch.warnings).toMatchObject({ 'same-instant-in-load': 1 });
    expect((await inForce('ties-load'))['X1']).toBe(shown(record('X1', 2)));
  });

  it('are refused where there are many, with the first of them: order numbers were mangled', async () => {
    const folder = goldenSource(bench, 'ties-mangled');
    const states = Array.from({ length: 20 }, (_, n) => record('1230000000000000', n));
    writeFileSync(join(folder, 'data', 'orders-t.csv'), `${[HEADER, ...states.map(csv)].join('\n')}\n`);
    rewrite(join(folder, 'source.yaml'), (text) =>
      text
        .replace(/maxRejectedShare: .*/, '')
        .trimEnd()
        .concat('\nmaxRejectedShare: 0.1\n'),
    );
    await expect(loadInProcess(bench, folder, [...LOOKUPS, 'data/orders-t.csv'])).rejects.toThrow(
      /19 of 20 records .*order 1230000000000000 in orders-t\.csv, line 2.*shortened/s,
    );
    expect(await inForce('ties-mangled')).toEqual({});
  });
});

describe('random loads with few instants', () => {
  const state: fc.Arbitrary<State> = fc.record({
    order: fc.constantFrom('R1', 'R2', 'R3'),
    placed: fc.constantFrom('2025-01-10', '2025-02-10'),
    updated: fc.constantFrom('2025-02-11', '2025-02-12'),
    merchant: fc.constantFrom('M1', 'M3'),
    quantity: fc.integer({ min: 1, max: 3 }),
  });
  const file = fc.array(state, { minLength: 1, maxLength: 6 });
  const load = fc.array(file, { minLength: 1, maxLength: 2 });

  /** Objects of fast-check have no prototype, which messages of expect cannot show. */
  const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

  /** The rule as it is written down, one record after the other. */
  function naive(loads: readonly State[][][]): Record<string, string> {
    const winners = new Map<string, State>();
    for (const record of loads.flat(2)) {
      const before = winners.get(record.order);
      if (!before || record.updated >= before.updated) winners.set(record.order, record);
    }
    return Object.fromEntries([...winners].sort().map(([order, winner]) => [order, shown(winner)]));
  }

  it('end as the rule says, whatever place a record lies in', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(load, { minLength: 2, maxLength: 4 }).map(plain), async (loads) => {
        const id = `ties-random-${run++}`;
        const folder = goldenSource(bench, id);
        rewrite(join(folder, 'source.yaml'), (text) =>
          text
            .replace(/maxRejectedShare: .*/, '')
            .trimEnd()
            .concat('\nmaxRejectedShare: 1\n'),
        );
        for (const [number, files] of loads.entries()) {
          const names = files.map((states, index) => {
            const name = `data/orders-${number}-${index}.csv`;
            writeFileSync(join(folder, name), `${[HEADER, ...states.map(csv)].join('\n')}\n`);
            return name;
          });
          const { batch } = await loadInProcess(bench, folder, [...LOOKUPS, ...names]);
          if (batch.state === 'committed') {
            const { read, loaded, superseded, rejected } = batch.reconciliation;
            expect(loaded.lines + superseded.lines + rejected.lines).toBe(read.lines);
          }
        }
        expect(await inForce(id)).toEqual(naive(loads));
      }),
      { numRuns: sweptRuns(10), seed: 11, endOnFailure: true },
    );
  });
});
