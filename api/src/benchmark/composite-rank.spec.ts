import fc from 'fast-check';
import { RANK_COMPONENTS, type RankComponent } from '@beltline/contract';
import { type DisclosureRules, rulesAmongMembers } from '../disclosure/rules.ts';
import { readConfig } from '../platform/config/config.ts';
import { uniformOf } from '../statistics/hashed.ts';
import { rankedGroup, rankOf, type RankWeights, weightsOf } from './composite-rank.ts';
import { NO_FACTS } from './owner-facts.ts';
import { NOTHING_SOLD } from './peer-measures.ts';
import { type Member, standingsOf } from './peer-standing.ts';

const RULES: DisclosureRules = rulesAmongMembers({ owners: 5, peers: 10, percent: 15, pooled: 1 });
const WEIGHTS: RankWeights = {
  ...{ goods: 1, service: 2, fulfilment: 2, 'after-sales': 2, 'new-products': 1, hits: 1, price: 1 },
};
/** Scores from 0 to 1 by component, of which a member is made that has them. */
type Scores = Readonly<Record<RankComponent, number>>;
function member(at: number, scores: Scores, buyers = true): Member {
  const facts = {
    ...NO_FACTS,
    // A better score is a lower price.
    position: { ...{ all: 1_000, matched: 1_000, items: 9 }, log: -scores.price, error: 0.1, effective: 9 },
    items: {
      ...{ value: 1_000, newValue: 1_000 * scores['new-products'], prices: null },
      ...{ skus: 10 + Math.round(100 * scores.goods), hits: Math.round(10 * scores.hits) },
    },
    buyers: buyers
      ? {
          ...{ gmv: 1_000, buyers: 100, repeatBuyers: 100 * scores.service, topGmv: 10 },
          ...{ channels: 1, countries: 1, due: 100, onTime: 100 * scores.fulfilment, dispatched: 100 },
        }
      : null,
  };
  const refund = 1_000 * (1 - scores['after-sales']);
  const now = { ...NOTHING_SOLD, gmv: 1_000, orders: 100, pieces: 100, refund };
  return { owner: `o${String(at).padStart(3, '0')}`, quarter: { now, before: null, facts } };
}
const all = (score: number) =>
  Object.fromEntries(RANK_COMPONENTS.map((name) => [name, score])) as unknown as Scores;
const random = (seed: number, at: number) =>
  Object.fromEntries(
    RANK_COMPONENTS.map((name, of) => [name, uniformOf(seed * 10 + of, at)]),
  ) as unknown as Scores;
const groupOf = (members: readonly Member[]) => {
  const group = rankedGroup(members, standingsOf(members, RULES));
  if (!group) throw new Error('there is no rank');
  return group;
};
const rank = (members: readonly Member[], at: number, weights = WEIGHTS) =>
  rankOf(groupOf(members), at, weights, RULES);

test('the weights are those of the setting, and its default names every part', () => {
  const { BELTLINE_RANK_WEIGHTS: setting } = readConfig({});
  expect(weightsOf(setting)).toEqual(WEIGHTS);
  expect(Object.keys(weightsOf(setting)).sort()).toEqual([...RANK_COMPONENTS].sort());
  expect(weightsOf(' hits=0  goods=2.5 ')).toEqual({ hits: 0, goods: 2.5 });
});

test('who is better in everything has the better rank, and is sure of it', () => {
  const members = Array.from({ length: 30 }, (_, at) => member(at, all(at / 29)));
  const told = members.map((_, at) => rank(members, at));
  expect(told.map((one) => one?.band.place)).toEqual(
    [1, 2, 3, 4, 5].flatMap((place) => Array.from({ length: 6 }, () => place)),
  );
  expect(told.every((one) => one?.sureness === 1)).toBe(true);
  expect(told[29]?.components.map(({ place, needs }) => [place, needs])).toEqual(
    RANK_COMPONENTS.map(() => [5, null]),
  );
  expect(told[0]?.components.map(({ component, weight }) => [component, weight])).toEqual(
    Object.entries(WEIGHTS),
  );
});

