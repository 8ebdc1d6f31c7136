/** A source that exports everything (`mode: full`): lines that are gone from an export are withdrawn, counted, and come back. */
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
const ROWS = readFileSync(join(GOLDEN, 'data', 'orders-1.csv'), 'utf8')
  .trim()
  .split('\n');
const [HEADER = ''] = ROWS;
/** The good rows, without the exact duplicate and the bad one. */
const GOOD = ROWS.slice(1, 11);

function source(id: string, settings: string): string {
  const folder = goldenSource(bench, id);
  rewrite(join(folder, 'source.yaml'), (text) => `${text.trimEnd()}\n${settings}\n`);
  return folder;
}
let exports = 0;
async function load(folder: string, rows: readonly string[]) {
  const name = `data/orders-full-${exports++}.csv`;
  writeFileSync(join(folder, name), `${[HEADER, ...rows].join('\n')}\n`);
  return (await loadInProcess(bench, folder, [...LOOKUPS, name])).batch;
}

async function readersSee(id: string): Promise<string> {
  const [row] = await query<{ seen: string }>(
    bench.client,
    `SELECT concat(toString(sum(lines)), ' ', toString(sum(gmv))) AS seen FROM rollup_belt_month
     WHERE source = {source:String} AND level = 'belt' AND (month, data_version) IN (
       SELECT month, max(data_version) FROM data_versions ARRAY JOIN months AS month WHERE source = {source:String} GROUP BY month)`,
    { source: id },
  );
  return row?.seen ?? '';
}
async function inForce(id: string): Promise<string[]> {
  const rows = await query<{ line: string }>(
    bench.client,
    `SELECT concat(order_id, '/', toString(line_no)) AS line FROM order_lines FINAL WHERE source = {source:String} AND is_deleted = 0 ORDER BY line`,
    { source: id },
  );
  return rows.map(({ line }) => line);
}

it('withdraws what is gone from the months it covers, and takes it back when it is there again', async () => {
  const folder = source('full', 'mode: full\nmaxWithdrawnShare: 0.5');
  await load(folder, GOOD);
  const whole = { seen: await readersSee('full'), lines: await inForce('full') };
  const gone = await load(
    folder,
    GOOD.filter((row) => !row.startsWith('A2,') && !row.startsWith('A8,')),
  );
  expect(gone.warnings).toMatchObject({ withdrawn: 2 });
  expect(await inForce('full')).toEqual(whole.lines.filter((line) => line !== 'A2/1' && line !== 'A8/1'));
  expect(await readersSee('full')).not.toBe(whole.seen);
  expect((await load(folder, GOOD)).warnings['withdrawn']).toBeUndefined();
  expect(await inForce('full')).toEqual(whole.lines);
  expect(await readersSee('full')).toBe(whole.seen);
});

it('leaves the months alone of which an export brings nothing', async () => {
  const folder = source('full-months', 'mode: full\nmaxWithdrawnShare: 0.5');
  await load(folder, GOOD);
  const february = GOOD.filter((row) => row.split(',')[2]?.startsWith('2025-02'));
  expect(february.length).toBeGreaterThan(0);
  const batch = await load(folder, february);
  const lines = await inForce('full-months');
  for (const row of GOOD.filter((one) => !/^A5/.test(one)))
    expect(lines).toContain(row.split(',').slice(0, 2).join('/'));
  expect(batch.warnings['withdrawn'] ?? 0).toBeLessThanOrEqual(1);
});

it('refuses half an export, and changes nothing', async () => {
  const folder = source('full-half', 'mode: full');
  await load(folder, GOOD);
  const before = await inForce('full-half');
  await expect(load(folder, GOOD.slice(0, 5))).rejects.toThrow(
    /5 of 10 lines in force .* more than the 10 % .*Nothing was changed\. Is the export whole\?|\d of \d+ lines in force/s,
  );
  expect(await inForce('full-half')).toEqual(before);
});

it('of a source that exports changes, nothing is withdrawn', async () => {
  const folder = source('full-changes', 'mode: changes');
  await load(folder, GOOD);
  const before = await inForce('full-changes');
  expect((await load(folder, GOOD.slice(0, 2))).warnings['withdrawn']).toBeUndefined();
  expect(await inForce('full-changes')).toEqual(before);
});

