/**
 * A curious merchant against the page: each way to learn what a competitor sold finds them where one defence is off, and nobody where it is on.
 * Found is who is estimated, or bounded from above, to within p% of the truth. Attackers are told more than the page tells them: whose values a shown mean is of.
 */
import {
  type DisclosureRules,
  guardedMean,
  guardedQuartiles,
  guardedWindows,
  type GuardedWindows,
  isUndominated,
  quantileWindow,
  type QuantileWindow,
  rulesAmongMembers,
} from '../disclosure/rules.ts';
import { uniformOf } from '../statistics/hashed.ts';
import { frozenQuarters } from './frozen-quarters.ts';
import { NO_FACTS } from './owner-facts.ts';
import { NOTHING_SOLD } from './peer-measures.ts';
import { type Member, standingsOf } from './peer-standing.ts';
import { peerGroups, type PeerOwner, type PeerPlace } from './peer-groups.ts';
import { windowsBesideTotal } from './told-beside-totals.ts';

const PUBLISHED: DisclosureRules = { owners: 5, peers: 10, percent: 15, pooled: 1 };
const RULES = rulesAmongMembers(PUBLISHED);
const PLACES: PeerPlace[] = [{ beltId: 'a', category: 'lamps', province: 'P', city: 'p' }];
const P = RULES.percent / 100;
/** Half a unit of the third digit, which rounding may have taken away. */
const ROUNDED = 0.005;

const isNear = (estimate: number, truth: number) => Math.abs(estimate - truth) <= P * truth;
const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
/** Values of a group, from half to some ten times of a middle. */
const group = (seed: number, count: number): number[] =>
  Array.from(
    { length: count },
    (_, at) => 20_000 * Math.exp(1.2 * unit(seed, at) + 0.8 * unit(seed, at + 999)),
  )
    .map(Math.round)
    .sort((a, b) => a - b);
const unit = (seed: number, at: number) => 2 * uniformOf(seed, at) - 1;
const GROUPS = Array.from({ length: 60 }, (_, seed) => group(seed, 11 + (seed % 40)));

/** How many of a mean's values are found by `together` who are among them: an upper bound, since nobody sold less than nothing. */
function foundIn(sorted: readonly number[], { first, last }: QuantileWindow, together: number): number {
  const inside = sorted.slice(first, last + 1);
  const most = guardedMean(sorted, { first, last }) * inside.length * (1 + ROUNDED);
  return inside.filter((target, at) => {
    const others = inside.filter((_, other) => other !== at).sort((a, b) => b - a);
    return most - sum(others.slice(0, together)) < (1 + P) * target;
  }).length;
}

test('two members of a group who put together what they see', () => {
  const SHARES = [0.25, 0.5, 0.75];
  const found = (rules: DisclosureRules) =>
    sum(
      GROUPS.flatMap((sorted) =>
        SHARES.map((share) => {
          const window = quantileWindow(sorted, share, rules);
          return window ? foundIn(sorted, window, 2) : 0;
        }),
      ),
    );
  expect(found(PUBLISHED)).toBeGreaterThan(100);
  expect(found(RULES)).toBe(0);
  // It is not that nothing is shown.
  const shown = GROUPS.flatMap((sorted) => guardedQuartiles(sorted, RULES)).filter((one) => one !== null);
  expect(shown.length).toBeGreaterThan(100);
});

/** Values of owners as each kind of measure has them. */
const KINDS: Readonly<Record<string, (seed: number, at: number) => number>> = {
  'buyers, SKUs': (seed, at) => Math.ceil(400 * Math.exp(2.5 * unit(seed, at))),
  'channels, countries, hits': (seed, at) => Math.floor(6 * uniformOf(seed, at) ** 2),
  'growth, prices': (seed, at) => Math.exp(0.9 * unit(seed, at)),
  'shares, of which many have none': (seed, at) => Math.max(0, unit(seed, at)) ** 2,
};

