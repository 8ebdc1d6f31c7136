/**
 * What is answered where the source does not tell the buyer or the SKU of some orders, or of none: what counts them counts those that are told and says how
 * much it leaves out, and says nothing rather than 0 where none is. Each against a count over the lines.
 */
import type {
  GrowthAnswer,
  GrowthByBeltAnswer,
  MarginsAnswer,
  MarginsUncertaintyAnswer,
  NewSkusAnswer,
  PricesAnswer,
  SeriesAnswer,
} from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { AREAS, PLACED_BELTS, SELLING_BELTS } from '../fixtures/rollups/areas.ts';
import { itemsOf } from '../fixtures/rollups/naive-prices.ts';
import type { SeedLine } from '../fixtures/rollups/naive.ts';
import { random, randomLines } from '../fixtures/rollups/random-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

const FIRST = '2022-01-01';
const LAST = '2024-03-11';
const edge = (day: string): SeedLine => ({
  ...{ order: `x${day}`, merchant: 'm0', buyer: 'b0', sku: 's0', belt: 'a', day, combination: 64, pieces: 1 },
  ...{ gmv: 100, refund: 0 },
});
const shape = { orders: 900, belts: SELLING_BELTS, firstDay: FIRST, days: 801 };

/** Lines of which so much is told of buyers and of SKUs. */
function linesOf(seed: number, share: number): SeedLine[] {
  const draw = random(seed);
  return [...randomLines({ ...shape, seed }), edge(FIRST), edge(LAST)].map((line, index) => ({
    ...line,
    buyer: draw() < share ? line.buyer : '',
    sku: draw() < share ? `s${index % 3}` : '',
  }));
}
const HALF = linesOf(8, 0.5);
const NEARLY = linesOf(9, 0.97);
const NONE = linesOf(10, 0);

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  for (const [source, version, lines] of [
    ['half', 1, HALF],
    ['nearly', 2, NEARLY],
    ['none', 3, NONE],
  ] as const)
    await seedVersion(api.loader, { source, version, belts: PLACED_BELTS, lines, dataThrough: LAST });
});
afterAll(() => api?.close());
const ask = <T>(path: string) => asked<T>(api, path);

const PERIOD = 'from=2023-01&to=2023-12';
const [NOW, BASE] = ['2023', '2022'];
const gmvOf = (lines: readonly SeedLine[]) => lines.reduce((sum, line) => sum + line.gmv, 0);
const buyersOf = (lines: readonly SeedLine[]) =>
  new Set(lines.map(({ buyer }) => buyer).filter(Boolean)).size;
const isUntold = ({ buyer }: SeedLine) => buyer === '';
const partOf = (lines: readonly SeedLine[], is: (line: SeedLine) => boolean) =>
  gmvOf(lines.filter(is)) / gmvOf(lines);
const TRACKS = { all: 255, custom: 4, wholesale: 64 } as const;
type Told = { value: number | null; reason: string | null };
const near = (figure: Told | undefined) =>
  [figure?.value ?? figure?.reason].map((one) => (typeof one === 'number' ? one.toFixed(9) : one))[0];

