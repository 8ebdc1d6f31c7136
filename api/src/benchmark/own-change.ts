/** Where the change of an owner's own quarter comes from: exact, and unprotected, for all of it is theirs. */
import { lmdi } from '../statistics/lmdi.ts';
import type { QuarterSums } from './peer-measures.ts';

export type OwnFactor = 'orders' | 'pieces-per-order' | 'value-per-piece';
export const OWN_FACTORS: readonly OwnFactor[] = ['orders', 'pieces-per-order', 'value-per-piece'];

const factorsOf = ({ orders, pieces, gmv }: Pick<QuarterSums, 'orders' | 'pieces' | 'gmv'>): number[] => [
  orders,
  orders === 0 ? 0 : pieces / orders,
  pieces === 0 ? 0 : gmv / pieces,
];

/**
 * What each factor of GMV = orders × pieces per order × value per piece contributes to its change (LMDI-I), in the unit of `gmv`; the parts add up to the
 * change. Null where a quarter has value without orders or pieces, of which it is no product.
 */
export function factorChanges(
  now: Pick<QuarterSums, 'orders' | 'pieces' | 'gmv'>,
  before: Pick<QuarterSums, 'orders' | 'pieces' | 'gmv'>,
): readonly { readonly factor: OwnFactor; readonly change: number }[] | null {
  const isProduct = ({ orders, pieces, gmv }: Pick<QuarterSums, 'orders' | 'pieces' | 'gmv'>) =>
    gmv === 0 || (gmv > 0 && orders > 0 && pieces > 0);
  if (!isProduct(now) || !isProduct(before)) return null;
  const changes = lmdi(factorsOf(before), factorsOf(now));
  return OWN_FACTORS.map((factor, at) => ({ factor, change: changes[at] ?? 0 }));
}
