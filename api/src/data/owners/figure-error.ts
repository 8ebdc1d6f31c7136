/** Figures with what is known of their errors. */
import type { Figure, Uncertainty } from '@beltline/contract';
import { ownerSums, type OwnerWindows } from './owner-windows.ts';
import {
  gradeOf,
  intervalOf,
  type NoError,
  type RatioError,
  ratioError,
  variationOf,
} from '../../statistics/owner-bootstrap.ts';

/** An error around the exact figure: what owners add up to differs from it by the days that a month's share stands for. */
export function exactly(figure: Figure, unit: number, error: RatioError | NoError): RatioError | NoError {
  if (typeof error === 'string' || figure.value === null) return error;
  return { ...error, ratio: unit === 1 ? 1 + figure.value : figure.value / unit };
}

/** A figure with its interval, in its own unit by `of`, or the reason why it has none. A figure without a value stays as it is. */
export function withError(
  figure: Figure,
  error: RatioError | NoError,
  of: (ratio: number) => number,
): Figure {
  if (figure.value === null) return figure;
  if (typeof error === 'string') return { ...figure, uncertainty: null, uncertaintyReason: error };
  return { ...figure, uncertainty: uncertaintyOf(error, of), uncertaintyReason: null };
}

/** Interval and grade of a ratio, its ends in a unit by `of`. */
export function uncertaintyOf(error: RatioError, of: (ratio: number) => number): Uncertainty {
  const { low, high } = intervalOf(error);
  return { low: of(low), high: of(high), grade: gradeOf(variationOf(error)) };
}

/** A growth rate with the error that the owners of its two periods give it: the first two windows. */
export function growthWithError(growth: Figure, owners: OwnerWindows): Figure {
  const [now, before] = owners.sums.map((sums) => ownerSums(owners, sums));
  if (now === undefined || before === undefined) return growth;
  const error = exactly(growth, 1, ratioError({ over: now, under: before, scale: 'log' }));
  return withError(growth, error, (ratio) => ratio - 1);
}
