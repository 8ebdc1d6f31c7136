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

/** What each owner did, by the measures. */
export type Owners = ReadonlyMap<string, readonly number[]>;

export class Ledger {
  private readonly atoms = new Map<string, Record<Side, Map<string, readonly number[]>>>();
  private readonly combinationsOf = new Map<string, number[]>();
  private readonly beltsOf = new Map<string, string[]>();
  private readonly bits: ReadonlyMap<string, number>;
  private readonly partBits: number;

  constructor({ belts, tracks }: Publication, confidential: readonly Confidential[]) {
    for (const { belt, combination, side, owner, values } of confidential) {
      const key = `${belt}|${combination}`;
      const atom = this.atoms.get(key) ?? { seller: new Map(), buyer: new Map() };
      if (!this.atoms.has(key))
        this.combinationsOf.set(belt, [...(this.combinationsOf.get(belt) ?? []), combination]);
      this.atoms.set(key, atom);
      atom[side].set(owner, values);
    }
    for (const { id, city, province, category } of belts) {
      for (const area of [
        `belt|${id}`,
        `city|${province}/${city}`,
        `province|${province}`,
        `category|${category}`,
        'nation|',
      ])
        this.beltsOf.set(area, [...(this.beltsOf.get(area) ?? []), id]);
    }
    this.bits = new Map(tracks.map(({ key, bit }) => [key, bit]));
    this.partBits = tracks.filter(({ isPart }) => isPart).reduce((bits, { bit }) => bits | bit, 0);
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
  ownersOf(atoms: Iterable<string>, side: Side): Map<string, number[]> {
    const owners = new Map<string, number[]>();
    for (const atom of atoms) {
      for (const [owner, values] of this.atoms.get(atom)?.[side] ?? []) {
        const sums = owners.get(owner);
        if (sums) values.forEach((value, measure) => (sums[measure] = (sums[measure] ?? 0) + value));
        else owners.set(owner, [...values]);
      }
    }
    return owners;
  }
}
