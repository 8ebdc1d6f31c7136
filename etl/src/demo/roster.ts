import { MONTHS } from './calendar.ts';
import { type Distributors, distributesIn } from './distributors.ts';
import { KINDS, type Kind } from './kinds.ts';
import { type Merchants, beltIn, tradesIn } from './merchants.ts';
import type { Random } from './random.ts';

/** A dominating factory's orders for each order of all the others: 2 / 3 = 67 % of the belt. */
const DOMINANCE = 2;

/** Share of merchants that have taken up a track in the first and in the last month. */
const ADOPTION = {
  custom: [0.14, 0.4],
  brand: [0.16, 0.26],
  abroad: [0.2, 0.36],
  offline: [0.2, 0.28],
} as const;

/**
 * Who may take an order of each kind in each belt, for one month, weighted by size. Rebuilt every month from the
 * merchants that trade in it; reuses its arrays, so memory depends on the merchants and not on the volume.
 */
export class Roster {
  private readonly merchants: Merchants;
  private readonly distributors: Distributors;
  private readonly beltCount: number;
  /** Candidates of (kind, belt) stand at from[kind × belts + belt] … from[… + 1], with their cumulative weights. */
  private readonly from: Int32Array;
  private candidates = new Int32Array(1024);
  private cumulative = new Float64Array(1024);

  constructor(merchants: Merchants, distributors: Distributors, beltCount: number) {
    this.merchants = merchants;
    this.distributors = distributors;
    this.beltCount = beltCount;
    this.from = new Int32Array(KINDS.length * beltCount + 1);
  }

  /** Prepares the month; `pick` answers for it until the next call. */
  enterMonth(month: number): void {
    const { merchants } = this;
    const members: number[][] = Array.from({ length: this.beltCount }, () => []);
    const weights = new Float64Array(merchants.count);
    for (let index = 0; index < merchants.count; index++) {
      if (!tradesIn(merchants, index, month)) continue;
      members[beltIn(merchants, index, month)]!.push(index);
      weights[index] = weightIn(merchants, index, month);
    }
    let at = 0;
    KINDS.forEach((kind, k) => {
      for (let belt = 0; belt < this.beltCount; belt++) {
        this.from[k * this.beltCount + belt] = at;
        at = this.fill(kind, month, members[belt]!, weights, at);
      }
    });
    this.from[KINDS.length * this.beltCount] = at;
  }

  /** Draws the merchant for an order. */
  pick(kind: number, belt: number, random: Random): number {
    const first = this.from[kind * this.beltCount + belt]!;
    let high = this.from[kind * this.beltCount + belt + 1]! - 1;
    let low = first;
    const at = random.unit() * this.cumulative[high]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.cumulative[middle]! > at) high = middle;
      else low = middle + 1;
    }
    return this.candidates[low]!;
  }

  private fill(
    kind: Kind,
    month: number,
    members: readonly number[],
    weights: Float64Array,
    from: number,
  ): number {
    if (from + members.length > this.candidates.length) this.grow(from + members.length);
    let at = from;
    let sum = 0;
    let dominant = -1;
    for (const index of members) {
      if (!this.takes(kind, index, month)) continue;
      if (this.merchants.dominant[index]) {
        dominant = index;
        continue;
      }
      sum += weights[index]!;
      this.candidates[at] = index;
      this.cumulative[at++] = sum;
    }
    if (dominant >= 0) {
      this.candidates[at] = dominant;
      this.cumulative[at++] = sum === 0 ? 1 : sum * (1 + DOMINANCE);
    }
    return at;
  }

  private takes(kind: Kind, index: number, month: number): boolean {
    const { merchants } = this;
    if (merchants.anchor[index]) return true;
    if (kind.mode === 'distribution' && !distributesIn(this.distributors, merchants, index, month))
      return false;
    if (kind.mode === 'offline' && merchants.offlineScore[index]! > adoption('offline', month)) return false;
    if (kind.custom && merchants.customScore[index]! > adoption('custom', month)) return false;
    if (kind.brand && merchants.brandScore[index]! > adoption('brand', month)) return false;
    return kind.abroad === 'none' || merchants.abroadScore[index]! <= adoption('abroad', month);
  }

  private grow(needed: number): void {
    const size = Math.max(needed, this.candidates.length * 2);
    const candidates = new Int32Array(size);
    const cumulative = new Float64Array(size);
    candidates.set(this.candidates);
    cumulative.set(this.cumulative);
    this.candidates = candidates;
    this.cumulative = cumulative;
  }
}

/** Share of merchants that have taken up a track by a month; rises faster at the end. */
export function adoption(track: keyof typeof ADOPTION, month: number): number {
  const [first, last] = ADOPTION[track];
  return first + (last - first) * (month / (MONTHS - 1)) ** 1.5;
}

function weightIn(merchants: Merchants, index: number, month: number): number {
  const years = (month - 18) / 12;
  const entry = merchants.entry[index]!;
  // Newcomers need half a year to reach their size.
  const ramp = entry === 0 ? 1 : Math.min(1, 0.3 + 0.12 * (month - entry));
  return merchants.weight[index]! * Math.exp(merchants.drift[index]! * years) * ramp;
}