test.each(Object.entries(KINDS))('two members together, of %s', (_, of) => {
  const found = (rules: DisclosureRules) =>
    sum(
      Array.from({ length: 60 }, (__, seed) => {
        const sorted = Array.from({ length: 11 + (seed % 40) }, (___, at) => of(seed, at)).sort(
          (a, b) => a - b,
        );
        return sum(
          [0.25, 0.5, 0.75].map((share) => {
            const window = quantileWindow(sorted, share, rules);
            // Who has none is not found: that many have none is told of nobody by name.
            const isOfNone = window === null || sorted[window.last] === 0;
            return isOfNone ? 0 : foundIn(sorted, window, 2);
          }),
        );
      }),
    );
  expect(found(PUBLISHED)).toBeGreaterThan(20);
  expect(found(RULES)).toBe(0);
});

test('what shares leave to one, where nearly all have nearly all of it', () => {
  /** On-time rates: most are late a little, some often. */
  const late = (seed: number, at: number) =>
    uniformOf(seed + 300, at) < 0.15 ? 0.2 + 0.3 * uniformOf(seed, at) : 0.002 * uniformOf(seed, at);
  const found = (isShare: boolean) =>
    sum(
      GROUPS.map((_, seed) => {
        const sorted = Array.from({ length: 11 + (seed % 40) }, (__, at) => 1 - late(seed, at)).sort(
          (a, b) => a - b,
        );
        return sum(
          [0.25, 0.5, 0.75].map((share) => {
            const window = quantileWindow(sorted, share, RULES, isShare);
            if (!window) return 0;
            // Attackers read the mean as it is, without its rounding, which is more than they are told.
            const left = sorted.slice(window.first, window.last + 1).map((one) => 1 - one);
            const [most = 0, ...others] = [...left].sort((a, b) => b - a);
            const known = sum(others.slice(0, 2));
            return most > 0 && sum(left) - known < (1 + P) * most ? 1 : 0;
          }),
        );
      }),
    );
  expect(found(false)).toBeGreaterThan(5);
  expect(found(true)).toBe(0);
});

test('a rate whose base is one owner’s: no quartile tells it, and no band', () => {
  /** On-time rates of members of whom one has nearly all of the lines that were due. */
  const members = (largest: number) =>
    Array.from({ length: 14 }, (_, at): Member => {
      const due = at === 0 ? largest : 20 + at;
      const buyers = {
        ...{ gmv: 1_000, buyers: 5, repeatBuyers: 1, topGmv: 500, channels: 1, countries: 0 },
        ...{ due, onTime: Math.floor(due * uniformOf(4, at)), dispatched: due },
      };
      const now = { ...NOTHING_SOLD, gmv: 1_000, orders: 10, pieces: 10 };
      return { owner: `o${at}`, quarter: { now, before: null, facts: { ...NO_FACTS, buyers } } };
    });
  const shown = (largest: number) => standingsOf(members(largest), RULES)['on-time'];
  expect(shown(30).bands.every((band) => band !== null)).toBe(true);
  expect(shown(30).quartiles[1]).not.toBeNull();
  expect(shown(5_000).bands.every((band) => band === null)).toBe(true);
  expect(shown(5_000).quartiles).toEqual([null, null, null]);
});

test('means that have values in common, whose difference is of fewer', () => {
  // Of eleven, quartiles and median overlap; who knows all but one of what their difference is of knows that one.
  const found = (isDisjoint: boolean) =>
    sum(
      GROUPS.filter((sorted) => sorted.length < 14).map((sorted) => {
        const [lower, median] = [0.25, 0.5].map((share) => quantileWindow(sorted, share, PUBLISHED));
        const told = guardedQuartiles(sorted, PUBLISHED);
        if (!lower || !median || (isDisjoint && (told[0] === null || told[1] === null))) return 0;
        if (lower.last < median.first) return 0;
        const [low, mid] = [
          sorted.slice(lower.first, median.first),
          sorted.slice(lower.last + 1, median.last + 1),
        ];
        const difference =
          guardedMean(sorted, median) * (median.last - median.first + 1) -
          guardedMean(sorted, lower) * (lower.last - lower.first + 1);
        const [target = NaN, ...known] = [...mid].reverse();
        return isNear(difference + sum(low) - sum(known), target) ? 1 : 0;
      }),
    );
  expect(found(false)).toBeGreaterThan(3);
  expect(found(true)).toBe(0);
});

