import { DAYS, MONTH_START } from './calendar.ts';
import type { Merchants } from './merchants.ts';
import { Random } from './random.ts';
import type { DemoBelt } from './registry.ts';
import { PRICE_REGIMES } from './belt-truth.ts';

/** SKUs on offer from the first day on, before launches. */
const INITIAL_SKUS = { least: 3, most: 40, mean: 6 };
/** Launches a year of a merchant of average size. */
const LAUNCHES_A_YEAR = 2;

/**
 * The SKUs as parallel arrays. Those of a merchant are neighbours, in the order of listing, so "on offer on a day"
 * is a count per merchant.
 */
export interface Skus {
  readonly count: number;
  readonly merchant: Int32Array;
  /** Day of listing; negative before the period. */
  readonly listed: Int16Array;
  /** Wholesale price of a piece on day 0, CNY cents, not rounded. */
  readonly price: Float64Array;
  /** Log change of that price a year: the belt's regime and a little of its own. */
  readonly drift: Float64Array;
  /** Which of the belt's categories. */
  readonly category: Uint8Array;
  /** First SKU of each merchant, and one more entry: the count. */
  readonly firstOf: Int32Array;
}

export function drawSkus(merchants: Merchants, belts: readonly DemoBelt[], seed: number): Skus {
  const random = new Random(seed, 'skus');
  const firstOf = new Int32Array(merchants.count + 1);
  const owner: number[] = [];
  const listed: number[] = [];
  for (let index = 0; index < merchants.count; index++) {
    firstOf[index] = listed.length;
    for (const day of listingDays(merchants, index, random)) {
      owner.push(index);
      listed.push(day);
    }
  }
  firstOf[merchants.count] = listed.length;

  const skus: Skus = {
    count: listed.length,
    merchant: Int32Array.from(owner),
    listed: Int16Array.from(listed),
    price: new Float64Array(listed.length),
    drift: new Float64Array(listed.length),
    category: new Uint8Array(listed.length),
    firstOf,
  };
  for (let sku = 0; sku < skus.count; sku++) {
    const belt = belts[merchants.belt[skus.merchant[sku]!]!]!;
    // A dominating factory sells at the belt's price: it shall hold more than half of the value, not only of the orders.
    const spread = merchants.dominant[skus.merchant[sku]!] ? 0.12 : 0.4;
    skus.price[sku] = Math.max(3, belt.truth.price * 100 * random.around1(spread));
    skus.drift[sku] = PRICE_REGIMES[belt.truth.prices] + 0.015 * random.normal();
    skus.category[sku] = random.chance(0.65) ? 0 : random.below(belt.categories.length);
  }
  return skus;
}

/** Sorted; the first is on offer on the merchant's first day of trade. */
function listingDays(merchants: Merchants, index: number, random: Random): number[] {
  const start = MONTH_START[merchants.entry[index]!]!;
  const end = Math.min(DAYS, MONTH_START[merchants.exit[index]!]!);
  const size = Math.sqrt(Math.max(0.2, merchants.weight[index]!));
  const { least, most, mean } = INITIAL_SKUS;
  const initial = Math.min(most, least + Math.floor((mean - least) * 2 * size * random.unit()));
  const launches = Math.floor(((end - start) / 365) * LAUNCHES_A_YEAR * size * 2 * random.unit());
  const days = [start - 1];
  for (let i = 1; i < initial; i++) days.push(start - 1 - random.below(start === 0 ? 1_200 : 60));
  for (let i = 0; i < launches; i++) days.push(start + random.below(end - start));
  return days.sort((x, y) => x - y);
}

/** How many SKUs of each merchant are on offer, moved forward day by day. */
export class Shelf {
  /** SKUs of the merchant on offer today: firstOf … firstOf + onOffer − 1. */
  readonly onOffer: Uint16Array;
  private readonly skus: Skus;
  private readonly launches: Int32Array;
  private next = 0;

  constructor(skus: Skus) {
    this.skus = skus;
    this.onOffer = new Uint16Array(skus.firstOf.length - 1);
    this.launches = Int32Array.from({ length: skus.count }, (_, sku) => sku).sort(
      (x, y) => skus.listed[x]! - skus.listed[y]! || x - y,
    );
  }

  enterDay(day: number): void {
    while (this.next < this.launches.length && this.skus.listed[this.launches[this.next]!]! <= day) {
      this.onOffer[this.skus.merchant[this.launches[this.next]!]!]!++;
      this.next++;
    }
  }
}
