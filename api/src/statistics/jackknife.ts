/**
 * Errors of figures that are no plain ratio of two sums: whatever can be computed from sums over legal owners. One owner after the
 * other is left out (Tukey's jackknife; Efron and Tibshirani 1993, chapter 11), with degrees of freedom as in owner-bootstrap.ts.
 */
import jStat from 'jstat';
import { sum } from '../core/vector.ts';
import { CONFIDENCE, degreesOf, type NoError } from './owner-bootstrap.ts';

/** A figure of all owners, and its standard error on the same scale. */
export interface FigureError {
  readonly value: number;
  readonly standardError: number;
  readonly degrees: number;
  /** Standard errors from the value to the ends of the interval. */
  readonly reach: number;
}

/**
 * The errors of several figures of the same sums. `columns`: sums, each with one element an owner. `owners`: how many of them sold
 * anything. `figures`: from the totals of the columns, on a scale on which errors are symmetrical; they are worked out once for each
 * owner. A figure that one owner decides (not finite without it) has none: `not-positive`.
 */
export function jackknife(
  columns: readonly Float64Array[],
  owners: number,
  figures: (totals: readonly number[]) => readonly number[],
): readonly (FigureError | NoError)[] {
  const totals = columns.map((column) => sum(column));
  const whole = figures(totals);
  const [squares, fourths] = [whole.map(() => 0), whole.map(() => 0)];
  const count = columns[0]?.length ?? 0;
  for (let owner = 0; owner < count; owner++) {
    const others = figures(totals.map((total, column) => total - (columns[column]?.[owner] ?? 0)));
    whole.forEach((value, figure) => {
      const moved = (others[figure] ?? NaN) - value;
      squares[figure] = (squares[figure] ?? 0) + moved ** 2;
      fourths[figure] = (fourths[figure] ?? 0) + moved ** 4;
    });
  }
  return whole.map((value, figure) => {
    const [square = NaN, fourth = NaN] = [squares[figure], fourths[figure]];
    if (!Number.isFinite(square) || !Number.isFinite(value)) return 'not-positive';
    const degrees = degreesOf(square, fourth, owners);
    return {
      value,
      standardError: Math.sqrt((square * (owners - 1)) / owners),
      degrees,
      reach: jStat.studentt.inv((1 + CONFIDENCE) / 2, degrees),
    };
  });
}
