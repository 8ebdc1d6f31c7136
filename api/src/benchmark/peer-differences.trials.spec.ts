/** What the better ones do differently: on labels drawn at random nothing, what is planted is found, and nobody is made out by it. */
import { uniformOf } from '../statistics/hashed.ts';
import { medianLevel, recoveryRatio } from '../statistics/recovery.ts';
import { atOnce } from '../statistics/steps.ts';
import { NO_FACTS } from './owner-facts.ts';
import { COMPARED_MEASURES, differencesOf, POOL, type PoolOwner, poolsOf } from './peer-differences.ts';
import { addUp, NOTHING_SOLD } from './peer-measures.ts';

const GOODS = (belt: string) => ({ key: belt, name: { zh: belt, en: belt } });

/** An owner whose growth has nothing to do with the rest, but for what is planted: a part of distribution that grows with it. */
function owner(seed: number, at: number, planted = 0, belt = 'lamps'): PoolOwner {
  const draw = (of: number) => uniformOf(seed * 1_000 + of, at);
  const growth = draw(1);
  const gmv = Math.round(10_000 * Math.exp(3 * draw(2)));
  const share = Math.min(1, (1 - planted) * draw(3) ** 2 + planted * growth);
  const orders = 1 + Math.floor(50 * draw(4));
  const buyers = 1 + Math.floor(20 * draw(5));
  const due = 1 + Math.floor(90 * draw(6));
  return {
    ...{ owner: `o${at}`, belt },
    quarter: {
      now: {
        ...NOTHING_SOLD,
        ...{ gmv, orders, pieces: orders * (1 + Math.floor(30 * draw(7))), refund: gmv * 0.1 * draw(8) },
        ofTracks: [gmv * share, ...[9, 10, 11, 12].map((of) => (draw(of) < 0.6 ? 0 : gmv * draw(of + 20)))],
        ofProgramme: gmv * draw(13),
      },
      before: {
        ...NOTHING_SOLD,
        ...{ gmv: gmv / (0.5 + growth), orders, pieces: orders * (1 + Math.floor(30 * draw(37))) },
        ofTracks: [share, ...[39, 40, 41, 42].map((of) => (draw(of) < 0.6 ? 0 : draw(of + 20)))].map(
          (part) => (part * gmv) / (0.5 + growth),
        ),
        ofProgramme: (draw(43) * gmv) / (0.5 + growth),
      },
      facts: {
        ...NO_FACTS,
        aligned: { now: gmv, before: gmv / (0.5 + growth) },
        items: { value: gmv, newValue: gmv * draw(14), skus: 5, hits: 0, prices: null },
        buyers: {
          ...{ gmv, buyers, repeatBuyers: Math.floor(buyers * draw(15)), topGmv: gmv * draw(16) },
          ...{ channels: Math.floor(4 * draw(17)), countries: Math.floor(3 * draw(18)) },
          ...{ due, onTime: Math.floor(due * draw(19)), dispatched: due },
        },
      },
    },
  };
}
const owners = (seed: number, count: number, planted = 0, belt = 'lamps') =>
  Array.from({ length: count }, (_, at) => owner(seed, at, planted, belt));
const told = (all: readonly PoolOwner[], source = 's') => {
  const [pool] = poolsOf(all, GOODS);
  return pool ? atOnce(differencesOf(pool, source)) : null;
};

test('where growth has nothing to do with anything, hardly a pool is told of anything', () => {
  const pools = Array.from({ length: 200 }, (_, seed) =>
    told(owners(seed + 1, 60 + ((seed * 7) % 90)), `s${seed}`),
  );
  expect(pools.every((pool) => pool?.tested.length === COMPARED_MEASURES.length)).toBe(true);
  // Five of a hundred at most are to be; of 200 more than 16 would come by chance in two of a hundred runs.
  expect(pools.filter((pool) => (pool?.found.length ?? 0) > 0).length).toBeLessThanOrEqual(16);
});

/** The same owner with a base year and a level that have nothing to do with the rest either, but for what is planted in both. */
function ownerWithLevel(seed: number, at: number, planted = 0): PoolOwner {
  const one = owner(seed, at, planted);
  const draw = (of: number) => uniformOf(seed * 1_000 + of, at);
  const { now, facts } = one.quarter;
  const growth = draw(1);
  const gmv = (4 * now.gmv) / (0.5 + growth);
  const share = Math.min(1, (1 - planted) * draw(3) ** 2 + planted * growth);
  // What an order is worth has nothing to do with the level.
  const orders = (4 * now.orders * (0.8 + 0.4 * draw(51))) / (0.5 + growth);
  const first = {
    ...{ gmv, orders, pieces: orders * (1 + Math.floor(30 * draw(52))), ofProgramme: gmv * draw(53) },
    ofTracks: [share, ...[54, 55, 56, 57].map((of) => (draw(of) < 0.6 ? 0 : draw(of + 20)))].map(
      (part) => part * gmv,
    ),
  };
  const level = {
    ...{ level: 100 * (0.5 + growth), now: now.gmv, season: 1, about: 1, base: gmv },
    fewestOrders: orders,
  };
  return { ...one, quarter: { ...one.quarter, facts: { ...facts, level, first } } };
}

