/** Belts, merchants and memberships: what of them is rejected, what that costs nobody else, and what a load says of it. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  beltMonths,
  type Bench,
  bucketText,
  everything,
  figures,
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

const HEADER = 'merchant_id,belt_id,valid_from,valid_to';
const FIRST = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv', 'data/orders-1.csv'];
/** A source that lets any share of rows be rejected, so that what is left of the others shows. */
const lenient = {
  'source.yaml': (text: string) => text.replace('maxRejectedShare: 0.2', 'maxRejectedShare: 1'),
};

const writeMemberships = (folder: string, rows: readonly string[]): void =>
  writeFileSync(join(folder, 'data', 'memberships.csv'), `${[HEADER, ...rows].join('\n')}\n`);

/** Memberships in force, `merchant belt from to`. */
async function memberships(source: string): Promise<string[]> {
  const rows = await query<{ row: string }>(
    bench.client,
    `SELECT concat(merchant_id, ' ', belt_id, ' ', toString(valid_from), ' ', toString(valid_to)) AS row FROM memberships
     WHERE source = {source:String} AND (merchant_id, data_version) IN (
       SELECT merchant_id, max(data_version) FROM memberships WHERE source = {source:String} GROUP BY merchant_id)
     ORDER BY row`,
    { source },
  );
  return rows.map(({ row }) => row);
}
const seen = async (source: string): Promise<string[]> =>
  (await beltMonths(bench.client, source)).map(bucketText);

describe('a rejected row of memberships', () => {
  const IN_FORCE = [
    'M1,LAMP,2020-01-01,',
    'M2,LAMP,2020-01-01,2025-02-10',
    'M2,SOCK,2025-02-10,',
    'M3,SOCK,2020-01-01,',
  ];
  /** One source for all cases: none of them changes what is in force. */
  let kept: Awaited<ReturnType<typeof loadedOnce>> | undefined;
  const loadedOnce = async (id: string) => {
    const folder = goldenSource(bench, id, lenient);
    await loadInProcess(bench, folder, FIRST);
    return { folder, before: { rows: await memberships(id), seen: await seen(id) } };
  };

  it.each([
    ['an impossible date', 'M2,LAMP,2020-01-01,2024-13-01'],
    ['a belt that nobody knows', 'M2,LAMB,2020-01-01,2025-02-10'],
    ['too few columns', 'M2,LAMP,2020-01-01'],
    ['no merchant', ',LAMP,2020-01-01,2025-02-10'],
  ])('with %s takes no merchant out of the belt it was in', async (_, bad) => {
    kept ??= await loadedOnce('kept');
    const { folder, before } = kept;
    writeMemberships(folder, IN_FORCE.with(1, bad));
    const { batch, rejectedLookups } = await loadInProcess(bench, folder, FIRST);
    expect(rejectedLookups).toHaveLength(1);
    expect(batch).toMatchObject({ months: [], warnings: { 'memberships-kept': 1 } });
    expect({ rows: await memberships('kept'), seen: await seen('kept') }).toEqual(before);
  });

  it('keeps nobody else from moving, nor the merchant itself once its rows can be read', async () => {
    const folder = goldenSource(bench, 'kept-others', lenient);
    await loadInProcess(bench, folder, FIRST);
    const before = await memberships('kept-others');
    const bad = IN_FORCE.with(1, 'M2,LAMP,2020-01-01,2024-13-01');
    writeMemberships(folder, bad.with(3, 'M3,LAMP,2020-01-01,'));
    const kept = await loadInProcess(bench, folder, FIRST);
    expect(kept.batch.warnings).toMatchObject({ 'memberships-kept': 1, 'memberships-changed': 1 });
    expect(await memberships('kept-others')).toEqual(before.with(3, 'M3 LAMP 2020-01-01 2299-12-31'));
    writeMemberships(folder, [
      ...IN_FORCE.slice(0, 1),
      'M2,LAMP,2020-01-01,2025-02-01',
      'M2,SOCK,2025-02-01,',
    ]);
    const good = await loadInProcess(bench, folder, FIRST);
    expect(good.batch.warnings['memberships-kept']).toBeUndefined();
    expect((await memberships('kept-others')).slice(1, 3)).toEqual([
      'M2 LAMP 2020-01-01 2025-02-01',
      'M2 SOCK 2025-02-01 2299-12-31',
    ]);
  });

  it('is in the way of no other row: neither one that overlaps, nor one that is rejected for something else', async () => {
    const folder = goldenSource(bench, 'in-the-way', lenient);
    writeMemberships(folder, [
      'M1,NOWHERE,2019-01-01,',
      'M1,LAMP,2020-01-01,',
      'M2,LAMP,2020-01-01,',
      'M2,LAMP,2020-01-01,2025-02-10',
      'M2,SOCK,2025-02-10,',
    ]);
    const { rejectedLookups } = await loadInProcess(bench, folder, FIRST);
    expect(rejectedLookups.map(({ rule, rows, line }) => [rule, rows, line])).toEqual([
      ['overlap', 1, 4],
      ['unknown-belt', 1, 2],
    ]);
    expect(await memberships('in-the-way')).toEqual([
      'M1 LAMP 2020-01-01 2299-12-31',
      'M2 LAMP 2020-01-01 2025-02-10',
      'M2 SOCK 2025-02-10 2299-12-31',
    ]);
  });

  it('is none that only says once more what another row says, as lookups of several nights do', async () => {
    const folder = goldenSource(bench, 'nights', {
      'source.yaml': (text) =>
        text.replaceAll(/match: (belts|merchants|memberships)\.csv/g, "match: '$1*.csv'"),
    });
    const files = ['belts', 'merchants', 'memberships'].flatMap((name) => {
      const text = readFileSync(join(folder, 'data', `${name}.csv`), 'utf8');
      writeFileSync(join(folder, 'data', `${name}-2.csv`), text);
      return [`data/${name}.csv`, `data/${name}-2.csv`];
    });
    const { rejectedLookups } = await loadInProcess(bench, folder, [...files, 'data/orders-1.csv']);
    expect(rejectedLookups).toEqual([]);
    const once = goldenSource(bench, 'one-night');
    await loadInProcess(bench, once, FIRST);
    const [several, one] = [await figures(bench.client, 'nights'), await figures(bench.client, 'one-night')];
    expect(several).toEqual(one);
  });
});

