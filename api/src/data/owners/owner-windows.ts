/** Sums of merchants over windows of months, by legal owner. */

import type { Month } from '../../core/calendar.ts';
import { OwnerDraws } from '../../statistics/owner-draws.ts';

/** What part of each month belongs to a window, as a ratio; months that are left out do not belong to it. */
export type MonthShares = ReadonlyMap<Month, number>;

/** Merchants of an area in the order of their owners' seeds; those of one owner stand together. */
export interface OwnerWindows {
  /** Of each owner, a safe integer of source and owner alone. */
  readonly seeds: Float64Array;
  /** Of each merchant the position of its owner. */
  readonly ownerOf: Uint32Array;
  /** Of each merchant, a safe integer of it alone: which one an order is of. Empty where nobody asks for it. */
  readonly keys: Float64Array;
  /** For each window a value a merchant: pieces, orders, or money in hundredths. */
  readonly sums: readonly Float64Array[];
}

/**
 * Puts merchants, with all their windows one after the other in `sums`, into the order of owners: the same whatever order they
 * come in, since all sums over an owner are of whole numbers.
 */
export function bySeed(
  merchantSeeds: readonly number[],
  sums: readonly number[],
  windows: number,
  merchantKeys: readonly number[] = [],
): OwnerWindows {
  const order = Uint32Array.from(merchantSeeds.keys()).sort(
    (a, b) => (merchantSeeds[a] as number) - (merchantSeeds[b] as number),
  );
  const seeds: number[] = [];
  const ownerOf = new Uint32Array(order.length);
  order.forEach((merchant, position) => {
    const seed = merchantSeeds[merchant] as number;
    if (seeds.at(-1) !== seed) seeds.push(seed);
    ownerOf[position] = seeds.length - 1;
  });
  return {
    seeds: Float64Array.from(seeds),
    ownerOf,
    keys: Float64Array.from(
      merchantKeys.length === 0 ? [] : order,
      (merchant) => merchantKeys[merchant] ?? 0,
    ),
    sums: Array.from({ length: windows }, (_, window) =>
      Float64Array.from(order, (merchant) => sums[merchant * windows + window] as number),
    ),
  };
}

/** One value an owner, from one value a merchant. */
export function ownerSums(
  { seeds, ownerOf }: Pick<OwnerWindows, 'seeds' | 'ownerOf'>,
  values: ArrayLike<number>,
): Float64Array {
  const totals = new Float64Array(seeds.length);
  for (let merchant = 0; merchant < ownerOf.length; merchant++) {
    const owner = ownerOf[merchant] as number;
    totals[owner] = (totals[owner] as number) + (values[merchant] as number);
  }
  return totals;
}

/** The owners of an area with what several months are told by, each made once: sums of windows by owner, and replicates of those. */
export class AreaOwners {
  private readonly sums = new Map<Float64Array, Float64Array>();
  private prepared: OwnerDraws | null = null;

  constructor(readonly windows: OwnerWindows) {}

  /** One value an owner, of one value a merchant. Windows are known by identity and not to be written to. */
  sumsOf(window: Float64Array): Float64Array {
    const known = this.sums.get(window);
    if (known) return known;
    const sums = ownerSums(this.windows, window);
    this.sums.set(window, sums);
    return sums;
  }

  /** How often they are drawn. */
  *draws(): Generator<void, OwnerDraws> {
    return (this.prepared ??= yield* OwnerDraws.of(this.windows.seeds));
  }
}
