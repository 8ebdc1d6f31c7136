/**
 * How sure counts of shops are, by legal owner. A count is a sum over owners like any other, but most owners have as many shops as a year
 * ago, and add nothing to a jackknife: where by chance nobody came or left, its interval has no width, and of 30 to 60 owners of whom one in two
 * hundred leaves, intervals of 90 % covered 31 to 73. So one owner who came and one who left are added, each with one shop, to the error
 * alone, after Bonett and Price (2012), "Adjusted Wald confidence interval for a difference of binomial proportions based on paired data".
 */
import {
  countOwners,
  hasEnoughOwners,
  type NoError,
  type RatioError,
  ratioError,
} from './owner-bootstrap.ts';

/** A period's value of each owner, and its baseline's; the same owners in the same order. */
export interface OwnerPair {
  readonly over: Float64Array;
  readonly under: Float64Array;
}

/** Numbers of shops of each owner, with the two that are added. */
export const withPassers = ({ over, under }: OwnerPair): OwnerPair => ({
  over: Float64Array.from([...over, 1, 0]),
  under: Float64Array.from([...under, 0, 1]),
});

/** The error of growth of a count, on the logarithm of 1 + g; its ratio is that of the shops that there are. */
export function countGrowthError(counts: OwnerPair): RatioError | NoError {
  if (!hasEnoughOwners(countOwners(counts))) return 'too-few-owners';
  const { over, under } = counts;
  const [now, before] = [over, under].map((side) => side.reduce((total, shops) => total + shops, 0));
  const error = ratioError({ ...withPassers(counts), scale: 'log' });
  if (typeof error === 'string' || !now || !before) return 'not-positive';
  return { ...error, ratio: now / before };
}
