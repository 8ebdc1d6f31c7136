/**
 * Which of many p-values are findings, so that on average no more than the rate of those that are told are false. Benjamini and
 * Hochberg (1995), Controlling the false discovery rate.
 */
export function discoveries(pValues: readonly number[], rate: number): boolean[] {
  const sorted = [...pValues].sort((a, b) => a - b);
  const last = sorted.findLast((p, index) => p <= ((index + 1) / sorted.length) * rate);
  return pValues.map((p) => last !== undefined && p <= last);
}
