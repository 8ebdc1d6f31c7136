/**
 * One month's tables as one linked set: belts, cities, provinces, categories and the nation by combination of tracks, by track and in all.
 * What is made of the same orders is one cell, whatever it is called: a city with one belt is that belt, a track of one combination is
 * that combination, and so they are shown or withheld together.
 */
import { COMBINED_TRACKS, TRACKS, type Track } from '@beltline/contract';
import { EXCLUSIVE_MASK, isInTrack } from '../core/tracks.ts';
import type { Belt, Holdings } from './holdings.ts';
import { type DisclosureRules, type Sides, type Unsafe, whyUnsafe } from './rules.ts';

export const LEVELS = ['belt', 'city', 'province', 'category', 'nation'] as const;
export type Level = (typeof LEVELS)[number];

/** What a cell is called in an answer. `part`: lines of a combination apart by overseas local users, which is nowhere shown. */
export interface CellName {
  readonly level: Level;
  readonly area: string;
  readonly by: 'track' | 'combination' | 'part';
  readonly key: Track | number;
}

export interface Cell {
  readonly no: number;
  readonly names: readonly CellName[];
  readonly atoms: readonly number[];
  /** Never shown, but it follows from what is shown, or may. */
  readonly isHidden: boolean;
  /** Whose it is, a measure each. */
  readonly sides: readonly Sides[];
  /** By the first measure that it is unsafe in. */
  readonly unsafe: Unsafe | null;
}

/** A sum of cells that is a cell. */
export interface Equation {
  readonly total: number;
  readonly parts: readonly number[];
}

export const valueOf = ({ sides }: Cell, measure: number): number => sides[measure]?.sellers.total ?? 0;

/** What the area of a level is called that a belt is in, as releases name it. */
export const areaOf = ({ id, city, province, category }: Belt, level: Level): string =>
  ({ belt: id, city: `${province}/${city}`, province, category, nation: '' })[level];

interface Area {
  readonly level: Level;
  readonly name: string;
  readonly belts: ReadonlySet<number>;
}

export class LinkedTable {
  readonly cells: Cell[] = [];
  readonly equations: Equation[] = [];
  /**
   * Cells of which a reader can take some away from a total: what is left over is the sum of those withheld, as if it were shown.
   */
  readonly families: (readonly number[])[] = [];
  private readonly known = new Map<string, number>();
  private readonly keys = new Set<string>();
  private readonly combinations: readonly number[];
  private readonly atomsOfBelt = new Map<number, number[]>();

  constructor(
    readonly holdings: Holdings,
    readonly rules: DisclosureRules,
    /** What is published: tracks with their combinations, or tracks alone, whose combinations are then unknowns like parts. */
    private readonly finest: 'combination' | 'track' = 'combination',
  ) {
    this.combinations = [...new Set(holdings.atoms.map(({ combination }) => combination))];
    holdings.atoms.forEach(({ belt }, no) =>
      this.atomsOfBelt.set(belt, [...(this.atomsOfBelt.get(belt) ?? []), no]),
    );
    const areas = this.areas();
    for (const area of areas) this.addArea(area);
    for (const [above, below] of HIERARCHY) {
      for (const area of areas.filter(({ level }) => level === above)) {
        const inside = areas.filter(({ level, belts }) => level === below && isWithin(belts, area.belts));
        this.addHierarchy(area, inside);
      }
    }
  }

  /** The cell of one atom, which there always is. */
  ofAtom(atom: number): Cell {
    const cell = this.cells[this.known.get(String(atom)) ?? -1];
    if (!cell) throw new RangeError(`no cell of atom ${atom}`);
    return cell;
  }

  private areas(): Area[] {
    const { belts } = this.holdings;
    return LEVELS.flatMap((level) => {
      const inside = new Map<string, Set<number>>();
      belts.forEach((belt, no) => {
        const name = areaOf(belt, level);
        inside.set(name, (inside.get(name) ?? new Set()).add(no));
      });
      return [...inside].map(([name, ofArea]): Area => ({ level, name, belts: ofArea }));
    });
  }

