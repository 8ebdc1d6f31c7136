import type { ConcentrationAnswer, GrowthAnswer, PricesAnswer, RecoveryAnswer } from '@beltline/contract';
import { CHINA_EXPORTS, CHINA_EXPORTS_GROWTH, CHINA_IMPORTS } from '@beltline/api/published/china-trade';
import { GINI, HHI } from '@beltline/api/published/concentration';
import { GEKS, PPI_MANUAL } from '@beltline/api/published/price-indices';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import type { SeedLine } from '../fixtures/rollups/naive.ts';
import { daysOfMonth, monthAfter } from '../fixtures/rollups/naive-recovery.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

/** Figures that others published, through the rollups, SQL and HTTP. Each example is a belt of its own. */
let orders = 0;
const sold = (
  belt: string,
  merchant: string,
  sku: string,
  day: string,
  pieces: number,
  gmv: number,
): SeedLine => ({
  ...{ order: `o${(orders += 1)}`, merchant: `${belt} ${merchant}`, sku, buyer: 'b', belt, day, pieces },
  ...{ gmv: Math.round(gmv), combination: 64, refund: 0 },
});

/**
 * The published baskets are of five or six items, too few for an index of a belt; the same basket of thirty merchants has the same
 * indices.
 */
const COPIES = 30;
const copied = (lines: readonly SeedLine[]): SeedLine[] =>
  Array.from({ length: COPIES }, (_, copy) =>
    lines.map((line) => ({
      ...line,
      order: `${line.order} ${copy}`,
      merchant: `${line.merchant} ${copy}`,
    })),
  ).flat();

/** Quantities are in tenths of a piece, so ten times as many; prices in the currency. */
const basket = (belt: string, day: string, period: 1 | 2 | 5) =>
  PPI_MANUAL.prices[period].map((price, item) => {
    const pieces = Math.round(10 * (PPI_MANUAL.quantities[period][item] ?? NaN));
    return sold(belt, 'm', `item${item}`, day, pieces, 100 * price * pieces);
  });
const geks = copied(
  Array.from({ length: GEKS.products * GEKS.periods }, (_, index) => {
    const [product, period] = [Math.floor(index / GEKS.periods), index % GEKS.periods];
    const pieces = 65 - index;
    return sold(
      'geks',
      'm',
      `s${product}`,
      `${monthAfter('2023-01', period)}-01`,
      pieces,
      100 * (index + 1) * pieces,
    );
  }),
);
const spread = (belt: string, values: readonly number[]) =>
  values.map((value, index) => sold(belt, `m${index}`, 's', '2024-05-31', 1, 100 * value));
/** One SKU, sold at a price and as often as given, in May of both years. */
const priced = (belt: string, [price0, price1]: [number, number], [pieces0, pieces1]: [number, number]) => [
  sold(belt, 'm', 's', '2023-05-01', pieces0, 100 * price0 * pieces0),
  sold(belt, 'm', 's', '2024-05-31', pieces1, 100 * price1 * pieces1),
];
const LINES = [
  ...copied([...basket('p2', '2023-05-01', 1), ...basket('p2', '2024-05-31', 2)]),
  ...copied([...basket('p5', '2023-05-01', 1), ...basket('p5', '2024-05-31', 5)]),
  ...geks,
  ...geks
    .filter(({ day }) => day >= '2023-06')
    .map((line) => ({ ...line, belt: 'late', order: `late ${line.order}` })),
  ...GINI.flatMap(({ values }, index) => spread(`gini${index}`, values)),
  ...spread('hhi', HHI.shares),
  ...copied(priced('war', [10, 9], [100, 130])),
  ...copied(priced('boom', [10, 11], [100, 130])),
  ...copied(priced('slump', [10, 9], [100, 90])),
  ...priced('one', [10, 9], [100, 130]),
];

/** Hundred thousandths of 100 million USD, spread evenly over the days of each month, the rest on the last one. */
const trade = (belt: string, years: Readonly<Record<number, readonly number[]>>) =>
  [2010, 2011, 2012, 2013].flatMap((year) =>
    (years[year] ?? []).flatMap((value, index) => {
      const days = daysOfMonth(`${year}-${String(index + 1).padStart(2, '0')}`);
      const cents = Math.round(value * 10_000);
      const even = Math.floor(cents / days.length);
      return days.map((day, place) =>
        sold(belt, 'm', 's', day, 1, place === days.length - 1 ? cents - even * place : even),
      );
    }),
  );

let api: RunningApi;
const named = (lines: readonly SeedLine[]) =>
  [...new Set(lines.map((line) => line.belt))].map((id) => ({ id, zh: id, en: id, province: '' }));
beforeAll(async () => {
  api = await startApi();
  const version = { source: 'examples', version: 1, lines: LINES, belts: named(LINES) };
  await seedVersion(api.loader, { ...version, dataThrough: '2024-05-31' });
  const lines = [...trade('exports', CHINA_EXPORTS), ...trade('imports', CHINA_IMPORTS)];
  await seedVersion(api.loader, {
    source: 'trade',
    version: 2,
    lines,
    belts: named(lines),
    dataThrough: '2013-12-31',
  });
});
afterAll(() => api?.close());
const ask = <T>(path: string) => asked<T>(api, path);
const MAY = 'source=examples&from=2024-05&to=2024-05';

test.each([['p2', 2] as const, ['p5', 5] as const])(
  'price indices of the PPI Manual: %s',
  async (belt, period) => {
    const answer = await ask<PricesAnswer>(`/prices?${MAY}&belt=${belt}`);
    for (const name of ['laspeyres', 'paasche', 'fisher', 'tornqvist'] as const) {
      expect([name, ((answer[name].value ?? NaN) / 100).toFixed(4)]).toEqual([
        name,
        PPI_MANUAL[name][period].toFixed(4),
      ]);
    }
    expect([answer.matchedSkus, answer.matchedShare.value]).toEqual([6 * COPIES, 1]);
  },
);

