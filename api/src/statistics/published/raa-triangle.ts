/**
 * Cumulative incurred losses of automatic facultative business, 1981–1990, in thousands of USD: Reinsurance
 * Association of America, Historical Loss Development Study, 1991. Used by Mack (1994), "Measuring the Variability of
 * Chain Ladder Reserve Estimates"; results as in the vignette of the R package ChainLadder.
 */
export const RAA = {
  rows: [
    [5012, 8269, 10907, 11805, 13539, 16181, 18009, 18608, 18662, 18834],
    [106, 4285, 5396, 10666, 13782, 15599, 15496, 16169, 16704],
    [3410, 8992, 13873, 16141, 18735, 22214, 22863, 23466],
    [5655, 11555, 15766, 21266, 23425, 26083, 27067],
    [1092, 9565, 15836, 22169, 25955, 26180],
    [1513, 6445, 11702, 12935, 15852],
    [557, 4020, 10946, 12314],
    [1351, 6947, 13112],
    [3133, 5395],
    [2063],
  ],
  factors: [2.999, 1.624, 1.271, 1.172, 1.113, 1.042, 1.033, 1.017, 1.009],
  ibnr: 52135.23,
  /** Mack's standard error of the total, last sigma² by Mack's extrapolation. */
  standardError: 26909.01,
} as const;
