/**
 * Shrinking estimates of groups towards what all groups together say: empirical Bayes with the variance between groups by moments.
 */
import { sum } from '../core/vector.ts';

/** An estimate, and the square of its standard error. */
export interface Estimate {
  readonly value: number;
  /** Above 0. */
  readonly variance: number;
}

/**
 * Groups from which on shrinking is told by the groups themselves: towards a mean that is estimated too, three groups or fewer gain nothing
 * (James and Stein 1961; Efron and Morris 1975).
 */
export const FEWEST_GROUPS = 4;

/**
 * Variance of the groups' true values, in squares of the estimates' unit: by how much the estimates scatter beyond their own errors.
 * 0 where they do not, and of too few groups. DerSimonian and Laird (1986).
 */
export function betweenVariance(estimates: readonly Estimate[]): number {
  if (estimates.length < FEWEST_GROUPS) return 0;
  const weights = estimates.map(({ variance }) => 1 / variance);
  const total = sum(weights);
  const centre = sum(estimates.map(({ value, variance }) => value / variance)) / total;
  const scatter = sum(estimates.map(({ value, variance }) => (value - centre) ** 2 / variance));
  const scale = total - sum(weights.map((weight) => weight ** 2)) / total;
  return Math.max(0, (scatter - (estimates.length - 1)) / scale);
}

/** The part of a group's own estimate that is believed: 0 where groups do not differ, near 1 where its own error is small beside how they do. */
export const credibility = (variance: number, between: number): number =>
  between > 0 ? between / (between + variance) : 0;
