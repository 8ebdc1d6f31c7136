import { rides } from './belt-truth.ts';
import { MONTHS, YEARS, monthIndex, yearOfMonth } from './calendar.ts';
import { DISTRIBUTION_MERCHANT_GROWTH, PLAIN_DISTRIBUTION } from './kinds.ts';
import { type Merchants, beltIn, tradesIn } from './merchants.ts';
import type { Plan } from './plan.ts';
import { Random } from './random.ts';
import type { DemoBelt } from './registry.ts';

/** Share of the merchants trading in 2023 that have distribution sales in it. */
const SHARE_2023 = 0.38;
/** Distribution merchants of 2021, 2022 and of 2025 so far against the year after or before. */
const RATIO_2021 = 1 / 1.08;
const RATIO_2022 = 1 / 1.18;
const RATIO_2025 = 0.95;
/** Most promises for each expected order. */
const PROMISED = 0.5;

/**
 * Which merchants sell through downstream shops in which year. A merchant of the set is promised one distribution order
 * that counts in that year (a belt may draw too few to keep all promises), any other gets none, so the growth in
 * distribution merchants is set.
 */
export interface Distributors {
  /** First month of the year in which the merchant may get distribution orders, −1 for none. */
  since(merchant: number, year: number): number;
  /** The merchants to be given one plain distribution order in a belt, in a month or as soon as there is one. */
  promised(belt: number, month: number): readonly number[];
  /** Size of the set in each year. */
  readonly sizes: readonly number[];
}

/** Chooses the sets by a sticky score, so that a merchant that has begun goes on unless it leaves. */
export function chooseDistributors(
  merchants: Merchants,
  belts: readonly DemoBelt[],
  plan: Plan,
  seed: number,
): Distributors {
  const random = new Random(seed, 'distributors');
  const since = new Int16Array(merchants.count * YEARS).fill(-1);
  const promises = new Map<number, number[]>();
  const promisedIn = (belt: number, month: number): number[] => promises.get(belt * MONTHS + month) ?? [];

  const score = Float64Array.from({ length: merchants.count }, (_, index) => {
    if (merchants.anchor[index]) return -1;
    const { truth } = belts[merchants.belt[index]!]!;
    const pull =
      (truth.leanings.includes('D') ? 1.7 : 1) *
      (rides(truth) ? 1.5 : 1) *
      Math.max(0.4, merchants.weight[index]!) ** 0.3;
    return random.unit() / pull;
  });
  const candidates = Array.from(score.keys()).sort((x, y) => score[x]! - score[y]! || x - y);

  /** Promises the merchant an order in some month of the year that has one to give; false if none has. */
  function promise(index: number, from: number, until: number): boolean {
    const span = until - from;
    const offset = random.below(span);
    for (let i = 0; i < span; i++) {
      const month = from + ((offset + i) % span);
      const belt = beltIn(merchants, index, month);
      const list = promisedIn(belt, month);
      if (list.length >= PROMISED * plan.mean(PLAIN_DISTRIBUTION, belt, month)) continue;
      list.push(index);
      promises.set(belt * MONTHS + month, list);
      return true;
    }
    return false;
  }

  function admit(year: number, wanted: number): number {
    let admitted = 0;
    for (const index of candidates) {
      const first = Math.max(year * 12, merchants.entry[index]!);
      const until = Math.min(year * 12 + 12, MONTHS, merchants.exit[index]!);
      if (until <= first) continue;
      const anchor = merchants.anchor[index] === 1;
      if (admitted >= wanted && !anchor) continue;
      const goesOn = year === 0 || anchor || since[index * YEARS + year - 1]! >= 0;
      const from = goesOn ? first : random.between(first, until - 1);
      // The weeks of the year that has begun have too few orders for a promise to each; who sold so goes on all the same.
      const kept = promise(index, from, until);
      if (!kept && !anchor && year < YEARS - 1) continue;
      since[index * YEARS + year] = from;
      admitted++;
    }
    return admitted;
  }

  const trading = Array.from(score.keys()).filter(
    (index) => merchants.entry[index]! < monthIndex(2024, 1) && merchants.exit[index]! > monthIndex(2023, 1),
  ).length;
  const base = Math.round(SHARE_2023 * trading);
  const sizes = [
    admit(0, Math.round(base * RATIO_2022 * RATIO_2021)),
    admit(1, Math.round(base * RATIO_2022)),
  ];
  sizes.push(admit(2, base));
  sizes.push(admit(3, Math.round(sizes[2]! * DISTRIBUTION_MERCHANT_GROWTH)));
  sizes.push(admit(4, Math.round(sizes[3]! * RATIO_2025)));

  return { since: (merchant, year) => since[merchant * YEARS + year]!, promised: promisedIn, sizes };
}

/** Whether the merchant may get distribution orders in the month. */
export function distributesIn(
  distributors: Distributors,
  merchants: Merchants,
  index: number,
  month: number,
): boolean {
  const since = distributors.since(index, yearOfMonth(month));
  return since >= 0 && month >= since && tradesIn(merchants, index, month);
}
