/** What follows from a publication, by linear programming: between what bounds a withheld cell must lie. */
import type { Highs } from 'highs';
import { LinearProgramme } from '../statistics/linear-programme.ts';
import { type Publication, type Unknowns, unknownsOf } from './unknowns.ts';

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** The least and the most that a row may be for a reader; of what is published, itself. */
export class Derivation {
  readonly unknowns: Unknowns;
  private readonly programmes: LinearProgramme[];
  private readonly units: readonly number[];
  /** Between what each unknown lies for everybody, in units: not below 0, unless more is assumed. */
  private readonly known: { readonly lower: Float64Array; readonly upper: Float64Array }[];
  /** How often the solver was asked. */
  solved = 0;

  /** `largest`: below which all unknowns will be assumed to lie, on which the solver gives up now and then where numbers are large, and by its primal method. */
  constructor(highs: Highs, publication: Publication, largest?: number) {
    this.unknowns = unknownsOf(publication);
    const { count, sums } = this.unknowns;
    this.units = Array.from({ length: publication.measures }, (_, measure) =>
      largest === undefined ? unitOf(publication, measure) : largest / BOUNDED,
    );
    this.known = this.units.map(() => ({
      lower: new Float64Array(count),
      upper: new Float64Array(count).fill(Infinity),
    }));
    this.programmes = this.units.map((unit, measure) => {
      const { lower, upper } = this.known[measure] ?? {};
      if (!lower || !upper) throw new RangeError(`no measure ${measure}`);
      const columns = { lower: lower.slice(), upper: upper.slice(), cost: new Float64Array(count) };
      const rows = sums.map(({ unknowns, signs, totals }) => {
        const total = (totals[measure] ?? 0) / unit;
        return { columns: unknowns, coefficients: signs, lower: total, upper: total };
      });
      return new LinearProgramme(highs, columns, rows, {
        sense: 'maximise',
        simplex: largest === undefined ? 'primal' : 'dual',
        presolvesFirst: true,
      });
    });
  }

  /** Takes an unknown to be known to everybody to lie between these. */
  assume(unknown: number, measure: number, { lower, upper }: Interval): void {
    const known = this.known[measure];
    if (!known) throw new RangeError(`no measure ${measure}`);
    known.lower[unknown] = lower / this.unit(measure);
    known.upper[unknown] = upper / this.unit(measure);
    this.release(unknown, measure);
  }

  private release(unknown: number, measure: number): void {
    const { lower, upper } = this.known[measure] ?? {};
    this.programmes[measure]?.bound(unknown, lower?.[unknown] ?? 0, upper?.[unknown] ?? Infinity);
  }

  /** What an outsider derives. */
  interval(unknown: number, measure: number): Interval {
    return { lower: -this.most([unknown], measure, -1), upper: this.most([unknown], measure, 1) };
  }

  /** The most that a sum of unknowns may be for someone who knows that unknowns are no less than this, and some of them exactly. */
  upper(unknowns: readonly number[], measure: number, own: ReadonlyMap<number, Own> = new Map()): number {
    const programme = this.programmes[measure];
    for (const [unknown, { value, isAll, most = Infinity }] of own) {
      const { lower, upper } = this.known[measure] ?? {};
      const least = Math.max(value / this.unit(measure), lower?.[unknown] ?? 0);
      const all = Math.min(most / this.unit(measure), upper?.[unknown] ?? Infinity);
      programme?.bound(unknown, least, isAll ? least : Math.max(least, all));
    }
    const upper = this.most(unknowns, measure, 1);
    for (const unknown of own.keys()) this.release(unknown, measure);
    return upper;
  }

