/** Test values of the R package LMDIR: an aggregate of two products of three factors. */
export const LMDIR = {
  rows0: [
    [1, 10, 2],
    [4, 5, 3],
  ],
  rows1: [
    [4, 5, 3],
    [5, 6, 4],
  ],
  additive: [69.79006598, -9.455125793, 39.66505981],
  /** Contributions within the first product when its first factor was 0. */
  additiveFromZero: [60, 0, 0],
} as const;
