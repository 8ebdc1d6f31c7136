/**
 * How dear an owner's goods are beside like goods of others. SKUs are one shop's, so what is matched are strata: the same goods (of the belt) × the same combination of
 * tracks × order lines of about the same size. In each the owner's price, a geometric mean of their items by value, is held against a price of all owners in it; the index is the geometric
 * mean of these relatives, weighted by the owner's own value.
 */
import jStat from 'jstat';
import {
  type DisclosureRules,
  guardedMean,
  isPeerGroupSafe,
  isUndominated,
  quantileWindow,
} from '../disclosure/rules.ts';

/** What an owner sold in a stratum. `value` (v) in hundredths; `logs`: Σ v · ln p; the rest Σ v², Σ v² · ln p, Σ v² · (ln p)², over their items. */
export interface StratumSums {
  readonly stratum: string;
  readonly items: number;
  readonly value: number;
  readonly logs: number;
  readonly squares: number;
  readonly squareLogs: number;
  readonly squareLogSquares: number;
}

/** `log`: of the index, 0 = as others. `matched`: value in strata that have a price of others; `all`: of all strata. `error`: standard error of the log; null where one item is nearly all. */
export interface PositionFacts {
  readonly all: number;
  readonly matched: number;
  readonly items: number;
  readonly log: number;
  readonly error: number | null;
  /** Items that the error is worth, as of that many of one value. */
  readonly effective: number;
}

export interface PriceRow {
  readonly owner: string;
  readonly goods_list: readonly number[];
  readonly combinations: readonly number[];
  readonly classes: readonly number[];
  readonly item_counts: readonly number[];
  readonly value_list: readonly number[];
  readonly logs_list: readonly number[];
  readonly squares_list: readonly number[];
  readonly square_logs_list: readonly number[];
  readonly square_log_squares_list: readonly number[];
}

export const strataOfRow = (row: PriceRow): StratumSums[] =>
  row.goods_list.map((goods, at) => ({
    stratum: `${goods}|${row.combinations[at]}|${row.classes[at]}`,
    items: row.item_counts[at] ?? 0,
    value: row.value_list[at] ?? 0,
    logs: row.logs_list[at] ?? 0,
    squares: row.squares_list[at] ?? 0,
    squareLogs: row.square_logs_list[at] ?? 0,
    squareLogSquares: row.square_log_squares_list[at] ?? 0,
  }));

/**
 * The log of the price of each stratum that may be told: the guarded median over all owners in it, who are each counted once. It is the same for all of them: the price of the *others*
 * would be another for each, and two of these would differ by one owner's.
 */
export function stratumPrices(
  owners: Iterable<readonly StratumSums[]>,
  rules: DisclosureRules,
): ReadonlyMap<string, number> {
  const sold = new Map<string, { prices: number[]; values: number[] }>();
  for (const own of owners)
    for (const { stratum, value, logs } of own) {
      const there = sold.get(stratum) ?? { prices: [], values: [] };
      sold.set(stratum, there);
      there.prices.push(Math.exp(logs / value));
      there.values.push(value);
    }
  const told = new Map<string, number>();
  for (const [stratum, { prices, values }] of sold) {
    if (!isPeerGroupSafe(prices.length - 1, rules) || !isUndominated(values, rules)) continue;
    prices.sort((a, b) => a - b);
    const window = quantileWindow(prices, 0.5, rules);
    if (window) told.set(stratum, Math.log(guardedMean(prices, window)));
  }
  return told;
}

/** Where an owner's prices stand. */
export function positionOf(own: readonly StratumSums[], prices: ReadonlyMap<string, number>): PositionFacts {
  const all = own.reduce((sum, { value }) => sum + value, 0);
  const strata = own.flatMap((one) => {
    const price = prices.get(one.stratum);
    return price === undefined ? [] : [{ ...one, price }];
  });
  const total = (of: (one: (typeof strata)[number]) => number) =>
    strata.reduce((sum, one) => sum + of(one), 0);
  const matched = total(({ value }) => value);
  if (matched === 0) return { all, matched, items: 0, log: 0, error: null, effective: 0 };
  const log = total(({ logs, value, price }) => logs - value * price) / matched;
  const squares = total((one) => one.squares);
  const effective = matched ** 2 / squares;
  const scatter = total(({ squares: s, squareLogs, squareLogSquares, price }) => {
    const from = price + log;
    return squareLogSquares - 2 * from * squareLogs + from ** 2 * s;
  });
  const isEnough = effective >= FEWEST_EFFECTIVE;
  const error = isEnough
    ? Math.sqrt((Math.max(0, scatter) / matched ** 2) * (effective / (effective - 1)))
    : null;
  return { all, matched, items: total(({ items }) => items), log, error, effective };
}

/** Under two items' worth there is no scatter to tell an error by. */
const FEWEST_EFFECTIVE = 2;

/** The interval of 90 % of the index, 1 = as others, by Student's t; null where there is no error. */
export function intervalOf({
  log,
  error,
  effective,
}: PositionFacts): readonly [low: number, high: number] | null {
  if (error === null) return null;
  const reach = jStat.studentt.inv(0.95, effective - 1) * error;
  return [Math.exp(log - reach), Math.exp(log + reach)];
}
