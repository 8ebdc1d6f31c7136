/**
 * By how much the values of some owners lie above those of others: Cliff's delta (1993), Dominance statistics, the chance that one of the first has more
 * than one of the others less the chance that they have less; −1 to 1. It knows the order alone, so single large owners decide nothing.
 */
import { REPLICATES, weightsOf } from './owner-weights.ts';
import type { Estimate } from './studentised.ts';

/** An owner: what they have, whether they are of the first, and what they are drawn by. */
export interface Compared {
  readonly value: number;
  readonly isFirst: boolean;
  readonly seed: number;
}

/** With its standard error by a bootstrap over owners. Null where there is nobody on one of the sides. */
export function cliffsDelta(owners: readonly Compared[]): Estimate | null {
  const firsts = owners.reduce((count, { isFirst }) => count + (isFirst ? 1 : 0), 0);
  const others = owners.length - firsts;
  if (firsts === 0 || others === 0) return null;
  const sorted = [...owners].sort((a, b) => a.value - b.value);
  const all = new Dominance(1);
  const drawn = new Dominance(REPLICATES);
  const once = Uint8Array.of(1);
  for (let from = 0; from < sorted.length;) {
    let to = from;
    for (; to < sorted.length && sorted[to]?.value === sorted[from]?.value; to++) {
      const { isFirst, seed } = sorted[to] as Compared;
      all.add(isFirst, once);
      drawn.add(isFirst, weightsOf(seed));
    }
    all.endOfTie();
    drawn.endOfTie();
    from = to;
  }
  const replicates = drawn.deltas().filter(Number.isFinite);
  const mean = replicates.reduce((sum, one) => sum + one, 0) / replicates.length;
  const squares = replicates.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return {
    value: all.deltas()[0] ?? NaN,
    standardError: Math.sqrt(squares / (replicates.length - 1)),
    degrees: Math.min(firsts, others) - 1,
  };
}

/** Sums over pairs, of values that come in ascending order, in several replicates at once. */
class Dominance {
  private readonly firsts: Float64Array;
  private readonly others: Float64Array;
  private readonly tiedFirsts: Float64Array;
  private readonly tiedOthers: Float64Array;
  /** Σ over the first of the others below, less Σ over the others of the first below. */
  private readonly above: Float64Array;

  constructor(replicates: number) {
    const sums = () => new Float64Array(replicates);
    [this.firsts, this.others, this.tiedFirsts, this.tiedOthers, this.above] = [
      ...[sums(), sums(), sums()],
      ...[sums(), sums()],
    ] as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  }

  add(isFirst: boolean, weights: Uint8Array): void {
    const into = isFirst ? this.tiedFirsts : this.tiedOthers;
    for (let at = 0; at < into.length; at++) into[at] = (into[at] as number) + (weights[at] as number);
  }

  /** No further value is equal to those that were added since the last. */
  endOfTie(): void {
    const { firsts, others, tiedFirsts, tiedOthers, above } = this;
    for (let at = 0; at < above.length; at++) {
      const [first, other] = [tiedFirsts[at] as number, tiedOthers[at] as number];
      above[at] = (above[at] as number) + first * (others[at] as number) - other * (firsts[at] as number);
      firsts[at] = (firsts[at] as number) + first;
      others[at] = (others[at] as number) + other;
    }
    tiedFirsts.fill(0);
    tiedOthers.fill(0);
  }

  deltas(): number[] {
    return Array.from(this.above, (sum, at) => sum / ((this.firsts[at] ?? 0) * (this.others[at] ?? 0)));
  }
}
