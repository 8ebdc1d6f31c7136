/**
 * What must not be derived from a table of which some cells are withheld: each unsafe cell, what remains of a total when what is
 * shown is taken away from it, and all that one owner did in withheld cells of an area. Where such a sum of cells would be unsafe as a
 * cell, it is an exposure, and needs the same protection.
 */
import { HELD_SIDES, type HeldSide, type Holdings } from './holdings.ts';
import { isKnown, riseOf, sidesKnowing } from './known-parts.ts';
import type { Cell, LinkedTable } from './linked-table.ts';
import { protectionOf } from './rules.ts';

export interface Exposure {
  readonly key: string;
  readonly cells: readonly number[];
  /** By how much the sum must seem to be able to lie above the truth, a measure each. */
  readonly needs: readonly number[];
  /**
   * A measure each, cells that its largest owner by that measure knows wholly. They may rise: the owner whom the exposure would tell of attacks nobody here. Who is the largest by
   * orders and not by value attacks whoever is, so that they may not where value is asked about.
   */
  readonly own: readonly (readonly number[])[];
}

export class Exposures {
  private readonly evaluated = new Map<string, readonly Exposure[]>();
  private readonly familiesOf = new Map<number, (readonly number[])[]>();
  /** The cells that an owner, alone or with others who pool, knows wholly. */
  private readonly knownTo = new Map<number, number[]>();
  private readonly ofLeaders: (readonly number[])[];

  constructor(private readonly table: LinkedTable) {
    for (const family of table.families) {
      for (const cell of family) this.familiesOf.set(cell, [...(this.familiesOf.get(cell) ?? []), family]);
    }
    for (const cell of table.cells.filter((one) => isKnown(one, table.rules.pooled))) {
      for (const owner of table.holdings.ownersOf(cell.atoms))
        this.knownTo.set(owner, [...(this.knownTo.get(owner) ?? []), cell.no]);
    }
    this.ofLeaders = leaderFamilies(table);
  }

  /** All exposures of a pattern; `isShown` by number of cell. */
  all(isShown: Uint8Array): Exposure[] {
    const { cells, families } = this.table;
    const alone = cells.filter(({ no, unsafe }) => !isShown[no] && unsafe !== null).map(({ no }) => [no]);
    const apart = families.flatMap((family) => this.differences(family, isShown));
    return this.among([...alone, ...families, ...this.ofLeaders, ...apart], isShown);
  }

  /** Those that showing or withholding one cell may have made. */
  around(cell: number, isShown: Uint8Array): Exposure[] {
    const families = this.familiesOf.get(cell) ?? [];
    const apart = families.flatMap((family) => this.differences(family, isShown));
    return this.among([...families, ...apart], isShown);
  }

  /**
   * What remains of one family is known, and what remains of another: where one remainder lies in the other, so is what lies
   * between them. (Two tracks of a belt share combinations.)
   */
  private differences(family: readonly number[], isShown: Uint8Array): number[][] {
    const own = family.filter((no) => !isShown[no]);
    const beside = new Set(own.flatMap((no) => this.familiesOf.get(no) ?? []));
    beside.delete(family);
    return [...beside].flatMap((other) => {
      const others = other.filter((no) => !isShown[no]);
      const [less, more] = others.length < own.length ? [others, own] : [own, others];
      if (less.length === more.length || !less.every((no) => more.includes(no))) return [];
      return [more.filter((no) => !less.includes(no))];
    });
  }

  private among(families: Iterable<readonly number[]>, isShown: Uint8Array): Exposure[] {
    const found = new Map<string, Exposure>();
    for (const family of families) {
      const withheld = family.filter((no) => !isShown[no]);
      // Sums of safe cells are safe.
      if (!withheld.some((no) => this.table.cells[no]?.unsafe)) continue;
      for (const exposure of this.evaluate(withheld)) found.set(exposure.key, exposure);
    }
    return [...found.values()];
  }

