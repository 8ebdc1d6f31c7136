/**
 * Where the change of an owner's own quarter comes from: exact, and unprotected, for all of it is theirs. Each way to split it adds up to it (LMDI-I).
 */
import { BUYER_FACTORS, OWN_FACTORS, PRICE_FACTORS } from '@beltline/contract';
import { lmdi } from '../statistics/lmdi.ts';
import type { TurnoverFacts } from './owner-facts.ts';
import type { QuarterSums } from './peer-measures.ts';

type Sums = Pick<QuarterSums, 'orders' | 'pieces' | 'gmv'>;
export interface FactorChange<Factor> {
  readonly factor: Factor;
  /** In the unit of `gmv`. */
  readonly change: number;
}

const over = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const split = <Factor>(
  names: readonly Factor[],
  before: readonly number[],
  now: readonly number[],
): FactorChange<Factor>[] => {
  const changes = lmdi(before, now);
  return names.map((factor, at) => ({ factor, change: changes[at] ?? 0 }));
};
/** Whether a quarter's value is the product of numbers of which none is 0; nothing at all is too. */
const isProduct = (gmv: number, ...counts: readonly number[]) =>
  gmv === 0 || (gmv > 0 && counts.every((count) => count > 0));

/** By orders × pieces per order × value per piece. Null where a quarter has value without orders or pieces, of which it is no product. */
export function factorChanges(
  now: Sums,
  before: Sums,
): readonly FactorChange<(typeof OWN_FACTORS)[number]>[] | null {
  const of = ({ orders, pieces, gmv }: Sums) => [orders, over(pieces, orders), over(gmv, pieces)];
  if (![now, before].every(({ gmv, orders, pieces }) => isProduct(gmv, orders, pieces))) return null;
  return split(OWN_FACTORS, of(before), of(now));
}

/** By buyers × orders of a buyer × value of an order. Null as above, and where buyers are not known. */
export function buyerChanges(
  now: Sums,
  before: Sums,
  turnover: TurnoverFacts | null,
): readonly FactorChange<(typeof BUYER_FACTORS)[number]>[] | null {
  if (!turnover) return null;
  const { buyers, buyersBefore } = turnover;
  if (!isProduct(now.gmv, buyers, now.orders) || !isProduct(before.gmv, buyersBefore, before.orders))
    return null;
  const of = ({ orders, gmv }: Sums, count: number) => [count, over(orders, count), over(gmv, orders)];
  return split(BUYER_FACTORS, of(before, buyersBefore), of(now, buyers));
}

/** By prices of the same items (`index`: 1 = those of the year before) and the rest, which is volume. Null without an index, or where either quarter is nothing. */
export function priceChanges(
  now: Sums,
  before: Sums,
  index: number | null,
): readonly FactorChange<(typeof PRICE_FACTORS)[number]>[] | null {
  if (index === null || now.gmv <= 0 || before.gmv <= 0) return null;
  return split(PRICE_FACTORS, [1, before.gmv], [index, now.gmv / index]);
}
