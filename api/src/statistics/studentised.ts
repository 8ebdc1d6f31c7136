/**
 * Between Student's t and the normal distribution, to compare figures whose standard errors are known unequally well. Wallace
 * (1959), Bounds on normal approximations to Student's and the chi-square distributions. Out to the fourth deviate it is never larger than the
 * exact one by more than 0.005, and from five degrees of freedom on never smaller by more than 0.05.
 */
import jStat from 'jstat';

// Looked up once: these are called some million times.
const { abs, expm1, log1p, sign, sqrt } = Math;

const scaleOf = (degrees: number): number => (8 * degrees + 1) / (8 * degrees + 3);

/** The normal deviate that is as improbable as t with these degrees of freedom. */
export const normalOf = (t: number, degrees: number): number =>
  sign(t) * scaleOf(degrees) * sqrt(degrees * log1p((t * t) / degrees));

/** The other way round. */
export const studentOf = (normal: number, degrees: number): number =>
  sign(normal) * sqrt(degrees * expm1((normal / scaleOf(degrees)) ** 2 / degrees));

/** An estimate, its standard error on the same scale, and how well that is known. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
  readonly degrees: number;
}

/** Two-sided p-value of the estimate being nothing else than `truth` and chance. */
export function pValueOf({ value, standardError, degrees }: Estimate, truth: number): number {
  if (value === truth) return 1;
  if (standardError === 0) return 0;
  return 2 * jStat.normal.cdf(-abs(normalOf((value - truth) / standardError, degrees)), 0, 1);
}
