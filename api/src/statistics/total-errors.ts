/**
 * How sure sums over legal owners are: those that a ranking is made by, and what part of a whole they are. Owners are drawn as for
 * ratios (owner-bootstrap.ts), their number as well, so that the variance of a sum is the sum of its owners' squares.
 */
import {
  countOwners,
  degreesOf,
  FEWEST_EFFECTIVE_OWNERS,
  FEWEST_OWNERS,
  hasEnoughOwners,
  type NoError,
  type RatioError,
  ratioError,
} from './owner-bootstrap.ts';
import { type FigureError, jackknife } from './jackknife.ts';
import type { Estimate } from './studentised.ts';

/** The standard error of a sum over owners, in its unit. */
export type SumError = Pick<Estimate, 'standardError' | 'degrees'>;

/** Of the sum of one value an owner: a period's, or what it is more than another's. `sizes` decides whether there are owners enough. */
export function sumError(values: Float64Array, sizes: Parameters<typeof countOwners>[0]): SumError | NoError {
  const { owners, effective } = countOwners(sizes);
  if (owners < FEWEST_OWNERS || effective < FEWEST_EFFECTIVE_OWNERS) return 'too-few-owners';
  let [squares, fourths] = [0, 0];
  for (const value of values) {
    squares += value ** 2;
    fourths += value ** 4;
  }
  return { standardError: Math.sqrt(squares), degrees: degreesOf(squares, fourths, owners) };
}

/** A whole's owners, and the sum of each. */
export interface Whole {
  readonly seeds: ArrayLike<number>;
  readonly sums: Float64Array;
}

/** Of a part ÷ its whole, as a ratio: owners outside the part are drawn as well. */
export function shareError(
  { seeds, sums: part }: Whole,
  whole: Whole,
): Pick<RatioError, 'standardError' | 'degrees' | 'reach'> | NoError {
  const { owners, effective } = countOwners({ over: part, under: new Float64Array(part.length) });
  if (owners < FEWEST_OWNERS || effective < FEWEST_EFFECTIVE_OWNERS) return 'too-few-owners';
  const ofOwner = new Map(Array.from(part, (sum, owner) => [seeds[owner] ?? 0, sum] as const));
  const over = whole.sums.map((_, owner) => ofOwner.get(whole.seeds[owner] ?? 0) ?? 0);
  return ratioError({ over, under: whole.sums, scale: 'linear' });
}

/** What each owner of a part sold in the period and in its baseline. */
export interface Part {
  readonly seeds: ArrayLike<number>;
  readonly now: Float64Array;
  readonly before: Float64Array;
}

/** Of a part's change ÷ the baseline of its whole, as a ratio. `base`: the owners of the whole and their sums of the baseline. */
export function contributionError({ seeds, now, before }: Part, base: Whole): FigureError | NoError {
  if (!hasEnoughOwners(countOwners({ over: now, under: before }))) return 'too-few-owners';
  const ofOwner = new Map(
    Array.from(now, (sum, owner) => [seeds[owner] ?? 0, sum - (before[owner] ?? 0)] as const),
  );
  const change = base.sums.map((_, owner) => ofOwner.get(base.seeds[owner] ?? 0) ?? 0);
  const { owners } = countOwners({ over: change, under: base.sums });
  const [error = 'too-few-owners'] = jackknife([change, base.sums], owners, ([part = 0, whole = 0]) => [
    part / whole,
  ]);
  return error;
}
