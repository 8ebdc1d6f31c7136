import type {
  ComparedValue,
  ConcentrationAnswer,
  ContributionsAnswer,
  Figure,
  MarginsAnswer,
  NewSkusAnswer,
  PricesAnswer,
  RecoveryAnswer,
  TurnoverAnswer,
} from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { told } from '../fixtures/api/told.ts';
import { AREAS, PLACED_BELTS, SELLING_BELTS } from '../fixtures/rollups/areas.ts';
import { groupBy, type SeedLine } from '../fixtures/rollups/naive.ts';
import { randomLines } from '../fixtures/rollups/random-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';
import { itemsOf } from '../fixtures/rollups/naive-prices.ts';

/** Random orders of random SKUs; every split against a computation over the lines themselves, to the cent. */
const FIRST = '2022-01-01';
const LAST = '2024-03-11';
const edge = (day: string): SeedLine => ({
  ...{ order: `x${day}`, merchant: 'm0', buyer: 'b0', belt: 'a', day, combination: 64, pieces: 1 },
  ...{ gmv: 100, refund: 0 },
});
const shape = { seed: 8, orders: 900, belts: SELLING_BELTS, firstDay: FIRST, days: 801 };
const LINES: SeedLine[] = [...randomLines(shape), edge(FIRST), edge(LAST)].map((line, index) => ({
  ...line,
  sku: `s${index % 3}`, // ids of SKUs repeat between merchants
}));

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  const common = { source: 'demo', version: 1, belts: PLACED_BELTS };
  await seedVersion(api.loader, { ...common, lines: LINES, dataThrough: LAST });
});
afterAll(() => api?.close());
const ask = <T>(path: string) => asked<T>(api, path);

const PERIODS = [
  ['from=2023-07&to=2023-07', ['2023-07', '2023-07'], ['2022-07', '2022-07']],
  ['from=2023-01&to=2023-12', ['2023-01', '2023-12'], ['2022-01', '2022-12']],
  ['from=2023-05&to=2023-07&comparison=previous', ['2023-05', '2023-07'], ['2023-02', '2023-04']],
  // Longer than a year: the period and its baseline share half a year.
  ['from=2023-01&to=2024-02', ['2023-01', '2024-02'], ['2022-01', '2023-02']],
] as const;
const TRACKS = { all: 255, custom: 4, wholesale: 64 } as const;

const cases = AREAS.flatMap(([area, isIn]) =>
  PERIODS.map(([period, now, base]) => ({ query: `${area}&${period}`, isIn, now, base })),
);
type Case = (typeof cases)[number];
function sidesOf({ isIn, now, base }: Case, track: keyof typeof TRACKS = 'all') {
  const own = LINES.filter((line) => isIn(line.belt) && (line.combination & TRACKS[track]) > 0);
  const within = ([from, to]: readonly [string, string]) =>
    own.filter(({ day }) => day.slice(0, 7) >= from && day.slice(0, 7) <= to);
  return [within(now), within(base)] as const;
}
const gmvOf = (lines: readonly SeedLine[]) => lines.reduce((sum, line) => sum + line.gmv, 0);
const cents = (value: number) => Math.round(value * 100);
const distinct = (lines: readonly SeedLine[], unit: 'merchant' | 'buyer' | 'order') =>
  new Set(lines.map((line) => line[unit])).size;
/** Orders of several merchants, which count with each of them. */
const merchantsOf = groupBy(LINES, (line) => line.order);
const isShared = (order: string) => new Set(merchantsOf.get(order)?.map(({ merchant }) => merchant)).size > 1;
/** A base of fewer orders than this gives no rate that may be shown, in a split as in a headline. */
const isSmall = (base: readonly SeedLine[]) => gmvOf(base) > 0 && distinct(base, 'order') < 30;
const flagOf = (base: readonly SeedLine[]) => (isSmall(base) ? 'base-too-small' : 'final');

const NO_WAR = { isPriceWar: false };
const NOTHING = { value: null };

