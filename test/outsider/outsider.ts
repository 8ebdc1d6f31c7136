/**
 * An attacker who has answers, a map, and perhaps a factory of their own, and no programme solver: numbers are pressed between each other, over and over, until nothing
 * moves any more. Whole numbers are whole here, and what is withheld is known to be something. What is claimed of a cell follows from the answers; who else could follow it is
 * for whoever knows the truth to say.
 */
import {
  ALL,
  cellName,
  type Measure,
  MEASURES,
  PART,
  type Place,
  Reading,
  type MonthAnswer,
  WHOLESALE,
} from './read-answers.ts';

/** What an attacker sold, by cell, in the same whole numbers; who is alone in a cell knows that too. */
export type OwnPart = ReadonlyMap<string, Readonly<Record<Measure, number>> & { readonly isAlone: boolean }>;

/** That the sum of some cells lies between these, whole numbers both. */
export interface Claim {
  readonly measure: Measure;
  readonly cells: readonly string[];
  readonly least: number;
  readonly most: number;
}

/** Σ signs × cells = 0, or ≤ 0. */
interface Relation {
  readonly cells: readonly string[];
  readonly signs: readonly number[];
  readonly isEquation: boolean;
}

/** What merchants without a belt sold is in the nation and in no answer. */
const BELTLESS = 'beltless';
const TURNS = 200;
/** Sums of more withheld cells than these are of too many to be about somebody. */
const CELLS_OF_A_CLAIM = 4;

/** All that follows for somebody who has these answers, and knows `own`. */
export function claimsOf(
  answers: readonly MonthAnswer[],
  map: readonly Place[],
  own: OwnPart = new Map(),
): Claim[] {
  const reading = new Reading(answers);
  return MEASURES.flatMap((measure) => {
    const relations = relationsOf(reading, map, measure);
    const bounds = new Bounds(reading, relations, measure, own);
    return [...bounds.ofCells(), ...bounds.ofSums()];
  });
}

/** Areas add up over the map, each track by itself; within an area tracks lie within the total, and together cover it. */
function relationsOf(reading: Reading, map: readonly Place[], measure: Measure): Relation[] {
  const relations: Relation[] = [];
  const cityOf = ({ province, city }: Place) => `${province}/${city}`;
  const provinces = [...new Set(map.map(({ province }) => province))];
  const equation = (total: string, parts: readonly string[]) =>
    relations.push({ cells: [total, ...parts], signs: [-1, ...parts.map(() => 1)], isEquation: true });
  const atMost = (less: readonly string[], more: readonly string[]) =>
    relations.push({
      cells: [...less, ...more],
      signs: [...less.map(() => 1), ...more.map(() => -1)],
      isEquation: false,
    });
  for (const track of reading.tracks) {
    equation(cellName('nation', '', track), [
      ...provinces.map((province) => cellName('province', province, track)),
      cellName(BELTLESS, '', track),
    ]);
    for (const province of provinces) {
      const inside = map.filter((place) => place.province === province);
      const cities = [...new Set(inside.map(cityOf))];
      equation(
        cellName('province', province, track),
        cities.map((city) => cellName('city', city, track)),
      );
      for (const city of cities)
        equation(
          cellName('city', city, track),
          inside.filter((place) => cityOf(place) === city).map(({ id }) => cellName('belt', id, track)),
        );
    }
  }
  const areas: [level: string, id: string][] = [
    ['nation', ''],
    [BELTLESS, ''],
    ...provinces.map((id): [string, string] => ['province', id]),
    ...[...new Set(map.map(cityOf))].map((id): [string, string] => ['city', id]),
    ...map.map(({ id }): [string, string] => ['belt', id]),
  ];
  const kinds = reading.tracks.filter((track) => track !== ALL && track !== PART.is);
  for (const [level, id] of areas) {
    const cell = (track: string) => cellName(level, id, track);
    for (const track of kinds) {
      // A line of classic wholesale is in no other track; an order may have such lines beside others.
      const beside = measure !== 'orders' && track !== WHOLESALE ? [cell(WHOLESALE)] : [];
      atMost([cell(track), ...beside], [cell(ALL)]);
    }
    atMost([cell(PART.is)], [cell(PART.of)]);
    atMost([cell(ALL)], kinds.map(cell));
  }
  return relations;
}

