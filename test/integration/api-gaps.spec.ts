/**
 * Loads that leave a month without a line between others: of a misdated order that is corrected afterwards, of an export that
 * stops within a month and goes on months later, and of one order dated long after the rest. What was sold in such a month, and
 * in the days before it that nothing was loaded of, is not known: no answer may say 0, −100 %, complete or final of them.
 */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  ComparedValue,
  GrowthAnswer,
  GrowthByBeltAnswer,
  Measure,
  RecoveryAnswer,
  SeriesAnswer,
  SourcesAnswer,
} from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { told } from '../fixtures/api/told.ts';
import { type Bench, GOLDEN, loadInProcess, rewrite } from './etl-harness.ts';

const LOOKUPS = ['data/belts.csv', 'data/merchants.csv', 'data/memberships.csv'];
const COLUMNS =
  'order_id,line_no,placed_at,updated_at,status,merchant_id,buyer_id,buyer_type,buyer_country,destination_country,sales_mode,channel,quantity,amount,refund_amount,is_custom,is_factory_brand';

interface Order {
  readonly id: string;
  readonly day: string;
  /** Day of the last change; default: that of the order. */
  readonly changed?: string;
  readonly status?: string;
}

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

/** Three orders a day, two of one belt and one of another, of 100 yuan each. */
function everyDay(first: string, last: string, isLeftOut: (day: string) => boolean = () => false): Order[] {
  const orders: Order[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    if (!isLeftOut(day)) orders.push(...['1', '2', '3'].map((n) => ({ id: `${day}-${n}`, day })));
  }
  return orders;
}

const lineOf = ({ id, day, changed = day, status = 'paid' }: Order, index: number): string =>
  `${id},1,${day} 10:00:00,${changed} 12:00:00,${status},${id.endsWith('2') ? 'M3' : 'M1'},U${index % 7},retailer,CN,CN,wholesale,,1,100.00,0.00,0,0`;

/** A source of its own, and what loads orders into it: one file a load. */
function sourceNamed(id: string): (orders: readonly Order[]) => Promise<number> {
  const folder = join(api.dataDir, `${id}-files`);
  cpSync(GOLDEN, folder, { recursive: true });
  rewrite(join(folder, 'source.yaml'), (text) => text.replace('id: golden', `id: ${id}`));
  rewrite(join(folder, 'data/merchants.csv'), (text) => `${text}M4,丁,O4\n`); // in no belt
  let loads = 0;
  return async (orders) => {
    const name = `data/orders-${10 + ++loads}.csv`;
    writeFileSync(join(folder, name), `${[COLUMNS, ...orders.map(lineOf)].join('\n')}\n`);
    const { batch } = await loadInProcess({ engine: api.engine } as Bench, folder, [...LOOKUPS, name]);
    expect(batch.state).toBe('committed');
    return batch.batchId;
  };
}

const source = async (id: string) =>
  (await asked<SourcesAnswer>(api, '/sources')).sources.find((one) => one.source === id);
const growth = async (id: string, from: string, to = from, more = '') => {
  const { meta, tracks } = await asked<GrowthAnswer>(
    api,
    `/growth?source=${id}&from=${from}&to=${to}${more}`,
  );
  const measures = tracks.find(({ track }) => track === 'all')?.measures ?? {};
  const figures = Object.entries(measures).map(([name, compared]) => [name, told(compared)]);
  return {
    meta,
    ...(Object.fromEntries(figures) as Record<Measure, ReturnType<typeof told<ComparedValue>>>),
  };
};

const UNKNOWN = { value: null, growth: null, flag: 'not-available', reason: 'not-loaded' };

