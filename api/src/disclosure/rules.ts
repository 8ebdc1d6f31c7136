/**
 * When a figure says too much about one owner: the rules for a single cell. What a total gives away of its parts is for
 * `suppress.ts`. The settings are parameters of the server; no answer, file or reason ever names them.
 */

export interface DisclosureRules {
  /** Owners that a cell needs, on each side. */
  readonly owners: number;
  /** Other owners that a peer group needs. */
  readonly peers: number;
  /** p of the p% rule: how near, in percent, nobody may come to what one owner sold or bought. */
  readonly percent: number;
  /** Competitors of one cell who are expected to tell each other what they know: 1 is the p% rule as published. */
  readonly pooled: number;
}

/** The owners of one side of a cell's orders. */
export interface Side {
  readonly owners: number;
  /** What all of them sold or bought. */
  readonly total: number;
  /** What the largest of them did, the largest first; as many as there are, up to `pooled` + 1. */
  readonly largest: readonly number[];
}

/** Both sides of a cell; each has the same total. */
export interface Sides {
  readonly sellers: Side;
  readonly buyers: Side;
}

/** For the log of the server alone: to a reader a withheld figure is confidential, and no more. */
export type Unsafe = 'few-owners' | 'dominated';

/** Why a cell is to be withheld for itself; null where it may be shown. A cell without owners is a zero, which says nothing of anyone. */
export function whyUnsafe({ sellers, buyers }: Sides, rules: DisclosureRules): Unsafe | null {
  const sides = [sellers, buyers].filter((side) => side.owners > 0);
  if (sides.some((side) => side.owners < rules.owners)) return 'few-owners';
  return sides.some((side) => slackMissing(side, rules) > 0) ? 'dominated' : null;
}

/**
 * By how much the value of a cell must seem to be able to lie above the truth, for nobody to come too near to its largest owner
 * (the upper protection level); 0 where the cell may be shown. In a cell of too few owners, all others are taken to know each other.
 */
export const protectionNeeded = ({ sellers, buyers }: Sides, rules: DisclosureRules): number =>
  Math.max(...[sellers, buyers].map((side) => protectionOfSide(side, rules)));

function protectionOfSide(side: Side, rules: DisclosureRules): number {
  if (side.owners === 0) return 0;
  if (side.owners < rules.owners) return (rules.percent / 100) * (side.largest[0] ?? 0);
  return Math.max(0, slackMissing(side, rules));
}

/** p% of the largest, less what remains of the total for those who know their own part of it. Above 0 is unsafe. */
function slackMissing({ total, largest }: Side, { percent, pooled }: DisclosureRules): number {
  const known = largest.slice(0, pooled + 1).reduce((sum, one) => sum + one, 0);
  const remainder = total - known;
  const missing = (percent / 100) * (largest[0] ?? 0) - remainder;
  // Sums of money in floating point: a remainder of nothing may come out as 1e-9.
  return missing > 1e-9 * total ? missing : 0;
}

/** A rate, a change or a share tells its base with its numerator: both must be fit to be shown. */
export const isRateSafe = (period: Sides, baseline: Sides, rules: DisclosureRules): boolean =>
  whyUnsafe(period, rules) === null && whyUnsafe(baseline, rules) === null;

/** Whether a merchant may be compared with so many others. */
export const isPeerGroupSafe = (others: number, rules: DisclosureRules): boolean => others >= rules.peers;

/** Order statistics that a shown quantile is the mean of: one alone is the value of a real merchant. */
const NEIGHBOURS = 3;

/**
 * A quantile of a peer group that is nobody's own value: the mean of three neighbouring values, in three digits. Null where it would need
 * the smallest or the largest. `sorted` ascends.
 */
export function guardedQuantile(sorted: readonly number[], share: number): number | null {
  const reach = (NEIGHBOURS - 1) / 2;
  const middle = Math.round(share * (sorted.length - 1));
  const [first, last] = [middle - reach, middle + reach];
  if (first < 1 || last > sorted.length - 2) return null;
  const total = sorted.slice(first, last + 1).reduce((sum, one) => sum + one, 0);
  return toThreeDigits(total / NEIGHBOURS);
}

/** Three significant digits. */
export const toThreeDigits = (value: number): number => Number(value.toPrecision(3));
