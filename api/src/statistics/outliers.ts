/**
 * Months of a series that stand out, and months from which on it stays higher or lower: additive outliers and level shifts after Chen and
 * Liu (1993), "Joint estimation of model parameters and outlier effects in time series". The model is the airline model of Box and
 * Jenkins, (1 − B)(1 − B¹²) x = (1 − θB)(1 − ΘB¹²) a, on logarithms; its two parameters are searched on a grid, because three or four
 * years say little about them. Innovational outliers and temporary changes are not looked for: they would not change what is said.
 */
import { at, median, sum } from '../core/vector.ts';
import { linearSolution } from './linear-system.ts';

export interface Outlier {
  /** Position in the series. */
  readonly index: number;
  /** A month by itself, or all from this one on. */
  readonly kind: 'outlier' | 'shift';
  /** Log points that it adds. */
  readonly effect: number;
  /** Effect ÷ standard error. */
  readonly tau: number;
}

const YEAR = 12;
/** The first residuals need a year and a month. Of fewer than this many months nothing is said. */
export const MIN_OUTLIER_MONTHS = 36;
/** Standard errors from which on a month is tried, and from which on it is kept with all others known. */
export interface OutlierBounds {
  readonly tried: number;
  readonly kept: number;
}
/** What is said to stand out: of series in which nothing happens 2 to 4 % have such a month, and under 7 % of any kind, as `outliers.trials.spec` holds. */
export const SAID: OutlierBounds = { tried: 4, kept: 4 };
/**
 * What no season should be told by. Lower bounds, since one outlier hides another: with those above the wave of December 2022 was not found in
 * the demo's nation. Four of ten series in which nothing happens have such a month too, which costs a season little.
 */
export const MODELLED: OutlierBounds = { tried: 2.5, kept: 3 };
/** More than these in four years would be the rule and not the exception. */
const MOST = 6;
const THETAS = [-0.2, 0, 0.2, 0.4, 0.6, 0.8];
const SEASONAL_THETAS = [0, 0.3, 0.6, 0.9];
const ROUNDS = 3;
/** Standard deviation = this · median absolute deviation, for normal errors. */
const DEVIATION = 1.4826;

interface Model {
  readonly theta: number;
  readonly seasonalTheta: number;
}

/**
 * Outliers and shifts in logarithms of consecutive months, by position. None where months are too few. `given`: positions of months that
 * are known to stand out where much more is sold than here; an outlier is modelled in them, whatever it comes to.
 */
export function findOutliers(
  logs: readonly number[],
  bounds: OutlierBounds,
  given: readonly number[] = [],
): Outlier[] {
  if (logs.length < MIN_OUTLIER_MONTHS) return [];
  let found: Outlier[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const cleaned = logs.map((log, index) => log - effectAt(found, index));
    const next = outliersUnder(bestModel(cleaned), logs, bounds, given);
    if (sameAs(found, next)) break;
    found = next;
  }
  return found.sort((a, b) => a.index - b.index);
}

/** Log points that outliers add to a month. */
export const effectAt = (outliers: readonly Omit<Outlier, 'tau'>[], index: number): number =>
  sum(
    outliers.map((one) =>
      one.index === index || (one.kind === 'shift' && index > one.index) ? one.effect : 0,
    ),
  );

const sameAs = (a: readonly Outlier[], b: readonly Outlier[]): boolean =>
  a.length === b.length &&
  a.every((one) => b.some(({ index, kind }) => index === one.index && kind === one.kind));

/** Residuals of the model; those before the first whole year are taken to be 0. */
function residualsOf(series: ArrayLike<number>, { theta, seasonalTheta }: Model): Float64Array {
  const of = (values: ArrayLike<number>, index: number) => (index < 0 ? 0 : (values[index] as number));
  const residuals = new Float64Array(Math.max(0, series.length - YEAR - 1));
  for (let index = 0; index < residuals.length; index++) {
    const now = index + YEAR + 1;
    const difference =
      of(series, now) - of(series, now - 1) - of(series, now - YEAR) + of(series, now - YEAR - 1);
    residuals[index] =
      difference +
      theta * of(residuals, index - 1) +
      seasonalTheta * of(residuals, index - YEAR) -
      theta * seasonalTheta * of(residuals, index - YEAR - 1);
  }
  return residuals;
}

function bestModel(series: readonly number[]): Model {
  const models = THETAS.flatMap((theta) =>
    SEASONAL_THETAS.map((seasonalTheta) => ({ theta, seasonalTheta })),
  );
  const squares = models.map((model) => sum(residualsOf(series, model).map((one) => one * one)));
  return at(models, squares.indexOf(Math.min(...squares)));
}

type Candidate = Pick<Outlier, 'index' | 'kind'>;

/** What the residuals would be if the series were nothing but an outlier of 1. The model is linear, so these add. */
interface Pattern extends Candidate {
  readonly pattern: Float64Array;
  /** Sum of its squares. */
  readonly squares: number;
}

