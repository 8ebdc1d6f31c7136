/** Prices without mix, on orders whose prices are planted: each regime, the state by volume, and its figures against a count over the lines. */
import type {
  PricesAnswer,
  PricesUncertaintyAnswer,
  RecoveryAnswer,
  RecoveryVolumeAnswer,
} from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import type { SeedLine } from '../fixtures/rollups/naive.ts';
import { priceChainOf, priceSince } from '../fixtures/rollups/naive-prices.ts';
import { monthAfter } from '../fixtures/rollups/naive-recovery.ts';
import { random } from '../fixtures/rollups/random-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

/** Change of all prices a year, as log rates. */
const REGIMES = { war: -0.13, eases: -0.02, holds: 0, rises: 0.05 } as const;
const BELTS = [...Object.keys(REGIMES), 'thin'];
const [FIRST, MONTHS, LAST] = ['2020-01', 56, '2024-08-31'] as const;
const OWNERS = 40;
/** Tracks of wholesale and of retail, which is dearer by half; its share grows from a tenth to more than a half. */
const [BULK, RETAIL, MARKUP] = [64, 1, 1.5];

/** As many pieces in each month; prices and the share of retail alone move. */
function plantedLines(): SeedLine[] {
  const next = random(20_241_128);
  return BELTS.flatMap((belt) =>
    Array.from({ length: (belt === 'thin' ? 4 : OWNERS) * MONTHS }, (_, index) => {
      const [owner, number] = [Math.floor(index / MONTHS), index % MONTHS];
      const rate = (REGIMES as Record<string, number>)[belt] ?? 0;
      return [0, 1].flatMap((sku) =>
        [BULK, RETAIL].map((combination): SeedLine => {
          const retail = 0.1 + (0.5 * number) / MONTHS;
          const share = combination === RETAIL ? retail : 1 - retail;
          const pieces = Math.max(1, Math.round(400 * share * (0.8 + 0.4 * next())));
          const price =
            (900 + 300 * ((owner + sku) % 7)) *
            (combination === RETAIL ? MARKUP : 1) *
            Math.exp((rate * number) / 12 + 0.02 * (next() - 0.5));
          return {
            order: `${belt}-${owner}-${number}-${sku}-${combination}`,
            merchant: `${belt}-${owner}`,
            buyer: `b${number % 7}`,
            sku: `s${sku}`,
            belt,
            day: `${monthAfter(FIRST, number)}-${String(1 + Math.floor(28 * next())).padStart(2, '0')}`,
            combination,
            pieces,
            gmv: Math.round(pieces * price),
            refund: 0,
          };
        }),
      );
    }).flat(),
  );
}
/** How a belt's goods come and go: months that each is offered, and the chance that it is sold in one of them. */
const COMING_AND_GOING = {
  /** Once a quarter: neither often in the same month of two years, nor for two years. */
  renewed: { offered: 18, chance: 1 / 3, goods: 1, monthsTogether: 3 },
  /** So seldom that few are sold in the same quarter of two years. */
  seldom: { offered: 30, chance: 0.1, goods: 6, monthsTogether: 6 },
} as const;

/** Goods whose prices fall as in a price war, each offered for a while and sold now and then. */
function comingAndGoing(belt: keyof typeof COMING_AND_GOING): SeedLine[] {
  const { offered, chance, goods } = COMING_AND_GOING[belt];
  const next = random(20_241_130);
  const places = Array.from({ length: OWNERS * goods * MONTHS }, (_, index) => index);
  return places.flatMap((index): SeedLine[] => {
    const [place, number] = [index % (OWNERS * goods), Math.floor(index / (OWNERS * goods))];
    if (next() >= chance) return [];
    const price = 1_000 * (1 + (place % 5)) * Math.exp((REGIMES.war * number) / 12);
    return [
      {
        ...{ order: `${belt}-${index}`, merchant: `${belt}-${place % OWNERS}`, buyer: `b${place % 7}`, belt },
        ...{
          sku: `s${place}-${Math.floor((number + place) / offered)}`,
          combination: BULK,
          pieces: 400,
          refund: 0,
        },
        day: `${monthAfter(FIRST, number)}-15`,
        gmv: Math.round(400 * price),
      },
    ];
  });
}
const edge = (day: string) => ({
  ...(LINES[0] as SeedLine),
  order: `edge-${day}`,
  day,
  pieces: 1,
  gmv: 1000,
});
const LINES = [...plantedLines(), ...comingAndGoing('renewed'), ...comingAndGoing('seldom')];

let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ environment: { BELTLINE_MIN_BASE: '10' } });
  const belts = [...BELTS, ...Object.keys(COMING_AND_GOING)].map((id) => ({
    id,
    zh: id,
    en: id,
    province: '浙江省',
  }));
  const lines = [...LINES, edge(`${FIRST}-01`), edge(LAST)];
  await seedVersion(api.loader, { source: 'priced', version: 1, lines, belts, dataThrough: LAST });
});
afterAll(() => api?.close());
const ask = <T>(path: string) => asked<T>(api, path);
const volumeOf = (belt: string, more = '') =>
  ask<RecoveryVolumeAnswer>(`/recovery/volume?source=priced&belt=${belt}${more}`);
const deflatedOf = async (belt: string) => {
  const { volume } = await volumeOf(belt);
  if (volume === null) throw new Error(`${belt} is not deflated`);
  return volume;
};

