/** What merchants sold in a period and in its baseline by exclusive combination of tracks, summed up by legal owner. */
import type { OwnerPair } from '../../statistics/count-errors.ts';

/** As the engine says it; see sql/clickhouse/queries/merchant-combinations.sql. */
interface Cells {
  readonly owner_nos: readonly number[];
  readonly cell_counts: readonly number[];
  readonly combinations: readonly number[];
  readonly sides: readonly number[];
  readonly sums: readonly number[];
}

/** Bits of `sides`. */
const NOW = 1;
const BEFORE = 2;

/** Whether a combination of tracks is one of those that are summed up. */
export type IsOf = (combination: number) => boolean;

/** Cells of merchants, those of an owner together. Values as in the sums of the engine: pieces, orders, or money in hundredths. */
export class OwnerCombinations {
  readonly owners: number;

  constructor(
    private readonly cells: Cells,
    /** How many measures each cell has. */
    private readonly measures: number,
  ) {
    this.owners = cells.owner_nos.at(-1) ?? 0;
  }

  /** What each owner sold on some combinations, by a measure: its position among those that were asked for. */
  sums(measure: number, isOf: IsOf): OwnerPair {
    const { combinations, sums } = this.cells;
    const pair = this.empty();
    const met = new Map<number, boolean>();
    this.each((owner, cell) => {
      if (!met.has(combinations[cell] as number))
        met.set(combinations[cell] as number, isOf(combinations[cell] as number));
      if (met.get(combinations[cell] as number) !== true) return;
      const at = 2 * (this.measures * cell + measure);
      pair.over[owner] = (pair.over[owner] as number) + (sums[at] as number);
      pair.under[owner] = (pair.under[owner] as number) + (sums[at + 1] as number);
    });
    return pair;
  }

  /** How many merchants each owner has that were active, by the combination of all tracks that each was active in over a period. */
  merchants(isOf: IsOf): OwnerPair {
    const { owner_nos: ownerNos, cell_counts: counts, combinations, sides } = this.cells;
    const pair = this.empty();
    let cell = 0;
    ownerNos.forEach((owner, merchant) => {
      let [now, before, active] = [0, 0, 0];
      for (const end = cell + (counts[merchant] ?? 0); cell < end; cell++) {
        const [combination = 0, side = 0] = [combinations[cell], sides[cell]];
        active |= side;
        if (side & NOW) now |= combination;
        if (side & BEFORE) before |= combination;
      }
      if (active & NOW && isOf(now)) pair.over[owner - 1] = (pair.over[owner - 1] ?? 0) + 1;
      if (active & BEFORE && isOf(before)) pair.under[owner - 1] = (pair.under[owner - 1] ?? 0) + 1;
    });
    return pair;
  }

  private empty(): OwnerPair {
    return { over: new Float64Array(this.owners), under: new Float64Array(this.owners) };
  }

  private each(visit: (owner: number, cell: number) => void): void {
    const { owner_nos: ownerNos, cell_counts: counts } = this.cells;
    let cell = 0;
    for (let merchant = 0; merchant < ownerNos.length; merchant++)
      for (const end = cell + (counts[merchant] ?? 0); cell < end; cell++)
        visit((ownerNos[merchant] ?? 1) - 1, cell);
  }
}

/** Of nobody. */
export const NO_COMBINATIONS: Cells = {
  owner_nos: [],
  cell_counts: [],
  combinations: [],
  sides: [],
  sums: [],
};
