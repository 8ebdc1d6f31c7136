/**
 * How sure a ratio of two sums over legal owners is. Owners are drawn, not orders: an owner's orders rise and fall together,
 * and an owner may have several shops. Two things are made: the error of each ratio, and replicates of several ratios
 * drawn together, so that a claim about all of them has a probability.
 *
 * Replicates: a Poisson bootstrap of clusters (Efron and Tibshirani 1993; Hanley and MacGibbon 2006). Errors: the
 * jackknife over owners, with Student's t for few of them (plain percentiles cover 84 to 88 % where they say 90, with 25 to 120
 * skewed owners: `npm run bench -- trust`).
 */
import jStat from 'jstat';
import { at, sum } from '../core/vector.ts';
import type { OwnerDraws } from './owner-draws.ts';
import { REPLICATES } from './owner-weights.ts';

/** Intervals hold the true value so often. */
export const CONFIDENCE = 0.9;
/** Under so many owners there is no interval: whose orders they are decides, and chance cannot be told from a finding. */
export const FEWEST_OWNERS = 20;
/**
 * The same where a few of them hold nearly everything. Corrected as below, intervals of 90 % cover 89 to 93 % with 10 to 20 effective
 * owners; plain percentiles, which need 20 and more, 84 to 87 (`npm run bench -- trust`).
 */
export const FEWEST_EFFECTIVE_OWNERS = 10;
export { REPLICATES };

const UPPER_TAIL = (1 + CONFIDENCE) / 2;

/** A further sum over owners, to a power: part of a ratio of more than two sums. */
export interface OwnerFactor {
  readonly values: Float64Array;
  readonly power: number;
}

/** Two sums over owners, one element an owner. The same owners in the same order for all ratios of an area. */
export interface OwnerRatio {
  readonly over: Float64Array;
  readonly under: Float64Array;
  /** What the ratio is multiplied by: a season. On the scale of logarithms alone. */
  readonly factors?: readonly OwnerFactor[];
  /** The sums are those of another ratio without some owners, with 0 in their places. */
  readonly without?: { readonly all: OwnerRatio; readonly owners: readonly number[] };
  /** On which scale the error is symmetrical: growth and levels `log`; shares, which lie between 0 and 1, `linear`. */
  readonly scale: 'log' | 'linear';
}

/** The error of a ratio on its scale. */
export interface RatioError {
  readonly ratio: number;
  readonly scale: OwnerRatio['scale'];
  readonly standardError: number;
  /** Degrees of freedom of the standard error. */
  readonly degrees: number;
  /** Standard errors from the middle to the ends of the interval. */
  readonly reach: number;
}

export type NoError = 'too-few-owners' | 'not-positive';

/** Owners that sold anything, and how many of equal size would have as uneven a sum: (Σx)² ÷ Σx². Kish 1965. */
export function countOwners({ over, under }: Pick<OwnerRatio, 'over' | 'under'>) {
  let owners = 0;
  let total = 0;
  let squares = 0;
  for (let owner = 0; owner < over.length; owner++) {
    const size = Math.abs(over[owner] ?? 0) + Math.abs(under[owner] ?? 0);
    if (size > 0) owners++;
    total += size;
    squares += size * size;
  }
  return { owners, effective: squares === 0 ? 0 : (total * total) / squares };
}

/** Whether chance can be told from a finding at all. */
export const hasEnoughOwners = ({ owners, effective }: ReturnType<typeof countOwners>): boolean =>
  owners >= FEWEST_OWNERS && effective >= FEWEST_EFFECTIVE_OWNERS;

/**
 * The standard error of over ÷ under by leaving out one owner after the other (Tukey's jackknife), and how far an interval
 * reaches. Degrees of freedom: 2 (Σd²)² ÷ Σd⁴ after Satterthwaite, d what an owner moves the ratio by; the factor lies
 * between that of even contributions (1) and of normal ones (3), and intervals of 90 % cover 90 ± 2 % with it.
 */
