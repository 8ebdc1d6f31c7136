/**
 * The pattern of one month: which cells are withheld so that no exposure is less protected than the rules ask, with as much value
 * shown as can be. One pattern for all measures. First the exposures that nothing protects yet, the largest need first, each by a way that
 * was found already or by its cheapest one in the whole month; then cells that turn out not to be needed are shown again, the weightiest
 * first.
 */
import type { Highs } from 'highs';
import { type Exposure, Exposures } from './exposure.ts';
import type { Cell, CellName, LinkedTable } from './linked-table.ts';
import { FoundWays, type Way, Ways } from './ways.ts';
import { weightsOf } from './weights.ts';

export interface Pattern {
  /** 1 = shown, by number of cell. */
  readonly isShown: Uint8Array;
  /** Where nothing less would do, everything is withheld. */
  readonly isWhole: boolean;
}

export interface SuppressOptions {
  /** Names of cells that the month before withheld to protect others: withheld again rather than others. */
  readonly before?: ReadonlySet<string>;
  /** Names of cells that are withheld in any case, as what is told of them elsewhere is. */
  readonly withheld?: ReadonlySet<string>;
  /** Of the price of withholding, what is left for those. */
  readonly discount?: number;
  /** How many programmes may be solved to show cells again, so that a large month ends in bounded time. */
  readonly effort?: number;
  /** For the attacks of the specs alone: a gate without complementary suppression, or one that does not look at remainders. */
  readonly without?: 'complementary' | 'remainders';
}

/** A month like the demo's needs some 2,200 for one round; a second one showed another 0.04 % of the value. */
const EFFORT = 2_500;
/** What is withheld anyhow moves for this part of its weight, so that less is needed of what could be shown again. */
const BESIDE = 0.05;

export const nameOf = ({ level, area, by, key }: CellName): string => `${level}:${area}:${by}:${key}`;

export function suppress(highs: Highs, table: LinkedTable, options: SuppressOptions = {}): Pattern {
  const isShown = Uint8Array.from(table.cells, (cell) => (isShowable(cell, options) ? 1 : 0));
  return new Search(highs, table, isShown, options).pattern();
}

const isShowable = ({ isHidden, unsafe, names }: Cell, { withheld }: SuppressOptions): boolean =>
  !isHidden && unsafe === null && !(withheld && names.some((name) => withheld.has(nameOf(name))));

/** What an exposure needs by one measure. */
interface Need {
  readonly exposure: Exposure;
  readonly measure: number;
}

/** A need, and the way found for it. */
interface Protected extends Need {
  readonly way: Way;
}

class Search {
  private readonly exposures: Exposures;
  private readonly ways: Ways;
  private readonly weights: Float64Array;
  private readonly measures: readonly number[];
  private readonly protectedOnes = new Map<string, Protected>();
  /** By cell: whose ways move it. */
  private readonly users: Set<Protected>[];
  private isWhole = false;

  constructor(
    highs: Highs,
    private readonly table: LinkedTable,
    private readonly isShown: Uint8Array,
    private readonly options: SuppressOptions,
  ) {
    this.measures = [...(table.cells[0]?.sides ?? []).keys()];
    this.exposures = new Exposures(table);
    this.ways = new Ways(highs, table);
    this.weights = weightsOf(
      table,
      ({ names }) => names.some((name) => options.before?.has(nameOf(name))),
      options.discount,
    );
    this.users = table.cells.map(() => new Set());
  }

  pattern(): Pattern {
    try {
      if (this.options.without !== 'complementary') {
        this.protectAll();
        this.forget();
        this.showAgain();
        this.protectAll();
      }
      return { isShown: this.isShown, isWhole: this.isWhole };
    } finally {
      this.ways.dispose();
    }
  }

