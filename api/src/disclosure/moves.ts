/**
 * How a month may seem to be other than it is: moves of its atoms, by one measure. Every cell is a sum of atoms, so that moves of atoms keep
 * to all that adds up by themselves, and all that is asked of them is that what is shown stays as it is.
 *
 * An atom may fall by what its largest owners do not know themselves; one that they know wholly does not move at all. So moves that keep
 * to it stand against every owner who knows their own part, and against as many of them as pool what they know. A cell of several
 * atoms then keeps to the same: its largest owners know no more of it than the largest of each atom do together.
 *
 * Where a part and the rest of a whole are told, the whole is taken to be known of every cell (ADR 55): what rises in one falls in the other, so that a
 * part rises no further than the rest may fall.
 */
import type { Exposure } from './exposure.ts';
import { fallOf, isKnown, riseOf } from './known-parts.ts';
import { type LinkedTable, valueOf } from './linked-table.ts';

export class Moves {
  /** In units, by atom; what an atom's owners know wholly does not fall, nor rise unless they are those whom an exposure is about. */
  readonly falls: Float64Array;
  /** How far an atom may rise at most, by what its whole leaves to it; without one, as far as it will. */
  readonly rises: Float64Array;
  /** The same of an atom that is to rise: for who pool it may rise less, and a way made smaller is a way. */
  readonly ownRises: Float64Array;
  readonly isKnown: Uint8Array;
  /** The solver keeps to rows within 1e-7: in millionths of the largest sum, sums of money are exact far beyond that. */
  readonly unit: number;

  constructor(
    private readonly table: LinkedTable,
    readonly measure: number,
  ) {
    const { cells, holdings, rules } = table;
    const count = holdings.atoms.length;
    [this.falls, this.isKnown] = [new Float64Array(count), new Uint8Array(count)];
    [this.rises, this.ownRises] = [new Float64Array(count), new Float64Array(count)];
    for (const rises of [this.rises, this.ownRises]) rises.fill(Infinity);
    this.unit = cells.reduce((most, cell) => Math.max(most, valueOf(cell, measure)), 1) / 1e6;
    for (const cell of cells) {
      const [atom, other] = cell.atoms;
      if (atom === undefined || other !== undefined) continue;
      if (rules.ofShares) {
        this.rises[atom] = riseOf(table, cell, measure, rules.pooled) / this.unit;
        this.ownRises[atom] = riseOf(table, cell, measure, 1) / this.unit;
      }
      if (isKnown(cell, rules.pooled)) this.isKnown[atom] = 1;
      else this.falls[atom] = fallOf(cell, measure, rules.pooled) / this.unit;
    }
  }

  needOf({ needs }: Exposure): number {
    return (needs[this.measure] ?? 0) / this.unit;
  }

  /** How far an atom may rise in a way of an exposure, which `isOf` it or not. */
  riseIn(atom: number, isOf: boolean): number {
    return (isOf ? this.ownRises[atom] : this.rises[atom]) ?? 0;
  }

  /** The atoms that only an exposure's own owners know: they may rise in a way for it, and in no other. */
  ownOf({ own }: Exposure): number[] {
    return (own[this.measure] ?? [])
      .flatMap((no) => this.table.cells[no]?.atoms ?? [])
      .filter((atom) => this.isKnown[atom]);
  }
}
