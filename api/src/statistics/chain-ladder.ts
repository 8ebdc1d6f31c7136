/**
 * Chain ladder: completes periods that are still running from how earlier ones filled up, with Mack's standard
 * errors. Rows are periods (months), columns how far they have come (days of the month), entries cumulated values of
 * one unit. Method: Mack (1993), ASTIN Bulletin 23(2), 213–225, with his extrapolation of the last sigma²; the
 * recursive form of the errors: Mack (1999), ASTIN Bulletin 29(2), 361–366. No distribution is assumed. IBNR is what
 * is still to come.
 */
import { at, sum } from '../core/vector.ts';

/**
 * A row, completed. `ultimate`, `ibnr` are null where no earlier row came as far, `standardError` also where too few
 * did.
 */
export interface CompletedRow {
  readonly latest: number;
  readonly ultimate: number | null;
  /** ultimate − latest. */
  readonly ibnr: number | null;
  /**
   * Root of the mean squared error of the ultimate: of the process and of the estimated factors. 0 for a complete
   * row.
   */
  readonly standardError: number | null;
}

/** All rows, completed. */
export interface ChainLadder {
  /** Development from each column to the next: Σ next ÷ Σ this, over the rows that have both. Null where none has. */
  readonly factors: readonly (number | null)[];
  /** Mack's sigma² of each step, null where it can be neither estimated nor extrapolated. */
  readonly sigmaSquared: readonly (number | null)[];
  readonly rows: readonly CompletedRow[];
  /** Sums; the standard error allows for all rows sharing the same estimated factors. */
  readonly total: CompletedRow;
}

/**
 * Chain ladder over cumulated rows; null, or an end before the longest row's, = not yet known. Complete rows beside
 * running ones are what it learns from. `weights` (one a row, 1 by default, 0 leaves the row out) let older rows
 * count less in the estimates. A row at 0 counts in the factors, but has no factor of its own for sigma².
 * @throws RangeError for a row without a value, with a value after a gap, or with a value or weight that is negative.
 */
export function chainLadder(
  rows: readonly (readonly (number | null)[])[],
  weights: readonly number[] = rows.map(() => 1),
): ChainLadder {
  const known = rows.map(knownPart);
  requireWeights(weights, rows.length);
  const width = Math.max(0, ...known.map((row) => row.length));
  const steps = developmentSteps(known, weights, width);
  const completed = known.map((row) => completedRows([row], steps));
  return {
    factors: steps.map(({ factor }) => factor),
    sigmaSquared: steps.map(({ sigmaSquared }) => sigmaSquared),
    rows: completed,
    total: completedRows(known, steps),
  };
}

/** Development from one column to the next, as estimated. */
interface Step {
  readonly factor: number | null;
  readonly sigmaSquared: number | null;
  /** Σ weight × value of the rows it was estimated from. */
  readonly volume: number;
}

function developmentSteps(
  rows: readonly (readonly number[])[],
  weights: readonly number[],
  width: number,
): Step[] {
  const steps: Step[] = [];
  for (let column = 0; column + 1 < width; column++) {
    const pairs = rows
      .map((row, index) => ({ weight: at(weights, index), row }))
      .filter(({ weight, row }) => weight > 0 && row.length > column + 1)
      .map(({ weight, row }) => ({ weight, from: at(row, column), to: at(row, column + 1) }));
    const volume = sum(pairs.map(({ weight, from }) => weight * from));
    const factor = volume > 0 ? sum(pairs.map(({ weight, to }) => weight * to)) / volume : null;
    steps.push({ factor, volume, sigmaSquared: estimatedSigma(pairs, factor) ?? extrapolatedSigma(steps) });
  }
  return steps;
}

function estimatedSigma(
  pairs: readonly { weight: number; from: number; to: number }[],
  factor: number | null,
): number | null {
  const developed = pairs.filter(({ from }) => from > 0);
  if (factor === null || developed.length < 2) return null;
  const squares = developed.map(({ weight, from, to }) => weight * from * (to / from - factor) ** 2);
  return sum(squares) / (developed.length - 1);
}

/** Mack's rule for a step with a single pair: sigma² goes on falling as it did, but never rises. */
function extrapolatedSigma(steps: readonly Step[]): number | null {
  const [before, last] = steps.slice(-2).map(({ sigmaSquared }) => sigmaSquared);
  if (before === undefined || last === undefined || before === null || last === null) return null;
  return before === 0 ? 0 : Math.min(last ** 2 / before, before, last);
}

/**
 * Completes rows together: value and variance step by step. In a step the process errors of the rows add up, while
 * the error of the factor hits all rows alike and grows with the square of their sum.
 */
function completedRows(rows: readonly (readonly number[])[], steps: readonly Step[]): CompletedRow {
  const latest = sum(rows.map((row) => row.at(-1) ?? 0));
  let running = 0; // value in this column of the rows that go no further, known or estimated; NaN = not known
  let variance = 0;
  for (const [column, { factor, sigmaSquared, volume }] of steps.entries()) {
    if (!rows.some((row) => row.length <= column + 1)) continue;
    running += sum(rows.filter((row) => row.length === column + 1).map((row) => at(row, column)));
    const ownAndShared = running + running ** 2 / volume;
    variance = (factor ?? NaN) ** 2 * variance + (sigmaSquared ?? NaN) * ownAndShared;
    running *= factor ?? NaN;
  }
  const complete = sum(rows.filter((row) => row.length === steps.length + 1).map((row) => row.at(-1) ?? 0));
  const ultimate = running + complete;
  return {
    latest,
    ultimate: knownOrNull(ultimate),
    ibnr: knownOrNull(ultimate - latest),
    standardError: knownOrNull(Math.sqrt(variance)),
  };
}

const knownOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

function knownPart(row: readonly (number | null)[]): number[] {
  const known = row.filter((value) => value !== null);
  if (known.length === 0) throw new RangeError('a row has no value');
  if (row.slice(0, known.length).includes(null)) throw new RangeError('a row has a value after a gap');
  requirePossible(known);
  return known;
}

function requireWeights(weights: readonly number[], rows: number): void {
  if (weights.length !== rows) throw new RangeError('one weight a row');
  requirePossible(weights);
}

function requirePossible(values: readonly number[]): void {
  const wrong = values.find((value) => !(value >= 0 && value < Infinity));
  if (wrong !== undefined) throw new RangeError(`not a finite number from 0 on: ${wrong}`);
}
