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
  /** How often the solver was asked. */
  solved = 0;

  constructor(highs: Highs, publication: Publication) {
    this.unknowns = unknownsOf(publication);
    const { count, sums } = this.unknowns;
    this.units = Array.from({ length: publication.measures }, (_, measure) => unitOf(publication, measure));
    this.programmes = this.units.map((unit, measure) => {
      const columns = {
        lower: new Float64Array(count),
        upper: new Float64Array(count).fill(Infinity),
        cost: new Float64Array(count),
      };
      const rows = sums.map(({ unknowns, signs, totals }) => {
        const total = (totals[measure] ?? 0) / unit;
        return { columns: unknowns, coefficients: signs, lower: total, upper: total };
      });
      return new LinearProgramme(highs, columns, rows, { sense: 'maximise', simplex: 'primal' });
    });
  }

  /** What an outsider derives. */
  interval(unknown: number, measure: number): Interval {
    return { lower: -this.most([unknown], measure, -1), upper: this.most([unknown], measure, 1) };
  }

  /** The most that a sum of unknowns may be for someone who knows that unknowns are no less than this, and some of them exactly. */
  upper(unknowns: readonly number[], measure: number, own: ReadonlyMap<number, Own> = new Map()): number {
    const programme = this.programmes[measure];
    for (const [unknown, { value, isAll }] of own) {
      const least = value / this.unit(measure);
      programme?.bound(unknown, least, isAll ? least : Infinity);
    }
    const upper = this.most(unknowns, measure, 1);
    for (const unknown of own.keys()) programme?.bound(unknown, 0, Infinity);
    return upper;
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

export interface Own {
  readonly value: number;
  /** It is all there is of it. */
  readonly isAll: boolean;
}

/** The solver keeps to rows within 1e-7: in millionths of the largest number, sums of money are exact far beyond that. */
const unitOf = ({ rows }: Publication, measure: number): number =>
  rows.reduce((most, { values }) => Math.max(most, values?.[measure] ?? 0), 1) / 1e6;
