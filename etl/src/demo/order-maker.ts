import { GIANT, PRICE_REGIMES } from './belt-truth.ts';
import { DAYS, MONTH_START, SECONDS_PER_DAY, YEARS } from './calendar.ts';
import { BRAND, CUSTOM } from './codes.ts';
import type { Buyers } from './buyers.ts';
import { CLASSIC, KINDS } from './kinds.ts';
import { type Fate, afterExport, live } from './lifecycle.ts';
import { CUSTOM_OR_BRAND, MARKUP, MARKUP_ABROAD } from './markup.ts';
import { NEVER, Order } from './order.ts';
import { Pieces } from './pieces.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';
import type { DemoBelt } from './registry.ts';
import type { Roster } from './roster.ts';
import type { Shelf, Skus } from './skus.ts';

/** Orders refunded, by mode; half a line or more of it, days after delivery. */
const REFUNDED = { wholesale: 0.013, distribution: 0.052, offline: 0.02 };
/** Refunded only after the order's month was exported. */
const REFUNDED_LATER = 0.0048;
const REFUNDED_AGAIN = 0.06;
/** Quantity and amount of a line put right after the export. */
const CORRECTED = 0.0026;
/** Dispatched before it was bought: a clock that was wrong, or goods sent on a promise. True-ish, so a good row. */
const DISPATCHED_BEFORE_PLACED = 0.0006;

/** Makes one order after the other into the same object. */
export class OrderMaker {
  readonly order = new Order();
  private readonly pieces: Pieces;
  private readonly sequences = new Int32Array(YEARS * 12);

  constructor(
    private readonly belts: readonly DemoBelt[],
    plan: Plan,
    private readonly skus: Skus,
    private readonly shelf: Shelf,
    private readonly roster: Roster,
    private readonly buyers: Buyers,
  ) {
    this.pieces = new Pieces(belts, plan);
  }

  /** The next number of an order in a month; bad rows take one too, so that they share no order with good ones. */
  nextSequence(month: number): number {
    return ++this.sequences[month]!;
  }

  /** Draws an order; `merchant` is given where one was promised to it, else −1, and `pieces` where they are no chance. */
  make(
    kind: number,
    belt: number,
    day: number,
    month: number,
    fate: Fate,
    merchant: number,
    random: Random,
    pieces?: number,
  ): Order {
    const { order } = this;
    order.month = month;
    order.sequence = this.nextSequence(month);
    order.kind = kind;
    order.belt = belt;
    order.merchant = merchant >= 0 ? merchant : this.roster.pick(kind, belt, random);
    this.buyers.fill(order, random);
    live(order, day, fate, random);
    this.pieces.fill(order, random, pieces);
    this.fillLines(day, random);
    if (fate === 'counts') this.addHistory(random);
    return order;
  }

  /** One classic wholesale order at the belt's mean price, as large a share of its wholesale of a month as is set. */
  giant(plan: Plan, belt: number, day: number, month: number, random: Random): Order {
    const others = KINDS.reduce(
      (sum, { mode }, kind) =>
        mode === 'wholesale' ? sum + plan.mean(kind, belt, month) * this.pieces.mean(kind, belt) : sum,
      0,
    );
    const pieces = (others * GIANT.share) / (1 - GIANT.share);
    const order = this.make(CLASSIC, belt, day, month, 'counts', -1, random, pieces);
    const { price, prices } = this.belts[belt]!.truth;
    const unit = price * 100 * Math.exp((PRICE_REGIMES[prices] * day) / 365.25);
    for (let line = 0; line < order.lines; line++)
      order.cents[line] = Math.round(unit * order.quantity[line]!);
    order.refunded = order.refundedAgain = order.corrected = NEVER;
    return order;
  }