export function ratioError(ratio: OwnerRatio): RatioError | NoError {
  const counted = countOwners(ratio);
  const { owners: count } = counted;
  const found = hasEnoughOwners(counted) ? movesOf(ratio) : 'too-few-owners';
  if (typeof found === 'string') return found;
  const { moved, whole } = found;
  let squares = 0;
  let fourths = 0;
  for (let owner = 0; owner < moved.length; owner++) {
    const own = moved[owner] as number;
    if (!Number.isFinite(own)) return 'not-positive';
    if (own === 0) continue;
    squares += own ** 2;
    fourths += own ** 4;
  }
  const degrees = degreesOf(squares, fourths, count);
  return {
    ratio: whole,
    scale: ratio.scale,
    standardError: Math.sqrt((squares * (count - 1)) / count),
    degrees,
    reach: jStat.studentt.inv(UPPER_TAIL, degrees),
  };
}

/**
 * By what leaving out each owner moves a ratio on its scale, and the ratio of all of them; not finite of an owner without whom there is none.
 * `not-positive` where a sum is not.
 */
export function movesOf(
  ratio: OwnerRatio,
): { readonly moved: Float64Array; readonly whole: number } | 'not-positive' {
  const { over, under, scale, factors = [] } = ratio;
  const [above, below] = [sum(over), sum(under)];
  const totals = factors.map(({ values }) => sum(values));
  if (!(below > 0 && (above > 0 || (scale === 'linear' && above === 0)))) return 'not-positive';
  if (totals.some((total) => !(total > 0))) return 'not-positive';
  const moved =
    scale === 'log' ? movedLogs(over, under, above, below) : movedRatios(over, under, above, below);
  factors.forEach(({ values, power }, factor) => moveBy(moved, values, totals[factor] as number, power));
  const whole = factors.reduce(
    (product, { power }, factor) => product * at(totals, factor) ** power,
    above / below,
  );
  return { moved, whole };
}

/** By what leaving out each owner moves the logarithm of a ratio. Plain loops, here and below: owners of a page are millions. */
function movedLogs(over: Float64Array, under: Float64Array, above: number, below: number): Float64Array {
  const whole = Math.log(above / below);
  const moved = new Float64Array(over.length);
  for (let owner = 0; owner < moved.length; owner++)
    moved[owner] = Math.log((above - (over[owner] ?? 0)) / (below - (under[owner] ?? 0))) - whole;
  return moved;
}

/** By what leaving out each owner moves a ratio. */
function movedRatios(over: Float64Array, under: Float64Array, above: number, below: number): Float64Array {
  const whole = above / below;
  const moved = new Float64Array(over.length);
  for (let owner = 0; owner < moved.length; owner++)
    moved[owner] = (above - (over[owner] ?? 0)) / (below - (under[owner] ?? 0)) - whole;
  return moved;
}

/** Adds by what leaving out each owner moves the logarithm of a factor. */
function moveBy(moved: Float64Array, values: Float64Array, total: number, power: number): void {
  for (let owner = 0; owner < moved.length; owner++)
    moved[owner] = (moved[owner] as number) + power * Math.log(1 - (values[owner] ?? 0) / total);
}

/** Degrees of freedom of a standard error from what each owner moves a figure by: sums of the squares and of the fourth powers. */
export const degreesOf = (squares: number, fourths: number, owners: number): number =>
  squares === 0 ? owners : Math.max(2, (2 * squares ** 2) / fourths);

/** Ends of the interval, as ratios. */
export function intervalOf({ ratio, scale, standardError, reach }: RatioError): {
  low: number;
  high: number;
} {
  const half = standardError * reach;
  if (scale === 'log') return { low: ratio * Math.exp(-half), high: ratio * Math.exp(half) };
  return { low: Math.max(0, ratio - half), high: Math.min(1, ratio + half) };
}

/** Coefficient of variation of a ratio: the standard error as a part of it. */
export const variationOf = ({ ratio, scale, standardError }: RatioError): number =>
  scale === 'log' ? standardError : standardError / ratio;

export type Grade = 'A' | 'B' | 'C' | 'D' | 'E' | 'F';
/** Upper ends of the coefficients of variation, as Statistics Canada prints them; F beyond. */
const GRADES: readonly (readonly [Grade, number])[] = [
  ['A', 0.05],
  ['B', 0.1],
  ['C', 0.15],
  ['D', 0.25],
  ['E', 0.35],
];

/** The letter of a coefficient of variation. */
export const gradeOf = (variation: number): Grade =>
  GRADES.find(([, below]) => variation < below)?.[0] ?? 'F';

