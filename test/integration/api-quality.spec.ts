/**
 * What the page of quality says of orders with planted faults: a hole month, rejected rows, one giant order in one belt. States without an
 * order are held against those of a source that never had it; shares and gaps against a count over the lines.
 */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QualityAnswer, StatesAnswer } from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { type Bench, GOLDEN, loadInProcess, rewrite } from './etl-harness.ts';

const COLUMNS =
  'order_id,line_no,placed_at,updated_at,status,merchant_id,buyer_id,buyer_type,buyer_country,destination_country,sales_mode,channel,quantity,amount,refund_amount,is_custom,is_factory_brand';
const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];
const OWNERS = 40;
/** Owners of the lamps that are there from August 2024 on. */
const JOINED = 8;
const GIANT = { id: 'GIANT', day: '2024-10-15', merchant: 'L3', amount: 60_000 };

const lastDay = (month: string) =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);

interface Line {
  readonly id: string;
  readonly day: string;
  readonly merchant: string;
  readonly amount: number;
}

/** An order of every owner on the first, the last and two more days of each month; amounts differ by owner, not by year. */
function lines(isLeftOut: (month: string) => boolean = () => false): Line[] {
  const found: Line[] = [];
  for (let at = 0; at < 34; at++) {
    const month = `${2022 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
    if (isLeftOut(month)) continue;
    for (const belt of ['L', 'S'])
      for (let owner = 0; owner < OWNERS; owner++) {
        if (belt === 'L' && owner < JOINED && month < '2024-08') continue;
        for (const day of ['01', '10', '17', '31']) {
          const date = day === '31' ? lastDay(month) : `${month}-${day}`;
          found.push({
            id: `${belt}${owner}-${date}`,
            day: date,
            merchant: `${belt}${owner}`,
            amount: 100 + ((owner * 37) % 50),
          });
        }
      }
  }
  return found;
}
const LINES = lines();
const sumOf = (given: readonly Line[]) => given.reduce((sum, { amount }) => sum + amount, 0);
const isLamp = ({ merchant }: Line) => merchant.startsWith('L');
const LAMPS = LINES.filter(isLamp);
const inWindow = ({ day }: Line) => day >= '2024-08' && day < '2024-11';

const textOf = ({ id, day, merchant, amount }: Line): string =>
  `${id},1,${day} 10:00:00,${day} 12:00:00,paid,${merchant},U${merchant},retailer,CN,CN,wholesale,,1,${amount.toFixed(2)},0.00,0,0`;
/** Rows without a merchant that is known. */
const badRow = (at: number) => textOf({ id: `BAD${at}`, day: '2024-05-10', merchant: 'NOBODY', amount: 1 });

let api: RunningApi;
/** Loads lines into a source of its own, one file a load. */
function sourceNamed(id: string): (given: readonly Line[], bad?: readonly string[]) => Promise<void> {
  const folder = join(api.dataDir, `${id}-files`);
  cpSync(GOLDEN, folder, { recursive: true });
  rewrite(join(folder, 'source.yaml'), (text) => text.replace('id: golden', `id: ${id}`));
  const owners = ['L', 'S'].flatMap((belt) => Array.from({ length: OWNERS }, (_, at) => `${belt}${at}`));
  writeFileSync(
    join(folder, 'data/merchants.csv'),
    `merchant_id,name,owner_id\n${owners.map((one) => `${one},${one},O${one}\n`).join('')}`,
  );
  writeFileSync(
    join(folder, 'data/memberships.csv'),
    `merchant_id,belt_id,valid_from,valid_to\n${owners.map((one) => `${one},${one.startsWith('L') ? 'LAMP' : 'SOCK'},2020-01-01,\n`).join('')}`,
  );
  let loads = 0;
  return async (given, bad = []) => {
    const name = `data/orders-${10 + ++loads}.csv`;
    writeFileSync(join(folder, name), `${[COLUMNS, ...given.map(textOf), ...bad].join('\n')}\n`);
    const { batch } = await loadInProcess({ engine: api.engine } as Bench, folder, [...LOOKUPS, name]);
    expect(batch.state).toBe('committed');
  };
}

const quality = (source: string, more = '') => asked<QualityAnswer>(api, `/quality?source=${source}${more}`);
const rowOf = (answer: QualityAnswer, belt: string) => answer.rows.find(({ area }) => area.id === belt);

beforeAll(async () => {
  api = await startApi({ environment: { BELTLINE_MIN_BASE: '10' } });
  await sourceNamed('still')(LINES);
  await sourceNamed('giant')([...LINES, GIANT], [badRow(1), badRow(2), badRow(3)]);
  await sourceNamed('hole')(lines((month) => month === '2024-03'));
});
afterAll(() => api?.close());

test('a load with rejected rows and a month that was never loaded are named', async () => {
  const { completeness } = await quality('giant');
  expect(completeness.loads).toMatchObject({
    committed: 1,
    read: LINES.length + 4,
    loaded: LINES.length + 1,
    rejected: 3,
    rejects: [{ rule: 'unknown-merchant', field: 'merchant_id', rows: 3 }],
  });
  expect(completeness.loads?.rejectedShare).toBeCloseTo(3 / (LINES.length + 4), 12);
  expect(completeness).toMatchObject({ months: 34, notLoaded: [], firstDay: '2022-01-01' });
  expect((await quality('hole')).completeness).toMatchObject({ months: 33, notLoaded: ['2024-03'] });
});

test('one giant order is named with its share, and without it the belt is what it is in a source that never had it', async () => {
  const [answer, states, still] = await Promise.all([
    quality('giant'),
    asked<StatesAnswer>(api, '/recovery/states?source=giant'),
    asked<StatesAnswer>(api, '/recovery/states?source=still'),
  ]);
  const lamp = rowOf(answer, 'LAMP');
  const total = sumOf([...LINES, GIANT].filter((line) => isLamp(line) && inWindow(line)));
  expect(answer.month).toBe('2024-10');
  expect(lamp?.largest).toMatchObject({ orderId: 'GIANT', day: GIANT.day, amount: { value: GIANT.amount } });
  expect(lamp?.largest?.share.value).toBeCloseTo(GIANT.amount / total, 12);
  const stateIn = ({ rows }: StatesAnswer, belt: string) => rows.find(({ area }) => area.id === belt)?.now;
  const [withIt, without] = [stateIn(states, 'LAMP'), stateIn(still, 'LAMP')];
  expect(lamp).toMatchObject({ state: withIt?.state, certainty: withIt?.certainty });
  expect(withIt?.growth.value).not.toBeCloseTo(without?.growth.value ?? 0, 2);
  expect(lamp?.largest).toMatchObject({ state: without?.state, certainty: without?.certainty });
  expect(lamp?.largest?.growth.value).toBeCloseTo(without?.growth.value ?? NaN, 9);
  expect(lamp?.largest?.growth.uncertainty?.low).toBeCloseTo(without?.growth.uncertainty?.low ?? NaN, 6);
  expect(answer.accuracy.largest).toMatchObject({ reason: null, told: 2 });
  expect(answer.rows[0]?.area.id).toBe('LAMP');
});

test('where nothing happens nothing is claimed of an order, of entrants or of a gap', async () => {
  const answer = await quality('still', '&belt=SOCK');
  expect(answer.accuracy.largest).toMatchObject({ told: 1, changed: 0, claimsChanged: 0 });
  expect(answer.accuracy.entrants.value).toBe(0);
  expect(answer.accuracy.sameStoreGap.value).toBe(0);
  expect(answer.accuracy.allStore.value).toBe(0);
  expect(answer.agreement).toMatchObject({ belts: 1, differ: 0, statesDiffer: 0 });
});

test("entrants' share and the same-store gap are those of a count over the lines", async () => {
  const answer = await quality('still', '&belt=LAMP');
  const of = (from: string, to: string, is: (merchant: string) => boolean) =>
    sumOf(LAMPS.filter(({ day, merchant }) => is(merchant) && day >= from && day < to));
  const isJoined = (merchant: string) => Number(merchant.slice(1)) < JOINED;
  const [all, before] = [of('2024-08', '2024-11', () => true), of('2023-08', '2023-11', () => true)];
  const stayed = of('2024-08', '2024-11', (merchant) => !isJoined(merchant));
  expect(answer.accuracy.entrants.value).toBeCloseTo(of('2024-08', '2024-11', isJoined) / all, 12);
  // Eight entrants are too few for an interval of their share.
  expect(answer.accuracy.entrants).toMatchObject({ uncertainty: null, uncertaintyReason: 'too-few-owners' });
  expect(answer.accuracy.sameStoreGap.value).toBeCloseTo((all - stayed) / before, 12);
  // The jackknife again, owner by owner, from the definition.
  const owners = Array.from({ length: OWNERS }, (_, at) => `L${at}`);
  const gapWithout = (owner: string | null) => {
    const [a1, a0, s1] = [
      of('2024-08', '2024-11', (one) => one !== owner),
      of('2023-08', '2023-11', (one) => one !== owner),
      of('2024-08', '2024-11', (one) => one !== owner && !isJoined(one)),
    ];
    return a1 / a0 - s1 / a0;
  };
  const moved = owners.map((owner) => gapWithout(owner) - gapWithout(null));
  const error = Math.sqrt((moved.reduce((sum, one) => sum + one ** 2, 0) * (OWNERS - 1)) / OWNERS);
  const interval = answer.accuracy.sameStoreGap.uncertainty;
  const half = ((interval?.high ?? 0) - (interval?.low ?? 0)) / 2;
  // Student's t at 0.95 with the degrees of freedom that the moves leave: between the normal 1.64 and 2.92 of two.
  expect(half / error).toBeGreaterThan(1.64);
  expect(half / error).toBeLessThan(2.92);
});

test('belts and what lies outside add up to the nation', async () => {
  const { levels } = await quality('giant');
  const total = (levels?.belts.value ?? 0) + (levels?.outside.value ?? 0) + (levels?.spanning.value ?? 0);
  expect(total).toBeCloseTo(levels?.nation.value ?? NaN, 6);
  expect(total).toBeCloseTo(sumOf([...LINES, GIANT].filter(inWindow)), 6);
});

test('by orders no order is larger than another, and says so', async () => {
  const { accuracy, agreement, rows } = await quality('giant', '&measure=orders');
  expect(accuracy.largest).toMatchObject({ reason: 'each-order-once', told: 0, changed: 0 });
  expect(agreement.other).toBe('gmv');
  expect(rows.every(({ largest }) => largest === null)).toBe(true);
});

test('of a version whose lines a later load replaced the largest order is not told, and of the later one it is', async () => {
  const load = sourceNamed('later');
  await load([...LINES, GIANT]);
  const { meta } = await quality('later');
  // As if it had been published long ago, so that it can be asked for by a day.
  await api.loader.command({
    query: `INSERT INTO data_versions SELECT * REPLACE (toDateTime64('2025-01-01 00:00:00', 3, 'UTC') AS published_at)
      FROM data_versions WHERE data_version = {version:UInt64}`,
    query_params: { version: meta.dataVersion },
  });
  await load([{ ...GIANT, id: 'OTHER', amount: GIANT.amount + 1 }]);
  const now = await quality('later');
  expect(now.meta.dataVersion).toBeGreaterThan(meta.dataVersion);
  expect(rowOf(now, 'LAMP')?.largest?.orderId).toBe('OTHER');
  const before = await quality('later', '&asOf=2025-06-01');
  expect(before.meta.dataVersion).toBe(meta.dataVersion);
  expect(before.accuracy.largest).toMatchObject({ reason: 'lines-replaced', told: 0 });
  expect(before.rows.every(({ largest }) => largest === null)).toBe(true);
  expect(before.completeness.loads?.committed).toBe(1);
});
