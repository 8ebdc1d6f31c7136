/**
 * Where an area stands on the clock: x, how it grew over a year; y, how much faster it grew over the last months than over that year.
 * Both compare sums of days with the days of a year before that match them, so no later month moves them, as it moves a deviation from a fitted trend; and where
 * nothing happens x and y do not go together (the covariance of a mean of three months with one of the twelve that hold them is the variance of
 * that one). The quadrants are those of the business-cycle clocks of Eurostat and the OECD.
 */
import jStat from 'jstat';
import { countOwners, hasEnoughOwners, type NoError } from './owner-bootstrap.ts';
import { type FigureError, jackknife } from './jackknife.ts';

/** Months that x looks back on: whole years have no season. */
export const YEAR_MONTHS = 12;
/** Months that y sets against them. */
export const QUARTER_MONTHS = 3;

export type ClockQuadrant = 'expansion' | 'slowdown' | 'contraction' | 'recovery';

/** From growth over a year and how growth is changing; 0 counts as growing and as faster. */
export function clockQuadrant(x: number, y: number): ClockQuadrant {
  if (y >= 0) return x >= 0 ? 'expansion' : 'recovery';
  return x >= 0 ? 'slowdown' : 'contraction';
}

/** Sums of owners in the two windows and in their counterparts of a year before, one element an owner in the same order. */
export interface ClockSums {
  readonly year: Float64Array;
  readonly yearBefore: Float64Array;
  readonly quarter: Float64Array;
  readonly quarterBefore: Float64Array;
}

/** Errors of ln(1 + x), since growth over a year is a ratio, and of y, a difference of two rates. */
export interface ClockErrors {
  readonly logX: FigureError;
  readonly y: FigureError;
}

/** Of both windows, by leaving out one owner after the other. */
export function clockErrors({ year, yearBefore, quarter, quarterBefore }: ClockSums): ClockErrors | NoError {
  const ofYear = countOwners({ over: year, under: yearBefore });
  const ofQuarter = countOwners({ over: quarter, under: quarterBefore });
  if (!hasEnoughOwners(ofYear) || !hasEnoughOwners(ofQuarter)) return 'too-few-owners';
  const [logX = 'not-positive', y = 'not-positive'] = jackknife(
    [year, yearBefore, quarter, quarterBefore],
    ofYear.owners,
    ([now = NaN, before = NaN, lately = NaN, latelyBefore = NaN]) => [
      Math.log(now / before),
      lately / latelyBefore - now / before,
    ],
  );
  if (typeof logX === 'string' || typeof y === 'string') return 'not-positive';
  return { logX, y };
}

/** Ends of the intervals, as ratios around exact coordinates. */
export function clockIntervals(x: number, y: number, { logX, y: ofY }: ClockErrors) {
  const [halfX, halfY] = [logX.standardError * logX.reach, ofY.standardError * ofY.reach];
  return {
    xLow: (1 + x) * Math.exp(-halfX) - 1,
    xHigh: (1 + x) * Math.exp(halfX) - 1,
    yLow: y - halfY,
    yHigh: y + halfY,
  };
}

/**
 * How probable it is, at the least, that an area is in the quadrant of its point: 1 less the probabilities that either coordinate has the other
 * sign, however the two go together (Bonferroni).
 */
export const quadrantProbability = (x: number, y: number, errors: ClockErrors): number =>
  Math.max(0, 1 - wrongSign(Math.log1p(x), errors.logX) - wrongSign(y, errors.y));

function wrongSign(value: number, { standardError, degrees }: FigureError): number {
  if (standardError === 0) return value === 0 ? 0.5 : 0;
  return 1 - jStat.studentt.cdf(Math.abs(value) / standardError, degrees);
}
