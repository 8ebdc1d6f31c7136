/**
 * Ways to protect an exposure: moves of cells that leave all that is shown as it is, while the exposure rises by what it needs. Of all
 * ways the cheapest is taken, where what is withheld already moves for nothing, and a shown cell, which would have to be withheld, costs
 * its value by the part of the need that it carries (the linear form of a charge for each cell, after Kelly, Golden and Assad 1992).
 */
import type { Highs } from 'highs';
import { LinearProgramme, type ProgrammeRow } from '../statistics/linear-programme.ts';
import type { Exposure } from './exposure.ts';
import type { LinkedTable } from './linked-table.ts';
import { type Moves, movesOf } from './moves.ts';
import { type Neighbourhood, Neighbourhoods } from './neighbourhood.ts';

export interface Way {
  readonly cells: Int32Array;
  readonly by: Float64Array;
  /** It moves nothing that only the exposure's own owners know, so it is a way for every cell that rises enough by it. */
  readonly isCommon: boolean;
}
const NOWHERE: Way = { cells: new Int32Array(), by: new Float64Array(), isCommon: false };

export class Ways {
  private readonly neighbourhoods: Neighbourhoods;
  private readonly moves: readonly Moves[];
  /** How often the solver was asked. */
  solved = 0;

  constructor(
    private readonly highs: Highs,
    table: LinkedTable,
    /** What it costs to withhold each cell. */
    private readonly weights: Float64Array,
  ) {
    this.neighbourhoods = new Neighbourhoods(table);
    this.moves = [...(table.cells[0]?.sides ?? []).keys()].map((measure) => movesOf(table, measure));
  }

  /** By what is withheld; null where that does not do. */
  within(exposure: Exposure, measure: number, isShown: Uint8Array): Way | null {
    return this.find(exposure, measure, isShown, { mayWithhold: false, widened: false });
  }

  /** By what is withheld and what it is best to withhold as well; null where not even all would do. */
  cheapest(exposure: Exposure, measure: number, isShown: Uint8Array): Way | null {
    return (
      this.find(exposure, measure, isShown, { mayWithhold: true, widened: false }) ??
      this.find(exposure, measure, isShown, { mayWithhold: true, widened: true })
    );
  }

  private find(
    exposure: Exposure,
    measure: number,
    isShown: Uint8Array,
    { mayWithhold, widened }: { mayWithhold: boolean; widened: boolean },
  ): Way | null {
    const need = exposure.needs[measure] ?? 0;
    const moves = this.moves[measure];
    if (need <= 0 || !moves) return NOWHERE;
    const around = this.neighbourhoods.around(exposure.cells, widened);
    const cells = mayWithhold ? around.cells : around.cells.filter((cell) => !isShown[cell]);
    const programme = this.programme(exposure, need, moves, { ...around, cells }, isShown);
    try {
      this.solved++;
      const solved = programme.solve();
      if (!solved) return null;
      const by = (column: number) =>
        need * ((solved.values[column] ?? 0) - (solved.values[cells.length + column] ?? 0));
      const moved = [...cells.keys()].filter((column) => Math.abs(by(column)) > 1e-7 * need);
      return {
        cells: Int32Array.from(moved, (column) => cells[column] ?? 0),
        by: Float64Array.from(moved, by),
        isCommon: !moved.some((column) => exposure.own.includes(cells[column] ?? -1)),
      };
    } finally {
      programme.dispose();
    }
  }

  /** In units of the need: one column a cell for rising, one for falling. */
  private programme(
    { cells: exposed, own }: Exposure,
    need: number,
    { falls, rises }: Moves,
    { cells, equations }: Neighbourhood,
    isShown: Uint8Array,
  ): LinearProgramme {
    const count = cells.length;
    const [upper, cost] = [new Float64Array(2 * count), new Float64Array(2 * count)];
    const columnOf = new Map(cells.map((cell, column) => [cell, column]));
    const ofOwners = new Set(own);
    cells.forEach((cell, column) => {
      const fall = (falls[cell] ?? 0) / need;
      upper[column] = ofOwners.has(cell) ? Infinity : (rises[cell] ?? 0);
      upper[count + column] = fall;
      if (!isShown[cell]) return;
      const weight = this.weights[cell] ?? 0;
      cost[column] = weight;
      cost[count + column] = fall > 0 ? weight * Math.max(1, 1 / Math.max(fall, 1e-6)) : 0;
    });
    const rowOf = (terms: readonly (readonly [number, number])[], total: number): ProgrammeRow => {
      const within = terms.flatMap(([cell, sign]) => {
        const column = columnOf.get(cell);
        return column === undefined ? [] : [[column, sign] as const, [count + column, -sign] as const];
      });
      const [columns, coefficients] = [within.map(([column]) => column), within.map(([, sign]) => sign)];
      return { columns, coefficients, lower: total, upper: total };
    };
    const rows = equations.map(({ total, parts }) =>
      rowOf([[total, 1], ...parts.map((part) => [part, -1] as const)], 0),
    );
    const goal = rowOf(
      exposed.map((cell) => [cell, 1] as const),
      1,
    );
    return new LinearProgramme(
      this.highs,
      { lower: new Float64Array(2 * count), upper, cost },
      [...rows.filter(({ columns }) => columns.length > 0), goal],
      { sense: 'minimise', simplex: 'dual' },
    );
  }
}
