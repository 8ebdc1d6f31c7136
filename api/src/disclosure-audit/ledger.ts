/** Who is behind the rows of a publication: what only the auditor knows. */
import { type Publication, type PublishedRow } from './unknowns.ts';

/** What one owner did in a belt, of lines of one combination of tracks. */
export interface Confidential {
  readonly belt: string;
  readonly combination: number;
  readonly side: Side;
  readonly owner: string;
  readonly values: readonly number[];
}
export type Side = 'seller' | 'buyer';
export const SIDES: readonly Side[] = ['seller', 'buyer'];

/** The two largest owners by a measure, how many have anything, and what all have together. */
export interface Leaders {
  readonly holders: number;
  readonly total: number;
  /** Owners by their numbers, and what they have; null, 0: there is none. */
  readonly first: number | null;
  readonly largest: number;
  readonly second: number | null;
  readonly next: number;
}

/** What each owner of one side of some belts and combinations did, by the measures. Owners are numbers of the ledger's. */
export class Owners {
  /** By measure, once it was asked for: a cell's owners are asked about again and again. */
  private readonly known: Leaders[] = [];

  constructor(
    readonly numbers: Int32Array,
    private readonly values: Float64Array,
    private readonly measures: number,
  ) {}

  get size(): number {
    return this.numbers.length;
  }

  /** `at`: the place of an owner in `numbers`. */
  value(at: number, measure: number): number {
    return this.values[at * this.measures + measure] ?? 0;
  }

  leaders(measure: number): Leaders {
    return (this.known[measure] ??= this.led(measure));
  }

  private led(measure: number): Leaders {
    let [first, second, largest, next, holders, total] = [-1, -1, 0, 0, 0, 0];
    for (let at = 0; at < this.size; at++) {
      const value = this.value(at, measure);
      if (value <= 0) continue;
      holders++;
      total += value;
      if (value > largest) [second, next, first, largest] = [first, largest, at, value];
      else if (value > next) [second, next] = [at, value];
    }
    const numberOf = (at: number) => this.numbers[at] ?? null;
    return { holders, total, first: numberOf(first), largest, second: numberOf(second), next };
  }
}

interface Held {
  readonly owners: number[];
  /** Of each owner, a number a measure. */
  readonly values: number[];
}

export class Ledger {
  private readonly atoms = new Map<string, Record<Side, Held>>();
  private readonly combinationsOf = new Map<string, number[]>();
  private readonly beltsOf = new Map<string, string[]>();
  private readonly bits: ReadonlyMap<string, number>;
  private readonly partBits: number;
  private readonly measures: number;
  private readonly names: Record<Side, string[]> = { seller: [], buyer: [] };
  /** By owner, where it stands in what is being summed; -1: it does not. */
  private readonly places: Record<Side, Int32Array>;

  constructor({ belts, tracks, measures, sums = [] }: Publication, confidential: readonly Confidential[]) {
    this.measures = measures;
    const numbers = { seller: new Map<string, number>(), buyer: new Map<string, number>() };
    for (const { belt, combination, side, owner, values } of confidential) {
      const key = `${belt}|${combination}`;
      const empty = (): Held => ({ owners: [], values: [] });
      const atom = this.atoms.get(key) ?? { seller: empty(), buyer: empty() };
      if (!this.atoms.has(key))
        this.combinationsOf.set(belt, [...(this.combinationsOf.get(belt) ?? []), combination]);
      this.atoms.set(key, atom);
      const no = numbers[side].get(owner) ?? numbers[side].size;
      numbers[side].set(owner, no);
      this.names[side][no] = owner;
      atom[side].owners.push(no);
      for (let measure = 0; measure < measures; measure++) atom[side].values.push(values[measure] ?? 0);
    }
    const nowhere = (side: Side) => new Int32Array(numbers[side].size).fill(-1);
    this.places = { seller: nowhere('seller'), buyer: nowhere('buyer') };
    for (const { id, city, province, category, nation = '' } of belts) {
      for (const area of [
        `belt|${id}`,
        `city|${province}/${city}`,
        `province|${province}`,
        `category|${category}`,
        `nation|${nation}`,
      ])
        this.beltsOf.set(area, [...(this.beltsOf.get(area) ?? []), id]);
    }
    for (const { total, below } of sums) {
      const inside = below.flatMap(({ level, area }) => this.beltsOf.get(`${level}|${area}`) ?? []);
      this.beltsOf.set(`${total.level}|${total.area}`, inside);
    }
    this.bits = new Map(tracks.map(({ key, bit }) => [key, bit]));
    this.partBits = tracks.filter(({ isPart }) => isPart).reduce((bits, { bit }) => bits | bit, 0);
  }

  /** How many owners there are of a side. */
  countOf(side: Side): number {
    return this.names[side].length;
  }

  nameOf(side: Side, owner: number): string {
    return this.names[side][owner] ?? '';
  }

  /** The belts and combinations that a row is made of. */
  atomsOf({ level, area, by, key }: PublishedRow): string[] {
    const bit = this.bits.get(String(key)) ?? 0;
    const isIn = (combination: number) => {
      if (by === 'part') return combination === key;
      if (by === 'combination') return (combination & ~this.partBits) === key;
      return bit === 0 || (combination & bit) !== 0;
    };
    return (this.beltsOf.get(`${level}|${area}`) ?? []).flatMap((belt) =>
      (this.combinationsOf.get(belt) ?? []).filter(isIn).map((combination) => `${belt}|${combination}`),
    );
  }

  /** All owners of some atoms. */
  ownersOf(atoms: Iterable<string>, side: Side): Owners {
    const places = this.places[side];
    const numbers: number[] = [];
    const values: number[] = [];
    for (const atom of atoms) {
      const held = this.atoms.get(atom)?.[side];
      held?.owners.forEach((owner, index) => {
        let at = places[owner] ?? -1;
        if (at < 0) {
          at = places[owner] = numbers.length;
          numbers.push(owner);
          for (let measure = 0; measure < this.measures; measure++) values.push(0);
        }
        for (let measure = 0; measure < this.measures; measure++)
          values[at * this.measures + measure] =
            (values[at * this.measures + measure] ?? 0) + (held.values[index * this.measures + measure] ?? 0);
      });
    }
    for (const owner of numbers) places[owner] = -1;
    return new Owners(Int32Array.from(numbers), Float64Array.from(values), this.measures);
  }
}
