import { levelOf, PRICE_REGIMES, SEASONS, type BeltTruth } from './belt-truth.ts';
import { DAYS, MONTH_START, MONTHS, YEARS } from './calendar.ts';
import { KINDS, LINES_PER_ORDER, dailyOrders, type Kind } from './kinds.ts';
import { Random, apportion, spread } from './random.ts';

/** How much stronger a belt's leaning makes a track than in the nation. */
const LEANING = 2.2;
/** Paths bite harder in distribution, where sellers come and go faster than in wholesale. */
const DISTRIBUTION_EXPONENT = 1.25;
/** Rows in the files beyond one per counted order line: unpaid and cancelled orders, later states, bad rows. */
const EXTRA_ROWS = 1.054;

/**
 * How many orders that count there are of each kind in each belt and month, as exact integers: growth rates come
 * from this table and not from luck, at any volume.
 */
export interface Plan {
  readonly beltCount: number;
  quota(kind: number, belt: number, month: number): number;
  /** Expected orders of a kind by day on an arbitrary scale; spreads a month's quota over its days. */
  readonly daily: readonly Float64Array[];
  /** Orders that count, over all kinds, belts and months. */
  readonly orders: number;
}

/** Plans so many orders that the files have about `lines` rows. */
export function planOrders(belts: readonly BeltTruth[], lines: number, seed: number): Plan {
  const random = new Random(seed, 'plan');
  const daily = KINDS.map(dailyOrders);
  const scale = lines / EXTRA_ROWS / expectedLines(daily);
  const affinities = belts.map((belt) => KINDS.map((kind) => affinity(belt, kind) * random.around1(0.22)));
  const quotas = new Int32Array(KINDS.length * belts.length * MONTHS);
  let orders = 0;

  KINDS.forEach((kind, k) => {
    const byMonth = sumMonths(daily[k]!);
    for (let year = 0; year < YEARS; year++) {
      const months = byMonth.slice(year * 12, year * 12 + 12);
      const total = Math.round(months.reduce((sum, month) => sum + month, 0) * scale);
      apportion(months, total).forEach((count, i) => {
        const month = year * 12 + i;
        const weights = belts.map((belt, b) => affinities[b]![k]! * strength(belt, kind, month));
        spread(weights, count, random.unit()).forEach((quota, b) => {
          quotas[(k * belts.length + b) * MONTHS + month] = quota;
        });
        orders += count;
      });
    }
  });

  return {
    beltCount: belts.length,
    quota: (kind, belt, month) => quotas[(kind * belts.length + belt) * MONTHS + month]!,
    daily,
    orders,
  };
}

/** How a belt's path, price regime, turn and season bend its share of a kind in a month. */
function strength(belt: BeltTruth, kind: Kind, month: number): number {
  const distribution = kind.mode === 'distribution';
  let level = levelOf(belt.path, month) ** (distribution ? DISTRIBUTION_EXPONENT : 1);
  level *= Math.exp(PRICE_REGIMES[belt.prices].orders * (month / 12));
  if (belt.turns && kind.mode !== 'offline')
    level *= Math.exp((distribution ? 0.3 : -0.3) * Math.max(0, (month - 6) / 12));
  return belt.season ? level * SEASONS[belt.season][month % 12]! : level;
}

function affinity(belt: BeltTruth, kind: Kind): number {
  const has = (track: string): number => (belt.leanings.includes(track) ? LEANING : 1);
  let weight = belt.size;
  if (kind.mode === 'distribution') weight *= has('D');
  if (kind.mode === 'offline') weight *= has('O');
  if (kind.abroad !== 'none') weight *= has('X');
  if (kind.custom) weight *= has('C');
  if (kind.brand) weight *= has('B');
  return weight;
}

function sumMonths(daily: Float64Array): Float64Array {
  return Float64Array.from({ length: MONTHS }, (_, month) => {
    let sum = 0;
    for (let day = MONTH_START[month]!; day < MONTH_START[month + 1]!; day++) sum += daily[day]!;
    return sum;
  });
}

function expectedLines(daily: readonly Float64Array[]): number {
  return KINDS.reduce(
    (sum, kind, k) => sum + LINES_PER_ORDER[kind.mode] * daily[k]!.reduce((all, day) => all + day, 0),
    0,
  );
}

/**
 * Spreads the orders of a belt, kind and month over its days in proportion to `daily`, with one random offset:
 * adds `counts[stride × day of month]`. Systematic like `spread`, but over a precomputed cumulative for speed.
 */
export class DaySpreader {
  private readonly cumulative: readonly Float64Array[];

  constructor(daily: readonly Float64Array[]) {
    this.cumulative = daily.map((days) => {
      const sums = new Float64Array(DAYS + 1);
      for (let day = 0; day < DAYS; day++) sums[day + 1] = sums[day]! + days[day]!;
      return sums;
    });
  }

  spread(
    kind: number,
    month: number,
    total: number,
    random: Random,
    counts: Uint32Array,
    at: number,
    stride: number,
  ): void {
    if (total === 0) return;
    const sums = this.cumulative[kind]!;
    const first = MONTH_START[month]!;
    const last = MONTH_START[month + 1]!;
    const step = (sums[last]! - sums[first]!) / total;
    let next = sums[first]! + random.unit() * step;
    let day = first;
    for (let i = 0; i < total; i++, next += step) {
      while (day < last - 1 && sums[day + 1]! <= next) day++;
      counts[at + stride * (day - first)]!++;
    }
  }
}