describe('more rows than may be rejected', () => {
  const cases: [name: string, file: string, row: string, says: string][] = [
    ['memberships', 'memberships', 'M1,LAMP,2019-01-01,2019-13-01', '1 of 5 memberships (20 %) break'],
    ['merchants', 'merchants', 'M9,,', '1 of 4 merchants (25 %) break'],
    ['belts', 'belts', ',无,None,', '1 of 3 belts (33.33 %) break'],
    ['a-table', 'merchants', 'M9', '1 of 4 rows of the table merchants (25 %) break'],
  ];
  it.each(cases)('of %s refuse the load', async (name, file, row, says) => {
    const id = `share-${name}`;
    const folder = goldenSource(bench, id, {
      // As many as are wrong are let through; of the golden orders 1 in 12 is rejected.
      'source.yaml': (text) => text.replace('maxRejectedShare: 0.2', 'maxRejectedShare: 0.19'),
    });
    appendFileSync(join(folder, 'data', `${file}.csv`), `${row}\n`);
    const before = await everything(bench.client);
    const load = loadInProcess(bench, folder, FIRST);
    await expect(load).rejects.toThrow(
      `${says} a rule, more than the 19 % that ${id} allows. Nothing was changed.`,
    );
    await expect(load).rejects.toThrow(new RegExp(`: 1 row, first in ${file}\\.csv, line \\d`));
    expect(await everything(bench.client)).toEqual(before);
  });
});

describe('days that no date of the store can hold', () => {
  it('are an open end', async () => {
    const folder = goldenSource(bench, 'open-ends');
    writeMemberships(folder, [
      'M1,LAMP,2020-01-01,9999-12-31',
      'M2,LAMP,2020-01-01,2025-02-10',
      'M2,SOCK,2025-02-10,2300-01-01',
      'M3,SOCK,2020-01-01,2999-12-31',
    ]);
    expect((await loadInProcess(bench, folder, FIRST)).rejectedLookups).toEqual([]);
    expect(await memberships('open-ends')).toEqual([
      'M1 LAMP 2020-01-01 2299-12-31',
      'M2 LAMP 2020-01-01 2025-02-10',
      'M2 SOCK 2025-02-10 2299-12-31',
      'M3 SOCK 2020-01-01 2299-12-31',
    ]);
  });

  it('a beginning before 1900 is one in 1900, and a day that is in no calendar is rejected in any century', async () => {
    const folder = goldenSource(bench, 'far-days', lenient);
    writeMemberships(folder, [
      'M1,LAMP,0001-01-01,',
      'M2,LAMP,1752-02-29,9999-02-28',
      'M3,SOCK,2020-01-01,9999-02-29',
      'M3,LAMP,1800-02-29,',
      'M3,LAMP,2300-01-01,',
      'M3,LAMP,0000-00-00,',
    ]);
    const { rejectedLookups } = await loadInProcess(bench, folder, FIRST);
    expect(rejectedLookups.map(({ rule, field, rows }) => `${rule} ${field} ${rows}`)).toEqual([
      'invalid-time valid_from 3',
      'invalid-time valid_to 1',
    ]);
    expect(await memberships('far-days')).toEqual([
      'M1 LAMP 1900-01-01 2299-12-31',
      'M2 LAMP 1900-01-01 2299-12-31',
    ]);
  });
});