class Bounds {
  private readonly least = new Map<string, number>();
  private readonly most = new Map<string, number>();

  constructor(
    reading: Reading,
    private readonly relations: readonly Relation[],
    private readonly measure: Measure,
    own: OwnPart,
  ) {
    for (const name of new Set(relations.flatMap(({ cells }) => cells))) {
      const told = reading.of(name, measure);
      const ofOwn = own.get(name);
      const least = Math.max(ofOwn?.[measure] ?? 0, told === 'something' ? 1 : 0);
      this.least.set(name, typeof told === 'number' ? told : least);
      this.most.set(name, typeof told === 'number' ? told : ofOwn?.isAlone ? least : Infinity);
    }
    for (let turn = 0; turn < TURNS && this.press(); turn++);
  }

  /** Each cell between what the others of a relation leave to it. @returns whether anything moved */
  private press(): boolean {
    let hasMoved = false;
    for (const { cells, signs, isEquation } of this.relations) {
      cells.forEach((name, at) => {
        const sign = signs[at] ?? 0;
        let [low, high] = [0, 0];
        cells.forEach((other, place) => {
          if (place === at) return;
          const by = signs[place] ?? 0;
          low += by * this.bound(other, by > 0 ? 'least' : 'most');
          high += by * this.bound(other, by > 0 ? 'most' : 'least');
        });
        // sign × cell ≤ −(the least of the others); of an equation also ≥ −(the most of them).
        if (sign > 0) hasMoved = this.lower(name, -low) || hasMoved;
        else hasMoved = this.raise(name, low) || hasMoved;
        if (!isEquation) return;
        if (sign > 0) hasMoved = this.raise(name, -high) || hasMoved;
        else hasMoved = this.lower(name, high) || hasMoved;
      });
    }
    return hasMoved;
  }

  private bound(name: string, which: 'least' | 'most'): number {
    return this[which].get(name) ?? 0;
  }

  private raise(name: string, to: number): boolean {
    if (Number.isNaN(to) || to <= this.bound(name, 'least')) return false;
    this.least.set(name, to);
    return true;
  }

  private lower(name: string, to: number): boolean {
    if (Number.isNaN(to) || to >= this.bound(name, 'most')) return false;
    this.most.set(name, to);
    return true;
  }

  private isOpen(name: string): boolean {
    return this.bound(name, 'most') > this.bound(name, 'least');
  }

  private claim(cells: readonly string[], least: number, most: number): Claim {
    return { measure: this.measure, cells, least, most };
  }

  ofCells(): Claim[] {
    return [...this.least.keys()].map((name) =>
      this.claim([name], this.bound(name, 'least'), this.bound(name, 'most')),
    );
  }

  /** What remains of a total is a sum of the cells that are withheld in it, and of two such sums the difference where one lies within the other. */
  ofSums(): Claim[] {
    const sums = this.relations
      .filter(({ isEquation }) => isEquation)
      .flatMap(({ cells, signs }) => {
        const open = cells.filter((name) => this.isOpen(name));
        const hasTotal = this.isOpen(cells[0] ?? '');
        if (open.length === 0 || hasTotal) return [];
        const known = cells.reduce(
          (sum, name, at) => (this.isOpen(name) ? sum : sum - (signs[at] ?? 0) * this.bound(name, 'least')),
          0,
        );
        return [{ open: new Set(open), known }];
      });
    const differences = sums.flatMap((all) =>
      sums
        .filter(({ open }) => open.size < all.open.size && [...open].every((name) => all.open.has(name)))
        .map(({ open, known }) => ({
          open: new Set([...all.open].filter((name) => !open.has(name))),
          known: all.known - known,
        })),
    );
    return [...sums, ...differences]
      .filter(({ open }) => open.size <= CELLS_OF_A_CLAIM)
      .map(({ open, known }) => this.claim([...open], known, known));
  }
}
