import { MONTHS, YEARS, yearOfMonth } from './calendar.ts';
import { CHANNELS } from './codes.ts';
import { KINDS, type Kind } from './kinds.ts';
import { MOST_LINES, type Order } from './order.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';
import type { DemoBelt } from './registry.ts';

/** Mean pieces of a wholesale order over all belts. */
const WHOLESALE_PIECES = 1_000;
/** Belts with dear goods sell fewer pieces an order: pieces ∝ price^−0.6. */
const PRICE_ELASTICITY = -0.6;
const WHOLESALE_SIGMA = 0.75;
const OFFLINE_PIECES = { member_store: 40, selection_centre: 140 };

/** Pieces of a distribution order in 1,000 orders; 1,500 pieces in all, so 1.5 an order. */
const DISTRIBUTION_PIECES = [[1, 710], [2, 176], [3, 65], [4, 28], [5, 11], [6, 6], [10, 4]] as const; // prettier-ignore
const DISTRIBUTION = Uint8Array.from(
  DISTRIBUTION_PIECES.flatMap(([pieces, count]) => Array<number>(count).fill(pieces)),
);

/** Wholesale orders of one, two, three and four lines, cumulated. */
const WHOLESALE_LINES = [0.35, 0.65, 0.85];
/** Orders over which a deviation from the calibrated mean is made up for. */
const MEMORY = 400;

/**
 * Pieces of an order and how they fall on its lines.
 *
 * A lognormal with so heavy a tail misses its mean by several per cent at small volumes. So each kind remembers what
 * it owes to (or has had above) its mean and makes up for it over the next few hundred orders.
 */
export class Pieces {
  /** Mean pieces by kind, year and belt. */
  private readonly means: Float64Array;
  private readonly pack = DISTRIBUTION.slice();
  private dealt = 0;
  private readonly owed = new Float64Array(KINDS.length);
  private readonly beltCount: number;
  private readonly priceLevel: Float64Array;
  private readonly bulk: Float64Array;

  constructor(belts: readonly DemoBelt[], plan: Plan) {
    this.beltCount = belts.length;
    const relative = belts.map((belt) => belt.truth.price ** PRICE_ELASTICITY);
    this.priceLevel = Float64Array.from(belts, (belt) => Math.min(6, (belt.truth.price / 12) ** -0.5));
    this.means = new Float64Array(KINDS.length * YEARS * belts.length);
    KINDS.forEach((kind, k) => {
      if (kind.mode !== 'wholesale') return;
      for (let year = 0; year < YEARS; year++) {
        const scale = (WHOLESALE_PIECES * lotOf(kind)) / meanOver(plan, k, year, relative);
        relative.forEach((r, b) => (this.means[(k * YEARS + year) * belts.length + b] = scale * r));
      }
    });
    // Kind 0 is classic wholesale; its year 1 is 2023.
    this.bulk = this.means.slice(belts.length, 2 * belts.length).map((mean) => 2 * mean);
  }

  /** Pieces on a line from which the belt gives a discount. */
  bulkFrom(belt: number): number {
    return this.bulk[belt]!;
  }

  /** Fills `lines` and `quantity`; only orders that count move the memory. */
  fill(order: Order, year: number, counts: boolean, random: Random): void {
    const { mode } = KINDS[order.kind]!;
    if (mode === 'distribution') {
      splitFew(order, counts ? this.deal(random) : DISTRIBUTION[random.below(DISTRIBUTION.length)]!, random);
      return;
    }
    const u = random.unit();
    const lines =
      u < WHOLESALE_LINES[0]! ? 1 : u < WHOLESALE_LINES[1]! ? 2 : u < WHOLESALE_LINES[2]! ? 3 : MOST_LINES;
    if (mode === 'offline') {
      const mean =
        order.channel === CHANNELS.indexOf('member_store')
          ? OFFLINE_PIECES.member_store
          : OFFLINE_PIECES.selection_centre;
      splitMany(order, mean * this.priceLevel[order.belt]! * random.around1(0.8), Math.min(lines, 3), random);
      return;
    }
    const mean = this.means[(order.kind * YEARS + year) * this.beltCount + order.belt]!;
    const target = WHOLESALE_PIECES * lotOf(KINDS[order.kind]!);
    const catchUp = 1 + Math.max(-0.3, Math.min(0.3, this.owed[order.kind]! / (MEMORY * target)));
    const pieces = splitMany(order, mean * catchUp * random.around1(WHOLESALE_SIGMA), lines, random);
    if (counts) this.owed[order.kind]! += mean - pieces;
  }

  /** Deals from a pack of 1,000 that is shuffled as it is dealt: the mean is exact after every pack. */
  private deal(random: Random): number {
    const { pack } = this;
    const other = this.dealt + random.below(pack.length - this.dealt);
    const pieces = pack[other]!;
    pack[other] = pack[this.dealt]!;
    pack[this.dealt] = pieces;
    this.dealt = (this.dealt + 1) % pack.length;
    return pieces;
  }
}

/** Custom lots are smaller and lots for abroad larger; together they leave the mean of the channel at 1,000. */
function lotOf(kind: Kind): number {
  if (kind.custom) return 0.85;
  return kind.abroad === 'none' ? 1 : 1.08;
}

function meanOver(plan: Plan, kind: number, year: number, relative: readonly number[]): number {
  let orders = 0;
  let sum = 0;
  for (let month = 0; month < MONTHS; month++) {
    if (yearOfMonth(month) !== year) continue;
    relative.forEach((r, belt) => {
      orders += plan.quota(kind, belt, month);
      sum += plan.quota(kind, belt, month) * r;
    });
  }
  return orders === 0 ? 1 : sum / orders;
}

/** A few pieces: one line, or two in a third of the orders that allow it, or three. */
function splitFew(order: Order, pieces: number, random: Random): void {
  order.lines = 1;
  order.quantity[0] = pieces;
  while (order.quantity[0]! > 1 && order.lines < MOST_LINES && random.chance(0.33)) {
    const moved = 1 + random.below(order.quantity[0]! - 1);
    order.quantity[0]! -= moved;
    order.quantity[order.lines++] = moved;
  }
}

/** Whole lots on up to `lines` lines, in the round numbers people order; returns the pieces given. */
function splitMany(order: Order, pieces: number, lines: number, random: Random): number {
  let left = 1;
  let total = 0;
  order.lines = lines;
  for (let line = 0; line < lines; line++) {
    const share = line === lines - 1 ? left : (left / (lines - line)) * (0.5 + random.unit());
    left -= share;
    const exact = pieces * share;
    const lot = exact >= 2_000 ? 100 : exact >= 300 ? 50 : exact >= 60 ? 10 : 1;
    order.quantity[line] = Math.max(1, Math.floor(exact / lot + random.unit()) * lot);
    total += order.quantity[line]!;
  }
  return total;
}
