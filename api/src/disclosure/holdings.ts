/**
 * Who sold and bought what in a month: what cells are made of, and what they must not tell.
 *
 * Buyers whom the source does not tell (owner '') may be anybody. In any sum of cells they are taken to be its largest known buyer, by each measure: so they
 * are no owner more, nothing of theirs hides anybody, and whoever is largest needs to be protected for all of it. Whoever they truly are, no cell is shown
 * that would not be if they were known (`holdings.spec.ts`). Where nobody is known, they are one.
 */
import type { DisclosureRules, Side, Sides } from './rules.ts';

export interface Belt {
  readonly id: string;
  readonly city: string;
  readonly province: string;
  readonly category: string;
}

/** What one owner sold or bought in a belt, of order lines of one combination of tracks. */
export interface Holding {
  readonly belt: string;
  /** As the lines have it, overseas local users included. */
  readonly combination: number;
  readonly side: 'seller' | 'buyer';
  readonly owner: string;
  /** One number a measure; none is negative. */
  readonly values: readonly number[];
}

/** The finest there is: a belt and a combination of tracks. */
export interface Atom {
  readonly belt: number;
  readonly combination: number;
  readonly sellers: Held;
  readonly buyers: Held;
}

/** Of the buyers' side, by the name that a seller or buyer has here. */
const UNKNOWN_BUYER = 'buyer/';

interface Held {
  readonly owners: number[];
  /** Of each owner, a number a measure. */
  readonly values: number[];
}

export type HeldSide = 'sellers' | 'buyers';
export const HELD_SIDES: readonly HeldSide[] = ['sellers', 'buyers'];

export class Holdings {
  readonly atoms: readonly Atom[];
  /** The number of those whom nobody knows, as an owner; -1: all are known. */
  private readonly nobody: number;
  private readonly scratch: Float64Array;

  constructor(
    readonly belts: readonly Belt[],
    holdings: readonly Holding[],
    readonly measures: number,
    private readonly rules: DisclosureRules,
  ) {
    const beltNo = new Map(belts.map(({ id }, index) => [id, index]));
    const owners = new Map<string, number>();
    const atoms = new Map<string, Atom>();
    for (const { belt, combination, side, owner, values } of holdings) {
      const no = beltNo.get(belt);
      if (no === undefined) throw new Error(`a holding of a belt that there is not: ${belt}`);
      const key = `${no}/${combination}`;
      const empty = () => ({ owners: [], values: [] });
      const atom = atoms.get(key) ?? { belt: no, combination, sellers: empty(), buyers: empty() };
      atoms.set(key, atom);
      // A seller is never the same contributor as a buyer, even under one name.
      const name = `${side}/${owner}`;
      const ownerNo = owners.get(name) ?? owners.size;
      owners.set(name, ownerNo);
      const held = side === 'seller' ? atom.sellers : atom.buyers;
      held.owners.push(ownerNo);
      held.values.push(...values);
    }
    this.atoms = [...atoms.values()];
    this.nobody = owners.get(UNKNOWN_BUYER) ?? -1;
    this.scratch = new Float64Array(owners.size * measures);
  }

  /** The contributors of several atoms together, each owner once; a measure each. */
  sidesOf(atoms: Iterable<number>): Sides[] {
    const all = [...atoms];
    const sellers = this.sideOf(all, 'sellers');
    const buyers = this.sideOf(all, 'buyers');
    return sellers.map((side, measure) => ({ sellers: side, buyers: buyers[measure] ?? side }));
  }

  /** The largest owner of atoms on each side, a measure each, of those who are as large the first; null: there is none. */
  leadersBy(atoms: Iterable<number>): Record<HeldSide, (number | null)[]> {
    const all = [...atoms];
    return { sellers: this.leadersIn(all, 'sellers'), buyers: this.leadersIn(all, 'buyers') };
  }

  /** The same, by any measure and side. */
  leadersOf(atoms: Iterable<number>): number[] {
    return Object.values(this.leadersBy(atoms)).flatMap((of) => of.flatMap((one) => one ?? []));
  }

  private leadersIn(atoms: readonly number[], side: HeldSide): (number | null)[] {
    const touched = this.gather(atoms, side);
    if (touched.size > 1) this.forget(touched);
    const leaders = Array.from({ length: this.measures }, (_, measure) => {
      let [leader, most]: [number | null, number] = [null, -1];
      for (const owner of touched) {
        const value = this.held(owner, measure);
        if (value > most) [leader, most] = [owner, value];
      }
      return leader;
    });
    this.clear(touched);
    return leaders;
  }

  /** Those whom nobody knows are among them where they alone are on the side of buyers. */
  ownersOf(atoms: Iterable<number>): Set<number> {
    const all = [...atoms];
    return new Set(HELD_SIDES.flatMap((side) => [...this.knownOf(all, side)]));
  }

  private knownOf(atoms: readonly number[], side: HeldSide): Set<number> {
    const owners = new Set(atoms.flatMap((no) => this.atoms[no]?.[side].owners ?? []));
    if (owners.size > 1) owners.delete(this.nobody);
    return owners;
  }

  /** How many are known to be on a side of atoms; those whom nobody knows are one of them, or are one. */
  holdersOf(atoms: Iterable<number>, side: HeldSide): number {
    return this.knownOf([...atoms], side).size;
  }

  private sideOf(atoms: readonly number[], side: HeldSide): Side[] {
    const touched = this.gather(atoms, side);
    const kept = this.rules.pooled + 1;
    const sides = Array.from({ length: this.measures }, (_, measure): Side => {
      const largest: number[] = [];
      let [owners, total] = [0, 0];
      const unknown = touched.has(this.nobody) ? this.held(this.nobody, measure) : 0;
      for (const owner of touched) {
        const value = this.held(owner, measure);
        if (value <= 0 || owner === this.nobody) continue;
        owners++;
        total += value;
        if (largest.length < kept || value > (largest[kept - 1] ?? 0)) {
          largest.push(value);
          largest.sort((a, b) => b - a);
          largest.length = Math.min(largest.length, kept);
        }
      }
      if (unknown > 0) {
        owners = Math.max(owners, 1);
        total += unknown;
        largest[0] = (largest[0] ?? 0) + unknown;
      }
      return { owners, total, largest };
    });
    this.clear(touched);
    return sides;
  }

  /** Sums what each owner holds into the scratch, and names those who hold anything. */
  private gather(atoms: readonly number[], side: HeldSide): Set<number> {
    const touched = new Set<number>();
    for (const no of atoms) {
      const held = this.atoms[no]?.[side];
      held?.owners.forEach((owner, index) => {
        touched.add(owner);
        for (let measure = 0; measure < this.measures; measure++)
          this.scratch[owner * this.measures + measure] =
            this.held(owner, measure) + (held.values[index * this.measures + measure] ?? 0);
      });
    }
    return touched;
  }

  /** Takes those whom nobody knows away from who holds anything. */
  private forget(touched: Set<number>): void {
    if (!touched.delete(this.nobody)) return;
    this.scratch.fill(0, this.nobody * this.measures, (this.nobody + 1) * this.measures);
  }

  private held(owner: number, measure: number): number {
    return this.scratch[owner * this.measures + measure] ?? 0;
  }

  private clear(touched: Set<number>): void {
    for (const owner of touched) this.scratch.fill(0, owner * this.measures, (owner + 1) * this.measures);
  }
}
