/**
 * The part of the linked tables in which a way is looked for: the areas that an exposure's belts are in, up to the nation, and those of some
 * belts beside them. A way inside of it is a way in all, and a programme of some hundred cells takes milliseconds, where the whole month's
 * takes a second (measured on 6,700 cells).
 */
import type { Equation, LinkedTable } from './linked-table.ts';

export interface Neighbourhood {
  readonly cells: readonly number[];
  readonly equations: readonly Equation[];
}

/** Belts that a way may lead through, those of the exposure included. */
const BELTS = 3;
/** Of an exposure of many belts, so many. */
const OWN_BELTS = 2;

export class Neighbourhoods {
  private readonly cellsOfArea = new Map<string, Set<number>>();
  private readonly equationsOfCell = new Map<number, Equation[]>();
  private readonly sizes: number[];
  private readonly made = new Map<string, Neighbourhood>();

  constructor(private readonly table: LinkedTable) {
    const { belts, atoms } = table.holdings;
    for (const { no, names } of table.cells) {
      for (const { level, area } of names) {
        const key = `${level}:${area}`;
        this.cellsOfArea.set(key, (this.cellsOfArea.get(key) ?? new Set()).add(no));
      }
    }
    for (const equation of table.equations) {
      for (const cell of [equation.total, ...equation.parts])
        this.equationsOfCell.set(cell, [...(this.equationsOfCell.get(cell) ?? []), equation]);
    }
    this.sizes = belts.map(() => 0);
    for (const { belt, sellers } of atoms)
      this.sizes[belt] = (this.sizes[belt] ?? 0) + sellers.values.reduce((sum, one) => sum + one, 0);
  }

  /** `widened`: every belt of the nation. */
  around(cells: readonly number[], widened: boolean): Neighbourhood {
    const belts = widened ? [...this.sizes.keys()] : this.beltsAround(cells);
    const key = belts.join();
    const former = this.made.get(key);
    if (former) return former;
    const within = new Set(
      belts.flatMap((belt) => this.areasOf(belt).flatMap((area) => [...(this.cellsOfArea.get(area) ?? [])])),
    );
    const equations = new Set([...within].flatMap((cell) => this.equationsOfCell.get(cell) ?? []));
    const neighbourhood = { cells: [...within], equations: [...equations] };
    this.made.set(key, neighbourhood);
    return neighbourhood;
  }

  private beltsAround(cells: readonly number[]): number[] {
    const { atoms, belts } = this.table.holdings;
    const bySize = (a: number, b: number) => (this.sizes[b] ?? 0) - (this.sizes[a] ?? 0);
    const all = new Set(
      cells.flatMap((no) => (this.table.cells[no]?.atoms ?? []).map((atom) => atoms[atom]?.belt ?? 0)),
    );
    const own = [...all].sort(bySize).slice(0, OWN_BELTS);
    const nearness = (other: number) => {
      const there = belts[other];
      return Math.max(
        ...own.map((no) => {
          const here = belts[no];
          if (!here || !there) return 0;
          if (here.province === there.province && here.city === there.city) return 3;
          if (here.category === there.category) return 2;
          return here.province === there.province ? 1 : 0;
        }),
      );
    };
    const others = [...belts.keys()].filter((no) => !own.includes(no));
    const near = others
      .map((no) => [nearness(no), no] as const)
      .sort(([a, one], [b, other]) => b - a || bySize(one, other));
    return [...own, ...near.slice(0, BELTS - own.length).map(([, no]) => no)].sort((a, b) => a - b);
  }

  private areasOf(belt: number): string[] {
    const { id, province, city, category } = this.table.holdings.belts[belt] ?? {};
    return [
      `belt:${id}`,
      `city:${province}/${city}`,
      `province:${province}`,
      `category:${category}`,
      'nation:',
    ];
  }
}