/**
 * Replicates of ratios over the same owners, drawn together; they lie around the ratio of its error, which may be an exact one where owners
 * are known approximately, and one in twenty lies beyond either end of its interval, so that a share of replicates is a probability. In steps,
 * like the draws.
 */
export function* replicatesOf(
  draws: OwnerDraws,
  ratios: readonly OwnerRatio[],
  errors: readonly RatioError[],
): Generator<void, readonly Float64Array[]> {
  const replicates: Float64Array[] = [];
  for (const [index, ratio] of ratios.entries()) {
    replicates.push(spreadLike(yield* drawnRatio(draws, ratio), errors[index] as RatioError));
    yield;
  }
  return replicates;
}

/** A ratio in each replicate. Plain loops: a page has some ten thousand ratios of so many replicates. */
function* drawnRatio(draws: OwnerDraws, ratio: OwnerRatio): Generator<void, Float64Array> {
  const { over, under, factors = [], without } = ratio;
  const totals = (values: Float64Array, all: Float64Array | undefined) =>
    all && without ? draws.totalsWithout(values, all, without.owners) : draws.totalsOf(values);
  const above = yield* totals(over, without?.all.over);
  const below = yield* totals(under, without?.all.under);
  const drawn = new Float64Array(REPLICATES);
  for (let draw = 0; draw < REPLICATES; draw++)
    drawn[draw] = (above[draw] as number) / (below[draw] as number);
  if (factors.length === 0) return drawn;
  // As a sum of logarithms, which are kept: a power of each factor and replicate takes twice as long.
  const moved = new Float64Array(REPLICATES);
  for (const { values, power } of factors) {
    const logs = yield* draws.logsOf(values);
    for (let draw = 0; draw < REPLICATES; draw++)
      moved[draw] = (moved[draw] as number) + power * (logs[draw] as number);
  }
  for (let draw = 0; draw < REPLICATES; draw++)
    drawn[draw] = (drawn[draw] as number) * Math.exp(moved[draw] as number);
  return drawn;
}

/**
 * Ratios of replicates around the error's ratio, as a normal distribution whose ends are those of its interval: one in twenty lies beyond either. Which
 * replicate is how far up stays as it was drawn, so that what was drawn together keeps together. Without this a few large owners make the
 * replicates lopsided, and a claim was surer than the interval beside it.
 */
function spreadLike(drawn: Float64Array, error: RatioError): Float64Array {
  const { ratio, scale, standardError, reach } = error;
  const isLog = scale === 'log';
  // Nothing was drawn, or more refunds than sales: as far down as can be.
  const least = isLog ? Number.MIN_VALUE : -Number.MAX_VALUE;
  const sorted = toldOf(drawn, least).sort();
  const unit = (standardError * reach) / NORMAL_REACH;
  const spread = new Float64Array(sorted.length);
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    for (to = from + 1; to < sorted.length && sorted[to] === sorted[from];) to++;
    const moved = unit * normalAt((from + to) / 2 / sorted.length);
    spread.fill(isLog ? ratio * Math.exp(moved) : Math.min(1, Math.max(0, ratio + moved)), from, to);
  }
  const replicates = new Float64Array(drawn.length);
  for (let draw = 0; draw < drawn.length; draw++) {
    const one = drawn[draw] as number;
    if (one >= least && one <= Number.MAX_VALUE) replicates[draw] = spread[placeOf(sorted, one)] as number;
  }
  return replicates;
}

/** Those that are numbers, and no less than one. */
function toldOf(drawn: Float64Array, least: number): Float64Array {
  const told = new Float64Array(drawn.length);
  let count = 0;
  for (let draw = 0; draw < drawn.length; draw++) {
    const one = drawn[draw] as number;
    if (one >= least && one <= Number.MAX_VALUE) told[count++] = one;
  }
  return told.subarray(0, count);
}

/** The place of the first of sorted values that is equal to one of them. */
function placeOf(sorted: Float64Array, one: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < one) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The standard normal quantile, read from a table of every half rank. */
const normalAt = (part: number): number => NORMAL[Math.round(2 * REPLICATES * part)] as number;
const NORMAL = Float64Array.from({ length: 2 * REPLICATES }, (_, half) =>
  jStat.normal.inv(half / 2 / REPLICATES, 0, 1),
);
const NORMAL_REACH = 1.6448536269514722;