test('a belt’s total, which officials are told, beside the quartiles of its merchants', () => {
  const groups = Array.from({ length: 200 }, (_, seed) =>
    Array.from({ length: 11 + (seed % 40) }, (__, at) =>
      Math.round(20_000 * Math.exp(2.4 * unit(seed, at))),
    ).sort((a, b) => a - b),
  ).filter((sorted) => isUndominated(sorted, RULES));
  /** Two who are the next ones after the largest take away themselves, and what others sold at least. */
  const isFound = (sorted: readonly number[], windows: GuardedWindows): boolean => {
    const told = windows.filter((window) => window !== null);
    const [largest = 0, ...next] = sorted.toReversed();
    const sums = told.map(({ first, last }) => {
      const mine = sorted.slice(Math.max(first, sorted.length - 3), last + 1);
      return guardedMean(sorted, { first, last }) * (last - first + 1) * (1 - ROUNDED) - sum(mine);
    });
    const between = sorted.slice(0, -3).map((_, at) => {
      if (told.some(({ first, last }) => at >= first && at <= last)) return 0;
      const below = told.findLast(({ last }) => last < at);
      return below ? guardedMean(sorted, below) * (1 - ROUNDED) : 0;
    });
    const most = sum(sorted) - sum(next.slice(0, 2)) - sum(sums) - sum(between);
    return most < (1 + P) * largest;
  };
  const found = (told: (sorted: readonly number[], windows: GuardedWindows) => GuardedWindows) =>
    groups.filter((sorted) => isFound(sorted, told(sorted, guardedWindows(sorted, RULES)))).length;
  expect(found((_, windows) => windows)).toBeGreaterThan(10);
  expect(found((sorted, windows) => windowsBesideTotal(sorted, windows, RULES))).toBe(0);
  // It is not that nothing is shown.
  const shown = (told: (sorted: readonly number[]) => GuardedWindows) =>
    sum(groups.map((sorted) => told(sorted).filter((window) => window !== null).length));
  const [all, left] = [
    shown((sorted) => guardedWindows(sorted, RULES)),
    shown((sorted) => windowsBesideTotal(sorted, guardedWindows(sorted, RULES), RULES)),
  ];
  expect(left / all).toBeGreaterThan(0.75);
});

test('ten shops of one owner around a competitor', () => {
  const found = (ownerOf: (shop: number) => string) => {
    const victim = 41_700;
    const shops = [31, 33, 35, 37, 39, 44, 46, 48, 50, 52].map((worth) => worth * 1_000);
    const sold = new Map<string, number>([['victim', victim]]);
    for (const [at, worth] of shops.entries()) sold.set(ownerOf(at), (sold.get(ownerOf(at)) ?? 0) + worth);
    const owners: PeerOwner[] = [...sold].map(([owner, amount]) => ({
      ...{ owner, belt: 'a', size: 'small' },
      amounts: [amount],
    }));
    const [shown] = peerGroups(owners, PLACES, RULES);
    if (!shown) return false;
    const [, median] = guardedQuartiles(
      shown.owners.map(({ amounts }) => amounts[0] ?? NaN),
      RULES,
    );
    // Two of their own on either side, as they have set it.
    return isNear(5 * (median ?? NaN) - (37 + 39 + 44 + 46) * 1_000, victim);
  };
  expect(found((shop) => `shop ${shop}`)).toBe(true);
  expect(found(() => 'one owner')).toBe(false);
});

test('a group of ten with one giant', () => {
  const giants = Array.from({ length: 30 }, (_, seed) => [...group(seed, 10), 5_000_000 + 1_000 * seed]);
  /** Whoever has the second largest value looks for the largest. */
  const foundBy = (windowOf: (sorted: readonly number[], share: number) => QuantileWindow | null) =>
    giants.filter((sorted) =>
      Array.from({ length: 41 }, (_, at) => at / 40).some((share) => {
        const window = windowOf(sorted, share);
        return window !== null && window.last === sorted.length - 1 && foundIn(sorted, window, 1) > 0;
      }),
    ).length;
  const ofThree = (sorted: readonly number[], share: number): QuantileWindow => {
    const middle = Math.min(sorted.length - 2, Math.max(1, Math.round(share * (sorted.length - 1))));
    return { first: middle - 1, last: middle + 1 };
  };
  expect(foundBy(ofThree)).toBe(giants.length);
  expect(foundBy((sorted, share) => quantileWindow(sorted, share, RULES))).toBe(0);
  // And there is no such group at all.
  for (const sorted of giants) {
    const owners = sorted.map((amount, at): PeerOwner => ({
      owner: `o${at}`,
      belt: 'a',
      size: 'small',
      amounts: [amount],
    }));
    expect(peerGroups(owners, PLACES, RULES)).toEqual([]);
    expect(peerGroups(owners, PLACES, { ...RULES, percent: 0 })).toHaveLength(1);
  }
});

