import { Random } from './random.ts';

/** Standard deviation of the logarithm of what a month does to a merchant's orders. */
const SIGMA = 0.35;

/**
 * Variance of a merchant's monthly shock, whose mean is 1. Given all expectations, orders of a merchant in a month have the
 * variance μ + SHOCK_VARIANCE · μ²: Poisson where it sells little, overdispersed where it sells much. All kinds of order of
 * a merchant share the shock, and no two merchants or months do.
 */
export const SHOCK_VARIANCE = Math.exp(SIGMA * SIGMA) - 1;

/** The shock of each merchant in a month: lognormal, mean 1. */
export function shocksOf(seed: number, month: number, merchants: number): Float64Array {
  const random = new Random(seed, `shocks ${month}`);
  return Float64Array.from({ length: merchants }, () => random.around1(SIGMA));
}