test('it is the weighted mean of percentiles, counted one by one', () => {
  for (const [seed, count] of [
    [1, 12],
    [2, 24],
    [3, 25],
    [4, 61],
  ] as const) {
    const members = Array.from({ length: count }, (_, at) => member(at, random(seed, at)));
    const value = ({ quarter: { now, facts } }: Member): Scores => ({
      goods: facts.items?.skus ?? NaN,
      hits: facts.items?.hits ?? NaN,
      'new-products': facts.items?.newValue ?? NaN,
      service: facts.buyers?.repeatBuyers ?? NaN,
      fulfilment: facts.buyers?.onTime ?? NaN,
      'after-sales': -now.refund,
      price: -(facts.position?.log ?? NaN),
    });
    const scores = members.map((one) =>
      RANK_COMPONENTS.reduce((sum, name) => {
        const others = members.map((other) => value(other)[name]);
        const own = value(one)[name];
        const below = others.filter((other) => other < own).length;
        return (
          sum + (WEIGHTS[name] / 10) * ((below + others.filter((other) => other === own).length / 2) / count)
        );
      }, 0),
    );
    const of = count < 25 ? 4 : 5;
    members.forEach((_, at) => {
      const own = scores[at] ?? NaN;
      const below = scores.filter((score) => score < own - 1e-9).length;
      const alike = scores.filter((score) => Math.abs(score - own) <= 1e-9).length;
      const place = Math.min(of, 1 + Math.floor(((below + alike / 2) / count) * of));
      expect([seed, at, rank(members, at)?.band]).toEqual([seed, at, { place, of }]);
    });
  }
});

test('what would move it up one does, and one band less does not', () => {
  let raised = 0;
  for (const at of [0, 3, 7, 11, 19, 28]) {
    const members = Array.from({ length: 40 }, (_, other) => member(other, random(9, other)));
    const group = groupOf(members);
    const told = rankOf(group, at, WEIGHTS, RULES);
    for (const { component, place, needs } of told?.components ?? []) {
      if (needs === null) continue;
      expect(needs).toBeGreaterThan(place ?? NaN);
      const column = group.components.indexOf(component);
      const bandAt = (percentile: number) => {
        const percentiles = group.percentiles.map((own, one) =>
          one === column ? own.map((was, who) => (who === at ? percentile : was)) : own,
        );
        return rankOf({ ...group, percentiles }, at, WEIGHTS, RULES)?.band.place ?? NaN;
      };
      expect(bandAt((needs - 0.5) / 5)).toBeGreaterThan(told?.band.place ?? NaN);
      if (needs - 1 > (place ?? NaN)) expect(bandAt((needs - 1.5) / 5)).toBe(told?.band.place);
      raised += 1;
    }
  }
  expect(raised).toBeGreaterThan(8);
});

test('who stands at the edge of a band is less sure of it than who stands in its middle', () => {
  // All are alike but for two parts, of which one makes good what the other lacks.
  const members = Array.from({ length: 30 }, (_, at) =>
    member(at, { ...all(0.5), service: at / 29, fulfilment: 1 - at / 29, hits: ((at * 7) % 30) / 30 }),
  );
  const sureness = members.map((_, at) => rank(members, at)?.sureness ?? NaN);
  expect(Math.min(...sureness)).toBeLessThan(0.7);
  for (const one of sureness) expect(Math.round(one * 100) % 5).toBe(0);
});

test('who has too little to be ranked by is not ranked, and nobody where too few are', () => {
  const some = (withBuyers: number) =>
    Array.from({ length: 20 }, (_, at) => member(at, random(3, at), at < withBuyers));
  // Without buyers there are after-sales, goods, new products, hits and price: six tenths of the weight.
  expect(rank(some(15), 19)).not.toBeNull();
  const heavy = { ...WEIGHTS, service: 9 };
  expect(rank(some(15), 19, heavy)).toBeNull();
  expect(rank(some(15), 3, heavy)).not.toBeNull();
  // Of eleven members who are in it ten are others; of ten only nine.
  expect(rank(some(11), 3, heavy)).not.toBeNull();
  expect(rank(some(10), 3, heavy)?.components.filter(({ place }) => place !== null)).toHaveLength(5);
  const none = {
    ...WEIGHTS,
    goods: 0,
    service: 0,
    fulfilment: 0,
    'after-sales': 0,
    'new-products': 0,
    hits: 0,
    price: 0,
  };
  expect(rank(some(20), 3, none)).toBeNull();
});

test('a rank follows no amount: values may be any of the same order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 0, max: 19 }), (seed, at) => {
      const members = Array.from({ length: 20 }, (_, other) => member(other, random(seed, other)));
      const bent = members.map((one) => {
        const { items, buyers } = one.quarter.facts;
        const facts = {
          ...one.quarter.facts,
          items: items && { ...items, skus: items.skus ** 2 },
          buyers: buyers && { ...buyers, repeatBuyers: Math.sqrt(buyers.repeatBuyers) },
        };
        return { ...one, quarter: { ...one.quarter, facts } };
      });
      // Squares make one owner's SKUs most of all, which is for the standings to refuse.
      const standings = standingsOf(members, RULES);
      const [plain, other] = [members, bent].map((own) => rankedGroup(own, standings));
      if (!plain || !other) throw new Error('there is no rank');
      expect(rankOf(other, at, WEIGHTS, RULES)).toEqual(rankOf(plain, at, WEIGHTS, RULES));
    }),
    { numRuns: 20 },
  );
});
