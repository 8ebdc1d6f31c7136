import { monthIndex } from './calendar.ts';
import { MEMBER_STORES } from './buyers.ts';
import { CHANNELS } from './codes.ts';
import { CLASSIC, KINDS, type Kind } from './kinds.ts';
import { MOST_LINES, type Order } from './order.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';
import type { DemoBelt } from './registry.ts';

/**
 * Mean pieces of a wholesale order over all belts in 2024. A belt's own mean is the same in every year, so that its value
 * follows its orders; the nation's moves by a few per cent as belts of cheap or dear goods grow.
 */
const WHOLESALE_PIECES = 1_000;
/** Belts with dear goods sell fewer pieces an order: pieces ∝ price^−0.6. */
const PRICE_ELASTICITY = -0.6;
/** Heavy-tailed: one order in a hundred is eight times the median. */
const WHOLESALE_SIGMA = 0.9;
const OFFLINE_PIECES = { member_store: 40, selection_centre: 140 };
const OFFLINE_MEAN =
  MEMBER_STORES * OFFLINE_PIECES.member_store + (1 - MEMBER_STORES) * OFFLINE_PIECES.selection_centre;

/** Pieces of a distribution order in 1,000 orders; 1,500 pieces in all, so 1.5 an order. */
const DISTRIBUTION_PIECES = [[1, 710], [2, 176], [3, 65], [4, 28], [5, 11], [6, 6], [10, 4]] as const; // prettier-ignore
const DISTRIBUTION = Uint8Array.from(
  DISTRIBUTION_PIECES.flatMap(([pieces, count]) => Array<number>(count).fill(pieces)),
);
const DISTRIBUTION_MEAN = DISTRIBUTION.reduce((sum, pieces) => sum + pieces, 0) / DISTRIBUTION.length;

/** Wholesale orders of one, two, three and four lines, cumulated. */
const WHOLESALE_LINES = [0.62, 0.84, 0.94];

/** Pieces of an order and how they fall on its lines: drawn, so that values vary as they do by chance. */
export class Pieces {
  /** Mean pieces by kind and belt. */
  private readonly means: Float64Array;
  private readonly beltCount: number;
  private readonly priceLevel: Float64Array;
  private readonly bulk: Float64Array;

  constructor(belts: readonly DemoBelt[], plan: Plan) {
    this.beltCount = belts.length;
    const relative = belts.map((belt) => belt.truth.price ** PRICE_ELASTICITY);
    this.priceLevel = Float64Array.from(belts, (belt) => Math.min(6, (belt.truth.price / 12) ** -0.5));
    this.means = new Float64Array(KINDS.length * belts.length);
    KINDS.forEach((kind, k) => {
      if (kind.mode !== 'wholesale') return;
      const scale = (WHOLESALE_PIECES * lotOf(kind)) / meanOver(plan, k, relative);
      relative.forEach((r, b) => (this.means[k * belts.length + b] = scale * r));
    });
    this.bulk = Float64Array.from(belts, (_, belt) => 2 * this.mean(CLASSIC, belt));
  }

  /** Pieces on a line from which the belt gives a discount. */
  bulkFrom(belt: number): number {
    return this.bulk[belt]!;
  }

  /** Mean pieces of an order of a kind. */
  mean(kind: number, belt: number): number {
    const { mode } = KINDS[kind]!;
    if (mode === 'distribution') return DISTRIBUTION_MEAN;
    if (mode === 'offline') return OFFLINE_MEAN * this.priceLevel[belt]!;
    return this.means[kind * this.beltCount + belt]!;
  }

  /** Fills `lines` and `quantity`; with `exactly` so many pieces, to the round numbers people order. */
  fill(order: Order, random: Random, exactly?: number): void {
    const { mode } = KINDS[order.kind]!;
    if (mode === 'distribution') {
      splitFew(order, DISTRIBUTION[random.below(DISTRIBUTION.length)]!, random);
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
    const pieces = exactly ?? this.mean(order.kind, order.belt) * random.around1(WHOLESALE_SIGMA);
    splitMany(order, pieces, lines, random);
  }
}

/** Custom lots are smaller and lots for abroad larger; together they leave the mean of the channel at 1,000. */
function lotOf(kind: Kind): number {
  if (kind.custom) return 0.85;
  return kind.abroad === 'none' ? 1 : 1.08;
}

/** Mean over the orders of 2024. */
function meanOver(plan: Plan, kind: number, relative: readonly number[]): number {
  let orders = 0;
  let sum = 0;
  for (let month = monthIndex(2024, 1); month < monthIndex(2025, 1); month++) {
    relative.forEach((r, belt) => {
      orders += plan.mean(kind, belt, month);
      sum += plan.mean(kind, belt, month) * r;
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

/** Whole lots on up to `lines` lines, in the round numbers people order. */
function splitMany(order: Order, pieces: number, lines: number, random: Random): void {
  let left = 1;
  order.lines = lines;
  for (let line = 0; line < lines; line++) {
    const share = line === lines - 1 ? left : (left / (lines - line)) * (0.5 + random.unit());
    left -= share;
    const exact = pieces * share;
    const lot = exact >= 2_000 ? 100 : exact >= 300 ? 50 : exact >= 60 ? 10 : 1;
    order.quantity[line] = Math.max(1, Math.floor(exact / lot + random.unit()) * lot);
  }
}
