/** Prices beside like goods: planted positions come out, mixes do not count, and the interval holds the truth as often as it says. */
import { type DisclosureRules, rulesAmongMembers } from '../disclosure/rules.ts';
import { uniformOf } from '../statistics/hashed.ts';
import { intervalOf, positionOf, type StratumSums, stratumPrices } from './price-position.ts';

const RULES: DisclosureRules = rulesAmongMembers({ owners: 5, peers: 10, percent: 15, pooled: 1 });

interface Item {
  readonly stratum: string;
  readonly price: number;
  readonly value: number;
}
function sumsOf(items: readonly Item[]): StratumSums[] {
  const names = [...new Set(items.map(({ stratum }) => stratum))];
  return names.map((stratum) => {
    const own = items.filter((item) => item.stratum === stratum);
    const total = (of: (item: Item) => number) => own.reduce((sum, item) => sum + of(item), 0);
    return {
      ...{ stratum, items: own.length },
      value: total(({ value }) => value),
      logs: total(({ value, price }) => value * Math.log(price)),
      squares: total(({ value }) => value ** 2),
      squareLogs: total(({ value, price }) => value ** 2 * Math.log(price)),
      squareLogSquares: total(({ value, price }) => value ** 2 * Math.log(price) ** 2),
    };
  });
}
/** About standard normal, by twelve uniforms. */
const normal = (seed: number, at: number) =>
  Array.from({ length: 12 }, (_, of) => uniformOf(seed + 77 * of, at)).reduce((sum, one) => sum + one, -6);
const PRICE_OF: Readonly<Record<string, number>> = { wholesale: 500, retail: 1_500, abroad: 800 };

/** Items of an owner whose goods are so much dearer than those of others, in some strata. */
const itemsOf = (seed: number, log: number, strata: readonly string[], count = 12, scatter = 0.3): Item[] =>
  Array.from({ length: count }, (_, at) => {
    const stratum = strata[at % strata.length] ?? '';
    const price = (PRICE_OF[stratum] ?? NaN) * Math.exp(log + scatter * normal(seed, at));
    return { stratum, price, value: 1_000 * (0.5 + uniformOf(seed + 5, at)) };
  });
const market = (owners: number, strata = Object.keys(PRICE_OF)) =>
  Array.from({ length: owners }, (_, at) => sumsOf(itemsOf(at + 1, 0, strata)));

test('who sells like goods a fifth dearer is told so, whatever their mix', () => {
  const prices = stratumPrices(market(200), RULES);
  for (const strata of [['wholesale'], ['retail'], ['retail', 'abroad', 'wholesale']]) {
    const own = positionOf(sumsOf(itemsOf(999, Math.log(1.2), strata, 30, 0)), prices);
    expect(Math.abs(Math.exp(own.log) - 1.2)).toBeLessThan(0.06);
    expect(own.matched).toBe(own.all);
  }
  // A mean price would say three times as dear of whoever sells at retail alone.
  const retail = positionOf(sumsOf(itemsOf(998, 0, ['retail'], 30, 0)), prices);
  expect(Math.abs(retail.log)).toBeLessThan(0.06);
});

test('strata of too few owners, or of one who is large, do not count', () => {
  const few = stratumPrices(market(10), RULES);
  expect(few.size).toBe(0);
  const giant = sumsOf(itemsOf(500, 0, ['retail']).map((item) => ({ ...item, value: 1e9 })));
  const told = stratumPrices([...market(20), giant], RULES);
  expect([...told.keys()].sort()).toEqual(['abroad', 'wholesale']);
  const own = sumsOf([
    { stratum: 'retail', price: 1_500, value: 3_000 },
    { stratum: 'abroad', price: 1_600, value: 1_000 },
  ]);
  const position = positionOf(own, told);
  expect([position.all, position.matched, position.items]).toEqual([4_000, 1_000, 1]);
  expect(Math.exp(position.log)).toBeGreaterThan(1.5);
  expect(positionOf(own, new Map())).toMatchObject({ matched: 0, items: 0, error: null });
});

test('the interval of 90 % holds the planted position nine times in ten, of goods that scatter', () => {
  const prices = new Map(Object.entries(PRICE_OF).map(([stratum, price]) => [stratum, Math.log(price)]));
  const DRAWS = 600;
  const held = Array.from({ length: DRAWS }, (_, seed) => {
    const planted = 0.4 * (uniformOf(3, seed) - 0.5);
    const own = positionOf(
      sumsOf(itemsOf(5_000 + seed, planted, ['retail', 'abroad'], 8 + (seed % 20))),
      prices,
    );
    const [low, high] = intervalOf(own) ?? [NaN, NaN];
    return low <= Math.exp(planted) && Math.exp(planted) <= high;
  }).filter(Boolean).length;
  expect(held / DRAWS).toBeGreaterThan(0.86);
  expect(held / DRAWS).toBeLessThan(0.94);
});

test('one item that is nearly all has no interval', () => {
  const prices = new Map([['retail', Math.log(1_500)]]);
  const item = (value: number) => ({ stratum: 'retail', price: 1_600, value });
  expect(intervalOf(positionOf(sumsOf([item(1e6), item(1), item(1)]), prices))).toBeNull();
});