  /** Until withholding makes no exposure that is not protected. */
  private protectAll(): void {
    for (let open = this.open(); open.length > 0 && !this.isWhole; open = this.open()) {
      const costs = this.costs({ ofShown: (weight) => weight });
      const found = new FoundWays(this.table, this.ways);
      for (const { exposure, measure } of open.sort(byNeed)) {
        const way = found.wayOf(exposure, measure, costs);
        if (way === null) return this.withholdAll();
        for (const cell of way.cells.filter((one) => this.isShown[one])) {
          this.isShown[cell] = 0;
          costs[cell] = BESIDE * (this.weights[cell] ?? 0);
        }
        this.keep({ exposure, measure, way });
      }
    }
  }

  private find(): Exposure[] {
    const all = this.exposures.all(this.isShown);
    return this.options.without === 'remainders' ? all.filter(({ cells }) => cells.length === 1) : all;
  }

  private open(): Need[] {
    return this.needsOf(this.find());
  }

  /** Those that no way was found for yet. */
  private needsOf(exposures: readonly Exposure[]): Need[] {
    return exposures
      .flatMap((exposure) => this.measures.map((measure) => ({ exposure, measure })))
      .filter((need) => sizeOf(need) > 0 && !this.protectedOnes.has(keyOf(need)));
  }

  private keep(one: Protected): void {
    this.protectedOnes.set(keyOf(one), one);
    for (const cell of one.way.cells) this.users[cell]?.add(one);
  }

  private drop(one: Protected): void {
    this.protectedOnes.delete(keyOf(one));
    for (const cell of one.way.cells) this.users[cell]?.delete(one);
  }

  /** What remained of a total when less was withheld, and no longer does. */
  private forget(): void {
    const now = new Set(this.find().map(({ key }) => key));
    for (const one of this.protectedOnes.values()) if (!now.has(one.exposure.key)) this.drop(one);
  }

  private costs({ ofShown }: { ofShown: (weight: number) => number }): Float64Array {
    return Float64Array.from(this.table.cells, (cell) => {
      const weight = this.weights[cell.no] ?? 0;
      if (this.isShown[cell.no]) return ofShown(weight);
      return isShowable(cell, this.options) ? BESIDE * weight : 0;
    });
  }

  /** Fails closed: the table has no pattern that the rules are content with. */
  private withholdAll(): void {
    this.isShown.fill(0);
    this.isWhole = true;
  }

  /** The weightiest first: what is shown again may make others needed. */
  private showAgain(): void {
    if (this.isWhole) return;
    const { effort = EFFORT } = this.options;
    const before = this.ways.solved;
    const weightOf = ({ no }: Cell) => this.weights[no] ?? 0;
    const complementary = this.table.cells.filter(
      (cell) => !this.isShown[cell.no] && isShowable(cell, this.options),
    );
    for (const cell of complementary.sort((a, b) => weightOf(b) - weightOf(a))) {
      if (this.ways.solved - before >= effort) return;
      this.isShown[cell.no] = 1;
      if (!this.staysProtected(cell)) this.isShown[cell.no] = 0;
    }
  }

  /** Whether there are ways for all whose ways moved a cell that is shown now, and for what showing it exposes. */
  private staysProtected({ no }: Cell): boolean {
    const users = [...(this.users[no] ?? [])];
    const made =
      this.options.without === 'remainders' ? [] : this.needsOf(this.exposures.around(no, this.isShown));
    // What remained of a total with this cell does not remain any more: what does is among those that are made.
    const former = users.filter(({ exposure }) => !exposure.cells.includes(no));
    const costs = this.costs({ ofShown: () => Infinity });
    const found = new FoundWays(this.table, this.ways);
    const protectedNow: Protected[] = [];
    for (const { exposure, measure } of [...former.sort(byNeed), ...made]) {
      const way = found.wayOf(exposure, measure, costs);
      if (way === null) return false;
      protectedNow.push({ exposure, measure, way });
    }
    for (const one of users) this.drop(one);
    for (const one of protectedNow) this.keep(one);
    return true;
  }
}

const keyOf = ({ exposure, measure }: Need): string => `${exposure.key}/${measure}`;
const sizeOf = ({ exposure, measure }: Need): number => exposure.needs[measure] ?? 0;
const byNeed = (a: Need, b: Need): number => sizeOf(b) - sizeOf(a);
