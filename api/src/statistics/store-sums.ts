/** Sums over legal owners of two periods: of all their merchants, and of those that sold in both (same-store). */
import type { OwnerPair } from './count-errors.ts';

export interface StoreSums {
  readonly all: OwnerPair;
  /** Of merchants with a value above 0 in both periods. */
  readonly same: OwnerPair;
}

/** Values of merchants in both periods, and of each the position of its owner, below `owners`. */
export interface OwnedMerchants {
  readonly ownerOf: ArrayLike<number>;
  readonly owners: number;
}

/** `over`: the period (`after`); `under`: its baseline. */
export function storeSums(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  { ownerOf, owners }: OwnedMerchants,
): StoreSums {
  const column = () => new Float64Array(owners);
  const [all, same] = [
    { over: column(), under: column() },
    { over: column(), under: column() },
  ];
  const add = ({ over, under }: OwnerPair, owner: number, value0: number, value1: number) => {
    under[owner] = (under[owner] ?? 0) + value0;
    over[owner] = (over[owner] ?? 0) + value1;
  };
  for (let merchant = 0; merchant < before.length; merchant++) {
    const [owner, value0, value1] = [ownerOf[merchant] ?? 0, before[merchant] ?? 0, after[merchant] ?? 0];
    add(all, owner, value0, value1);
    if (value0 > 0 && value1 > 0) add(same, owner, value0, value1);
  }
  return { all, same };
}
