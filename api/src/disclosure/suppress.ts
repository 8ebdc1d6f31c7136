/**
 * The pattern of one month: which cells are withheld so that no exposure is less protected than the rules ask, with as much value
 * shown as can be. One pattern for all measures. First the exposures that nothing protects yet, the largest need first, each by its
 * cheapest way; then cells that turn out not to be needed are shown again, the most valuable first.
 */
import type { Highs } from 'highs';
import { type Exposure, Exposures } from './exposure.ts';
import { type Cell, type CellName, type LinkedTable, valueOf } from './linked-table.ts';
import { type Way, Ways } from './ways.ts';

export interface Pattern {
  /** 1 = shown, by number of cell. */
  readonly isShown: Uint8Array;
  /** Where nothing less would do, everything is withheld. */
  readonly isWhole: boolean;
  /** What must be protected whatever else is withheld: what `relaxation.ts` bounds the loss by. */
  readonly exposures: readonly Exposure[];
}

export interface SuppressOptions {
  /** Names of cells that the month before withheld to protect others: withheld again rather than others. */
  readonly before?: ReadonlySet<string>;
  /** Of the price of withholding, what is left for those. */
  readonly discount?: number;
  /** How many programmes may be solved to show cells again, so that a large month ends in bounded time. */
  readonly effort?: number;
  /** For the attacks of the specs alone: a gate without complementary suppression, or one that does not look at remainders. */
  readonly without?: 'complementary' | 'remainders';
}

/** Beyond it a month like the demo's shows another 1 in 500 of its value, and takes four times as long. */
const EFFORT = 1_000;
/** Beside its value, each cell is worth this share of the mean cell: a small one is a figure too. */
const OF_MEAN = 0.02;

export const nameOf = ({ level, area, by, key }: CellName): string => `${level}:${area}:${by}:${key}`;

export function suppress(highs: Highs, table: LinkedTable, options: SuppressOptions = {}): Pattern {
  const isShown = Uint8Array.from(table.cells, ({ isHidden, unsafe }) => (isHidden || unsafe ? 0 : 1));
  return new Search(highs, table, isShown, options).pattern();
}

/** An exposure by one measure, and the cells that move in the way found for it. */
interface Protected {
  readonly exposure: Exposure;
  readonly measure: number;
  way: Way;
}

class Search {
  private readonly exposures: Exposures;
  private readonly ways: Ways;
  private readonly measures: readonly number[];
  private readonly protectedOnes = new Map<string, Protected>();
  /** What was an exposure once is protected to the end, though what remains of its total has other cells by then. */
  private readonly exposed = new Map<string, Exposure>();
  private isWhole = false;

  constructor(
    highs: Highs,
    private readonly table: LinkedTable,
    private readonly isShown: Uint8Array,
    private readonly options: SuppressOptions,
  ) {
    this.measures = [...(table.cells[0]?.sides ?? []).keys()];
    this.exposures = new Exposures(table);
    this.ways = new Ways(highs, table, weightsOf(table, options));
  }

  pattern(): Pattern {
    const first = this.find();
    if (this.options.without !== 'complementary') {
      this.protectAll(first);
      this.showAgain();
      this.protectAll(this.find());
    }
    return { isShown: this.isShown, isWhole: this.isWhole, exposures: first };
  }

  private find(): Exposure[] {
    const all = this.exposures.all(this.isShown);
    return this.options.without === 'remainders' ? all.filter(({ cells }) => cells.length === 1) : all;
  }

  /** Until withholding makes no exposure that is not protected. */
  private protectAll(found: readonly Exposure[]): void {
    let open = found.filter(({ key }) => !this.exposed.has(key));
    while (open.length > 0 && !this.isWhole) {
      for (const exposure of open) this.exposed.set(exposure.key, exposure);
      for (const exposure of open.sort((a, b) => (b.needs[0] ?? 0) - (a.needs[0] ?? 0)))
        for (const measure of this.measures) this.protect(exposure, measure);
      open = this.find().filter(({ key }) => !this.exposed.has(key));
    }
  }

  private protect(exposure: Exposure, measure: number): void {
    if (this.isWhole || this.protectedOnes.has(`${exposure.key}/${measure}`)) return;
    const way = this.ways.cheapest(exposure, measure, this.isShown);
    if (way === null) return this.withholdAll();
    for (const cell of way.cells) this.isShown[cell] = 0;
    this.protectedOnes.set(`${exposure.key}/${measure}`, { exposure, measure, way });
    this.share(way, measure);
  }

  /** What else rises enough by the same way needs none of its own. */
  private share(way: Way, measure: number): void {
    if (!way.isCommon) return;
    way.cells.forEach((cell, index) => {
      const exposure = this.exposed.get(String(cell));
      const need = exposure?.needs[measure] ?? 0;
      const key = `${cell}/${measure}`;
      if (exposure && (way.by[index] ?? 0) >= need && !this.protectedOnes.has(key))
        this.protectedOnes.set(key, { exposure, measure, way });
    });
  }

  /** Fails closed: the table has no pattern that the rules are content with. */
  private withholdAll(): void {
    this.isShown.fill(0);
    this.isWhole = true;
  }

  /** The most valuable first: what is shown again may make others needed. */
  private showAgain(): void {
    if (this.isWhole) return;
    const { effort = EFFORT } = this.options;
    const before = this.ways.solved;
    const complementary = this.table.cells.filter(
      ({ no, unsafe, isHidden }) => !this.isShown[no] && !unsafe && !isHidden,
    );
    for (const cell of complementary.sort((a, b) => valueOf(b, 0) - valueOf(a, 0))) {
      if (this.ways.solved - before >= effort) return;
      this.tryToShow(cell);
    }
  }

  private tryToShow({ no }: Cell): void {
    const users = [...this.protectedOnes.values()].filter(({ way }) => way.cells.includes(no));
    this.isShown[no] = 1;
    const changed: [Protected, Way][] = [];
    for (const user of users) {
      const isOfGroup = user.exposure.cells.includes(no);
      const way = isOfGroup ? null : this.ways.within(user.exposure, user.measure, this.isShown);
      if (way === null) return void (this.isShown[no] = 0);
      changed.push([user, way]);
    }
    const made = this.options.without === 'remainders' ? [] : this.exposures.around(no, this.isShown);
    const ofMade: [string, Protected][] = [];
    for (const exposure of made.filter(({ key }) => !this.exposed.has(key))) {
      for (const measure of this.measures) {
        const way = this.ways.within(exposure, measure, this.isShown);
        if (way === null) return void (this.isShown[no] = 0);
        ofMade.push([`${exposure.key}/${measure}`, { exposure, measure, way }]);
      }
    }
    for (const [user, way] of changed) user.way = way;
    for (const [key, one] of ofMade) {
      this.exposed.set(one.exposure.key, one.exposure);
      this.protectedOnes.set(key, one);
    }
  }
}

function weightsOf({ cells }: LinkedTable, { before, discount = 0.5 }: SuppressOptions): Float64Array {
  const mean = cells.reduce((sum, cell) => sum + valueOf(cell, 0), 0) / Math.max(1, cells.length);
  return Float64Array.from(cells, (cell) => {
    const isKept = before !== undefined && cell.names.some((name) => before.has(nameOf(name)));
    return (valueOf(cell, 0) / mean + OF_MEAN) * (isKept ? discount : 1);
  });
}