test.each(Object.entries(REGIMES))(
  'planted prices: %s (%d a year) is found within .005',
  async (belt, rate) => {
    for (const period of ['from=2022-06&to=2022-06', 'from=2023-07&to=2023-09', 'from=2024-05&to=2024-08']) {
      const { tornqvist, monthsTogether } = await ask<PricesAnswer>(
        `/prices?source=priced&belt=${belt}&${period}`,
      );
      expect(monthsTogether).toBe(1);
      expect(Math.abs(Math.log((tornqvist.value ?? NaN) / 100) - rate)).toBeLessThan(0.005);
    }
  },
);

test.each(Object.entries(COMING_AND_GOING))(
  'where too few goods are sold in the same months, as %s ones are, prices of a year are told by parts of it and not by whole years',
  async (belt, { monthsTogether: parts }) => {
    const { tornqvist, monthsTogether } = await ask<PricesAnswer>(
      `/prices?source=priced&belt=${belt}&from=2023-07&to=2024-06`,
    );
    expect(monthsTogether).toBe(parts);
    expect(Math.abs(Math.log((tornqvist.value ?? NaN) / 100) - REGIMES.war)).toBeLessThan(0.006);
  },
);

test('prices since the base year are those of the lines, with the interval of leaving out one owner after the other', async () => {
  for (const belt of ['war', 'rises']) {
    const { priceSinceBase } = await deflatedOf(belt);
    const lines = LINES.filter((line) => line.belt === belt);
    const truth = priceSince(lines, (merchant) => merchant, 2020, '2024-08');
    if (!truth) throw new Error('nothing was computed');
    expect(priceSinceBase.value).toBeCloseTo(100 * truth.value, 1);
    expect(priceSinceBase.uncertainty?.low).toBeCloseTo(100 * truth.low, 0);
    expect(priceSinceBase.uncertainty?.high).toBeCloseTo(100 * truth.high, 0);
    const width = (priceSinceBase.uncertainty?.high ?? NaN) - (priceSinceBase.uncertainty?.low ?? NaN);
    expect(width / (100 * (truth.high - truth.low))).toBeCloseTo(1, 1);
  }
});

test('the price level of each month has the interval of leaving out one owner after the other, and the first is 100 whatever was sold', async () => {
  const path = 'source=priced&belt=eases&from=2024-06&to=2024-08';
  const { chain } = await ask<PricesUncertaintyAnswer>(`/prices/uncertainty?${path}`);
  const months = Array.from({ length: 13 }, (_, number) => monthAfter('2023-08', number));
  const shown = await ask<PricesAnswer>(`/prices?${path}`);
  expect(chain.map(({ month, index: { value } }) => [month, value])).toEqual(
    shown.chain.map(({ month, index: { value } }) => [month, value]),
  );
  const truth = priceChainOf(
    LINES.filter((line) => line.belt === 'eases'),
    (merchant) => merchant,
    months,
  );
  expect(chain.map(({ month }) => month)).toEqual(months);
  expect(chain[0]?.index).toMatchObject({ value: 100, uncertainty: { low: 100, high: 100 } });
  for (const [place, { index }] of chain.entries()) {
    const { value = NaN, low = NaN, high = NaN } = truth[place] ?? {};
    expect(index.value).toBeCloseTo(100 * value, 6);
    if (place === 0) continue;
    expect((index.uncertainty?.low ?? NaN) / (index.value ?? NaN)).toBeCloseTo(low / value, 3);
    expect((index.uncertainty?.high ?? NaN) / (index.value ?? NaN)).toBeCloseTo(high / value, 3);
    expect((high - low) / value).toBeGreaterThan(0.001);
  }
  const thin = await ask<PricesUncertaintyAnswer>(`/prices/uncertainty?${path.replace('eases', 'thin')}`);
  expect(thin.chain.slice(1).map(({ index }) => index.uncertainty)).toEqual(new Array(12).fill(null));
  expect(thin.chain.at(-1)?.index.uncertaintyReason).toBe('too-few-owners');
});

test('volumes that never change are at their level by volume, whatever prices do', async () => {
  for (const [belt, rate] of Object.entries(REGIMES)) {
    const { state, priceSinceBase } = await deflatedOf(belt);
    const { state: byValue } = await ask<RecoveryAnswer>(`/recovery?source=priced&belt=${belt}`);
    // July 2024 is 4.0 years after the middle of 2020 (both by the 15th of months).
    expect(Math.abs(Math.log((priceSinceBase.value ?? NaN) / 100) - rate * (48.5 / 12))).toBeLessThan(0.02);
    expect(state.level.value).toBeCloseTo(
      (byValue.level.value ?? NaN) / ((priceSinceBase.value ?? NaN) / 100),
      6,
    );
    expect(state.growth.uncertainty).not.toBeNull();
    // Of July 2024 59 % of the pieces are retail, of 2020 15 %: dearer pieces are more volume at the base year's prices.
    expect(Math.abs(Math.log((state.level.value ?? NaN) / (100 * (1.295 / 1.076))))).toBeLessThan(0.07);
  }
  const { state: war } = await ask<RecoveryAnswer>('/recovery?source=priced&belt=war');
  const volume = await deflatedOf('war');
  expect(war.state).toBe('declining');
  expect(volume.state.state).toBe('recovered');
});

test('what has no prices says so: measures that are no money by type, too few items by a reason', async () => {
  expect(await volumeOf('war', '&measure=orders')).toMatchObject({ kind: 'not-money', volume: null });
  const { state, priceSinceBase, priceOfYear } = await deflatedOf('thin');
  expect([priceSinceBase.uncertaintyReason, priceOfYear.uncertaintyReason]).toEqual([
    'too-few-owners',
    'too-few-owners',
  ]);
  expect(state.level.uncertainty).toBeNull();
  // From before there was anything to match.
  const { volume } = await volumeOf('holds', '&month=2020-02');
  expect(volume?.state.level.reason).toBe('too-little-data');
});
