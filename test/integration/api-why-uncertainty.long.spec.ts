/** How sure splits of a change are, on orders of owners whose truth is planted, against a jackknife over the lines themselves. */
import type {
  ContributionsAnswer,
  MarginsAnswer,
  MarginsUncertaintyAnswer,
  NewSkusAnswer,
  RankingUncertaintyAnswer,
  TurnoverAnswer,
} from '@beltline/contract';
import { asked, type RunningApi, startApi } from '../fixtures/api/running-api.ts';
import { groupBy, type SeedLine } from '../fixtures/rollups/naive.ts';
import { intervalOf, studentAt95 } from '../fixtures/rollups/naive-uncertainty.ts';
import { ownerOf, PLANTED } from '../fixtures/rollups/planted-lines.ts';
import { seedVersion } from '../fixtures/rollups/seed.ts';

/** A third of the orders from June 2024 on are of SKUs that were not sold before, except of every second owner. */
const isFresh = ({ order, day }: SeedLine) => {
  const [, rank = '', , count = ''] = order.split('-');
  return day >= '2024-06' && Number(rank) % 2 === 0 && Number(count) % 3 === 0;
};
const LINES = PLANTED.lines.map((line) => ({ ...line, sku: isFresh(line) ? 'fresh' : 'old' }));

let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ environment: { BELTLINE_MIN_BASE: '10' } });
  await seedVersion(api.loader, { ...PLANTED, lines: LINES });
});
afterAll(() => api?.close());
const ask = <T>(path: string) => asked<T>(api, path);

const PERIOD = 'source=planted&from=2024-06&to=2024-07';
const within = (lines: readonly SeedLine[], year: number) =>
  lines.filter(({ day }) => day >= `${year}-06` && day < `${year}-08`);
const gmvOf = (lines: readonly SeedLine[]) => lines.reduce((sum, { gmv }) => sum + gmv, 0);
/** Value of each merchant of each owner, before and after. */
const ownersOf = (belt: string) =>
  [
    ...groupBy(
      LINES.filter((line) => line.belt === belt),
      (line) => ownerOf(line.merchant),
    ).values(),
  ].map((own) =>
    [...groupBy(own, (line) => line.merchant).values()].map(
      (lines) => [gmvOf(within(lines, 2023)), gmvOf(within(lines, 2024))] as const,
    ),
  );

test.each(['null', 'surge', 'fall', 'joined'])(
  'turnover of %s has the intervals of its owners',
  async (belt) => {
    const answer = await ask<TurnoverAnswer>(`/turnover?${PERIOD}&belt=${belt}`);
    const owners = ownersOf(belt);
    const pairsOf = (counts: (before: number, after: number) => boolean) =>
      owners.map((own) => {
        const kept = own.filter(([before, after]) => counts(before, after));
        const sum = (side: 0 | 1) => kept.reduce((all, pair) => all + pair[side], 0);
        return [sum(1), sum(0)] as [number, number];
      });
    const same = pairsOf((before, after) => before > 0 && after > 0);
    for (const [figure, pairs] of [
      [answer.allStore, pairsOf(() => true)],
      [answer.sameStore, same],
    ] as const) {
      const truth = intervalOf(pairs, 1 + (figure.value as number));
      expect(figure.uncertainty?.low).toBeCloseTo(truth.low - 1, 3);
      expect(figure.uncertainty?.high).toBeCloseTo(truth.high - 1, 3);
    }
    for (const { group, contribution } of answer.groups) {
      const isOf = {
        entrants: (before: number, after: number) => before === 0 && after > 0,
        exits: (before: number, after: number) => before > 0 && after === 0,
        expanding: (before: number, after: number) => before > 0 && after > before,
        contracting: (before: number, after: number) => after > 0 && after < before,
        unchanged: (before: number, after: number) => before === after,
      }[group];
      const [all, parts] = [pairsOf(() => true), pairsOf(isOf)];
      const rate = (left: number) => {
        const sum = (
          of: readonly (readonly [number, number])[],
          value: (pair: readonly [number, number]) => number,
        ) => of.reduce((total, pair, owner) => total + (owner === left ? 0 : value(pair)), 0);
        return sum(parts, ([after, before]) => after - before) / sum(all, ([, before]) => before);
      };
      const moved = owners.map((_, owner) => rate(owner) - rate(-1));
      const sum = (power: number) => moved.reduce((total, move) => total + move ** power, 0);
      const movers = parts.map(([after, before]) => Math.abs(after - before)).filter((size) => size > 0);
      const total = (power: number) => movers.reduce((all, size) => all + size ** power, 0);
      if (movers.length < 20 || total(1) ** 2 / total(2) < 10) {
        expect([group, contribution.uncertaintyReason]).toEqual([group, 'too-few-owners']);
        continue;
      }
      const active = all.filter(([after, before]) => after + before > 0).length;
      const half =
        studentAt95(Math.max(2, (2 * sum(2) ** 2) / sum(4))) * Math.sqrt((sum(2) * (active - 1)) / active);
      expect(contribution.value).toBeCloseTo(rate(-1), 9);
      expect([group, contribution.uncertainty?.high]).toEqual([group, expect.closeTo(rate(-1) + half, 3)]);
      expect([group, contribution.uncertainty?.low]).toEqual([group, expect.closeTo(rate(-1) - half, 3)]);
    }
  },
);

