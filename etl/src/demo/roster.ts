import { MONTHS } from './calendar.ts';
import { type Distributors, distributesIn } from './distributors.ts';
import { KINDS, type Kind } from './kinds.ts';
import { indexAt } from './cumulative.ts';
import { type Merchants, beltIn, tradesIn, weightIn } from './merchants.ts';
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
  /** Weight of the candidates of each (kind, belt) after the month's shocks, over that without them. */
  private readonly lifts: Float64Array;

  constructor(merchants: Merchants, distributors: Distributors, beltCount: number) {
    this.merchants = merchants;
    this.distributors = distributors;
    this.beltCount = beltCount;
    this.from = new Int32Array(KINDS.length * beltCount + 1);
    this.lifts = new Float64Array(KINDS.length * beltCount);
  }

  /** Prepares the month, with a factor for each merchant or as expected; all else answers for it until the next call. */
  enterMonth(month: number, shocks?: Float64Array): void {
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
        const cell = k * this.beltCount + belt;
        this.from[cell] = at;
        const from = at;
        at = this.select(kind, month, members[belt]!, from);
        const expected = this.weigh(from, at, weights);
        this.lifts[cell] = shocks ? this.weigh(from, at, weights, shocks) / expected : 1;
      }
    });
    this.from[KINDS.length * this.beltCount] = at;
  }

  /** How much more than expected the month's shocks make of a kind's orders in a belt. */
  lift(kind: number, belt: number): number {
    return this.lifts[kind * this.beltCount + belt]!;
  }

  /** Draws the merchant for an order. */
  pick(kind: number, belt: number, random: Random): number {
    const cell = kind * this.beltCount + belt;
    const [first, end] = [this.from[cell]!, this.from[cell + 1]!];
    return this.candidates[indexAt(this.cumulative, random.unit() * this.cumulative[end - 1]!, first, end)]!;
  }

  /** Calls with each merchant that may take orders of a kind in a belt, and the share of them that it takes. */
  eachShare(kind: number, belt: number, use: (merchant: number, share: number) => void): void {
    const cell = kind * this.beltCount + belt;
    const [first, end] = [this.from[cell]!, this.from[cell + 1]!];
    const whole = this.cumulative[end - 1]!;
    for (let i = first; i < end; i++)
      use(this.candidates[i]!, (this.cumulative[i]! - (i > first ? this.cumulative[i - 1]! : 0)) / whole);
  }

  /** Puts the candidates of a kind in a belt behind each other, a dominating factory last; returns their end. */
  private select(kind: Kind, month: number, members: readonly number[], from: number): number {
    if (from + members.length > this.candidates.length) this.grow(from + members.length);
    let at = from;
    let dominant = -1;
    for (const index of members) {
      if (!this.takes(kind, index, month)) continue;
      if (this.merchants.dominant[index]) dominant = index;
      else this.candidates[at++] = index;
    }
    if (dominant >= 0) this.candidates[at++] = dominant;
    return at;
  }

  /** Cumulates the weights of candidates; returns their sum. A dominating factory weighs twice what all others do. */
  private weigh(from: number, end: number, weights: Float64Array, shocks?: Float64Array): number {
    let sum = 0;
    let others = 0;
    for (let at = from; at < end; at++) {
      const index = this.candidates[at]!;
      const dominates = this.merchants.dominant[index] === 1;
      const weight = !dominates ? weights[index]! : others === 0 ? 1 : DOMINANCE * others;
      if (!dominates) others += weight;
      sum += weight * (shocks?.[index] ?? 1);
      this.cumulative[at] = sum;
    }
    return sum;
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

const ADOPTED = Object.fromEntries(
  Object.entries(ADOPTION).map(([track, [first, last]]) => [
    track,
    Float64Array.from(
      { length: MONTHS },
      (_, month) => first + (last - first) * (month / (MONTHS - 1)) ** 1.5,
    ),
  ]),
) as Record<keyof typeof ADOPTION, Float64Array>;

/** Share of merchants that have taken up a track by a month; rises faster at the end. */
export function adoption(track: keyof typeof ADOPTION, month: number): number {
  return ADOPTED[track][month]!;
}
