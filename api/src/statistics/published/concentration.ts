/** Examples of concentration measures. */

/**
 * Gini coefficients: Σ Σ |xi − xj| ÷ (2 n² mean), and n ÷ (n − 1) times it. The
 * last one is the example in the documentation of the R package ineq; the others are examples in common use.
 */
export const GINI = [
  { values: [1, 3, 2, 1, 1, 1, 4], gini: 0.3076923 },
  { values: [10, 10, 10, 10, 10, 10, 10, 10, 10, 100], gini: 0.4263158 },
  {
    values: [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261],
    gini: 0.4620911,
    corrected: 0.5134346,
  },
] as const;

/** HHI of shares in %: United States Department of Justice, "Herfindahl–Hirschman Index". */
export const HHI = { shares: [30, 30, 20, 20], hhi: 2600 } as const;
