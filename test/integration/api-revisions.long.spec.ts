/**
 * Loads of a year and a half, by the month, with cancellations, late orders and refunds of a planted size, published when they would have
 * been: the triangle finds what was planted, and agrees with a recount over the records that were known when.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { GrowthAnswer, RevisionsAnswer } from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { type Bench, GOLDEN, goldenSource, loadInProcess, openBench } from './etl-harness.ts';

interface Known {
  readonly order: string;
  readonly shop: 'M1' | 'M3';
  readonly placedOn: string;
  /** The day after which a load brings it. */
  readonly knownOn: string;
  readonly amount: number;
  readonly refund: number;
  readonly isCancelled: boolean;
}

const monthAfter = (month: string, months: number): string => {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
};
const lastDay = (month: string): string =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);
const MONTHS = Array.from({ length: 30 }, (_, index) => monthAfter('2022-01', index));
const ORDERS = 60;

/**
 * What becomes known of a month. Shop M1 (LAMP): two of sixty orders are cancelled and one comes late, both in the month after; in the second
 * month after a third of one order is refunded. Shop M3 (SOCK) changes nothing.
 */
function knownOf(month: string, no: number): Known[] {
  const length = Number(lastDay(month).slice(8));
  const orders = (['M1', 'M3'] as const).flatMap((shop) =>
    Array.from({ length: ORDERS }, (_, index): Known => {
      const day = `${month}-${String(1 + (((index * (length - 1)) / (ORDERS - 1)) | 0)).padStart(2, '0')}`;
      const amount = 50 + ((index * 37 + no * 11) % 100);
      return {
        order: `${shop}-${month}-${index}`,
        shop,
        placedOn: day,
        knownOn: day,
        amount,
        refund: 0,
        isCancelled: false,
      };
    }),
  );
  const soon = `${monthAfter(month, 1)}-20`;
  const later = `${monthAfter(month, 2)}-20`;
  const of = (index: number) => orders[index] as Known;
  return [
    ...orders,
    { ...of(7), knownOn: soon, isCancelled: true },
    { ...of(23), knownOn: soon, isCancelled: true },
    { ...of(40), order: `M1-${month}-late`, knownOn: soon, amount: 30 },
    { ...of(11), knownOn: later, refund: 25 },
  ];
}
const RECORDS = MONTHS.flatMap(knownOf);

/** Days of loads: the first brings a year, then one on the third of each month. None in August 2023, and two in May. */
const LOADS = [
  ...Array.from({ length: 18 }, (_, index) => `${monthAfter('2023-01', index)}-03`).filter(
    (day) => day !== '2023-08-03',
  ),
  '2023-05-25',
].sort();

const [HEADER = ''] = readFileSync(join(GOLDEN, 'data', 'orders-1.csv'), 'utf8').split('\n');
const lineOf = (one: Known): string =>
  `${one.order},1,${one.placedOn} 12:00:00,${one.knownOn} 13:00:00,${one.isCancelled ? 'cancelled' : 'paid'},${one.shop},U1,retailer,CN,CN,wholesale,,1,${one.amount}.00,${one.refund}.00,0,0`;

/** What a shop had sold in a month as of a load, counted over the records that were known. */
function countedAsOf(shop: string, month: string, load: string, isNet: boolean): number {
  const inForce = new Map<string, Known>();
  for (const one of RECORDS) if (one.knownOn < load) inForce.set(one.order, one);
  return [...inForce.values()]
    .filter((one) => one.shop === shop && one.placedOn.startsWith(month) && !one.isCancelled)
    .reduce((sum, one) => sum + one.amount - (isNet ? one.refund : 0), 0);
}

let bench: Bench;
let api: RunningApi;
beforeAll(async () => {
  bench = await openBench();
  const folder = goldenSource(bench, 'year');
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    for (const [no, load] of LOADS.entries()) {
      vi.setSystemTime(new Date(`${load}T04:00:00Z`));
      const before = LOADS[no - 1] ?? '0000';
      const brought = RECORDS.filter(({ knownOn }) => knownOn < load && knownOn >= before);
      writeFileSync(
        join(folder, 'data', `orders-${no}.csv`),
        `${[HEADER, ...brought.map(lineOf)].join('\n')}\n`,
      );
      const lookups = ['belts', 'merchants', 'memberships'].map((name) => `data/${name}.csv`);
      await loadInProcess(bench, folder, [...lookups, `data/orders-${no}.csv`]);
    }
  } finally {
    vi.useRealTimers();
  }
  api = await startApi({}, { engine: bench.engine, loader: bench.client });
});
afterAll(async () => {
  await api?.close();
  await bench?.close();
});

const revisions = (query: string) => asked<RevisionsAnswer>(api, `/revisions?source=year&${query}`);
const lagOf = (answer: RevisionsAnswer, lag: number) => answer.levels.find((one) => one.lag === lag);
const LAST = LOADS.at(-1) as string;

test('each month has the prints that were published, and no others', async () => {
  const { versions, since, lags, months } = await revisions('belt=LAMP');
  expect([versions, since]).toEqual([LOADS.length, '2023-01-03']);
  expect(months.map(({ month }) => month)).toEqual(MONTHS.slice(0, -1));
  expect(lags).toEqual(Array.from({ length: 14 }, (_, lag) => lag));
  const lagsOf = (month: string) => months.find((one) => one.month === month)?.prints.map(({ lag }) => lag);
  // The second load of May is the only one that prints a month again before the next month.
  expect(lagsOf('2023-04')).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  // Nothing was published in August, in which July would have been printed first.
  expect(lagsOf('2023-07')).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(lagsOf('2022-06')).toEqual([7, 8, 9, 10, 11, 12, 13]);
  expect(lagsOf('2024-05')).toEqual([0]);
});

