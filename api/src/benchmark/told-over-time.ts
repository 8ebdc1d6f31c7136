/**
 * What two quarters tell together. A mean of neighbouring members in one quarter and in another differ by who came in, who went out and by how much the others changed. Where the others hardly changed, and most
 * of what owners do from one quarter to the next is like that, the difference is the value of the one who came in, less that of the one who went out. So the difference has to hide these
 * as a mean has to hide its members: the p% rule, among members who pool what they see, holds for it too, or the later quarter is not told.
 */
import type { DisclosureRules } from '../disclosure/rules.ts';

/** A member whose value is in a mean. */
export interface InMean {
  readonly owner: string;
  readonly value: number;
}
/** Those that lower quartile, median and upper quartile are the means of; null where there is none. */
export type Means = readonly (readonly InMean[] | null)[];

/**
 * `isShare`: values lie between 0 and 1, and what is left to 1 is hidden as well. Who has none of something, or all of it, is not: many are alike in that, and which of them is in a mean says nothing.
 */
export function hidesDifference(
  earlier: readonly InMean[],
  later: readonly InMean[],
  rules: DisclosureRules,
  isShare = false,
): boolean {
  const [was, is] = [valuesOf(earlier), valuesOf(later)];
  const stayed = [...was.keys()].filter((owner) => is.has(owner));
  const changes = stayed.map((owner) => Math.abs((is.get(owner) ?? NaN) - (was.get(owner) ?? NaN)));
  const moved = [
    ...earlier.filter(({ owner }) => !is.has(owner)),
    ...later.filter(({ owner }) => !was.has(owner)),
  ].map(({ value }) => value);
  if (!isShare) return areHidden(moved, changes, rules);
  const between = moved.filter((value) => value > 0 && value < 1);
  const left = between.map((value) => 1 - value);
  return areHidden(between, changes, rules) && areHidden(left, changes, rules);
}

const valuesOf = (mean: readonly InMean[]): ReadonlyMap<string, number> =>
  new Map(mean.map(({ owner, value }) => [owner, value]));

/** Whether each amount has enough beside it, without what some members know, their own. */
const areHidden = (
  amounts: readonly number[],
  beside: readonly number[],
  { percent, pooled }: DisclosureRules,
): boolean =>
  amounts.every((target, at) => {
    const others = [...amounts.filter((_, other) => other !== at), ...beside].sort((a, b) => b - a);
    const hidden = others.slice(pooled).reduce((sum, one) => sum + one, 0);
    return hidden >= (percent / 100) * target - 1e-9 * target;
  });