test('by levels it is the same: nothing where there is nothing, and what is planted is found', () => {
  const poolOf = (seed: number, count: number, planted: number) =>
    told(
      Array.from({ length: count }, (_, at) => ownerWithLevel(seed, at, planted)),
      `s${seed}`,
    );
  const none = Array.from({ length: 200 }, (_, seed) => poolOf(seed + 1, 60 + ((seed * 7) % 90), 0));
  expect(none.every((pool) => pool?.recovery === 'recovery-level')).toBe(true);
  expect(none.filter((pool) => (pool?.found.length ?? 0) > 0).length).toBeLessThanOrEqual(16);
  const pools = Array.from({ length: 60 }, (_, seed) => poolOf(seed + 500, 100, 0.6));
  const found = pools.flatMap(
    (pool) => pool?.found.filter(({ measure }) => measure === 'distribution') ?? [],
  );
  expect(found.filter(({ direction }) => direction === 'higher').length).toBeGreaterThan(54);
  expect(found.filter(({ direction }) => direction === 'lower')).toEqual([]);
  const rankOf = (size: string | null) => [null, 'small', 'middling', 'large'].indexOf(size);
  for (const { least, size, most } of found)
    expect([rankOf(least) <= rankOf(size), rankOf(size) <= rankOf(most)]).toEqual([true, true]);
});

/**
 * Owners who do in both years what they always do: orders of very different sizes, some by distribution through one of four channels, from buyers who come back as it happens.
 * Whoever grew did so by chance, by a large order or by more of them.
 */
function steady(seed: number, at: number, hasLevel = false): PoolOwner {
  let drawn = 0;
  const draw = () => uniformOf(seed * 7_001 + at, drawn++);
  const rate = 3 + 25 * draw();
  const taste = draw();
  const quarterOf = () => {
    const orders = Array.from({ length: Math.max(1, Math.round(rate * (0.4 + 1.2 * draw()))) }, () => ({
      gmv: Math.exp(6 + 3 * draw()),
      pieces: 1 + Math.floor(40 * draw()),
      isDistributed: draw() < taste,
      channel: Math.floor(4 * draw()),
      buyer: Math.floor(15 * draw()),
      isOnTime: draw() < 0.8,
    }));
    const gmv = orders.reduce((all, one) => all + one.gmv, 0);
    const distributed = orders.filter(({ isDistributed }) => isDistributed);
    const worth = distributed.reduce((all, one) => all + one.gmv, 0);
    const buyers = new Map<number, number[]>();
    for (const one of orders) buyers.set(one.buyer, [...(buyers.get(one.buyer) ?? []), one.gmv]);
    const bought = [...buyers.values()]
      .map((all) => all.reduce((sum, one) => sum + one, 0))
      .sort((a, b) => b - a);
    return {
      sums: {
        ...NOTHING_SOLD,
        ...{ gmv, orders: orders.length, pieces: orders.reduce((all, one) => all + one.pieces, 0) },
        ...{ ofTracks: [worth, 0, 0, 0, 0], ofProgramme: worth },
      },
      buyers: {
        ...{
          gmv,
          buyers: buyers.size,
          repeatBuyers: [...buyers.values()].filter((all) => all.length > 1).length,
        },
        topGmv: bought.slice(0, 3).reduce((all, one) => all + one, 0),
        ...{ channels: new Set(distributed.map(({ channel }) => channel)).size, countries: 0 },
        ...{
          due: orders.length,
          onTime: orders.filter(({ isOnTime }) => isOnTime).length,
          dispatched: orders.length,
        },
      },
    };
  };
  const [before, now] = [quarterOf(), quarterOf()];
  const aligned = { now: now.sums.gmv, before: before.sums.gmv };
  const yearOf = (some: readonly ReturnType<typeof quarterOf>[]) => addUp(some.map(({ sums }) => sums));
  const base = hasLevel ? yearOf(Array.from({ length: 4 }, quarterOf)) : null;
  const years = hasLevel
    ? [before, quarterOf()].map((one) => ({
        one,
        year: yearOf([one, ...Array.from({ length: 3 }, quarterOf)]),
      }))
    : [];
  const levels = years.map(({ one, year }) =>
    recoveryRatio(now.sums.gmv, base?.gmv ?? null, one.sums.gmv, year.gmv),
  );
  const level = base
    ? {
        ...{ level: medianLevel(levels.map((one) => one ?? NaN)), now: now.sums.gmv, season: 1, about: 1 },
        ...{ base: base.gmv, fewestOrders: base.orders },
      }
    : NO_FACTS.level;
  const facts = { ...NO_FACTS, aligned, level, first: base, buyers: now.buyers };
  return { owner: `o${at}`, belt: 'lamps', quarter: { now: now.sums, before: before.sums, facts } };
}