function patternOf({ index, kind }: Candidate, length: number, model: Model): Pattern {
  const unit = new Float64Array(length);
  if (kind === 'outlier') unit[index] = 1;
  else unit.fill(1, index);
  const pattern = residualsOf(unit, model);
  return { index, kind, pattern, squares: dot(pattern, pattern) };
}

/** Patterns of the length asked for last, by model: the areas of a version have the same months as a rule. */
const known = { length: 0, byModel: new Map<string, readonly Pattern[]>() };

function patternsOf(length: number, model: Model): readonly Pattern[] {
  if (known.length !== length)
    Object.assign(known, { length, byModel: new Map<string, readonly Pattern[]>() });
  const key = `${model.theta} ${model.seasonalTheta}`;
  const patterns = known.byModel.get(key) ?? candidatesOf(length).map((one) => patternOf(one, length, model));
  known.byModel.set(key, patterns);
  return patterns;
}

/**
 * Patterns, without those that the ones before them explain: the same month of every year is the season, which the model takes out, so the
 * last of them cannot be told from the others.
 */
function apart(patterns: readonly Pattern[]): Pattern[] {
  const kept: Pattern[] = [];
  for (const one of patterns) {
    const own = without(one.pattern, kept);
    if (one.squares > LEAST_SQUARES && dot(own, own) > LEAST_OWN_SHARE * one.squares) kept.push(one);
  }
  return kept;
}

/** One after the other the largest that is beyond the bound; those that all together leave below it are dropped again. */
function outliersUnder(
  model: Model,
  logs: readonly number[],
  { tried, kept }: OutlierBounds,
  given: readonly number[],
): Outlier[] {
  const residuals = residualsOf(logs, model);
  const candidates = patternsOf(logs.length, model);
  const isGiven = ({ index, kind }: Candidate) => kind === 'outlier' && given.includes(index);
  const chosen = apart(candidates.filter(isGiven));
  let left = without(residuals, chosen);
  while (chosen.length < MOST + given.length) {
    const noise = deviation(left);
    const judged = candidates
      .filter((one) => !chosen.includes(one))
      .map((one) => ({ one, tau: Math.abs(alone(left, one)) / noise }));
    const largest = judged.reduce((best, next) => (next.tau > best.tau ? next : best));
    if (!(largest.tau > tried)) break;
    chosen.push(largest.one);
    left = without(residuals, chosen);
  }
  for (;;) {
    const effects = together(residuals, chosen);
    const noise = deviation(without(residuals, chosen));
    const found = chosen.map(({ index, kind, squares }, position) => {
      const effect = at(effects, position);
      return { index, kind, effect, tau: (effect * Math.sqrt(squares)) / noise };
    });
    const own = found.filter((one) => !isGiven(one)).sort((a, b) => Math.abs(a.tau) - Math.abs(b.tau));
    const weakest = own[0];
    if (!weakest || Math.abs(weakest.tau) > kept) return found;
    chosen.splice(found.indexOf(weakest), 1);
  }
}

/** A shift in the first month is no shift; one in the last is an outlier or a shift, and nobody knows which: said to be an outlier. */
const candidatesOf = (length: number): Candidate[] =>
  Array.from({ length }, (_, index) => index).flatMap((index): Candidate[] => [
    { index, kind: 'outlier' },
    ...(index === 0 || index === length - 1 ? [] : [{ index, kind: 'shift' } as const]),
  ]);

/** A plain loop: it runs some ten thousand times for an area. */
function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let index = 0; index < a.length; index++) total += (a[index] as number) * (b[index] as number);
  return total;
}

/** A pattern that the residuals hardly hold says nothing. */
const LEAST_SQUARES = 1e-9;
/** Of a pattern that others explain as good as whole nothing is left but rounding. */
const LEAST_OWN_SHARE = 1e-6;

/** Effect ÷ its standard error, but for the noise: what one pattern alone explains. 0 where the residuals cannot tell it. */
function alone(residuals: Float64Array, { pattern, squares }: Pattern): number {
  return squares < LEAST_SQUARES ? 0 : dot(residuals, pattern) / Math.sqrt(squares);
}

/** Effects of several patterns, by least squares together. */
function together(residuals: Float64Array, chosen: readonly { readonly pattern: Float64Array }[]): number[] {
  if (chosen.length === 0) return [];
  return linearSolution(
    chosen.map((a) => chosen.map((b) => dot(a.pattern, b.pattern))),
    chosen.map(({ pattern }) => dot(residuals, pattern)),
  );
}

function without(
  residuals: Float64Array,
  chosen: readonly { readonly pattern: Float64Array }[],
): Float64Array {
  const effects = together(residuals, chosen);
  return residuals.map(
    (one, index) =>
      one - sum(chosen.map(({ pattern }, position) => at(effects, position) * (pattern[index] as number))),
  );
}

/** A series without any noise has residuals of rounding alone: below this nothing stands out. */
const LEAST_DEVIATION = 1e-6;

/** About 0, by the median of absolute values: what stands out does not widen it. */
const deviation = (residuals: Float64Array): number =>
  Math.max(LEAST_DEVIATION, DEVIATION * median(Array.from(residuals, Math.abs)));
