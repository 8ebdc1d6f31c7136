import { Buyers } from './buyers.ts';
import { MONTHS, MONTH_START } from './calendar.ts';
import { KINDS, PLAIN_DISTRIBUTION } from './kinds.ts';
import { EXTRA_ORDERS } from './lifecycle.ts';
import { OrderFiles } from './order-files.ts';
import { OrderMaker } from './order-maker.ts';
import { DaySpreader } from './plan.ts';
import { Random } from './random.ts';
import { Roster } from './roster.ts';
import { Shelf } from './skus.ts';
import type { Tally } from './tally.ts';
import type { World } from './world.ts';

const MOST_DAYS = 31;

/** Writes the order files month by month: each order of the plan and, beside some, one that comes to nothing. */
export class OrderRun {
  private readonly files: OrderFiles;
  private readonly maker: OrderMaker;
  private readonly roster: Roster;
  private readonly buyers: Buyers;
  private readonly shelf: Shelf;
  private readonly spreader: DaySpreader;
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
    this.spreader = new DaySpreader(plan.daily);
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
    this.roster.enterMonth(month);
    this.buyers.enterMonth(month);
    this.spreadOverDays(month, random);
    const promised = Array.from({ length: this.world.plan.beltCount }, (_, belt) => [
      ...this.world.distributors.promised(belt, month),
    ]);
    await this.files.open(month);
    for (let day = MONTH_START[month]!; day < MONTH_START[month + 1]!; day++) {
      this.shelf.enterDay(day);
      const today = (day - MONTH_START[month]!) * this.cells;
      for (let cell = 0; cell < this.cells; cell++) {
        const belt = Math.floor(cell / KINDS.length);
        const kind = cell % KINDS.length;
        for (let left = this.counts[today + cell]!; left > 0; left--) {
          const merchant = kind === PLAIN_DISTRIBUTION ? (promised[belt]!.pop() ?? -1) : -1;
          this.writeOrder(kind, belt, day, month, merchant, random);
          // Awaiting only here keeps the loop free of promises: a few dozen a second instead of a million.
          if (this.files.full) {
            await this.files.flush();
            this.onChunk();
          }
        }
      }
    }
    await this.files.close();
    this.onChunk();
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

  private spreadOverDays(month: number, random: Random): void {
    const { plan } = this.world;
    this.counts.fill(0);
    for (let cell = 0; cell < this.cells; cell++) {
      const belt = Math.floor(cell / KINDS.length);
      const kind = cell % KINDS.length;
      const quota = plan.quota(kind, belt, month);
      this.spreader.spread(kind, month, quota, random, this.counts, cell, this.cells);
    }
  }
}