/** Rows of one merchant and month that nothing else in the test touches. */
const rows = (prefix: string, month: string, lines: number): string[] =>
  Array.from(
    { length: lines },
    (_, n) =>
      `${prefix}${n},1,${month}-05 10:00:00,${month}-06 10:00:00,paid,M1,U1,retailer,CN,CN,wholesale,,${n + 1},10.00,0.00,0,0`,
  );
const keys = (written: readonly string[]): string[] =>
  written.map((row) => row.split(',').slice(0, 2).join('/')).sort();

it('leaves a line in force whose record is in the export and is rejected', async () => {
  const folder = source('full-rejected', 'mode: full');
  const good = rows('R', '2025-01', 20);
  await load(folder, good);
  const [first = '', ...rest] = good;
  const bad = first.replace(',paid,', ',sold,');
  expect(bad).not.toBe(first);
  const batch = await load(folder, [bad, ...rest]);
  expect(batch.reconciliation.rejected.lines).toBe(1);
  expect(batch.warnings['withdrawn']).toBeUndefined();
  expect(await inForce('full-rejected')).toEqual(keys(good));
});

it('withdraws nothing where a record cannot be taken apart: it may be any of those that seem gone', async () => {
  const folder = source('full-malformed', 'mode: full');
  const good = rows('F', '2025-01', 20);
  await load(folder, good);
  const before = await inForce('full-malformed');
  const [, ...rest] = good;
  const withheld = await load(folder, ['F0,1,2025-01-05 10:00:00', ...rest]);
  expect(withheld.reconciliation.rejected.lines).toBe(1);
  expect(withheld.warnings).toEqual({ 'withdrawal-withheld': 1 });
  expect(await inForce('full-malformed')).toEqual(before);
  // With nothing gone, a record that cannot be taken apart is a rejected one like others.
  const batch = await load(folder, ['F99,1,2025-01-05 10:00:00', ...good]);
  expect(batch.reconciliation.rejected.lines).toBe(1);
  expect(batch.warnings).toEqual({});
  // And once every record can be read, what is gone is withdrawn.
  expect((await load(folder, rest)).warnings).toEqual({ withdrawn: 1 });
  expect(await inForce('full-malformed')).toEqual(keys(rest));
});

it.each([
  ['rounded', '1.23E+15'],
  ['marked', '\ufeffA2'],
  ['missing', ''],
])(
  'withdraws nothing where the number of an order is %s: it may be any of those that seem gone',
  async (id, number) => {
    const folder = source(`full-${id}`, 'mode: full\nmaxWithdrawnShare: 0.5');
    await load(folder, GOOD);
    const before = await inForce(`full-${id}`);
    const { warnings } = await load(
      folder,
      GOOD.map((row) => row.replace(/^A2,/, `${number},`)),
    );
    expect(warnings).toMatchObject({ 'withdrawal-withheld': 1 });
    expect(await inForce(`full-${id}`)).toEqual(before);
  },
);

it('reads a file again that has not changed beside one that has, and withdraws none of its lines', async () => {
  const folder = source('full-two-files', 'mode: full');
  const [one, two] = [rows('P', '2025-01', 2), rows('Q', '2025-01', 40)];
  const write = (name: string, written: readonly string[]): string => {
    writeFileSync(join(folder, 'data', name), `${[HEADER, ...written].join('\n')}\n`);
    return `data/${name}`;
  };
  const unchanged = write('orders-same.csv', one);
  await loadInProcess(bench, folder, [...LOOKUPS, unchanged, write('orders-a.csv', two)]);
  const { batch } = await loadInProcess(bench, folder, [
    ...LOOKUPS,
    unchanged,
    write('orders-b.csv', [...two, ...rows('N', '2025-01', 1)]),
  ]);
  expect(batch.warnings['withdrawn']).toBeUndefined();
  expect(await inForce('full-two-files')).toEqual(keys([...one, ...two, ...rows('N', '2025-01', 1)]));
  const again = await loadInProcess(bench, folder, [...LOOKUPS, unchanged, 'data/orders-b.csv']);
  expect(again.batch.state).toBe('unchanged');
  // One of its files alone is another export, and less than a tenth of this one.
  await expect(loadInProcess(bench, folder, [...LOOKUPS, unchanged])).rejects.toThrow(
    /41 of 43 lines in force/,
  );
});