  /** Of sellers and of buyers together, or each by itself where not the same may rise for both. */
  private evaluate(cells: readonly number[]): readonly Exposure[] {
    const sorted = [...cells].sort((a, b) => a - b);
    const key = sorted.join();
    const known = this.evaluated.get(key);
    if (known !== undefined) return known;
    const { holdings, rules } = this.table;
    const sides =
      sorted.length === 1
        ? (this.table.cells[sorted[0] ?? 0]?.sides ?? [])
        : holdings.sidesOf(new Set(sorted.flatMap((no) => this.table.cells[no]?.atoms ?? [])));
    const asked = HELD_SIDES.map((side) => ({
      side,
      needs: sides.map((one) => protectionOf(one[side], rules)),
    })).filter(({ needs }) => needs.some((need) => need > 0));
    const parts = asked.map(({ side, needs }) => ({
      key: `${key} ${side}`,
      needs,
      own: this.ownOf(sorted, side),
    }));
    const [one, other] = parts;
    const exposed =
      one && other && JSON.stringify(one.own) === JSON.stringify(other.own)
        ? [{ key, needs: one.needs.map((need, at) => Math.max(need, other.needs[at] ?? 0)), own: one.own }]
        : parts;
    const exposures = exposed
      .map((of) => ({
        ...of,
        cells: sorted,
        needs: rules.ofShares ? this.withinWhole(sorted, of.own, of.needs) : of.needs,
      }))
      .filter(({ needs }) => needs.some((need) => need > 0));
    this.evaluated.set(key, exposures);
    return exposures;
  }

  /** A part cannot seem to be more than its whole leaves to it: of nearly all, little is asked, and of what is left to it the more. */
  private withinWhole(cells: readonly number[], own: Exposure['own'], needs: readonly number[]): number[] {
    const { table } = this;
    const atoms = [...new Set(cells.flatMap((no) => table.cells[no]?.atoms ?? []))];
    return needs.map((need, measure) => {
      const ownAtoms = new Set((own[measure] ?? []).flatMap((no) => table.cells[no]?.atoms ?? []));
      const room = atoms.reduce((sum, atom) => {
        const cell = table.ofAtom(atom);
        if (isKnown(cell, table.rules.pooled) && !ownAtoms.has(atom)) return sum;
        // Of several who pool, less would be asked: what is asked against one of them is a way against all.
        return sum + riseOf(table, cell, measure, 1);
      }, 0);
      return Math.min(need, room);
    });
  }

  /** For the largest of a side: what they know wholly; and what nobody of their side does, but the largest of the other. */
  private ownOf(cells: readonly number[], side: HeldSide): number[][] {
    const { holdings, rules, cells: all } = this.table;
    const leaders = holdings.leadersBy(new Set(cells.flatMap((no) => all[no]?.atoms ?? [])));
    return leaders[side].map((_, measure) => {
      const leading = HELD_SIDES.flatMap((of) => leaders[of][measure] ?? []);
      const known = new Set(leading.flatMap((owner) => this.knownTo.get(owner) ?? []));
      return [...known].filter((no) => {
        const knowing = all[no] ? sidesKnowing(all[no], rules.pooled) : [];
        const leader = leaders[knowing.includes(side) ? side : otherThan(side)][measure];
        return leader != null && all[no] !== undefined && isOf(holdings, leader, all[no]);
      });
    });
  }
}

const otherThan = (side: HeldSide): HeldSide => (side === 'sellers' ? 'buyers' : 'sellers');

const isOf = (holdings: Holdings, owner: number, { atoms }: Cell): boolean =>
  atoms.some((atom) => {
    const { sellers, buyers } = holdings.atoms[atom] ?? {};
    return sellers?.owners.includes(owner) || buyers?.owners.includes(owner);
  });

/** For the largest owner of each unsafe cell of a belt: the combinations of that belt in which that owner is. */
function leaderFamilies({ cells, holdings }: LinkedTable): number[][] {
  const ofBelt = new Map<string, Cell[]>();
  for (const cell of cells) {
    for (const { level, area, by } of cell.names)
      if (level === 'belt' && by === 'combination') ofBelt.set(area, [...(ofBelt.get(area) ?? []), cell]);
  }
  return [...ofBelt.values()].flatMap((ofArea) => {
    const leaders = new Set(
      ofArea.filter(({ unsafe }) => unsafe).flatMap(({ atoms }) => holdings.leadersOf(atoms)),
    );
    return [...leaders].map((owner) =>
      ofArea.filter((cell) => isOf(holdings, owner, cell)).map(({ no }) => no),
    );
  });
}
