/** Breadth as a ratio of two sums over owners, which tells how sure it is. */
import { ownerSums, type OwnerWindows } from '../../data/owners/owner-windows.ts';
import { directionOf } from '../../statistics/breadth.ts';
import type { OwnerRatio } from '../../statistics/owner-bootstrap.ts';

/**
 * How many merchants of each owner rise, the unchanged by half, and how many there are of which anything is known. Values of merchants in
 * their order, in two windows; `deadBand` as for `breadth`, whose value is 100 times the ratio.
 */
export function breadthRatio(
  owners: Pick<OwnerWindows, 'seeds' | 'ownerOf'>,
  before: Float64Array,
  now: Float64Array,
  deadBand: number,
): OwnerRatio & { readonly scale: 'linear' } {
  const risen = now.map((value, merchant) => riseOf(before[merchant] ?? 0, value, deadBand));
  const members = now.map((value, merchant) => (value === 0 && before[merchant] === 0 ? 0 : 1));
  return { over: ownerSums(owners, risen), under: ownerSums(owners, members), scale: 'linear' };
}

function riseOf(before: number, after: number, deadBand: number): number {
  if (before === 0 && after === 0) return 0;
  const direction = directionOf(before, after, deadBand);
  return direction === 'rising' ? 1 : direction === 'unchanged' ? 0.5 : 0;
}
