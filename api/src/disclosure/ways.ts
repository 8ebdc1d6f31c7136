/**
 * Ways to protect an exposure: moves that leave all that is shown as it is, while the exposure rises by what it needs. Of all
 * ways the cheapest is taken: a withheld cell moves for little or nothing, and a shown one, which would have to be withheld, costs
 * its weight by the part of the need that it carries (the linear form of a charge for each cell, after Kelly, Golden and Assad 1992).
 */
import type { Highs } from 'highs';
import { LinearProgramme, type ProgrammeRow } from '../statistics/linear-programme.ts';
import type { Exposure } from './exposure.ts';
import type { LinkedTable } from './linked-table.ts';
import { Moves } from './moves.ts';

export interface Way {
  /** What could be shown and moves in it. */
  readonly cells: readonly number[];
  /** By atom, of one measure. */
  readonly moves: ReadonlyMap<number, number>;
  /** Of these atoms, those that some owners know wholly: only what is about such owners is protected by it. */
  readonly known: readonly number[];
}
/** Of its largest move, what an exposure must rise by for the way to be made larger: it is exact as far as the solver is. */
const LEAST_RISE = 0.01;
const UNBOUNDED: ReadonlySet<number> = new Set();
const NOWHERE: Way = { cells: [], moves: new Map(), known: [] };

/** What it costs that a cell moves, by its number; Infinity where it must not. */
export type Costs = Float64Array;

export class Ways {
  private readonly programmes: MonthProgramme[];
  /** How often the solver was asked. */
  solved = 0;

  constructor(highs: Highs, table: LinkedTable) {
    const measures = [...(table.cells[0]?.sides ?? []).keys()];
    this.programmes = measures.map((measure) => new MonthProgramme(highs, table, new Moves(table, measure)));
  }

  /** The cheapest way; null where there is none. */
  of(exposure: Exposure, measure: number, costs: Costs): Way | null {
    const programme = this.programmes[measure];
    if (!programme) throw new RangeError(`no measure ${measure}`);
    if ((exposure.needs[measure] ?? 0) <= 0) return NOWHERE;
    this.solved++;
    return programme.cheapest(exposure, costs);
  }

  /** Whether a way of another exposure, or by another measure, is one of this as well, made larger or smaller. */
  isWayOf(way: Way, exposure: Exposure, measure: number): boolean {
    return this.programmes[measure]?.isWayOf(way, exposure) ?? false;
  }

  dispose(): void {
    for (const programme of this.programmes) programme.dispose();
  }
}

/** Ways that were found for a pattern, by the atoms that rise in them: a way that is known takes no programme. */
export class FoundWays {
  private readonly byAtom = new Map<number, Way[]>();

  constructor(
    private readonly table: LinkedTable,
    private readonly ways: Ways,
  ) {}

  /** One that was found already, or else the cheapest; null where there is none. */
  wayOf(exposure: Exposure, measure: number, costs: Costs): Way | null {
    const known = this.known(exposure, measure);
    if (known !== null) return known;
    const way = this.ways.of(exposure, measure, costs);
    for (const [atom, by] of way?.moves ?? [])
      if (way && by > 0) this.byAtom.set(atom, [...(this.byAtom.get(atom) ?? []), way]);
    return way;
  }

  private known(exposure: Exposure, measure: number): Way | null {
    for (const no of exposure.cells) {
      for (const atom of this.table.cells[no]?.atoms ?? []) {
        const way = this.byAtom.get(atom)?.find((one) => this.ways.isWayOf(one, exposure, measure));
        if (way) return way;
      }
    }
    return null;
  }
}

/** One programme for all ways by a measure: two columns an atom and two a visible cell, by what it rises and falls. */
class MonthProgramme {
  private readonly visible: readonly number[];
  private readonly atoms: number;
  private readonly programme: LinearProgramme;
  private readonly lower: Float64Array;
  private readonly upper: Float64Array;
  private readonly cost: Float64Array;
  private readonly falls: Float64Array;
  private readonly rows: { readonly lower: Float64Array; readonly upper: Float64Array };