test.each([
  ['growth-aligned', false],
  ['recovery-level', true],
])(
  'where all grow by chance, neither larger orders nor more of them are taken for a cause: by %s',
  (recovery, hasLevel) => {
    const pools = Array.from({ length: 100 }, (_, seed) =>
      told(
        Array.from({ length: 160 }, (__, at) => steady(seed + 1, at, hasLevel)),
        `t${seed}`,
      ),
    );
    expect(pools.every((pool) => pool?.recovery === recovery)).toBe(true);
    const named = pools.flatMap((pool) => pool?.found.map(({ measure }) => measure) ?? []);
    expect([named, pools.filter((pool) => (pool?.found.length ?? 0) > 0).length <= 11]).toEqual([
      named,
      true,
    ]);
  },
);

test('what is planted is found, and hardly anything with it', () => {
  const pools = Array.from({ length: 60 }, (_, seed) => told(owners(seed + 500, 100, 0.6), `s${seed}`));
  const found = pools.map((pool) => pool?.found.find(({ measure }) => measure === 'distribution'));
  expect(found.filter((one) => one?.direction === 'higher').length).toBeGreaterThan(54);
  expect(found.filter((one) => one?.direction === 'lower')).toEqual([]);
  const others = pools.filter((pool) => pool?.found.some(({ measure }) => measure !== 'distribution'));
  expect(others.length).toBeLessThanOrEqual(8);
});

test('the same owners are told the same, whatever the order in which they come', () => {
  const all = owners(7, 120, 0.5);
  expect(told([...all].reverse())).toEqual(told(all));
});

test('a pool has owners enough, each is in one at most, and the few of many goods are together', () => {
  const all = [
    ...owners(1, POOL, 0, 'lamps'),
    ...owners(2, 40, 0, 'socks').map((one) => ({ ...one, owner: `s-${one.owner}` })),
    ...owners(3, 30, 0, 'hats').map((one) => ({ ...one, owner: `h-${one.owner}` })),
  ];
  const pools = poolsOf(all, GOODS);
  expect(pools.map(({ goods, owners: own }) => [goods?.en ?? null, own.length])).toEqual([
    ['lamps', POOL],
    [null, 70],
  ]);
  const names = pools.flatMap(({ owners: own }) => own.map((one) => one.owner));
  expect(new Set(names).size).toBe(names.length);
  expect(poolsOf(all.slice(0, POOL - 1), GOODS)).toEqual([]);
  expect(poolsOf(all, () => null)).toEqual([]);
});

test('an owner who knows all values but one’s learns nothing of it from what is told', () => {
  /** Of the values that somebody’s share of distribution may have, those with which the same would be told. */
  const agreeing = (all: readonly PoolOwner[], victim: number, isExact: boolean) => {
    const sayOf = (share: number) => {
      const changed = all.map((one, at) => (at === victim ? withShare(one, share) : one));
      const pool = told(changed);
      const { size, least, most } = pool?.found.find(({ measure }) => measure === 'distribution') ?? {};
      return isExact ? rankSum(changed) : `${size} ${least} ${most}`;
    };
    const own = all[victim]?.quarter.now;
    const truth = (own?.ofTracks[0] ?? 0) / (own?.gmv ?? 1);
    const now = sayOf(truth);
    const grid = Array.from({ length: 21 }, (_, at) => at / 20);
    return grid.filter((share) => sayOf(share) === now && Math.abs(share - truth) > 0.15 * truth).length;
  };
  const all = owners(77, 64, 0.7);
  const victims = [0, 9, 18, 27, 36, 45];
  const found = (isExact: boolean) => victims.filter((at) => agreeing(all, at, isExact) === 0).length;
  // An exact figure of ranks would give single owners away; a class of sizes gives nobody.
  expect(found(true)).toBeGreaterThan(0);
  expect(found(false)).toBe(0);
});

/** The year before is known to all: what is looked for is this quarter's. */
const withShare = (one: PoolOwner, share: number): PoolOwner => {
  const { now } = one.quarter;
  const [, ...others] = now.ofTracks;
  return { ...one, quarter: { ...one.quarter, now: { ...now, ofTracks: [share * now.gmv, ...others] } } };
};
/** What an exact statistic of the order would tell: the sum of the ranks of those who grew most. */
function rankSum(all: readonly PoolOwner[]): string {
  const growth = ({ quarter }: PoolOwner) => quarter.now.gmv / (quarter.before?.gmv ?? 1);
  const share = ({ quarter }: PoolOwner) => (quarter.now.ofTracks[0] ?? 0) / quarter.now.gmv;
  const best = new Set([...all].sort((a, b) => growth(b) - growth(a)).slice(0, Math.floor(all.length / 4)));
  const sorted = [...all].sort((a, b) => share(a) - share(b));
  return String(sorted.reduce((sum, one, at) => sum + (best.has(one) ? at : 0), 0));
}