test.each(['null', 'surge', 'fall', 'joined'])(
  'margins of %s have the intervals of its owners',
  async (belt) => {
    const split = await ask<MarginsAnswer>(`/margins?${PERIOD}&belt=${belt}`);
    const answer = await ask<MarginsUncertaintyAnswer>(`/margins/uncertainty?${PERIOD}&belt=${belt}`);
    expect(answer.parts.map(({ margin, contribution: { value } }) => [margin, value])).toEqual(
      split.parts.map(({ margin, contribution: { value } }) => [margin, value]),
    );
    const owners = [
      ...groupBy(
        LINES.filter((line) => line.belt === belt),
        (line) => ownerOf(line.merchant),
      ).values(),
    ].map((own) =>
      [2024, 2023].map((year) => {
        const lines = within(own, year);
        const merchants = new Set(lines.map(({ merchant }) => merchant)).size;
        return { merchants, orders: new Set(lines.map(({ order }) => order)).size, value: gmvOf(lines) };
      }),
    );
    // One who came and one who left, with a shop each.
    const [came, left] = [
      [1, 0],
      [0, 1],
    ].map((shops) => shops.map((merchants) => ({ merchants, orders: 0, value: 0 })));
    const all = [...owners, came ?? [], left ?? []];
    const rates = (out: number) => {
      const kept = all.filter((_, owner) => owner !== out);
      const sum = (side: number, key: 'merchants' | 'orders' | 'value') =>
        kept.reduce((total, owner) => total + (owner[side]?.[key] ?? 0), 0);
      const [now, before] = [0, 1].map((side) => {
        const [merchants, orders, value] = [sum(side, 'merchants'), sum(side, 'orders'), sum(side, 'value')];
        return { value, factors: [merchants, orders / merchants, value / orders] };
      });
      if (!now || !before) throw new Error('two sides');
      const weight = (now.value - before.value) / Math.log(now.value / before.value);
      return now.factors.map(
        (factor, index) => (weight * Math.log(factor / (before.factors[index] ?? NaN))) / before.value,
      );
    };
    const whole = rates(-1);
    const count = 2 + owners.filter((own) => own.some(({ value }) => value > 0)).length;
    const halves = whole.map((rate, index) => {
      const moved = all.map((_, owner) => (rates(owner)[index] ?? NaN) - rate);
      const sum = (power: number) => moved.reduce((total, move) => total + move ** power, 0);
      const degrees = Math.max(2, (2 * sum(2) ** 2) / sum(4));
      return studentAt95(degrees) * Math.sqrt((sum(2) * (count - 1)) / count);
    });
    const [merchants, buyersPerMerchant, ordersPerBuyer, valuePerOrder] = answer.parts.map(
      ({ contribution }) => contribution,
    );
    for (const [figure, half] of [
      [merchants, halves[0]],
      [answer.ordersPerMerchant, halves[1]],
      [valuePerOrder, halves[2]],
    ] as const) {
      const { value, uncertainty } = figure ?? {};
      expect(uncertainty?.low).toBeCloseTo((value ?? NaN) - (half ?? NaN), 4);
      expect(uncertainty?.high).toBeCloseTo((value ?? NaN) + (half ?? NaN), 4);
    }
    expect(answer.ordersPerMerchant?.value).toBeCloseTo(
      (buyersPerMerchant?.value ?? NaN) + (ordersPerBuyer?.value ?? NaN),
      12,
    );
    for (const figure of [buyersPerMerchant, ordersPerBuyer])
      expect(figure).toMatchObject({ uncertainty: null, uncertaintyReason: 'buyers-of-many-owners' });
  },
);

