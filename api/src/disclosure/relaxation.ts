/**
 * How much must be withheld at least, whatever pattern is chosen: a lower bound, by the linear relaxation of the whole month. Each cell
 * that could be shown is withheld to a part between 0 and 1. An unsafe cell that does not rise enough by moves that the parts leave room for
 * gives a cut: of these cells so much must be withheld (Benders; Fischetti and Salazar 2001). A programme over the cuts alone is solved again with
 * each round of them. Its optimum rises to that of the relaxation, and bounds the loss from below in every round.
 *
 * Unsafe cells are withheld in every pattern. What is left of a total when others are taken away depends on the pattern: where nothing else of it is withheld, it is the unsafe cells in it,
 * so that these rise enough together or something else of it is withheld. What the rules ask of other remainders is not in the bound.
 */
import type { Highs } from 'highs';
import { LinearProgramme, type ProgrammeRow } from '../statistics/linear-programme.ts';
import { type Exposure, Exposures } from './exposure.ts';
import type { LinkedTable } from './linked-table.ts';
import { Moves } from './moves.ts';

export interface Relaxation {
  /** The least weight of what must be withheld beside unsafe cells. */
  readonly least: number;
  /** Whether no cut was left to be found; otherwise the relaxation's own optimum lies higher. */
  readonly isWhole: boolean;
}

/** Cuts a round: with more of them a round tells little more, and takes longer. */
const AT_ONCE = 250;
/** Of those that are asked about, the ones that had a cut lately come first: after so many without one, a round has what it can have for its price. */
const WITHOUT = 150;
/** Coefficients above it are of the solver's tolerance. */
const NOTHING = 1e-7;

export function relax(
  highs: Highs,
  table: LinkedTable,
  weights: Float64Array,
  { rounds = 80 }: { readonly rounds?: number } = {},
): Relaxation {
  const isSafe = table.cells.map(({ isHidden, unsafe }) => !isHidden && unsafe === null);
  const safe = table.cells.filter(({ no }) => isSafe[no]).map(({ no }) => no);
  const measures = [...(table.cells[0]?.sides ?? []).keys()];
  const separations = measures.map(
    (measure) => new Separation(highs, table, new Moves(table, measure), safe),
  );
  const isShown = Uint8Array.from(isSafe, Number);
  const asked = askedOf(table, isShown, new Map(safe.map((no, index) => [no, index])));
  const columns = {
    lower: new Float64Array(safe.length),
    upper: new Float64Array(safe.length).fill(1),
    cost: Float64Array.from(safe, (no) => weights[no] ?? 0),
  };
  const master = new LinearProgramme(highs, columns, [], { sense: 'minimise', simplex: 'dual' });
  try {
    let parts: Float64Array = new Float64Array(safe.length);
    let [least, round] = [0, 0];
    let open: Open[] = asked.flatMap((one) => separations.map((separation) => ({ ...one, separation })));
    // What needs nothing to be withheld never will.
    const first = open.map((one) => cutOf(one, parts));
    open = open.filter((_, index) => first[index] !== null);
    let found = first.filter((cut) => cut !== null);
    while (round < rounds && found.length > 0) {
      for (const cut of found) master.addRow(cut);
      round++;
      const solved = master.solve();
      // Where everything is withheld, each cell rises by what its own largest owner did.
      if (!solved) throw new Error('what must be withheld contradicts itself');
      [least, parts] = [solved.objective, solved.values];
      found = [];
      const [cutting, others]: [Open[], Open[]] = [[], []];
      let since = 0;
      for (const one of open) {
        const isEnough = found.length >= AT_ONCE || (found.length > 0 && since >= WITHOUT);
        const cut = isEnough ? null : cutOf(one, parts);
        since = cut ? 0 : since + 1;
        if (cut) found.push(cut);
        (cut ? cutting : others).push(one);
      }
      open = [...cutting, ...others];
    }
    return { least, isWhole: found.length === 0 };
  } finally {
    master.dispose();
    for (const one of separations) one.dispose();
  }
}

/** What must be protected, unless one of these cells is withheld, by their places among those that could be shown. */
interface Asked {
  readonly exposure: Exposure;
  readonly unless: readonly number[];
}

interface Open extends Asked {
  readonly separation: Separation;
}

/** Unsafe cells, and sums of them that remain where nothing else is withheld. `places`: of cells that could be shown, by their numbers. */
function askedOf(table: LinkedTable, isShown: Uint8Array, places: ReadonlyMap<number, number>): Asked[] {
  const unless = new Map<string, (readonly number[])[]>();
  for (const family of table.families) {
    const key = family
      .filter((no) => !isShown[no])
      .sort((a, b) => a - b)
      .join();
    const others = family.flatMap((no) => places.get(no) ?? []);
    unless.set(key, [...(unless.get(key) ?? []), others]);
  }
  return new Exposures(table)
    .all(isShown)
    .flatMap((exposure) =>
      exposure.cells.length === 1
        ? [{ exposure, unless: [] }]
        : (unless.get(exposure.key) ?? []).map((others) => ({ exposure, unless: others })),
    );
}

