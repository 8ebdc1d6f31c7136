/** How far a withheld cell may lie from its value in the eyes of those who know most of it. */
import { isKnown } from './exposure.ts';
import { type Cell, type LinkedTable, valueOf } from './linked-table.ts';

/**
 * A cell may fall by what its largest owners do not know themselves; one that they know wholly does not move at all. So moves that keep
 * to it stand against every owner who knows their own part, and against as many of them as pool what they know.
 */
export interface Moves {
  readonly falls: Float64Array;
  readonly rises: Float64Array;
}

export function movesOf({ cells, rules }: LinkedTable, measure: number): Moves {
  const falls = new Float64Array(cells.length);
  const rises = new Float64Array(cells.length).fill(Infinity);
  for (const cell of cells) {
    if (isKnown(cell, rules.pooled)) rises[cell.no] = 0;
    else falls[cell.no] = fallOf(cell, measure, rules.pooled);
  }
  return { falls, rises };
}

function fallOf(cell: Cell, measure: number, pooled: number): number {
  const { sellers, buyers } = cell.sides[measure] ?? {};
  const known = [sellers, buyers].map((side) =>
    (side?.largest ?? []).slice(0, pooled).reduce((sum, one) => sum + one, 0),
  );
  const left = valueOf(cell, measure) - Math.max(...known);
  // Sums of money in floating point: what is left of nothing may come out as 1e-9.
  return left > 1e-9 * valueOf(cell, measure) ? left : 0;
}