  private fillLines(day: number, random: Random): void {
    const { order } = this;
    const { mode, abroad, custom, brand } = KINDS[order.kind]!;
    const years = day / 365.25;
    const markup = MARKUP[mode] * (abroad === 'none' ? 1 : MARKUP_ABROAD);
    for (let line = 0; line < order.lines; line++) {
      const options = optionsOf(mode === 'wholesale', custom, brand, line, order.lines, random);
      const sku = this.pickSku(line, random);
      const quantity = order.quantity[line]!;
      const bulk = mode === 'wholesale' && quantity >= this.pieces.bulkFrom(order.belt) ? 0.95 : 1;
      const unit =
        this.skus.price[sku]! *
        Math.exp(this.skus.drift[sku]! * years) *
        markup *
        bulk *
        (options & CUSTOM ? CUSTOM_OR_BRAND.custom : 1) *
        (options & BRAND ? CUSTOM_OR_BRAND.brand : 1);
      order.sku[line] = sku;
      order.options[line] = options;
      order.cents[line] = Math.max(1, Math.round(unit * quantity));
    }
  }

  /** Half of the lines go to the newest four SKUs, the others to the merchant's old ones, the oldest most. */
  private pickSku(line: number, random: Random): number {
    const { order } = this;
    const first = this.skus.firstOf[order.merchant]!;
    const onOffer = this.shelf.onOffer[order.merchant]!;
    for (let attempt = 0; ; attempt++) {
      const u = random.unit();
      const sku =
        first +
        (u < 0.42
          ? Math.max(0, onOffer - 1 - random.below(4))
          : Math.floor(onOffer * random.unit() * random.unit()));
      if (attempt === 2 || line === 0 || order.sku[line - 1] !== sku) return sku;
    }
  }

  private addHistory(random: Random): void {
    const { order } = this;
    const { mode, custom } = KINDS[order.kind]!;
    const u = random.unit();
    if (u < REFUNDED[mode] * (custom ? 0.5 : 1)) {
      if (order.delivered !== NEVER)
        this.refund(order.delivered + 7_200 + random.below(9 * SECONDS_PER_DAY), random);
    } else if (u > 1 - REFUNDED_LATER) {
      const time = afterExport(order, 55, random);
      if (time !== NEVER && order.delivered < time) this.refund(time, random);
    } else if (u > 1 - REFUNDED_LATER - CORRECTED) {
      this.correct(random);
    } else if (u > 1 - REFUNDED_LATER - CORRECTED - DISPATCHED_BEFORE_PLACED && order.dispatched !== NEVER) {
      const earlier = order.placed - 1_800 - random.below(2 * SECONDS_PER_DAY);
      if (earlier >= MONTH_START[0]! && earlier < DAYS * SECONDS_PER_DAY) order.dispatched = earlier;
    }
  }

  private refund(time: number, random: Random): void {
    const { order } = this;
    const again = random.chance(REFUNDED_AGAIN);
    const only = random.chance(0.5) ? random.below(order.lines) : -1;
    order.refunded = time;
    if (again) order.refundedAgain = time + 2 * SECONDS_PER_DAY + random.below(24 * SECONDS_PER_DAY);
    for (let line = 0; line < order.lines; line++) {
      const refunds = only < 0 || only === line;
      const share = !refunds ? 0 : !again && random.chance(0.6) ? 1 : 0.05 + 0.55 * random.unit();
      order.refund[line] = Math.round(order.cents[line]! * share);
      order.refundAgain[line] = refunds ? order.cents[line]! : 0;
    }
  }

  /** The wrong figures are the larger ones, so that a refund never exceeds the amount of any row. */
  private correct(random: Random): void {
    const { order } = this;
    order.corrected = afterExport(order, 40, random);
    const line = random.below(order.lines);
    const right = order.quantity[line]!;
    order.correctedLine = line;
    order.wrongQuantity = random.chance(0.3) ? right * 10 : right + 1 + random.below(Math.max(1, right));
    order.wrongCents = Math.round((order.cents[line]! / right) * order.wrongQuantity);
  }
}

/** Options of one line of an order. */
function optionsOf(
  whole: boolean,
  custom: boolean,
  brand: boolean,
  line: number,
  lines: number,
  random: Random,
): number {
  if (!custom && !brand) return 0;
  if (custom && brand) {
    if (lines === 1) return CUSTOM | BRAND;
    return line === 0 ? CUSTOM : line === 1 ? BRAND : CUSTOM | BRAND;
  }
  // A wholesale order without any option is classic wholesale, and so would be a plain line of an optioned order:
  // only orders that belong to another track anyway mix the two.
  if (!whole && line > 0 && random.chance(0.4)) return 0;
  return custom ? CUSTOM : BRAND;
}
