/** What it costs that a cell is withheld: its value. */
import { type Cell, type LinkedTable, valueOf } from './linked-table.ts';

/** What is left of the price of a cell that the month beside withheld: where it hardly matters which, the same are withheld again, and nowhere else (ADR 67). */
const DISCOUNT = 0.9;
/** Beside its value, each cell is worth this share of the mean cell: a small one is a figure too. */
const OF_MEAN = 0.02;

/** By number of cell. `isKept`: whether the month beside withheld it, so that it costs less, by `discount`, to withhold it again. */
export function weightsOf(
  { cells }: LinkedTable,
  isKept: (cell: Cell) => boolean,
  discount = DISCOUNT,
): Float64Array {
  const mean = cells.reduce((sum, cell) => sum + valueOf(cell, 0), 0) / Math.max(1, cells.length);
  return Float64Array.from(
    cells,
    (cell) => (valueOf(cell, 0) / mean + OF_MEAN) * (isKept(cell) ? discount : 1),
  );
}
