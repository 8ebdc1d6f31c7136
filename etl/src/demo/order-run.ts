import { Buyers } from './buyers.ts';
import { GIANT, hasMark } from './belt-truth.ts';
import { MONTHS, MONTH_START } from './calendar.ts';
import { indexAt } from './cumulative.ts';
import { type Drawn, drawOrders } from './draws.ts';
import { KINDS, PLAIN_DISTRIBUTION } from './kinds.ts';
import { EXTRA_ORDERS } from './lifecycle.ts';
import { OrderFiles } from './order-files.ts';
import { OrderMaker } from './order-maker.ts';
import { Random } from './random.ts';
import { Roster } from './roster.ts';
import { beltIn, tradesIn } from './merchants.ts';
import { shocksOf } from './shocks.ts';
import { Shelf } from './skus.ts';
import type { Tally } from './tally.ts';
import type { World } from './world.ts';

const MOST_DAYS = 31;

/** Writes the order files month by month: each order that was drawn and, beside some, one that comes to nothing. */
export class OrderRun {
  private readonly files: OrderFiles;
  private readonly maker: OrderMaker;
  private readonly roster: Roster;
  private readonly buyers: Buyers;
  private readonly shelf: Shelf;
  private readonly drawn: Drawn;
  /** Merchants of each belt that still wait for the distribution order they were promised. */
  private promised: number[][];
  /** Orders of each day, belt and kind of the month. */
  private readonly counts: Uint32Array;
  private readonly cells: number;

  /** `onChunk` is called whenever a chunk has gone to the disk; what it throws ends the run. */
  constructor(
    private readonly world: World,
    folder: string,
    tally: Tally,
    private readonly onChunk: () => void,
  ) {
    const { registry, plan, merchants, distributors, skus, lines, seed } = world;
    this.roster = new Roster(merchants, distributors, plan.beltCount);
    this.buyers = new Buyers(lines);
    this.shelf = new Shelf(skus);
    this.maker = new OrderMaker(registry.belts, plan, skus, this.shelf, this.roster, this.buyers);
    this.files = new OrderFiles(folder, seed, tally, (month) => this.maker.nextSequence(month));
    this.drawn = drawOrders(plan, this.roster, merchants.count, seed);
    this.promised = Array.from({ length: plan.beltCount }, () => []);
    this.cells = KINDS.length * plan.beltCount;
    this.counts = new Uint32Array(this.cells * MOST_DAYS);
  }

  async write(): Promise<void> {
    try {
      for (let month = 0; month < MONTHS; month++) await this.writeMonth(month);
    } catch (error) {
      await this.files.abandon();
      throw error;
    }
  }

  private async writeMonth(month: number): Promise<void> {
    const random = new Random(this.world.seed, `orders ${month}`);
    this.roster.enterMonth(month, shocksOf(this.world.seed, month, this.world.merchants.count));
    this.buyers.enterMonth(month);
    this.spreadOverDays(month, random);
    this.promised = this.promised.map((waiting, belt) => this.promisedIn(belt, month, waiting));
    await this.files.open(month);
    for (let day = MONTH_START[month]!; day < MONTH_START[month + 1]!; day++) {
      this.shelf.enterDay(day);
      const today = (day - MONTH_START[month]!) * this.cells;
      for (let cell = 0; cell < this.cells; cell++) {
        const belt = Math.floor(cell / KINDS.length);
        const kind = cell % KINDS.length;
        for (let left = this.counts[today + cell]!; left > 0; left--) {
          const merchant = kind === PLAIN_DISTRIBUTION ? (this.promised[belt]!.pop() ?? -1) : -1;
          this.writeOrder(kind, belt, day, month, merchant, random);
          // Awaiting only here keeps the loop free of promises: a few dozen a second instead of a million.
          if (this.files.full) {
            await this.files.flush();
            this.onChunk();
          }
        }
      }
    }
    this.writeGiant(month, random);
    await this.files.close();
    this.onChunk();
  }

  /** Promises of the month and, within a year, what is left of earlier ones, which come first. */
  private promisedIn(belt: number, month: number, waiting: readonly number[]): number[] {
    const { distributors, merchants } = this.world;
    const left = month % 12 === 0 ? [] : waiting;
    return [
      ...distributors.promised(belt, month),
      ...left.filter(
        (index) => tradesIn(merchants, index, month) && beltIn(merchants, index, month) === belt,
      ),
    ];
  }

  /** The one order that is three tenths of a belt's month. */
  private writeGiant(month: number, random: Random): void {
    if (month !== GIANT.month) return;
    const { registry, plan } = this.world;
    registry.belts.forEach(({ truth }, belt) => {
      if (!hasMark(truth, 'giant')) return;
      this.files.write(this.maker.giant(plan, belt, MONTH_START[month + 1]! - 1, month, random));
    });
  }

  private writeOrder(
    kind: number,
    belt: number,
    day: number,
    month: number,
    merchant: number,
    random: Random,
  ): void {
    this.files.write(this.maker.make(kind, belt, day, month, 'counts', merchant, random));
    for (const [fate, share] of EXTRA_ORDERS) {
      if (random.chance(share)) this.files.write(this.maker.make(kind, belt, day, month, fate, -1, random));
    }
  }

  /** Draws the day of each of the month's orders. */
  private spreadOverDays(month: number, random: Random): void {
    const { plan } = this.world;
    const first = MONTH_START[month]!;
    const days = MONTH_START[month + 1]! - first;
    const cumulative = new Float64Array(days);
    this.counts.fill(0);
    for (let cell = 0; cell < this.cells; cell++) {
      const belt = Math.floor(cell / KINDS.length);
      const kind = cell % KINDS.length;
      let sum = 0;
      for (let day = 0; day < days; day++) cumulative[day] = sum += plan.intensity(kind, belt, first + day);
      for (let left = this.drawn(kind, belt, month); left > 0; left--)
        this.counts[cell + this.cells * indexAt(cumulative, random.unit() * sum)]!++;
    }
  }
}