it('says how many merchants change their belt with a load, and how many lines in force go with them', async () => {
  const folder = goldenSource(bench, 'undone');
  const run = async (): Promise<string> => {
    const args = ['--source-folder', folder, 'load', 'undone', '--quiet', '--files', join(folder, 'data')];
    const { code, output } = await startCommand(bench.dataDir, args).done;
    expect(code).toBe(0);
    return output;
  };
  expect(await run()).not.toContain('memberships');
  // A merchant without lines, and one that is new: of the first nothing moves, and the second was nowhere before.
  appendFileSync(join(folder, 'data', 'merchants.csv'), 'M8,庚,O8\n');
  appendFileSync(join(folder, 'data', 'memberships.csv'), 'M8,SOCK,2020-01-01,\n');
  expect(await run()).not.toContain('memberships');
  // An older file, from before M2 moved and with M8 elsewhere.
  rewrite(join(folder, 'data', 'memberships.csv'), (text) =>
    text.replace('M2,SOCK,2025-02-10,\n', '').replace('2025-02-10', '').replace('M8,SOCK', 'M8,LAMP'),
  );
  const [inForce] = await query<{ lines: string }>(
    bench.client,
    `SELECT count() AS lines FROM order_lines FINAL
     WHERE source = 'undone' AND merchant_id = 'M2' AND placed_day >= '2025-02-10' AND is_deleted = 0`,
  );
  expect(Number(inForce?.lines)).toBeGreaterThan(0);
  expect(await run()).toContain(
    `Merchants whose memberships changed: 2; lines in force that are in another belt now, or in none: ${inForce?.lines}.`,
  );
});

it('counts the lines of a full export that are older than what is in force', async () => {
  const folder = goldenSource(bench, 'older', {
    'source.yaml': (text) => `${text.trimEnd()}\nmode: full\nmaxWithdrawnShare: 1\n`,
  });
  const row = (order: string, day: string, amount: string): string =>
    `${order},1,2025-01-05 10:00:00,2025-01-${day} 10:00:00,paid,M1,U1,retailer,CN,CN,wholesale,,1,${amount},0.00,0,0`;
  const header = readFileSync(join(folder, 'data', 'orders-1.csv'), 'utf8').split('\n')[0];
  const load = async (name: string, rows: readonly string[]) => {
    writeFileSync(join(folder, 'data', name), `${[header, ...rows].join('\n')}\n`);
    return (await loadInProcess(bench, folder, [...FIRST.slice(0, 3), `data/${name}`])).batch.warnings;
  };
  expect(
    await load(
      'orders-a.csv',
      ['E1', 'E2', 'E3', 'E4', 'E5'].map((order) => row(order, '20', '1.00')),
    ),
  ).toEqual({});
  // E1 says less than what is in force, twice; E2 says the same, only earlier; E3 is newer; of E4 what is in force comes
  // beside an older record, as from a log of changes; of E5 the newest that comes says the same.
  expect(
    await load('orders-b.csv', [
      row('E1', '10', '2.00'),
      row('E1', '11', '3.00'),
      row('E2', '10', '1.00'),
      row('E3', '21', '2.00'),
      row('E4', '10', '2.00'),
      row('E4', '20', '1.00'),
      row('E5', '10', '2.00'),
      row('E5', '11', '1.00'),
    ]),
  ).toEqual({ 'older-than-in-force': 1 });
  rewrite(join(folder, 'source.yaml'), (text) => text.replace('mode: full', 'mode: changes'));
  expect(await load('orders-c.csv', [row('E1', '12', '4.00')])).toEqual({});
});
