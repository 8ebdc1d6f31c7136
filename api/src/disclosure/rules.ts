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
  /** Whether the measures of a cell are parts of one whole, each followed by the rest of it, where nothing and everything tell of each owner (ADR 55, 72). */
  readonly ofShares?: true;
}

/** The rules for a table whose cells are told as shares. */
export const rulesOfShares = (rules: DisclosureRules): DisclosureRules => ({ ...rules, ofShares: true });

/** Of a part that is nothing: that it is so must not be sure. A line, a buyer, a hundredth. */
const LEAST_PART = 1;

/** What the rules are set by. They stay on the server: no answer, log or reason names them. */
export interface RuleSettings {
  readonly BELTLINE_DISCLOSURE_OWNERS: number;
  readonly BELTLINE_DISCLOSURE_PERCENT: number;
  readonly BELTLINE_DISCLOSURE_POOLED: number;
}

const PEERS = 10;

export const rulesOf = (settings: RuleSettings): DisclosureRules => ({
  owners: settings.BELTLINE_DISCLOSURE_OWNERS,
  peers: PEERS,
  percent: settings.BELTLINE_DISCLOSURE_PERCENT,
  pooled: settings.BELTLINE_DISCLOSURE_POOLED,
});

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
  const sides = [sellers, buyers].filter((side) => side.owners > 0 || rules.ofShares);
  if (sides.some((side) => side.owners < rules.owners)) return 'few-owners';
  return sides.some((side) => slackMissing(side, rules) > 0) ? 'dominated' : null;
}

/**
 * By how much the value of a cell must seem to be able to lie above the truth, for nobody of a side to come too near to the largest owner of that
 * side (the upper protection level); 0 where the cell may be shown. In a cell of too few owners, all others are taken to know each other.
 */
export function protectionOf(side: Side, rules: DisclosureRules): number {
  if (side.owners === 0) return rules.ofShares ? LEAST_PART : 0;
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

/** Members of a peer group who are expected, at least, to tell each other what they see: each of them is shown the group. */
const MEMBERS_TOGETHER = 2;

/** The rules for what is shown to those who are in it themselves. */
export const rulesAmongMembers = (rules: DisclosureRules): DisclosureRules => ({
  ...rules,
  pooled: Math.max(rules.pooled, MEMBERS_TOGETHER),
});

/** Whether nobody is so large in an amount that some members together, who know their own, would know them too well. */
export const isUndominated = (amounts: readonly number[], rules: DisclosureRules): boolean => {
  const largest = [...amounts].sort((a, b) => b - a).slice(0, rules.pooled + 1);
  const total = amounts.reduce((sum, one) => sum + one, 0);
  return slackMissing({ owners: amounts.length, total, largest }, rules) === 0;
};

/** Order statistics that a shown quantile is the mean of, at least: one alone is the value of a real merchant. */
const NEIGHBOURS = 3;

/** Values of a peer group, ascending, whose mean a quantile is told as: from one position to another, both counted. */
export interface QuantileWindow {
  readonly first: number;
  readonly last: number;
}

/**
 * The fewest neighbouring values around a quantile, three at least, whose mean some members together cannot undo. Null where it would need the
 * smallest or the largest value. `sorted` ascends and has nothing below 0; positions are the same from below and from above. `isShare`: nothing is above 1 either,
 * so that what is left to 1 is an amount of its own, which must not be undone: on-time rates of nearly 1 are lateness of nearly nothing.
 */
export function quantileWindow(
  sorted: readonly number[],
  share: number,
  rules: DisclosureRules,
  isShare = false,
): QuantileWindow | null {
  const exact = share * (sorted.length - 1);
  // What lies between two positions goes to the one that is nearer to the middle.
  const middle = share < 0.5 ? Math.floor(exact + 0.5) : Math.ceil(exact - 0.5);
  for (let reach = (NEIGHBOURS - 1) / 2; ; reach++) {
    const [first, last] = [middle - reach, middle + reach];
    if (first < 1 || last > sorted.length - 2) return null;
    const values = sorted.slice(first, last + 1);
    const isSafe = isUndominated(values, rules) && (!isShare || isUndominated(values.map(leftOf), rules));
    if (isSafe) return { first, last };
  }
}

/** What a share leaves; one above 1, as of refunds above what was paid, leaves nothing. */
const leftOf = (share: number): number => Math.max(0, 1 - share);

/** The mean of a window, in three digits. */
export const guardedMean = (sorted: readonly number[], { first, last }: QuantileWindow): number => {
  const total = sorted.slice(first, last + 1).reduce((sum, one) => sum + one, 0);
  return toThreeDigits(total / (last - first + 1));
};

/** Windows of lower quartile, median and upper quartile; null: withheld. */
export type GuardedWindows = readonly [
  lower: QuantileWindow | null,
  median: QuantileWindow | null,
  upper: QuantileWindow | null,
];

/**
 * Windows of quartiles that are nobody's own values. They have no value in common, because the difference of two such means would have fewer in it
 * than either: the quartiles give way to the median. `sorted` ascends and has nothing below 0; `isShare`: as of `quantileWindow`.
 */
export function guardedWindows(
  sorted: readonly number[],
  rules: DisclosureRules,
  isShare = false,
): GuardedWindows {
  if (!isPeerGroupSafe(sorted.length - 1, rules)) return [null, null, null];
  const taken: QuantileWindow[] = [];
  const told = (share: number): QuantileWindow | null => {
    const window = quantileWindow(sorted, share, rules, isShare);
    if (!window || taken.some(({ first, last }) => window.first <= last && first <= window.last)) return null;
    taken.push(window);
    return window;
  };
  const [median, lower, upper] = [told(0.5), told(0.25), told(0.75)];
  return [lower, median, upper];
}

/** Lower quartile, median and upper quartile as a peer group is told them; null: withheld. */
export type GuardedQuartiles = readonly [lower: number | null, median: number | null, upper: number | null];

/** Quartiles of `values`, in any order, none below 0; `isShare`: as of `quantileWindow`. */
export function guardedQuartiles(
  values: readonly number[],
  rules: DisclosureRules,
  isShare = false,
): GuardedQuartiles {
  const sorted = [...values].sort((a, b) => a - b);
  const [lower, median, upper] = guardedWindows(sorted, rules, isShare);
  const told = (window: QuantileWindow | null) => window && guardedMean(sorted, window);
  return [told(lower), told(median), told(upper)];
}

/** Three significant digits. */
export const toThreeDigits = (value: number): number => Number(value.toPrecision(3));