describe.each(cases)('$query', (one) => {
  test('new SKUs are those of a naive count', async () => {
    const answer = await ask<NewSkusAnswer>(`/new-skus?${one.query}`);
    for (const [share, [from, to]] of [
      [answer.share, one.now],
      [answer.baselineShare, one.base],
    ] as const) {
      const before = `${Number(from.slice(0, 4)) - 1}${from.slice(4)}`;
      if (before < FIRST.slice(0, 7)) {
        expect(share).toMatchObject({ value: null, reason: 'too-little-data' });
        continue;
      }
      const own = LINES.filter((line) => one.isIn(line.belt));
      const name = (line: SeedLine) => `${line.merchant}/${line.sku}`;
      const inMonths = (first: string, last: string) =>
        own.filter(({ day }) => day.slice(0, 7) >= first && day.slice(0, 7) < last);
      const old = new Set(inMonths(before, from).map(name));
      const sold = own.filter(({ day }) => day.slice(0, 7) >= from && day.slice(0, 7) <= to);
      const fresh = sold.filter((line) => !old.has(name(line)));
      expect([cents(share.numerator ?? 0), cents(share.denominator ?? 0)]).toEqual([
        gmvOf(fresh),
        gmvOf(sold),
      ]);
      if (share !== answer.share) continue;
      expect([answer.newSkus, answer.skus]).toEqual([
        new Set(fresh.map(name)).size,
        new Set(sold.map(name)).size,
      ]);
    }
  });

  test('margins add up to the change, and their product is the GMV', async () => {
    for (const track of ['all', 'custom'] as const) {
      const answer = await ask<MarginsAnswer>(`/margins?track=${track}&${one.query}`);
      const { total, reason } = answer;
      const parts = answer.parts.map(told);
      const [now, base] = sidesOf(one, track);
      expect(sidesTold(total)).toEqual([gmvOf(now), gmvOf(base)]);
      expect(reason).toBe(now.length + base.length === 0 ? 'no-merchants' : null);
      expectRate(total, base);
      expect(cents(parts.reduce((sum, part) => sum + (part.change ?? NaN), 0))).toBe(
        gmvOf(now) - gmvOf(base),
      );
      const product = (of: (part: (typeof parts)[number]) => number | null) =>
        parts.reduce((all, part) => all * (of(part) ?? 0), 1);
      expect([cents(product((part) => part.value)), cents(product((part) => part.baseline))]).toEqual([
        gmvOf(now),
        gmvOf(base),
      ]);
      const [merchants, buyers] = parts;
      expect([merchants?.value ?? 0, merchants?.baseline ?? 0]).toEqual([
        distinct(now, 'merchant'),
        distinct(base, 'merchant'),
      ]);
      expect(Math.round((merchants?.value ?? 0) * (buyers?.value ?? 0))).toBe(distinct(now, 'buyer'));
      for (const part of parts) {
        expect(part.contribution === null).toBe(gmvOf(base) === 0 || isSmall(base));
        expect(part.value === null).toBe(now.length === 0);
      }
    }
  });

  test('turnover: what merchants did adds up to the cent, same-store beside all-store', async () => {
    for (const track of ['all', 'wholesale'] as const) {
      const answer = await ask<TurnoverAnswer>(`/turnover?track=${track}&${one.query}`);
      const [now, base] = sidesOf(one, track);
      const byMerchant = (lines: readonly SeedLine[]) => groupBy(lines, (line) => line.merchant);
      const [after, before] = [byMerchant(now), byMerchant(base)];
      const truth = {
        entrants: [0, 0],
        expanding: [0, 0],
        unchanged: [0, 0],
        contracting: [0, 0],
        exits: [0, 0],
      };
      const same = [0, 0, 0] as [number, number, number];
      for (const merchant of new Set([...after.keys(), ...before.keys()])) {
        const [v1, v0] = [gmvOf(after.get(merchant) ?? []), gmvOf(before.get(merchant) ?? [])];
        const group =
          v0 === 0
            ? 'entrants'
            : v1 === 0
              ? 'exits'
              : v1 > v0
                ? 'expanding'
                : v1 < v0
                  ? 'contracting'
                  : 'unchanged';
        truth[group] = [(truth[group][0] ?? 0) + 1, (truth[group][1] ?? 0) + v1 - v0];
        if (v0 > 0 && v1 > 0)
          same.forEach((_, index) => (same[index] = (same[index] ?? 0) + ([v1, v0, 1][index] ?? 0)));
      }
      const groups = Object.fromEntries(
        answer.groups.map((one) => [one.group, [one.merchants, cents(one.change.value ?? NaN)]]),
      );
      expect(groups).toEqual(truth);
      const change = gmvOf(now) - gmvOf(base);
      expect(answer.groups.reduce((sum, group) => sum + cents(group.change.value ?? NaN), 0)).toBe(change);
      expect(cents(answer.total?.change.value ?? NaN)).toBe(change);
      expect(sidesTold(answer.total)).toEqual([gmvOf(now), gmvOf(base)]);
      const [same1, same0, stores] = same;
      expect(answer.sameStoreMerchants).toBe(stores);
      expect(answer.sameStore.value).toBe(same0 === 0 ? null : (same1 - same0) / same0);
      expect(answer.allStore.value).toBe(gmvOf(base) === 0 ? null : change / gmvOf(base));
      expectRate(answer.total, base);
      const sides = [answer.allStore, answer.sameStore, answer.midpointGrowth];
      for (const { flag, value } of sides)
        if (value !== null && isSmall(base)) expect(flag).toBe('base-too-small');
      if (answer.allStore.value !== null) expect(answer.allStore.flag).toBe(flagOf(base));
      const stayed = base.filter(({ merchant }) => gmvOf(after.get(merchant) ?? []) > 0);
      if (same0 > 0 && distinct(stayed, 'order') < 30 && !stayed.some(({ order }) => isShared(order))) {
        expect(answer.sameStore.flag).toBe('base-too-small');
      }
      expect(answer.groups.every(({ contribution }) => contribution.value === null)).toBe(
        gmvOf(base) === 0 || isSmall(base),
      );
      const sum = answer.groups.reduce((all, group) => all + (group.midpointContribution.value ?? 0), 0);
      if (change !== 0) expect(sum).toBeCloseTo(answer.midpointGrowth.value ?? NaN, 12);
    }
  });

  test('prices: price × volume = value, and both changes add up to the change', async () => {
    const answer = await ask<PricesAnswer>(`/prices?${one.query}`);
    const [now, base] = sidesOf(one);
    expect(sidesTold(answer.total)).toEqual([gmvOf(now), gmvOf(base)]);
    const [after, before] = [
      itemsOf(now, one.now[0], answer.monthsTogether ?? NaN),
      itemsOf(base, one.base[0], answer.monthsTogether ?? NaN),
    ];
    const both = [...after].flatMap(([sku, lines]) => {
      const own = before.get(sku);
      const pieces = (some: readonly SeedLine[]) => some.reduce((sum, line) => sum + line.pieces, 0);
      if (!own) return [];
      const [v0, v1] = [gmvOf(own), gmvOf(lines)];
      return [{ v0, v1, ratio: v1 / pieces(lines) / (v0 / pieces(own)) }];
    });
    expect(answer.matchedSkus).toBe(both.length);
    const sum = (of: (pair: (typeof both)[number]) => number) =>
      both.reduce((all, pair) => all + of(pair), 0);
    const [w0, w1] = [sum(({ v0 }) => v0), sum(({ v1 }) => v1)];
    const index = ({ value }: Figure) => (value ?? NaN) / 100;
    const isEnough = both.length >= 10 && w0 >= gmvOf(base) / 5 && w1 >= gmvOf(now) / 5;
    expectRate(answer.total, base);
    if (!isEnough) {
      expect(answer).toMatchObject({
        reason: both.length === 0 ? 'no-matched-items' : 'too-few-matched',
        ...{ ...NO_WAR, volume: NOTHING, tornqvist: NOTHING, priceChange: NOTHING },
      });
      return;
    }
    const shares = sum(({ v0, v1, ratio }) => ((v0 / w0 + v1 / w1) / 2) * Math.log(ratio));
    expect(index(answer.tornqvist)).toBeCloseTo(Math.exp(shares), 9);
    expect(index(answer.laspeyres)).toBeCloseTo(sum(({ v0, ratio }) => v0 * ratio) / w0, 9);
    expect(index(answer.paasche)).toBeCloseTo(w1 / sum(({ v1, ratio }) => v1 / ratio), 9);
    expect(index(answer.fisher) ** 2).toBeCloseTo(index(answer.laspeyres) * index(answer.paasche), 9);
    expect(index(answer.tornqvist) * index(answer.volume)).toBeCloseTo(gmvOf(now) / gmvOf(base), 9);
    expect([answer.tornqvist.flag, answer.volume.flag]).toEqual(Array(2).fill(flagOf(base)));
    if (isSmall(base))
      expect(answer).toMatchObject({ ...NO_WAR, priceChange: NOTHING, volumeChange: NOTHING });
    else
      expect(cents((answer.priceChange.value ?? NaN) + (answer.volumeChange.value ?? NaN))).toBe(
        gmvOf(now) - gmvOf(base),
      );
    expect(answer.matchedShare.value).toBeCloseTo(w1 / gmvOf(now), 12);
    expect(answer.baselineMatchedShare.value).toBeCloseTo(w0 / gmvOf(base), 12);
  });

  test('concentration is that of the merchants who sold', async () => {
    const answer = await ask<ConcentrationAnswer>(`/concentration?${one.query}`);
    const [now, base] = sidesOf(one).map((side) =>
      [...groupBy(side, (line) => line.merchant).values()].map(gmvOf),
    );
    const truth = (values: readonly number[] = []) => {
      const [n, all] = [values.length, values.reduce((sum, value) => sum + value, 0)];
      if (n === 0) return [null, null];
      if (n === 1) return [10_000, null]; // nothing can be spread over one
      const gaps = values
        .flatMap((a) => values.map((b) => Math.abs(a - b)))
        .reduce((sum, gap) => sum + gap, 0);
      return [values.reduce((sum, value) => sum + ((100 * value) / all) ** 2, 0), gaps / (2 * n * all)];
    };
    const near = (answered: (number | null)[], expected: (number | null)[]) =>
      answered.forEach((value, index) => {
        const wanted = expected[index] ?? null;
        if (wanted === null) return expect(value).toBeNull();
        return expect(Math.abs((value ?? NaN) / (wanted || 1) - (wanted === 0 ? 0 : 1))).toBeLessThan(1e-9);
      });
    expect(answer.merchants.value).toBe(now?.length);
    expect(answer.topFifth.value === null).toBe((now?.length ?? 0) < 5);
    expect(answer.baselineTopFifth.value === null).toBe((base?.length ?? 0) < 5);
    near([answer.hhi.value, answer.gini.value], truth(now));
    near([answer.baselineHhi.value, answer.baselineGini.value], truth(base));
    if (now?.length) expect(answer.lorenz.at(-1)).toEqual({ population: 1, share: 1 });
    else expect(answer.hhi.reason).toBe('no-merchants');
  });
});