describe('a month that was never loaded, and that a misdated order passed through', () => {
  beforeAll(async () => {
    const load = sourceNamed('passed');
    await load(everyDay('2023-01-01', '2025-02-12', (day) => day.startsWith('2024-08')));
    await load([{ id: 'T', day: '2024-08-20' }]);
    expect(await source('passed')).toMatchObject({ notLoaded: [] });
    await load([{ id: 'T', day: '2025-02-10', changed: '2025-02-11' }]);
  });

  test('is not loaded again once the order has left it', async () => {
    expect(await source('passed')).toMatchObject({
      notLoaded: ['2024-08'],
      defaultPeriod: { from: '2024-09', to: '2025-01' },
    });
    const { meta, gmv, orders, merchants } = await growth('passed', '2024-08');
    expect(meta.period).toMatchObject({ complete: false, coverage: 0, without: ['2024-08'] });
    for (const figure of [gmv, orders, merchants]) expect(figure).toMatchObject(UNKNOWN);
    expect((await growth('passed', '2024-07', '2024-10')).gmv).toMatchObject({
      flag: 'provisional',
      growth: 0,
    });
    expect((await api.get('/recovery?source=passed&reference=2024')).status).toBe(400);
  });
});

describe('a small source', () => {
  beforeAll(async () => {
    const hasNone = (day: string) =>
      day.startsWith('2024-08') || (/-(01|02|30|31)$/.test(day) && day > '2023-01-02');
    await sourceNamed('small')([
      ...everyDay('2023-01-01', '2024-12-31', hasNone),
      { id: 'C', day: '2024-08-20', status: 'cancelled' },
    ]);
  });

  test('of a month of which every order was cancelled it is known that nothing was sold', async () => {
    const { meta, gmv } = await growth('small', '2024-08');
    expect(meta.period).toMatchObject({ complete: true, coverage: 1 });
    expect(gmv).toMatchObject({ value: 0, growth: -1, flag: 'final' });
  });

  test('a month that ends early beside a loaded one is whole: nothing was sold on its last days', async () => {
    const found = await source('small');
    expect(found).toMatchObject({ notLoaded: [], completeMonths: { from: '2023-01', to: '2024-11' } });
    expect(found?.edges).toBeUndefined();
    expect((await growth('small', '2024-10')).meta.period.complete).toBe(true);
  });
});

describe('an order dated past a gap', () => {
  beforeAll(async () => {
    const load = sourceNamed('dated');
    await load(everyDay('2023-01-01', '2025-02-12'));
    const before = await growth('dated', '2025-02');
    expect(before.gmv).toMatchObject({ value: 3600, growth: 0, flag: 'provisional' });
    await load([{ id: 'T', day: '2025-09-15' }]);
  });

  test('leaves the month before the gap as incomplete as it was', async () => {
    const found = await source('dated');
    expect(found).toMatchObject({
      dataThrough: '2025-09-15',
      notLoaded: ['2025-03', '2025-04', '2025-05', '2025-06', '2025-07', '2025-08'],
      completeMonths: { from: '2023-01', to: '2025-01' },
      edges: [
        { month: '2025-02', firstDay: '2025-02-01', lastDay: '2025-02-12' },
        { month: '2025-09', firstDay: '2025-09-15', lastDay: '2025-09-15' },
      ],
    });
    const { meta, gmv, merchants } = await growth('dated', '2025-02');
    expect(meta).toMatchObject({
      period: { lastDay: '2025-02-12', coverage: 12 / 28, complete: false },
      baseline: { lastDay: '2024-02-12' },
      cautions: expect.arrayContaining(['incomplete-period']),
    });
    expect(gmv).toMatchObject({ value: 3600, baseline: 3600, growth: 0, flag: 'provisional' });
    expect(merchants).toMatchObject({ value: null, reason: 'part-month' });
    const { rows } = await asked<GrowthByBeltAnswer>(
      api,
      '/growth/by-belt?source=dated&from=2025-02&to=2025-02',
    );
    expect(rows.map(({ compared: { growth } }) => [growth.value, growth.flag])).toEqual([
      [0, 'base-too-small'],
      [0, 'base-too-small'],
    ]);
  });

  test('leaves recovery where it was', async () => {
    const answer = await asked<RecoveryAnswer>(api, '/recovery?source=dated');
    expect(answer.month).toBe('2025-01');
    expect(answer.points.find(({ month }) => month === '2025-02')).toMatchObject({
      value: { value: 3600, flag: 'provisional' },
      coverage: 12 / 28,
      level: { value: null, reason: 'incomplete-period' },
    });
    expect((await api.get('/recovery?source=dated&month=2025-02')).status).toBe(400);
  });

  test('is no month to estimate: how far it is along is not known', async () => {
    const { nowcast } = await asked<RecoveryAnswer>(api, '/recovery?source=dated');
    expect(nowcast).toMatchObject({ month: '2025-09', estimate: { value: null, reason: 'too-little-data' } });
  });
});

