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
  const changes: number[] = [];
  const moved: number[] = [];
  // A handful of members each: looked through rather than indexed, for there are a hundred thousand such pairs to a quarter.
  for (const { owner, value } of earlier) {
    const now = later.find((one) => one.owner === owner);
    if (now) changes.push(Math.abs(now.value - value));
    else moved.push(value);
  }
  for (const { owner, value } of later) if (!earlier.some((one) => one.owner === owner)) moved.push(value);
  if (!isShare) return areHidden(moved, changes, rules);
  const between = moved.filter((value) => value > 0 && value < 1);
  const left = between.map((value) => 1 - value);
  return areHidden(between, changes, rules) && areHidden(left, changes, rules);
}

/** Whether each amount has enough beside it, without what some members know, their own. */
function areHidden(
  amounts: readonly number[],
  beside: readonly number[],
  { percent, pooled }: DisclosureRules,
): boolean {
  if (amounts.length === 0) return true;
  const all = [...amounts, ...beside].sort((a, b) => b - a);
  const total = all.reduce((sum, one) => sum + one, 0);
  return amounts.every((target) => {
    const first = all.indexOf(target);
    const known = all.slice(0, pooled + (first < pooled ? 1 : 0)).reduce((sum, one) => sum + one, 0);
    const hidden = total - known - (first < pooled ? 0 : target);
    return hidden >= (percent / 100) * target - 1e-9 * total;
  });
}
