/**
 * A curious merchant against trends: what several quarters tell together. As in `peer-attacks.trials.spec.ts`, each way finds somebody where the defence is off and nobody where it is on, and attackers are
 * told more than the page tells them: whose values a mean is of.
 */
import fc from 'fast-check';
import {
  type DisclosureRules,
  guardedMean,
  guardedQuartiles,
  quantileWindow,
  rulesAmongMembers,
} from '../disclosure/rules.ts';
import { uniformOf } from '../statistics/hashed.ts';
import { NO_FACTS, type OwnerFacts } from './owner-facts.ts';
import { hidesBeside, PastQuarter } from './past-quarter.ts';
import type { BeltAbout, PeerRow } from './peer-quarter.ts';
import { type StratumSums, stratumPrices } from './price-position.ts';
import { hidesDifference, type InMean } from './told-over-time.ts';

const PUBLISHED: DisclosureRules = { owners: 5, peers: 10, percent: 15, pooled: 1 };
const RULES = rulesAmongMembers(PUBLISHED);
const P = RULES.percent / 100;
const isNear = (estimate: number, truth: number) => Math.abs(estimate - truth) <= P * truth;
const unit = (seed: number, at: number) => 2 * uniformOf(seed, at) - 1;
const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
const valueOf = ({ value }: InMean) => value;

/** Members in the order of their values. */
const group = (seed: number, count: number): InMean[] =>
  Array.from({ length: count }, (_, at) =>
    Math.round(20_000 * Math.exp(1.2 * unit(seed, at) + 0.8 * unit(seed, at + 999))),
  )
    .sort((a, b) => a - b)
    .map((value, at) => ({ owner: `o${String(at).padStart(2, '0')}`, value }));
const GROUPS = Array.from({ length: 200 }, (_, seed) => group(seed, 11 + (seed % 40)));
/** The next quarter: the first is gone, and the others sell a little more or less. */
const nextOf = (members: readonly InMean[], seed: number, noise: number): InMean[] =>
  members
    .slice(1)
    .map(({ owner, value }, at) => ({ owner, value: value * (1 + noise * unit(seed + 7_000, at)) }))
    .sort((a, b) => a.value - b.value);
function medianOf(members: readonly InMean[]): { mean: InMean[]; told: number } | null {
  const sorted = members.map(valueOf);
  const window = quantileWindow(sorted, 0.5, RULES);
  return window && { mean: members.slice(window.first, window.last + 1), told: guardedMean(sorted, window) };
}

/** Who came into the middle, and is found by subtracting one quarter from the next; `beyond`: whom nobody would have guessed who takes the middle for theirs. */
function foundBetween(noise: number, isGated: boolean): { told: number; beyond: number } {
  let [told, beyond] = [0, 0];
  for (const [seed, members] of GROUPS.entries()) {
    const [was, is] = [medianOf(members), medianOf(nextOf(members, seed, noise))];
    if (!was || !is || (isGated && !hidesDifference(was.mean, is.mean, RULES))) continue;
    told += 1;
    const stayed = new Set(was.mean.map(({ owner }) => owner));
    const [came, went] = [
      is.mean.filter(({ owner }) => !stayed.has(owner)),
      was.mean.filter(({ owner }) => !is.mean.some((one) => one.owner === owner)),
    ];
    const difference = is.told * is.mean.length - was.told * was.mean.length;
    for (const target of came) {
      // Two members know what moved most beside: their own.
      const known = [
        ...came.filter((one) => one !== target).map(valueOf),
        ...went.map(({ value }) => -value),
      ];
      const most = known.sort((a, b) => Math.abs(b) - Math.abs(a)).slice(0, 2);
      const isFound = isNear(difference - sum(most), target.value);
      beyond += isFound && !isNear(is.told, target.value) ? 1 : 0;
    }
  }
  return { told, beyond };
}