test.each([
  ['belt=LAMP', ['M1'], false],
  ['belt=SOCK', ['M3'], false],
  ['', ['M1', 'M3'], false],
  ['measure=net-gmv&belt=LAMP', ['M1'], true],
  ['province=广东省&measure=net-gmv', ['M1'], true],
])('every print of %s is what was known then', async (query, shops, isNet) => {
  const answer = await revisions(encodeURI(query));
  const counted = (month: string, load: string) =>
    shops.reduce((sum, shop) => sum + countedAsOf(shop, month, load, isNet), 0);
  let compared = 0;
  for (const { month, prints, latest, revised } of answer.months) {
    expect(latest.value).toBeCloseTo(counted(month, LAST), 6);
    for (const print of prints) {
      const before = counted(month, (prints[0] as typeof print).publishedOn);
      expect([month, print.publishedOn, print.value.value]).toEqual([
        month,
        print.publishedOn,
        counted(month, print.publishedOn),
      ]);
      if (print !== prints[0])
        expect(print.revised.value).toBeCloseTo((print.value.value as number) / before - 1, 12);
      compared++;
    }
    if (prints.length > 1) {
      expect(revised.value).toBeCloseTo(
        counted(month, LAST) / counted(month, prints[0]?.publishedOn ?? '') - 1,
        12,
      );
    }
  }
  expect(compared).toBeGreaterThan(200);
});

/** Months whose first print was three months old at the last load: those of 2022-12 to 2024-02, without July 2023. */
const SEEN = MONTHS.filter((month) => month >= '2022-12' && month <= '2024-02' && month !== '2023-07');

test.each([
  ['gmv', false],
  ['net-gmv', true],
] as const)('the planted bias of first prints by %s is found', async (measure, isNet) => {
  const answer = await revisions(`belt=LAMP&measure=${measure}`);
  const planted = SEEN.map((month) => {
    const [no] = [MONTHS.indexOf(month)];
    const records = knownOf(month, no).filter(({ shop }) => shop === 'M1');
    const all = records.slice(0, ORDERS).reduce((sum, { amount }) => sum + amount, 0);
    const [gone = 0, other = 0] = [records[7]?.amount, records[23]?.amount];
    return (30 - gone - other - (isNet ? 25 : 0)) / all;
  });
  const mean = planted.reduce((sum, one) => sum + one, 0) / planted.length;
  expect(mean).toBeLessThan(-0.01);
  const first = lagOf(answer, 0);
  expect(first?.months).toBe(SEEN.length);
  expect(first?.mean.value).toBeCloseTo(mean, 10);
  expect(first?.p95.value).toBeCloseTo(Math.max(...planted.map(Math.abs)), 10);
  // It is beyond chance, and said to be so.
  expect(first?.high.value).toBeLessThan(0);
});

test('figures are final from the age on at which they are not revised any more', async () => {
  const lamp = await revisions('belt=LAMP');
  expect(lagOf(lamp, 0)?.finality).toBe('provisional');
  expect(lamp.settledAfter).toBe(2);
  const net = await revisions('belt=LAMP&measure=net-gmv');
  // A refund of the second month after takes 0.6 % off, which is under the limit.
  expect(lagOf(net, 2)?.p95.value).toBeGreaterThan(0.003);
  expect(net.settledAfter).toBe(2);
  expect(lamp.months.slice(-3).map(({ month, finality }) => [month, finality])).toEqual([
    ['2024-03', 'final'],
    ['2024-04', 'final'],
    ['2024-05', 'provisional'],
  ]);
  const sock = await revisions('belt=SOCK');
  expect(sock.settledAfter).toBe(0);
  expect(new Set(sock.months.map(({ finality }) => finality))).toEqual(new Set(['final']));
});

test('a year earlier nobody could know: too few months had been seen', async () => {
  const then = await revisions('belt=LAMP&asOf=2023-07-10');
  expect(new Set(then.months.slice(-3).map(({ finality }) => finality))).toEqual(new Set(['unknown']));
  expect(lagOf(then, 0)).toMatchObject({ months: 4, finality: 'unknown' });
  const once = await revisions('belt=LAMP&asOf=2023-01-10');
  expect(once.levels).toEqual([]);
  expect(once.months.every(({ revised }) => revised.value === null)).toBe(true);
});

test('growth is revised in points of its own', async () => {
  const { months, growth } = await revisions('belt=LAMP');
  const may = months.find(({ month }) => month === '2023-12');
  const of = (month: string, load: string) => countedAsOf('M1', month, load, false);
  const rate = (load: string) => of('2023-12', load) / of('2022-12', load) - 1;
  expect(may?.growthRevised.value).toBeCloseTo(rate(LAST) - rate('2024-01-03'), 12);
  expect(growth.find(({ lag }) => lag === 0)?.mean.value).toBeLessThan(-0.01);
});

test.each([
  ['LAMP', '2024-05', 'provisional'],
  ['LAMP', '2024-04', 'final'],
  ['SOCK', '2024-05', 'final'],
])('what is compared over a period has the flag of its months: %s in %s is %s', async (belt, month, flag) => {
  const { tracks } = await asked<GrowthAnswer>(
    api,
    `/growth?source=year&belt=${belt}&from=${month}&to=${month}`,
  );
  expect(tracks[0]?.measures.gmv?.value.flag).toBe(flag);
});
