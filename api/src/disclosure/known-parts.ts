/** What the largest owners of a cell know of it by themselves: how far it may seem to be otherwise, for whoever has a part of it. */
import { HELD_SIDES, type HeldSide } from './holdings.ts';
import { type Cell, type LinkedTable, valueOf } from './linked-table.ts';

/**
 * Whether so few owners are in a cell that they know it wholly, by any measure. That somebody is in a cell can be seen; that nobody else in it had a
 * refund or was late cannot, so of a part of a whole nobody knows that it is theirs alone.
 */
export const isKnown = (cell: Cell, pooled: number): boolean => sidesKnowing(cell, pooled).length > 0;

/** The sides of which so few owners are in it. */
export const sidesKnowing = ({ sides }: Cell, pooled: number): readonly HeldSide[] =>
  HELD_SIDES.filter((side) => Math.max(...sides.map((one) => one[side].owners)) <= pooled);

/** Of parts of a whole, each measure is followed by the rest of the whole: the one is what the other leaves. */
export const restOf = (measure: number): number => measure ^ 1;

/**
 * By how much the part of a whole may seem to be more, for whoever knows the whole and their own: what is left of it without its largest owners. Who holds all of
 * the whole attacks nobody in it. `pooled`: owners who tell each other what they know.
 */
export function riseOf({ holdings }: LinkedTable, cell: Cell, measure: number, pooled: number): number {
  const rest = cell.sides[restOf(measure)];
  if (!rest) throw new RangeError('a part is told with the rest of its whole');
  return Math.min(
    ...HELD_SIDES.map((side) => {
      const known = holdings.holdersOf(cell.atoms, side) <= pooled ? [] : rest[side].largest.slice(0, pooled);
      const left = rest[side].total - known.reduce((sum, one) => sum + one, 0);
      return left > 1e-9 * rest[side].total ? left : 0;
    }),
  );
}

/** By how much a cell may seem to be less: what its largest owners do not know. */
export function fallOf(cell: Cell, measure: number, pooled: number): number {
  const { sellers, buyers } = cell.sides[measure] ?? {};
  const known = [sellers, buyers].map((side) =>
    (side?.largest ?? []).slice(0, pooled).reduce((sum, one) => sum + one, 0),
  );
  const left = valueOf(cell, measure) - Math.max(...known);
  // Sums of money in floating point: what is left of nothing may come out as 1e-9.
  return left > 1e-9 * valueOf(cell, measure) ? left : 0;
}