  /** The cells of one area, and how they add up. */
  private addArea(area: Area): void {
    const parts = new Map<number, number>();
    for (const combination of this.combinations) {
      const cell = this.cell(area, 'part', combination, (own) => own === combination);
      if (cell !== null) parts.set(combination, cell);
    }
    const combined = new Map<number, number>();
    for (const folded of new Set(this.combinations.map((own) => own & EXCLUSIVE_MASK))) {
      const cell = this.cell(area, 'combination', folded, (own) => (own & EXCLUSIVE_MASK) === folded);
      if (cell === null) continue;
      combined.set(folded, cell);
      this.add(
        cell,
        among(parts, (own) => (own & EXCLUSIVE_MASK) === folded),
      );
    }
    for (const track of TRACKS) {
      const isIn = (own: number) => isInTrack(own, track);
      const cell = this.cell(area, 'track', track, isIn);
      if (cell === null) continue;
      // Overseas local users are told apart in parts of combinations alone.
      const isCombined = track === 'all' || COMBINED_TRACKS.some((one) => one === track);
      this.add(cell, among(isCombined ? combined : parts, isIn));
      if (track !== 'all' && isCombined) this.family(among(combined, (own) => !isIn(own)));
    }
    const abroad = (own: number) => isInTrack(own, 'cross-border') && !isInTrack(own, 'overseas-local');
    this.family(among(parts, abroad));
  }

  private addHierarchy(area: Area, inside: readonly Area[]): void {
    for (const combination of this.combinations) {
      const isIn = (own: number) => own === combination;
      const total = this.cell(area, 'part', combination, isIn);
      if (total !== null) this.add(total, this.below(inside, isIn));
      this.family(this.below(inside, (own) => (own & EXCLUSIVE_MASK) === combination));
    }
    for (const track of TRACKS) this.family(this.below(inside, (own) => isInTrack(own, track)));
  }

  private below(areas: readonly Area[], isIn: (combination: number) => boolean): number[] {
    return areas.flatMap((area) => this.known.get(this.atomsOf(area, isIn).join()) ?? []);
  }

  private atomsOf({ belts }: Area, isIn: (combination: number) => boolean): number[] {
    const { atoms } = this.holdings;
    return [...belts].flatMap((belt) =>
      (this.atomsOfBelt.get(belt) ?? []).filter((no) => isIn(atoms[no]?.combination ?? -1)),
    );
  }

  /** The cell of that name; null where there are no orders, which is known to everyone. */
  private cell(
    { level, name: area, belts }: Area,
    by: CellName['by'],
    key: Track | number,
    isIn: (combination: number) => boolean,
  ): number | null {
    const atoms = this.atomsOf({ level, name: area, belts }, isIn);
    if (atoms.length === 0) return null;
    const name: CellName = { level, area, by, key };
    const isHidden = by === 'part' || (by === 'combination' && this.finest === 'track');
    const set = atoms.join();
    const no = this.known.get(set);
    const former = no === undefined ? undefined : this.cells[no];
    if (no !== undefined && former) {
      const isNamed = former.names.some(
        (one) => one.level === level && one.area === area && one.by === by && one.key === key,
      );
      if (!isNamed)
        this.cells[no] = {
          ...former,
          names: [...former.names, name],
          isHidden: former.isHidden && isHidden,
        };
      return no;
    }
    const sides = this.holdings.sidesOf(atoms);
    const unsafe = sides.map((one) => whyUnsafe(one, this.rules)).find((why) => why !== null) ?? null;
    this.known.set(set, this.cells.length);
    this.cells.push({ no: this.cells.length, names: [name], atoms, isHidden, sides, unsafe });
    return this.cells.length - 1;
  }

  private add(total: number, parts: readonly number[]): void {
    if (parts.length < 2) return;
    if (this.isNew(`${total}=${[...parts].sort((a, b) => a - b).join()}`))
      this.equations.push({ total, parts });
    this.family(parts);
  }

  private family(members: readonly number[]): void {
    if (members.length > 1 && this.isNew([...members].sort((a, b) => a - b).join()))
      this.families.push(members);
  }

  private isNew(key: string): boolean {
    if (this.keys.has(key)) return false;
    this.keys.add(key);
    return true;
  }
}

const HIERARCHY = [
  ['city', 'belt'],
  ['province', 'city'],
  ['nation', 'province'],
  ['category', 'belt'],
  ['nation', 'category'],
] as const satisfies readonly (readonly [Level, Level])[];

const isWithin = (belts: ReadonlySet<number>, around: ReadonlySet<number>): boolean =>
  [...belts].every((belt) => around.has(belt));

const among = (cells: ReadonlyMap<number, number>, isIn: (combination: number) => boolean): number[] =>
  [...cells].flatMap(([combination, cell]) => (isIn(combination) ? [cell] : []));
