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
import { REPLICATES, weightsOf } from './owner-weights.ts';

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
  const { over, under, scale } = ratio;
  const counted = countOwners(ratio);
  const { owners: count } = counted;
  if (!hasEnoughOwners(counted)) return 'too-few-owners';
  const [above, below] = [sum(over), sum(under)];
  const { factors = [] } = ratio;
  const totals = factors.map(({ values }) => sum(values));
  const on = (top: number, bottom: number) => (scale === 'log' ? Math.log(top / bottom) : top / bottom);
  if (!(below > 0 && (above > 0 || (scale === 'linear' && above === 0)))) return 'not-positive';
  if (totals.some((total) => !(total > 0))) return 'not-positive';
  const whole = on(above, below);
  let squares = 0;
  let fourths = 0;
  for (let owner = 0; owner < over.length; owner++) {
    let moved = on(above - (over[owner] ?? 0), below - (under[owner] ?? 0)) - whole;
    for (let factor = 0; factor < factors.length; factor++) {
      const { values, power } = factors[factor] as OwnerFactor;
      moved += power * Math.log(1 - (values[owner] ?? 0) / (totals[factor] as number));
    }
    if (!Number.isFinite(moved)) return 'not-positive';
    squares += moved ** 2;
    fourths += moved ** 4;
  }
  const degrees = degreesOf(squares, fourths, count);
  return {
    ratio: factors.reduce(
      (product, { power }, factor) => product * at(totals, factor) ** power,
      above / below,
    ),
    scale,
    standardError: Math.sqrt((squares * (count - 1)) / count),
    degrees,
    reach: jStat.studentt.inv(UPPER_TAIL, degrees),
  };
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
 * are known approximately, and one in twenty lies beyond either end of its interval, so that a share of replicates is a probability. A generator, because owners times replicates can be millions: it stops after every few owners.
 * `seeds`: of each owner, a safe integer that depends on source and owner alone, so that a load that changes nothing changes no
 * replicate.
 */
export function* replicatesOf(
  seeds: ArrayLike<number>,
  ratios: readonly OwnerRatio[],
  errors: readonly RatioError[],
): Generator<void, readonly Float64Array[]> {
  const columns = drawnColumns(
    ratios.flatMap(({ over, under, factors = [] }) => [over, under, ...factors.map(({ values }) => values)]),
  );
  const own = [...new Set(columns)];
  for (let owner = 0; owner < seeds.length; owner++) {
    if (owner % OWNERS_A_STEP === OWNERS_A_STEP - 1) yield;
    const weights = weightsOf(seeds[owner] ?? 0);
    for (const { values, base, totals } of own)
      addDrawn(totals, weights, (values[owner] ?? 0) - (base?.values[owner] ?? 0));
  }
  for (const { base, totals } of own)
    if (base)
      for (let draw = 0; draw < totals.length; draw++)
        totals[draw] = (totals[draw] ?? 0) + (base.totals[draw] ?? 0);
  let place = 0;
  return ratios.map((ratio, index) => {
    const { factors = [] } = ratio;
    const [above, below, ...others] = columns.slice(place, place + 2 + factors.length) as [
      Drawn,
      Drawn,
      ...Drawn[],
    ];
    place += 2 + factors.length;
    // Plain loops: a page has some ten thousand ratios of so many replicates.
    const drawn = new Float64Array(REPLICATES);
    for (let draw = 0; draw < REPLICATES; draw++)
      drawn[draw] = at(above.totals, draw) / at(below.totals, draw);
    for (const [factor, { power }] of factors.entries()) {
      const { totals: other } = at(others, factor);
      for (let draw = 0; draw < REPLICATES; draw++)
        drawn[draw] = (drawn[draw] as number) * (other[draw] as number) ** power;
    }
    return spreadLike(drawn, errors[index] as RatioError);
  });
}

/** A column of values of owners with its sums in each replicate; with `base`, the sums of what it has more than that one. */
interface Drawn {
  readonly values: Float64Array;
  readonly base: Drawn | null;
  readonly totals: Float64Array;
}

/**
 * What has to be drawn for columns, which may be the same one several times, or one without its largest owners: only what differs is
 * drawn then. Sums of whole numbers are the same in any order.
 */
function drawnColumns(columns: readonly Float64Array[]): Drawn[] {
  const drawn: Drawn[] = [];
  for (const values of columns) {
    const same = drawn.find((one) => one.values === values);
    const base = same ? null : drawn.find((one) => one.base === null && isNear(values, one.values));
    drawn.push(same ?? { values, base: base ?? null, totals: new Float64Array(REPLICATES) });
  }
  return drawn;
}

/** Of columns that differ in more owners, each is drawn for itself. */
const FEW_OWNERS = 8;

function isNear(values: Float64Array, base: Float64Array): boolean {
  let others = 0;
  for (let owner = 0; owner < values.length; owner++) {
    const [one, other] = [values[owner] as number, base[owner] as number];
    if (!isExact(one) || !isExact(other)) return false;
    if (one !== other && ++others > FEW_OWNERS) return false;
  }
  return true;
}

/**
 * Parts of a unit that sums over owners may be of and stay exact in any order, with room for the weights that they are drawn with: a power of two, so that
 * nothing is rounded twice. Below 10¹² units of currency.
 */
export const EXACT_PARTS = 64;
const isExact = (value: number) => Number.isSafeInteger(value * EXACT_PARTS);

const OWNERS_A_STEP = 500;

/** Adds an owner's value to each replicate, as often as it is drawn there. One loop over plain arrays: it runs many million times. */
function addDrawn(totals: Float64Array, weights: Uint8Array, value: number): void {
  if (value === 0) return;
  for (let replicate = 0; replicate < totals.length; replicate++)
    totals[replicate] = (totals[replicate] as number) + (weights[replicate] as number) * value;
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
  const isTold = (one: number) => Number.isFinite(one) && (one > 0 || !isLog);
  const sorted = drawn.filter(isTold).sort();
  const unit = (standardError * reach) / NORMAL_REACH;
  return drawn.map((one) => {
    if (!isTold(one)) return 0;
    const below = countBelow(sorted, one, false);
    const rank = (below + countBelow(sorted, one, true)) / 2 / sorted.length;
    const moved = unit * normalAt(rank);
    return isLog ? ratio * Math.exp(moved) : Math.min(1, Math.max(0, ratio + moved));
  });
}

/** How many of sorted values are less than one, or no greater. */
function countBelow(sorted: Float64Array, one: number, orEqual: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle] as number;
    if (value < one || (orEqual && value === one)) low = middle + 1;
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