/** The values that a quarter is told of at each of several versions: with one edition those of the first, whatever came later. */
function toldOf(versions: readonly (readonly number[])[], isFrozen: boolean): readonly (readonly number[])[] {
  const made = versions.map((_, at) => ({
    ...{ version: at, publishedOn: '2024-04-01', dataThrough: '2024-03-31' },
    months: ['2024-01', '2024-02', '2024-03'].map((month) => ({ month })),
  }));
  if (!isFrozen) return versions;
  return versions.map((_, at) => {
    const [quarter] = frozenQuarters(made.slice(0, at + 1));
    return versions[quarter?.version ?? NaN] ?? [];
  });
}

test('changing one’s own orders to see a quartile move', () => {
  /** The largest own value up to which the median moved is that of a competitor. */
  const foundOf = (others: readonly number[], isFrozen: boolean): boolean => {
    const sweep = Array.from({ length: 120 }, (_, at) => Math.round(5_000 * Math.exp(at / 24)));
    const medians = toldOf(
      sweep.map((own) => [...others, own]),
      isFrozen,
    ).map((values) => guardedQuartiles(values, RULES)[1]);
    const last = medians.findLastIndex((median, at) => at > 0 && median !== medians[at - 1]);
    if (last < 0) return false;
    const moved = sweep[last] ?? NaN;
    const window = quantileWindow([...others, Infinity].slice(0, -1).concat(1e9), 0.5, RULES);
    return window !== null && isNear(moved, others[window.last] ?? NaN);
  };
  const some = GROUPS.slice(0, 12);
  const found = (isFrozen: boolean) => some.filter((others) => foundOf(others, isFrozen)).length;
  expect(found(false)).toBeGreaterThan(8);
  expect(found(true)).toBe(0);
});

test('a member leaves: two editions of one quarter, and two quarters', () => {
  /** Who has the smallest of the values of a median, and sees it once more without one of the smaller ones, looks for the value that came in. */
  const foundOf = (before: readonly number[], after: readonly number[]): boolean => {
    const [window, next] = [before, after].map((sorted) => quantileWindow(sorted, 0.5, RULES));
    if (!window || !next || next.last !== window.last || next.first !== window.first) return false;
    const width = window.last - window.first + 1;
    const [was, is] = [guardedMean(before, window), guardedMean(after, next)];
    if (was === is) return false;
    return isNear((is - was) * width + (before[window.first] ?? NaN), after[next.last] ?? NaN);
  };
  const withoutFirst = (values: readonly number[]) => values.slice(1);
  const editions = (isFrozen: boolean) =>
    GROUPS.filter((values) => {
      const [before = [], after = []] = toldOf([values, withoutFirst(values)], isFrozen);
      return foundOf(before, after);
    }).length;
  expect(editions(false)).toBeGreaterThan(10);
  expect(editions(true)).toBe(0);
  // In the next quarter all have sold something else, by a fifth up or down: what is found is no more than who guesses the middle finds.
  const [byDifference, byGuess] = [0, 1].map(
    (guesses) =>
      GROUPS.filter((values, seed) => {
        const after = withoutFirst(values)
          .map((value, at) => value * (1 + 0.2 * unit(seed + 7_000, at)))
          .sort((a, b) => a - b);
        if (guesses === 0) return foundOf(values, after);
        const window = quantileWindow(after, 0.5, RULES);
        return window !== null && isNear(guardedMean(after, window), after[window.last] ?? NaN);
      }).length,
  );
  expect(byDifference).toBeLessThanOrEqual(byGuess ?? NaN);
});
