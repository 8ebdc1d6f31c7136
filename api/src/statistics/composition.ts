/**
 * How much of growth is who takes part: the share of owners that were not there before, and growth of all less that of the stores that
 * were there in both periods. Errors leave out one owner after the other (jackknife.ts).
 */
import { sum } from '../core/vector.ts';
import type { OwnerPair } from './count-errors.ts';
import { type FigureError, jackknife } from './jackknife.ts';
import {
  countOwners,
  hasEnoughOwners,
  type NoError,
  type RatioError,
  ratioError,
} from './owner-bootstrap.ts';
import { shareError } from './split-errors.ts';
import { type OwnedMerchants, type StoreSums, storeSums } from './store-sums.ts';

/** A ratio of two sums with its error; null where there is nothing to divide by. */
interface ComposedRate {
  readonly value: number | null;
  readonly error: RatioError | NoError;
}

export interface Composition {
  /** Value of owners without any before ÷ value of all, as a ratio. */
  readonly entrants: ComposedRate;
  /** Growth of all, and of merchants with a value in both periods, as ratios. */
  readonly allStore: ComposedRate;
  readonly sameStore: ComposedRate;
  /** The first less the second; the error is on the ratio's own scale, of both together. */
  readonly gap: { readonly value: number | null; readonly error: FigureError | NoError };
}

/** Values of merchants in both periods, whole numbers. */
export function composition(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  merchants: OwnedMerchants,
): Composition {
  const sums = storeSums(before, after, merchants);
  const { over, under } = sums.all;
  const entered = over.map((value, owner) => (under[owner] === 0 ? value : 0));
  const [allStore, sameStore] = [growthOf(sums.all), growthOf(sums.same)];
  const total = sum(over);
  return {
    entrants: { value: total > 0 ? sum(entered) / total : null, error: shareError(entered, over) },
    allStore,
    sameStore,
    gap: {
      value: allStore.value === null || sameStore.value === null ? null : allStore.value - sameStore.value,
      error: gapError(sums),
    },
  };
}

function growthOf(pair: OwnerPair): ComposedRate {
  const below = sum(pair.under);
  return {
    value: below > 0 ? sum(pair.over) / below - 1 : null,
    error: ratioError({ ...pair, scale: 'log' }),
  };
}

function gapError({ all, same }: StoreSums): FigureError | NoError {
  const counted = countOwners(all);
  if (!hasEnoughOwners(counted) || !hasEnoughOwners(countOwners(same))) return 'too-few-owners';
  const [error = 'too-few-owners' as const] = jackknife(
    [all.under, all.over, same.under, same.over],
    counted.owners,
    ([all0 = 0, all1 = 0, same0 = 0, same1 = 0]) => [all1 / all0 - same1 / same0],
  );
  return error;
}