  constructor(
    highs: Highs,
    private readonly table: LinkedTable,
    readonly moves: Moves,
  ) {
    this.visible = table.cells.filter(({ isHidden }) => !isHidden).map(({ no }) => no);
    this.atoms = moves.falls.length;
    const columns = 2 * (this.atoms + this.visible.length);
    this.lower = new Float64Array(columns);
    this.upper = new Float64Array(columns);
    this.cost = new Float64Array(columns);
    for (let atom = 0; atom < this.atoms; atom++) {
      this.upper[atom] = moves.isKnown[atom] ? 0 : (moves.rises[atom] ?? 0);
      this.upper[this.atoms + atom] = moves.falls[atom] ?? 0;
    }
    this.falls = Float64Array.from(this.visible, (no) =>
      (table.cells[no]?.atoms ?? []).reduce((sum, atom) => sum + (moves.falls[atom] ?? 0), 0),
    );
    this.rows = {
      lower: new Float64Array(this.visible.length),
      upper: new Float64Array(this.visible.length),
    };
    const rows = this.visible.map((no, index): ProgrammeRow => {
      const atoms = table.cells[no]?.atoms ?? [];
      const [rise, fall] = this.columnsOf(index);
      return {
        columns: [...atoms, ...atoms.map((atom) => this.atoms + atom), rise, fall],
        coefficients: [...atoms.map(() => 1), ...atoms.map(() => -1), -1, 1],
        lower: 0,
        upper: 0,
      };
    });
    const { lower, upper, cost } = this;
    this.programme = new LinearProgramme(highs, { lower, upper, cost }, rows, {
      sense: 'minimise',
      simplex: 'dual',
    });
  }

  /** Atoms of an exposure that rise no further than their wholes leave to them; outside of shares there are none. */
  private boundedAtoms({ cells }: Exposure): ReadonlySet<number> {
    if (!this.table.rules.ofShares) return UNBOUNDED;
    return new Set(cells.flatMap((no) => this.table.cells[no]?.atoms ?? []));
  }

  private columnsOf(index: number): [number, number] {
    return [2 * (this.atoms + index), 2 * (this.atoms + index) + 1];
  }

  cheapest(exposure: Exposure, costs: Costs): Way | null {
    const need = this.moves.needOf(exposure);
    const own = this.moves.ownOf(exposure);
    const exposed = this.boundedAtoms(exposure);
    const free = [...exposed].filter((atom) => !this.moves.isKnown[atom]);
    for (const atom of [...own, ...free]) this.upper[atom] = this.moves.riseIn(atom, exposed.has(atom));
    this.visible.forEach((no, index) => {
      const [rise, fall] = this.columnsOf(index);
      const cost = costs[no] ?? 0;
      const isFixed = cost === Infinity;
      this.upper[rise] = this.upper[fall] = isFixed || cost === 0 ? 0 : Infinity;
      this.rows.upper[index] = cost === 0 ? Infinity : 0;
      this.rows.lower[index] = -(this.rows.upper[index] ?? 0);
      this.cost[rise] = isFixed ? 0 : cost;
      this.cost[fall] = isFixed
        ? 0
        : cost * Math.max(1, need / Math.max(this.falls[index] ?? 0, 1e-6 * need));
    });
    this.programme.boundAll(this.lower, this.upper);
    this.programme.costAll(this.cost);
    this.programme.rowBoundAll(this.rows.lower, this.rows.upper);
    for (const atom of own) this.upper[atom] = 0;
    for (const atom of free) this.upper[atom] = this.moves.riseIn(atom, false);
    const atoms = exposure.cells.flatMap((no) => this.table.cells[no]?.atoms ?? []);
    this.programme.addRow({
      columns: [...atoms, ...atoms.map((atom) => this.atoms + atom)],
      coefficients: [...atoms.map(() => 1), ...atoms.map(() => -1)],
      lower: need,
      upper: Infinity,
    });
    try {
      const solved = this.programme.solve();
      if (!solved) return null;
      return this.wayOf(solved.values, 1e-9 * need);
    } finally {
      this.programme.deleteRow(this.visible.length);
    }
  }

  private wayOf(values: Float64Array, least: number): Way {
    const moves = new Map<number, number>();
    for (let atom = 0; atom < this.atoms; atom++) {
      const by = (values[atom] ?? 0) - (values[this.atoms + atom] ?? 0);
      if (Math.abs(by) > least) moves.set(atom, by);
    }
    const cells = this.visible.filter((_, index) =>
      this.columnsOf(index).some((column) => (values[column] ?? 0) > least),
    );
    return { cells, moves, known: [...moves.keys()].filter((atom) => this.moves.isKnown[atom]) };
  }

  isWayOf({ moves, known }: Way, exposure: Exposure): boolean {
    const need = this.moves.needOf(exposure);
    if (need <= 0) return true;
    let [rise, most] = [0, 0];
    for (const no of exposure.cells)
      for (const atom of this.table.cells[no]?.atoms ?? []) rise += moves.get(atom) ?? 0;
    for (const by of moves.values()) most = Math.max(most, Math.abs(by));
    if (rise <= LEAST_RISE * most) return false;
    const exposed = this.boundedAtoms(exposure);
    for (const [atom, by] of moves) {
      const bound = by < 0 ? (this.moves.falls[atom] ?? 0) : this.moves.riseIn(atom, exposed.has(atom));
      if (Math.abs(by) * (need / rise) > bound) return false;
    }
    if (known.length === 0) return true;
    const own = this.moves.ownOf(exposure);
    return known.every((atom) => own.includes(atom));
  }

  dispose(): void {
    this.programme.dispose();
  }
}
