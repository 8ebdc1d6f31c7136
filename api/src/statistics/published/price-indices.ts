/**
 * Six items in periods 1, 2 and 5 of the Producer Price Index Manual, tables 19.1 and 19.2, as used by the R package
 * gpindex.
 */
export const PPI_MANUAL = {
  prices: {
    1: [1, 1, 1, 1, 1, 1],
    2: [1.2, 3, 1.3, 0.7, 1.4, 0.8],
    5: [1, 1, 1.6, 0.1, 2, 0.2],
  },
  quantities: {
    1: [1, 1, 2, 1, 4.5, 0.5],
    2: [0.8, 0.9, 1.9, 1.3, 4.7, 0.6],
    5: [0.9, 1.2, 2, 12, 6.5, 2.5],
  },
  /** Indices with the fixed base of period 1, to four decimals. */
  laspeyres: { 2: 1.42, 5: 1.44 },
  paasche: { 2: 1.3824, 5: 0.7968 },
  fisher: { 2: 1.4011, 5: 1.0712 },
  tornqvist: { 2: 1.4052, 5: 1.2477 },
  jevons: { 2: 1.2419, 5: 0.6325 },
} as const;

/**
 * Test values of the R package gpindex, GEKS-Törnqvist: prices 1, 2 … 65 and quantities 65, 64 … 1 of five products
 * in thirteen periods, product after product. Level of the period relative to the first.
 */
export const GEKS = {
  products: 5,
  periods: 13,
  levels: { 2: 1.07334245809641, 3: 1.13758500234551, 13: 1.78741712742392 },
} as const;