it('refuses to empty a month of which the export brings a stray line, however many other months are whole', async () => {
  const folder = source('full-stray', 'mode: full');
  const [old, recent] = [rows('O', '2025-01', 3), rows('T', '2025-02', 97)];
  await load(folder, [...old, ...recent]);
  const before = await inForce('full-stray');
  await expect(load(folder, [...old.slice(0, 1), ...recent])).rejects.toThrow(
    /2 of 3 lines in force .*2025-01.*Nothing was changed/s,
  );
  expect(await inForce('full-stray')).toEqual(before);
});

describe('random exports', () => {
  interface State {
    readonly order: string;
    readonly month: string;
    readonly updated: string;
    readonly merchant: string;
    readonly quantity: number;
    readonly isBad: boolean;
  }
  const state: fc.Arbitrary<State> = fc.record({
    order: fc.constantFrom('R1', 'R2', 'R3', 'R4'),
    month: fc.constantFrom('2025-01', '2025-02'),
    updated: fc.constantFrom('2025-02-11', '2025-02-12'),
    merchant: fc.constantFrom('M1', 'M3'),
    quantity: fc.integer({ min: 1, max: 3 }),
    isBad: fc.nat(5).map((n) => n === 5),
  });
  const loads = fc.array(fc.array(state, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 5 });

  const csv = ({ order, month, updated, merchant, quantity, isBad }: State): string =>
    `${order},1,${month}-10 10:00:00,${updated} 10:00:00,${isBad ? 'sold' : 'paid'},${merchant},U1,retailer,CN,CN,wholesale,,${quantity},10.00,0.00,0,0`;
  const shown = ({ order, month, updated, merchant, quantity }: State): string =>
    [order, month, updated, merchant, quantity].join(' ');

  /** The rule as it is written down: what is in force after each export, and how many lines it withdrew. */
  function naive(exported: readonly (readonly State[])[]): { states: string[]; withdrawn: number }[] {
    const inForce = new Map<string, State>();
    return exported.map((records) => {
      const good = records.filter(({ isBad }) => !isBad);
      const months = new Set(good.map(({ month }) => month));
      const orders = new Set(records.map(({ order }) => order));
      const gone = [...inForce.values()].filter(
        ({ order, month }) => months.has(month) && !orders.has(order),
      );
      for (const { order } of gone) inForce.delete(order);
      for (const one of good) {
        const before = inForce.get(one.order);
        if (!before || one.updated >= before.updated) inForce.set(one.order, one);
      }
      return { states: [...inForce.values()].map(shown).sort(), withdrawn: gone.length };
    });
  }
  const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

  it('leave in force what the rule says, and balance', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(loads.map(plain), async (exported) => {
        const id = `full-random-${run++}`;
        const folder = source(id, 'mode: full\nmaxWithdrawnShare: 1');
        rewrite(join(folder, 'source.yaml'), (text) =>
          text.replace('maxRejectedShare: 0.2', 'maxRejectedShare: 1'),
        );
        const expected = naive(exported);
        for (const [index, records] of exported.entries()) {
          const batch = await load(folder, records.map(csv));
          if (batch.state === 'committed') {
            const { read, loaded, superseded, rejected } = batch.reconciliation;
            expect(loaded.lines + superseded.lines + rejected.lines).toBe(read.lines);
            expect(batch.warnings['withdrawn'] ?? 0).toBe(expected[index]?.withdrawn);
          }
          const rows = await query<{ state: string }>(
            bench.client,
            `SELECT concat(order_id, ' ', formatDateTime(placed_day, '%Y-%m'), ' ', formatDateTime(updated_at, '%F'), ' ', merchant_id, ' ', toString(quantity)) AS state
             FROM order_lines FINAL WHERE source = {source:String} AND is_deleted = 0 ORDER BY state
             SETTINGS do_not_merge_across_partitions_select_final = 0`,
            { source: id },
          );
          expect(rows.map((row) => row.state)).toEqual(expected[index]?.states);
        }
      }),
      { numRuns: sweptRuns(16), seed: 24, endOnFailure: true },
    );
  });
});