describe.each([
  ['half', HALF],
  ['nearly', NEARLY],
] as const)('of %s of the lines', (source, lines) => {
  describe.each(AREAS)('in %s', (area, isIn) => {
    const within = (year: string, track: keyof typeof TRACKS = 'all') =>
      lines.filter(
        ({ belt, day, combination }) =>
          isIn(belt) && day.startsWith(year) && (combination & TRACKS[track]) > 0,
      );

    test('buyers are those that are told, on each track, beside what they do not cover', async () => {
      const { tracks } = await ask<GrowthAnswer>(
        `/growth?source=${source}&measures=buyers,orders&${PERIOD}&${area}`,
      );
      for (const track of ['all', 'custom', 'wholesale'] as const) {
        const [now, base] = [within(NOW, track), within(BASE, track)];
        const { buyers, orders } = tracks.find((one) => one.track === track)?.measures ?? {};
        expect([buyers?.value.value, buyers?.baseline.value]).toEqual([buyersOf(now), buyersOf(base)]);
        // Orders are counted, whoever they are of.
        expect(orders?.value.value).toBe(new Set(now.map(({ order }) => order)).size);
        expect(orders?.uncovered).toBeUndefined();
        if (now.length + base.length === 0) expect(buyers?.uncovered).toBeUndefined();
        else
          expect([near(buyers?.uncovered?.value), near(buyers?.uncovered?.baseline)]).toEqual([
            partOf(now, isUntold).toFixed(9),
            partOf(base, isUntold).toFixed(9),
          ]);
      }
    });

    test('by month too, and by day', async () => {
      const query = `/series?source=${source}&measure=buyers&tracks=all&from=2023-02&to=2023-04&${area}`;
      const inQuestion = lines.filter(({ belt, day }) => isIn(belt) && day >= '2023-02' && day < '2023-05');
      for (const [grain, length] of [
        ['month', 7],
        ['day', 10],
      ] as const) {
        const [line] = (await ask<SeriesAnswer>(`${query}&grain=${grain}`)).lines;
        for (const point of line?.points ?? []) {
          const own = inQuestion.filter(({ day }) => day.slice(0, length) === point.day.slice(0, length));
          const isNobodyTold = own.length > 0 && buyersOf(own) === 0;
          expect([point.value.value, point.value.reason]).toEqual(
            isNobodyTold ? [null, 'not-told'] : [buyersOf(own), null],
          );
        }
        if (inQuestion.length === 0) expect(line?.uncovered).toBeUndefined();
        else expect(near(line?.uncovered)).toBe(partOf(inQuestion, isUntold).toFixed(9));
      }
    });

    test('SKUs that are new, and all of them, are those that are told', async () => {
      const answer = await ask<NewSkusAnswer>(`/new-skus?source=${source}&${PERIOD}&${area}`);
      const [now, base] = [within(NOW), within(BASE)];
      const told = now.filter(({ sku }) => sku !== '');
      const name = ({ merchant, sku }: SeedLine) => `${merchant}/${sku}`;
      const old = new Set(base.filter(({ sku }) => sku !== '').map(name));
      const fresh = told.filter((line) => !old.has(name(line)));
      const cents = (value: number | null) => Math.round((value ?? 0) * 100);
      expect([cents(answer.share.numerator), cents(answer.share.denominator)]).toEqual([
        gmvOf(fresh),
        gmvOf(told),
      ]);
      expect([answer.newSkus, answer.skus]).toEqual([
        new Set(fresh.map(name)).size,
        new Set(told.map(name)).size,
      ]);
      if (now.length === 0) expect(answer.uncovered).toBeUndefined();
      else expect(near(answer.uncovered?.value)).toBe(partOf(now, ({ sku }) => sku === '').toFixed(9));
    });

    test('prices are those of items that are told, whose part of all value says how far they speak for it', async () => {
      const answer = await ask<PricesAnswer>(`/prices?source=${source}&${PERIOD}&${area}`);
      const [now, base] = [within(NOW), within(BASE)];
      if (now.length === 0) return;
      const items = (of: SeedLine[], first: string) =>
        itemsOf(
          of.filter(({ sku }) => sku !== ''),
          first,
          answer.monthsTogether ?? 12,
        );
      const [after, before] = [items(now, '2023-01'), items(base, '2022-01')];
      const both = [...after.keys()].filter((id) => before.has(id));
      expect(answer.matchedSkus).toBe(both.length);
      const value = gmvOf(both.flatMap((id) => [...(after.get(id) ?? [])]));
      expect(near(answer.matchedShare)).toBe((value / gmvOf(now)).toFixed(9));
    });
  });

  test('belts are ranked by buyers that are told, each beside what it does not cover', async () => {
    const answer = await ask<GrowthByBeltAnswer>(
      `/growth/by-belt?source=${source}&measure=buyers&track=wholesale&${PERIOD}`,
    );
    const own = lines.filter(({ day, combination }) => day.startsWith(NOW) && (combination & 64) > 0);
    for (const { belt, compared } of answer.rows) {
      const sold = own.filter((line) => line.belt === belt.beltId);
      expect(compared.value.value).toBe(buyersOf(sold));
      if (sold.length > 0) expect(near(compared.uncovered?.value)).toBe(partOf(sold, isUntold).toFixed(9));
    }
    expect(answer.total.value.value).toBe(buyersOf(own));
    expect(near(answer.total.uncovered?.value)).toBe(partOf(own, isUntold).toFixed(9));
  });

  test('a change is split by buyers where those of nearly all value are told, and else it is not', async () => {
    const query = `source=${source}&${PERIOD}`;
    const answer = await ask<MarginsAnswer>(`/margins?${query}`);
    const sure = await ask<MarginsUncertaintyAnswer>(`/margins/uncertainty?${query}`);
    const isSplit = source === 'nearly';
    expect([answer.reason, answer.parts.length]).toEqual(isSplit ? [null, 4] : ['not-told', 0]);
    expect(sure.ordersPerMerchant === null).toBe(!isSplit);
    const now = lines.filter(({ day }) => day.startsWith(NOW));
    expect(Math.round((answer.total?.value.value ?? 0) * 100)).toBe(gmvOf(now));
    expect(near(answer.uncovered?.value)).toBe(partOf(now, isUntold).toFixed(9));
    if (!isSplit) return;
    const product = answer.parts.reduce((all, { value }) => all * (value.value ?? 0), 1);
    expect(product).toBeCloseTo(gmvOf(now) / 100, 2);
  });
});