  /**
   * Suspicions that no table allays. One table allays many at once: in it as many unknowns as can be are as large as is asked of them, and
   * whoever is suspected sees nothing in it that they know to be otherwise. What is left is found out one by one (`upper`). `bounds` hold the
   * truth, so there is such a table in any case.
   */
  unallayed<S extends Suspicion>(measure: number, suspicions: readonly S[], bounds: Bounds): S[] {
    const programme = this.programmes[measure];
    if (!programme) throw new RangeError(`no measure ${measure}`);
    if (suspicions.length === 0) return [];
    const unit = this.unit(measure);
    const { count } = this.unknowns;
    let open = [...suspicions];
    for (let round = 0; round < ROUNDS && open.length > 0; round++) {
      const [lower, upper] = [bounds.lower.map((one) => one / unit), bounds.upper.map((one) => one / unit)];
      const cost = new Float64Array(count);
      for (const { unknown, needed } of open) {
        // What somebody knows wholly moves by turns: its neighbours are attacked by who knows it.
        if (lower[unknown] === upper[unknown] && !hasTurn(unknown, round)) continue;
        upper[unknown] = Math.max(needed / unit, cost[unknown] ? (upper[unknown] ?? 0) : 0);
        cost[unknown] = unit / Math.max(needed - (bounds.truth[unknown] ?? 0), 1e-9 * needed);
      }
      programme.boundAll(lower, upper);
      programme.costAll(cost);
      this.solved++;
      const table = programme.solve()?.values;
      if (table === undefined) break; // a worn basis, as the truth is a solution
      // Whoever attacks many cells sees the same in the table for each.
      const seen = new Map<Suspicion['own'], boolean>();
      const isAllayedFor = (own: Suspicion['own']) => {
        const agreed = seen.get(own) ?? agrees(table, own, unit);
        seen.set(own, agreed);
        return agreed;
      };
      open = open.filter(
        ({ unknown, needed, own }) =>
          (table[unknown] ?? 0) * unit < withTolerance(needed) || !isAllayedFor(own),
      );
    }
    const { lower, upper } = this.known[measure] ?? {};
    if (lower && upper) programme.boundAll(lower, upper);
    programme.costAll(new Float64Array(count));
    return open;
  }

  private most(unknowns: readonly number[], measure: number, sign: 1 | -1): number {
    const programme = this.programmes[measure];
    if (!programme) throw new RangeError(`no measure ${measure}`);
    this.solved++;
    for (const unknown of unknowns) programme.cost(unknown, sign);
    let solved = programme.solve();
    if (!solved) {
      // What is published has a solution, the truth: a worn basis may say otherwise.
      programme.restart();
      solved = programme.solve();
    }
    for (const unknown of unknowns) programme.cost(unknown, 0);
    if (!solved) throw new Error('what is published contradicts itself');
    return solved.objective * this.unit(measure);
  }

  private unit(measure: number): number {
    return this.units[measure] ?? 1;
  }

  dispose(): void {
    for (const programme of this.programmes) programme.dispose();
  }
}

/** That somebody who knows this could tell that an unknown is less than it would have to be able to be. */
export interface Suspicion {
  readonly unknown: number;
  readonly needed: number;
  readonly own: ReadonlyMap<number, Own>;
}

/** Between what a table must lie so that nobody who knows their own part can tell that it is not the truth. */
export interface Bounds {
  readonly truth: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

const ROUNDS = 40;

/** In about half of the rounds, and of two unknowns seldom in the same ones. */
const hasTurn = (unknown: number, round: number): boolean =>
  (Math.imul(unknown + 1, 0x9e3779b1) >>> (round % 28)) % 2 === 1;

/** What is derived is within the solver's tolerance. */
export const withTolerance = (needed: number): number => needed * (1 - 1e-6) - 1e-6;

function agrees(table: Float64Array, own: ReadonlyMap<number, Own>, unit: number): boolean {
  for (const [unknown, { value, isAll, most = Infinity }] of own) {
    const there = (table[unknown] ?? 0) * unit;
    const slack = 1e-6 * Math.max(unit, value);
    if (there < value - slack || there > (isAll ? value : most) + slack) return false;
  }
  return true;
}

export interface Own {
  readonly value: number;
  /** It is all there is of it. */
  readonly isAll: boolean;
  /** More than this it cannot be, for who knows their part of the rest of its whole. */
  readonly most?: number;
}

/** What lies below something is told in ten thousandths of the largest: of a hundred millions, a hundredth is then 1e-6, ten times what the solver keeps to. */
const BOUNDED = 1e4;

/** The solver keeps to rows within 1e-7: in millionths of the largest number, sums of money are exact far beyond that. */
const unitOf = ({ rows }: Publication, measure: number): number =>
  (rows.reduce((most, { values }) => Math.max(most, values?.[measure] ?? 0), 0) || 1e6) / 1e6;