/** What these parts break; null where nothing. */
function cutOf({ exposure, unless, separation }: Open, parts: Float64Array): ProgrammeRow | null {
  if (unless.reduce((sum, at) => sum + (parts[at] ?? 0), 0) >= 1) return null;
  const cut = separation.cut(exposure, parts);
  if (cut === null || unless.length === 0) return cut;
  const row = new Map(cut.columns.map((column, at) => [column, cut.coefficients[at] ?? 0]));
  for (const at of unless) row.set(at, 1);
  const sum = [...row].reduce((all, [at, by]) => all + by * (parts[at] ?? 0), 0);
  if (sum >= 1 - NOTHING) return null;
  return { ...cut, columns: [...row.keys()], coefficients: [...row.values()] };
}

/**
 * How far an exposure may rise where cells are withheld in part: two columns an atom, by what it rises and falls, and a row for each cell
 * that could be shown.
 */
class Separation {
  private readonly programme: LinearProgramme;
  private readonly atoms: number;
  private readonly lower: Float64Array;
  private readonly upper: Float64Array;
  private readonly falls: Float64Array;
  private readonly atomsOf: readonly (readonly number[])[];

  constructor(
    highs: Highs,
    private readonly table: LinkedTable,
    private readonly moves: Moves,
    safe: readonly number[],
  ) {
    this.atomsOf = safe.map((no) => table.cells[no]?.atoms ?? []);
    this.atoms = moves.falls.length;
    this.lower = new Float64Array(2 * this.atoms);
    this.upper = new Float64Array(2 * this.atoms);
    for (let atom = 0; atom < this.atoms; atom++) {
      this.upper[atom] = moves.isKnown[atom] ? 0 : Infinity;
      this.upper[this.atoms + atom] = moves.falls[atom] ?? 0;
    }
    this.falls = Float64Array.from(this.atomsOf, (atoms) =>
      atoms.reduce((sum, atom) => sum + (moves.falls[atom] ?? 0), 0),
    );
    const rows = this.atomsOf.map((atoms): ProgrammeRow => {
      return {
        columns: [...atoms, ...atoms.map((atom) => this.atoms + atom)],
        coefficients: [...atoms.map(() => 1), ...atoms.map(() => -1)],
        lower: 0,
        upper: 0,
      };
    });
    const columns = { lower: this.lower, upper: this.upper, cost: new Float64Array(2 * this.atoms) };
    this.programme = new LinearProgramme(highs, columns, rows, { sense: 'maximise', simplex: 'primal' });
  }

  /** What these parts break, as a row over the cells that could be shown; null where the exposure is protected. */
  cut(exposure: Exposure, parts: Float64Array): ProgrammeRow | null {
    const need = this.moves.needOf(exposure);
    if (need <= 0) return null;
    const own = this.moves.ownOf(exposure);
    const goal = new Float64Array(2 * this.atoms);
    for (const no of exposure.cells) {
      for (const atom of this.table.cells[no]?.atoms ?? []) [goal[atom], goal[this.atoms + atom]] = [1, -1];
    }
    const upper = this.upper.slice();
    for (const atom of own) upper[atom] = Infinity;
    this.programme.boundAll(this.lower, upper);
    this.programme.costAll(goal);
    this.programme.rowBoundAll(
      this.falls.map((fall, index) => -Math.min(fall, need) * (parts[index] ?? 0)),
      this.falls.map((_, index) => need * (parts[index] ?? 0)),
    );
    const solved = this.programme.solve();
    if (!solved || solved.objective >= need * (1 - 1e-6)) return null;
    return this.rowOf(solved.rowDuals, goal, upper, need);
  }

  /** Whatever is withheld: the exposure rises by no more than prices of rows and atoms allow, and must rise by its need. */
  private rowOf(
    prices: Float64Array,
    goal: Float64Array,
    upper: Float64Array,
    need: number,
  ): ProgrammeRow | null {
    const reduced = goal.slice(0, this.atoms);
    this.atomsOf.forEach((atoms, index) => {
      for (const atom of atoms) reduced[atom] = (reduced[atom] ?? 0) - (prices[index] ?? 0);
    });
    let missing = need;
    reduced.forEach((price, atom) => {
      if (price > NOTHING) missing -= price * (upper[atom] ?? 0);
      if (price < -NOTHING) missing += price * (this.moves.falls[atom] ?? 0);
    });
    if (!(missing > 1e-6 * need)) return null;
    const [columns, coefficients]: [number[], number[]] = [[], []];
    prices.forEach((price, index) => {
      if (Math.abs(price) <= NOTHING) return;
      // A cell is withheld or not: more than what is missing none needs to give.
      const part = price > 0 ? 1 : Math.min(1, (-price * (this.falls[index] ?? 0)) / missing);
      if (part <= 0) return;
      columns.push(index);
      coefficients.push(part);
    });
    return { columns, coefficients, lower: 1, upper: Infinity };
  }

  dispose(): void {
    this.programme.dispose();
  }
}