test('of a source that tells none there is no count of buyers or SKUs, rather than 0, and all else is as it was', async () => {
  const on = `source=none&${PERIOD}`;
  const untold = { value: null, reason: 'not-told', flag: 'not-available' };
  const { tracks } = await ask<GrowthAnswer>(`/growth?${on}&measures=buyers,orders,gmv,merchants`);
  const { buyers, orders, gmv, merchants } = tracks.find(({ track }) => track === 'all')?.measures ?? {};
  expect(buyers).toMatchObject({
    ...{ value: untold, baseline: untold, change: untold, growth: untold },
    uncovered: {
      value: {
        value: partOf(
          NONE.filter(({ day }) => day.startsWith(NOW)),
          isUntold,
        ),
      },
    },
  });
  const now = NONE.filter(({ day }) => day.startsWith(NOW));
  expect([orders?.value.value, merchants?.value.value, Math.round((gmv?.value.value ?? 0) * 100)]).toEqual([
    new Set(now.map(({ order }) => order)).size,
    new Set(now.map(({ merchant }) => merchant)).size,
    gmvOf(now),
  ]);
  const [line] = (
    await ask<SeriesAnswer>(`/series?source=none&measure=buyers&tracks=all&from=2023-02&to=2023-04`)
  ).lines;
  expect(line?.points.map(({ value, growth }) => [value, growth])).toEqual(Array(3).fill([untold, untold]));
  const ranking = await ask<GrowthByBeltAnswer>(`/growth/by-belt?measure=buyers&${on}`);
  expect(
    ranking.rows
      .map(({ belt, compared }) => [belt.beltId, compared.value.value, compared.value.reason])
      .sort(),
  ).toEqual([...SELLING_BELTS.map((belt) => [belt, null, 'not-told']), ['idle', 0, null]]);
  expect(await ask<MarginsAnswer>(`/margins?${on}`)).toMatchObject({ reason: 'not-told', parts: [] });
  expect(await ask<NewSkusAnswer>(`/new-skus?${on}`)).toMatchObject({
    ...{ share: untold, skus: null, newSkus: null },
    uncovered: { value: { value: 1 } },
  });
  const prices = await ask<PricesAnswer>(`/prices?${on}`);
  expect(prices).toMatchObject({
    reason: 'not-told',
    matchedSkus: null,
    isPriceWar: false,
    tornqvist: { value: null },
  });
  expect(prices.chain.map(({ index, skus }) => [index.reason, skus])).toEqual(
    Array(13).fill(['not-told', null]),
  );
});