test('contributions of the belts of the nation are the changes that each belt’s own turnover tells', async () => {
  const [period] = PERIODS[1];
  const { parts } = await ask<ContributionsAnswer>(`/contributions?by=belt&${period}`);
  for (const part of parts.filter(({ kind }) => kind === 'belt')) {
    const { total } = await ask<TurnoverAnswer>(`/turnover?belt=${part.belt?.beltId}&${period}`);
    expect([total?.value, total?.change]).toEqual([part.value, part.change]);
  }
});

/** A total's two values in cents. */
const sidesTold = (total: ComparedValue | null) =>
  [total?.value, total?.baseline].map((side) => cents(side?.value ?? NaN));

/** A total's growth is there, with the flag of its base, or not, where nothing was sold in it. */
const expectRate = (total: ComparedValue | null, base: readonly SeedLine[]) => {
  expect(total?.growth.value === null).toBe(gmvOf(base) === 0);
  expect(total?.growth.flag).toBe(gmvOf(base) === 0 ? 'not-available' : flagOf(base));
};

test('a part month and a missing baseline are said, and nothing is split', async () => {
  for (const [query, reason] of [
    ['from=2024-02&to=2024-03', 'part-month'],
    ['from=2022-02&to=2022-03', 'no-baseline'],
  ]) {
    for (const path of ['margins', 'turnover', 'prices']) {
      expect(await ask(`/${path}?${query}`)).toMatchObject({ reason, total: null });
    }
  }
  const part = await ask<ConcentrationAnswer>('/concentration?from=2024-02&to=2024-03');
  expect([part.hhi, part.merchants].map(({ value, reason }) => [value, reason])).toEqual(
    Array(2).fill([null, 'part-month']),
  );
  const first = await ask<ConcentrationAnswer>('/concentration?from=2022-02&to=2022-03');
  expect(first.hhi.value).toBeGreaterThan(0);
  expect(first.baselineHhi).toMatchObject({ value: null, reason: 'no-baseline' });
});

test('an order in two belts counts once in the nation’s margins and months', async () => {
  const { parts } = await ask<MarginsAnswer>(`/margins?${PERIODS[1][0]}`);
  const [merchants, buyers, perBuyer] = parts.map(({ value }) => value.value ?? NaN);
  const truth = new Set(sidesOf({ ...cases[1], isIn: () => true } as Case)[0].map((line) => line.order)).size;
  expect(Math.round((merchants ?? NaN) * (buyers ?? NaN) * (perBuyer ?? NaN))).toBe(truth);
  expect(
    (await ask<RecoveryAnswer>('/recovery?measure=orders')).points
      .filter(({ month }) => month.startsWith('2023'))
      .reduce((sum, point) => sum + (point.value.value ?? 0), 0),
  ).toBe(truth);
});