test.each(['null', 'surge', 'fall', 'joined'])(
  'the share of new SKUs of %s has the interval of its owners',
  async (belt) => {
    const { share, baselineShare } = await ask<NewSkusAnswer>(`/new-skus?${PERIOD}&belt=${belt}`);
    const own = LINES.filter((line) => line.belt === belt);
    const name = (line: SeedLine) => `${line.merchant}/${line.sku}`;
    const old = new Set(own.filter(({ day }) => day >= '2023-06' && day < '2024-06').map(name));
    const sides = [...groupBy(own, (line) => ownerOf(line.merchant)).values()].map((lines) => {
      const sold = within(lines, 2024);
      return [gmvOf(sold.filter((line) => !old.has(name(line)))), gmvOf(sold)] as const;
    });
    const sum = (side: 0 | 1) => sides.reduce((all, pair) => all + pair[side], 0);
    expect(share.value).toBeCloseTo(sum(0) / sum(1), 12);
    const truth = intervalOf(sides, sum(0) / sum(1), 'linear');
    expect(share.uncertainty?.low).toBeCloseTo(truth.low, 4);
    expect(share.uncertainty?.high).toBeCloseTo(truth.high, 4);
    expect(share.value).toBeGreaterThan(0.05);
    expect(baselineShare).toMatchObject({ value: 0, uncertaintyReason: 'too-few-owners' });
  },
);

test('of too few owners no share of new SKUs has one', async () => {
  const { share } = await ask<NewSkusAnswer>(`/new-skus?${PERIOD}&belt=thin`);
  expect(share).toMatchObject({ uncertainty: null, uncertaintyReason: 'too-few-owners' });
});

test('of too few owners no split has intervals', async () => {
  const { allStore, sameStore, groups } = await ask<TurnoverAnswer>(`/turnover?${PERIOD}&belt=thin`);
  for (const { value, uncertainty, uncertaintyReason } of [
    allStore,
    sameStore,
    ...groups.map(({ contribution }) => contribution),
  ]) {
    expect(value).not.toBeNull();
    expect([uncertainty, uncertaintyReason]).toEqual([null, 'too-few-owners']);
  }
});

test('the total of a ranking has the interval of all owners', async () => {
  const { total } = await ask<RankingUncertaintyAnswer>(`/growth/by-belt/uncertainty?${PERIOD}&measure=gmv`);
  const owners = [...groupBy(LINES, (line) => ownerOf(line.merchant)).values()];
  const truth = intervalOf(
    owners.map((lines) => [gmvOf(within(lines, 2024)), gmvOf(within(lines, 2023))]),
    1 + (total.value as number),
  );
  expect(total.uncertainty?.low).toBeCloseTo(truth.low - 1, 4);
  expect(total.uncertainty?.high).toBeCloseTo(truth.high - 1, 4);
});

test('contributions of belts have the intervals of their owners, and are those of the split', async () => {
  const answer = await ask<RankingUncertaintyAnswer>(`/growth/by-belt/uncertainty?${PERIOD}&measure=gmv`);
  const { parts } = await ask<ContributionsAnswer>(`/contributions?${PERIOD}&measure=gmv&by=belt&limit=50`);
  const owners = [...groupBy(LINES, (line) => ownerOf(line.merchant)).values()];
  for (const { belt, contribution } of answer.rows) {
    const part = parts.find((one) => one.belt?.beltId === belt.beltId);
    expect(contribution.value).toBeCloseTo(part?.contribution.value as number, 12);
    if (['thin', 'dominated', 'few'].includes(belt.beltId)) continue;
    const sides = owners.map((lines) => {
      const own = lines.filter((line) => line.belt === belt.beltId);
      return [gmvOf(within(own, 2024)), gmvOf(within(own, 2023)), gmvOf(within(lines, 2023))] as const;
    });
    const rateWithout = (out: number) => {
      const kept = sides.filter((_, owner) => owner !== out);
      const total = (side: 0 | 1 | 2) => kept.reduce((all, values) => all + values[side], 0);
      return (total(0) - total(1)) / total(2);
    };
    const whole = rateWithout(-1);
    const moved = owners.map((_, out) => rateWithout(out) - whole);
    const sum = (power: number) => moved.reduce((total, move) => total + move ** power, 0);
    const half = studentAt95((2 * sum(2) ** 2) / sum(4)) * Math.sqrt(sum(2));
    expect(contribution.uncertainty?.low).toBeCloseTo(whole - half, 3);
    expect(contribution.uncertainty?.high).toBeCloseTo(whole + half, 3);
  }
  const thin = answer.rows.find(({ belt }) => belt.beltId === 'thin');
  expect(thin?.contribution).toMatchObject({ uncertainty: null, uncertaintyReason: 'too-few-owners' });
});