describe('the price chain', () => {
  const chainOf = async (belt: string, end: string) =>
    (await ask<PricesAnswer>(`/prices?source=examples&belt=${belt}&from=${end}&to=${end}`)).chain;

  test('GEKS-Törnqvist over thirteen months', async () => {
    const chain = await chainOf('geks', '2024-01');
    expect(chain.map(({ month, skus }) => [month, skus])).toEqual(
      Array.from({ length: 13 }, (_, index) => [monthAfter('2023-01', index), 5 * COPIES]),
    );
    for (const [period, level] of Object.entries(GEKS.levels)) {
      expect((chain[Number(period) - 1]?.index.value ?? NaN) / 100).toBeCloseTo(level, 9);
    }
  });

  test('begins with the first month that has sales; months without have no level', async () => {
    const chain = await chainOf('late', '2024-02');
    expect(chain[0]).toMatchObject({ month: '2023-02', index: { value: null }, skus: 0 });
    expect(chain.map(({ index }) => index.value === null)).toEqual([
      ...Array(4).fill(true),
      ...Array(8).fill(false),
      true,
    ]);
    expect(chain[4]).toMatchObject({ month: '2023-06', index: { value: 100 }, skus: 5 * COPIES });
    expect((await chainOf('war', '2023-03')).map(({ index }) => index.value)).toEqual([null, null, null]);
  });
});

test.each([
  ['war', true, -10, 30],
  ['boom', false, 10, 30],
  ['slump', false, -10, -10],
])('%s: a price war is falling prices with rising volume', async (belt, isPriceWar, price, volume) => {
  const answer = await ask<PricesAnswer>(`/prices?${MAY}&belt=${belt}`);
  expect(answer.isPriceWar).toBe(isPriceWar);
  expect(answer.tornqvist.value).toBeCloseTo(100 + price, 9);
  expect(answer.volume.value).toBeCloseTo(100 + volume, 9);
});

test('Gini and HHI', async () => {
  for (const [index, { gini, values }] of GINI.entries()) {
    const answer = await ask<ConcentrationAnswer>(`/concentration?${MAY}&belt=gini${index}`);
    expect(answer.gini.value).toBeCloseTo(gini, 7);
    expect([answer.merchants.value, answer.lorenz.length]).toEqual([values.length, values.length + 1]);
    expect(answer.baselineGini).toMatchObject({ value: null, reason: 'no-merchants' });
  }
  expect((await ask<ConcentrationAnswer>(`/concentration?${MAY}&belt=hhi`)).hhi.value).toBeCloseTo(
    HHI.hhi,
    9,
  );
});

describe('China’s trade, spread over days', () => {
  const growthOf = ({ points }: RecoveryAnswer) =>
    new Map(points.map(({ month, growth }) => [month, growth.value]));
  const years = [2011, 2012, 2013];

  test('January and February together as published, and apart where they are asked for', async () => {
    const growth = growthOf(await ask<RecoveryAnswer>('/recovery?source=trade&belt=exports'));
    for (const month of ['2013-01', '2013-02']) {
      expect(growth.get(month)?.toFixed(5)).toBe(CHINA_EXPORTS_GROWTH['2013-01..02'].toFixed(5));
    }
    for (const month of ['2013-01', '2013-02'] as const) {
      const { tracks } = await ask<GrowthAnswer>(
        `/growth?source=trade&belt=exports&from=${month}&to=${month}`,
      );
      expect(tracks[0]?.measures.gmv?.growth.value?.toFixed(6)).toBe(CHINA_EXPORTS_GROWTH[month].toFixed(6));
    }
  });

  test('adjusting cuts the swing of January and February', async () => {
    const swings = async (belt: string, raw: Readonly<Record<number, readonly number[]>>) => {
      const { points, adjustedReason, holiday } = await ask<RecoveryAnswer>(
        `/recovery?source=trade&belt=${belt}`,
      );
      expect([adjustedReason, holiday?.coefficient.reason, holiday?.observations]).toEqual([
        null,
        null,
        2 * 36,
      ]);
      expect(holiday?.coefficient.value).toBeLessThan(-0.1);
      const adjusted = new Map(points.map((point) => [point.month, point.adjusted.value ?? NaN]));
      const swing = (valueOf: (year: number, month: 1 | 2) => number) => {
        const rate = (year: number, month: 1 | 2) =>
          Math.log(valueOf(year, month) / valueOf(year - 1, month));
        return years.reduce((sum, year) => sum + Math.abs(rate(year, 1) - rate(year, 2)), 0);
      };
      return {
        before: swing((year, month) => raw[year]?.[month - 1] ?? NaN),
        after: swing((year, month) => adjusted.get(`${year}-0${month}`) ?? NaN),
      };
    };
    const [exports, imports] = [
      await swings('exports', CHINA_EXPORTS),
      await swings('imports', CHINA_IMPORTS),
    ];
    expect(imports.after / imports.before).toBeLessThan(0.55);
    // Exports leave in a rush before the holiday, so one effect pooled over both alone does not fit them.
    expect((exports.after + imports.after) / (exports.before + imports.before)).toBeLessThan(0.75);
  });
});

test('one item is no price war, whatever its price did', async () => {
  expect(await ask<PricesAnswer>(`/prices?${MAY}&belt=one`)).toMatchObject({
    reason: 'too-few-matched',
    matchedSkus: 1,
    isPriceWar: false,
    tornqvist: { value: null, reason: 'too-few-matched' },
    volume: { value: null },
    priceChange: { value: null },
  });
});
