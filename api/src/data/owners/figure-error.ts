/** Figures with what is known of their errors. */
import type { BriefFigure, Figure, Reason, SureFigure, Uncertainty } from '@beltline/contract';
import { ownerSums, type OwnerWindows } from './owner-windows.ts';
import {
  gradeOf,
  intervalOf,
  type NoError,
  type RatioError,
  ratioError,
  variationOf,
} from '../../statistics/owner-bootstrap.ts';
import type { FigureError } from '../../statistics/jackknife.ts';

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
  return rateWithError(growth, ratioError({ over: now, under: before, scale: 'log' }));
}

/** An index (baseline = 100) with the error of its logarithm. */
export function indexWithError(index: Figure, error: FigureError | NoError): Figure {
  const ofRatio: RatioError | NoError =
    typeof error === 'string' ? error : { ...error, ratio: (index.value ?? NaN) / 100, scale: 'log' };
  return withError(index, ofRatio, (ratio) => 100 * ratio);
}

/**
 * A change with the error of its contribution, which is change ÷ `base` as a ratio; `base` is what it is a change of, in the figure's unit. The
 * grade is of what the base would have become by this change alone, as that of a growth rate is of 1 + g.
 */
export function changeWithError(change: BriefFigure, error: FigureError | NoError, base: number): SureFigure {
  if (change.value === null) return { ...change, uncertainty: null, uncertaintyReason: null };
  const become = base + change.value;
  if (typeof error === 'string' || !(base > 0 && become > 0))
    return {
      ...change,
      uncertainty: null,
      uncertaintyReason: typeof error === 'string' ? error : 'not-positive',
    };
  const standardError = error.standardError * base;
  const half = standardError * error.reach;
  return {
    ...change,
    uncertainty: {
      low: change.value - half,
      high: change.value + half,
      grade: gradeOf(standardError / become),
    },
    uncertaintyReason: null,
  };
}

/** A growth rate with the error of its two sums. */
export const rateWithError = (rate: Figure, error: RatioError | NoError): Figure =>
  withError(rate, exactly(rate, 1, error), (ratio) => ratio - 1);

/** A figure of a row with its uncertainty, or why it has none. One without a value stays as it is, and so does a rate that must not be shown. */
export function sure({ value, flag, reason }: BriefFigure, error: Uncertainty | Reason): SureFigure {
  const isTold = value !== null && flag !== 'base-too-small';
  const found = typeof error === 'string' ? null : error;
  return {
    ...{ value, flag, reason },
    uncertainty: isTold ? found : null,
    uncertaintyReason: isTold && typeof error === 'string' ? error : null,
  };
}

/** Whether a growth rate has a logarithm: something was sold. */
export const isLogarithm = ({ value }: BriefFigure): boolean => value !== null && value > -1;

/** A growth rate of a row with the error of its two sums, around the exact rate. */
export function sureGrowth(growth: BriefFigure, error: RatioError | NoError): SureFigure {
  if (typeof error === 'string') return sure(growth, error);
  if (!isLogarithm(growth)) return sure(growth, 'not-positive');
  const exact = { ...error, ratio: 1 + (growth.value ?? 0) };
  return sure(
    growth,
    uncertaintyOf(exact, (ratio) => ratio - 1),
  );
}