test('subtracting one quarter from the next, of business that hardly changes', () => {
  for (const noise of [0, 0.01, 0.02, 0.05]) {
    expect(foundBetween(noise, false).beyond).toBeGreaterThan(20);
    expect(foundBetween(noise, true).beyond).toBeLessThanOrEqual(1);
  }
  // It is not that nothing is told: where the others change as business does, nearly all of it is.
  expect(foundBetween(0.2, true).told).toBeGreaterThan(0.8 * foundBetween(0.2, false).told);
  expect(foundBetween(0.4, true).told).toBeGreaterThan(0.9 * foundBetween(0.4, false).told);
});

test('of any two means: with the difference and what two others know of their own, nobody who came or went is nearer than p %', () => {
  const value = fc.integer({ min: 0, max: 1_000 });
  fc.assert(
    fc.property(
      fc.array(fc.record({ was: fc.option(value), is: fc.option(value) }), { minLength: 5, maxLength: 9 }),
      (owners) => {
        const mean = (of: 'was' | 'is') =>
          owners.flatMap((own, at) => (own[of] === null ? [] : [{ owner: `o${at}`, value: own[of] }]));
        fc.pre(
          hidesDifference(mean('was'), mean('is'), RULES) &&
            owners.some(({ was, is }) => was !== null && is !== null),
        );
        for (const [at, { was, is }] of owners.entries()) {
          if ((was === null) === (is === null)) continue;
          const target = was ?? is ?? NaN;
          const others = owners
            .filter((_, other) => other !== at)
            .map((one) => Math.abs((one.is ?? 0) - (one.was ?? 0)));
          const hidden = sum([...others].sort((a, b) => b - a).slice(2));
          expect(hidden).toBeGreaterThanOrEqual(P * target - 1e-6);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('what shares leave to one, from one quarter to the next', () => {
  const mean = (late: readonly (readonly [string, number])[]) =>
    late.map(([owner, one]) => ({ owner, value: 1 - one }));
  const was = mean([
    ['a', 0.001],
    ['b', 0.001],
    ['c', 0.002],
    ['d', 0.002],
    ['e', 0.002],
  ]);
  const is = mean([
    ['b', 0.001],
    ['c', 0.002],
    ['d', 0.002],
    ['e', 0.002],
    ['f', 0.3],
  ]);
  expect(hidesDifference(was, is, RULES, true)).toBe(false);
  expect(hidesDifference(was, was, RULES, true)).toBe(true);
});

const BELTS: BeltAbout[] = [
  {
    beltId: 'a',
    category: 'lamps',
    province: 'P',
    city: 'p',
    name: { zh: 'a', en: 'a' },
    goods: { zh: '灯', en: 'lamps' },
  },
];
const NOTHING = {
  refund: 0,
  gmv_before: 0,
  orders_before: 0,
  pieces_before: 0,
  of_tracks: [],
  of_tracks_before: [],
  shops: 1,
};
const rowsOf = (members: readonly InMean[]): PeerRow[] =>
  members.map(({ owner, value }) => ({
    ...NOTHING,
    owner,
    belt_id: 'a',
    size: 'small',
    gmv: 100 * value,
    orders: 10,
    pieces: 10,
  }));
const pastOf = (members: readonly InMean[], factsOf: (owner: string) => OwnerFacts = () => NO_FACTS) =>
  PastQuarter.of(rowsOf(members), BELTS, factsOf, false, { rules: RULES, minBase: 1 });

/** What a measure is made of that is no sum of months, of somebody who has so much of it. */
const FACTS = {
  gmv: () => NO_FACTS,
  skus: (value: number) => ({
    ...NO_FACTS,
    items: { ...{ value: 1, newValue: 0, skus: value, hits: 0 }, prices: null },
  }),
  buyers: (value: number) => ({
    ...NO_FACTS,
    buyers: {
      ...{ gmv: 1, buyers: value, repeatBuyers: 0, topGmv: 1, channels: 0, countries: 0 },
      ...{ due: 0, onTime: 0, dispatched: 0 },
    },
  }),
} as const;

test('a trend of today’s members traced back is a second edition of each quarter, which differ by an owner', async () => {
  /** Whoever has the smallest value of the median of a past quarter, and is told it once more of today’s members, of whom a smaller one has gone. */
  const found = (members: readonly InMean[], again: number | null): boolean => {
    const first = medianOf(members);
    if (!first || again === null || again === first.told) return false;
    const at = members.indexOf(first.mean.at(-1) as InMean);
    const target = members[at + 1]?.value ?? NaN;
    return isNear((again - first.told) * first.mean.length + (first.mean[0]?.value ?? NaN), target);
  };
  const some = GROUPS.slice(0, 60);
  const traced = some.filter((members) =>
    found(members, guardedQuartiles(members.slice(1).map(valueOf), RULES)[1]),
  ).length;
  expect(traced).toBeGreaterThan(10);
  let told = 0;
  for (const members of some) {
    // A page of today asks the past quarter for the group of then.
    const past = await pastOf(members);
    const median = past.median(members.at(-1)?.owner ?? '', 'gmv', () => true).value;
    expect(median).toBe(medianOf(members)?.told ?? null);
    told += found(members, median) ? 1 : 0;
  }
  expect(told).toBe(0);
});

test.each(['gmv', 'skus', 'buyers'] as const)(
  'a quarter is not told where a quarter of the year before it gives its difference away: %s',
  async (measure) => {
    const withFacts = (members: readonly InMean[]) => {
      const of = new Map(members.map(({ owner, value }) => [owner, value]));
      return pastOf(members, (owner) => FACTS[measure](of.get(owner) ?? NaN));
    };
    let [withheld, shown] = [0, 0];
    for (const [seed, members] of GROUPS.slice(0, 40).entries())
      for (const noise of [0.01, 0.5]) {
        const next = nextOf(members, seed, noise);
        const [was, is] = [await withFacts(members), await withFacts(next)];
        const owner = next[0]?.owner ?? '';
        const [alone, beside] = [
          is.median(owner, measure, () => true),
          is.median(owner, measure, hidesBeside([was], RULES)),
        ];
        if (alone.value === null) continue;
        const [before, now] = [medianOf(members), medianOf(next)];
        const isSafe = !before || !now || hidesDifference(before.mean, now.mean, RULES);
        expect(beside.value).toBe(isSafe ? alone.value : null);
        withheld += beside.value === null ? 1 : 0;
        shown += beside.value === null ? 0 : 1;
      }
    expect(Math.min(withheld, shown)).toBeGreaterThan(10);
  },
);

test('a price of the others, which is another for each: two of them differ by one owner’s', () => {
  const own = (price: number): StratumSums[] => {
    const [value, log] = [1_000, Math.log(price)];
    return [
      {
        stratum: 's',
        items: 3,
        value,
        logs: value * log,
        squares: 1,
        squareLogs: log,
        squareLogSquares: log ** 2,
      },
    ];
  };
  const found = (reference: (all: readonly number[], without: number) => number | null) =>
    GROUPS.slice(0, 60).filter((members) => {
      const prices = members.map(valueOf);
      const middle = Math.floor(prices.length / 2);
      // One below the middle and one above it compare what they are told.
      const [low, high] = [reference(prices, middle - 1), reference(prices, middle + 1)];
      if (low === null || high === null || low === high) return false;
      const target = prices[middle + 3] ?? NaN;
      return (
        isNear((low - high) * 5 + (prices[middle - 1] ?? NaN), target) ||
        isNear((low - high) * 5 + (prices[middle - 2] ?? NaN), target)
      );
    }).length;
  const ofOthers = (all: readonly number[], without: number) =>
    guardedQuartiles(
      all.filter((_, at) => at !== without),
      RULES,
    )[1];
  const ofAll = (all: readonly number[]) => {
    const log = stratumPrices(all.map(own), RULES).get('s');
    return log === undefined ? null : Math.exp(log);
  };
  expect(found(ofOthers)).toBeGreaterThan(5);
  expect(found(ofAll)).toBe(0);
  expect(
    GROUPS.slice(0, 60).filter((members) => ofAll(members.map(valueOf)) !== null).length,
  ).toBeGreaterThan(30);
});