describe('an export that stops on 12 February and goes on on 5 April', () => {
  beforeAll(async () => {
    const isMissing = (day: string) => day > '2024-02-12' && day < '2024-04-05';
    await sourceNamed('resumed')(everyDay('2022-01-01', '2025-06-30', isMissing));
  });

  test('a period across is compared with its own days only', async () => {
    const { meta, gmv } = await growth('resumed', '2024-01', '2024-06');
    expect(meta.period).toMatchObject({
      ...{ firstDay: '2024-01-01', lastDay: '2024-06-30', complete: false, without: ['2024-03'] },
      coverage: (31 + 12 + 26 + 31 + 30) / 182,
      edges: [
        { month: '2024-02', firstDay: '2024-02-01', lastDay: '2024-02-12' },
        { month: '2024-04', firstDay: '2024-04-05', lastDay: '2024-04-30' },
      ],
    });
    expect(gmv).toMatchObject({ value: 300 * 130, baseline: 300 * 130, growth: 0, flag: 'provisional' });
  });

  test('what would be compared with days that are not known has no baseline', async () => {
    for (const month of ['2025-02', '2025-03', '2025-04']) {
      const { meta, gmv } = await growth('resumed', month);
      expect([month, meta.baseline, gmv?.growth]).toEqual([month, null, null]);
    }
    expect((await growth('resumed', '2025-05')).gmv).toMatchObject({ growth: 0, flag: 'final' });
    const { meta } = await growth('resumed', '2024-05', '2024-05', '&comparison=previous');
    expect(meta.baseline).toBeNull();
  });

  test('a series by month compares the part months with their own days, and by day has a gap', async () => {
    const question = '/series?source=resumed&from=2024-01&to=2024-05&measure=gmv';
    const { lines } = await asked<SeriesAnswer>(api, `${question}&grain=month`);
    const shown = lines[0]?.points.map(({ value, yearAgo, coverage }) => [
      value.value,
      yearAgo.value,
      coverage,
    ]);
    expect(shown).toEqual([
      [9300, 9300, 1],
      [3600, 3600, 12 / 29],
      [null, null, 0],
      [7800, 7800, 26 / 30],
      [9300, 9300, 1],
    ]);
    const days = (await asked<SeriesAnswer>(api, `${question}&grain=day`)).lines[0]?.points ?? [];
    const unknown = days.filter(({ value }) => value.reason === 'not-loaded').map(({ day }) => day);
    expect([unknown[0], unknown.at(-1), unknown.length]).toEqual(['2024-02-13', '2024-04-04', 17 + 31 + 4]);
    expect(days.every(({ value, day }) => (value.value === null) === unknown.includes(day))).toBe(true);
  });
});

test('a source counts its merchants, also the one that is in no belt', async () => {
  expect(await source('small')).toMatchObject({ merchants: 4, belts: 2 });
});

test('one order of a wrong year, decades before the rest, leaves what the pages ask for answerable', async () => {
  const load = sourceNamed('early');
  await load([{ id: 'T', day: '2002-03-05' }, ...everyDay('2024-01-01', '2025-01-31')]);
  const { lines } = await asked<SeriesAnswer>(
    api,
    '/series?source=early&grain=month&measure=gmv&from=2002-03&to=2025-01&tracks=all,wholesale',
  );
  expect(lines).toHaveLength(2);
  for (const { points } of lines) {
    expect(points).toHaveLength(22 * 12 + 11);
    expect(points.filter(({ value }) => value.reason === 'not-loaded')).toHaveLength(21 * 12 + 9);
    expect(points.at(-2)).toMatchObject({ day: '2024-12-01', value: { value: 9300, flag: 'final' } });
  }
});
