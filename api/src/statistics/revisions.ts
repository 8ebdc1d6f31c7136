/**
 * How figures that were printed once are revised later. A revision is (later − earlier) ÷ earlier of a level, later − earlier of a rate.
 * Mean, spread and quantile are those of the revisions analyses of statistics offices (McKenzie and Gamba, 2008, "Interpreting the results of
 * revision analyses", OECD); the error of the mean allows for months that are revised by the same loads (Newey and West, 1987).
 */
import jStat from 'jstat';
import { at, sum } from '../core/vector.ts';

export interface RevisionStatistics {
  /** How many revisions there are. */
  readonly count: number;
  /** Above 0: earlier prints were too low. */
  readonly mean: number;
  /** Ends of the interval that holds the expected revision 9 times in 10. */
  readonly low: number;
  readonly high: number;
  /** Standard deviation. */
  readonly spread: number;
  readonly meanAbsolute: number;
  /** 95 of 100 revisions were no larger, up or down. Of fewer than twenty the largest. */
  readonly p95: number;
}

/** Fewer revisions than this have neither a mean nor a spread. */
export const FEWEST_REVISIONS = 3;

/** What revisions of consecutive months come to, in their order; null of too few. */
export function revisionStatistics(revisions: readonly number[]): RevisionStatistics | null {
  const count = revisions.length;
  if (count < FEWEST_REVISIONS) return null;
  const mean = sum(revisions) / count;
  const deviations = revisions.map((revision) => revision - mean);
  const reach = jStat.studentt.inv(0.95, count - 1) * errorOfMean(deviations);
  const sizes = revisions.map(Math.abs);
  return {
    count,
    mean,
    low: mean - reach,
    high: mean + reach,
    spread: Math.sqrt(sum(deviations.map((deviation) => deviation ** 2)) / (count - 1)),
    meanAbsolute: sum(sizes) / count,
    p95: nearestRank(sizes, 0.95),
  };
}

/**
 * Standard error of a mean of neighbours that go together: Bartlett's weights over ¾·n^⅓ lags (Stock and Watson), never below that of
 * neighbours that do not, since few months would seem to go apart by chance.
 */
function errorOfMean(deviations: readonly number[]): number {
  const count = deviations.length;
  const lags = Math.floor(0.75 * Math.cbrt(count));
  const covariance = (lag: number) =>
    sum(deviations.slice(lag).map((deviation, index) => deviation * at(deviations, index))) / count;
  const plain = covariance(0);
  let variance = plain;
  for (let lag = 1; lag <= lags; lag++) variance += 2 * (1 - lag / (lags + 1)) * covariance(lag);
  return Math.sqrt(Math.max(plain, variance) / (count - 1));
}

/** The smallest of the values that at least this part of them do not exceed. @throws RangeError of nothing. */
export function nearestRank(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return at(sorted, Math.max(0, Math.ceil(part * sorted.length) - 1));
}
