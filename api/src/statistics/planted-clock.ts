/** Made-up owners whose place on the clock is known, for what is said of it. */
import { sum } from '../core/vector.ts';
import { clockErrors, clockIntervals, type ClockSums } from './clock.ts';
import { normal, poisson } from './planted.ts';

/** Orders of owners, drawn: the expected ratio of the year's sums is `growth`, that of the last quarter's `lately`. */
export function clockOwners(draw: () => number, count: number, growth: number, lately: number): ClockSums {
  const rows = Array.from({ length: count }, () => {
    const size = 8 * Math.exp(0.9 * normal(draw) - 0.405);
    const own = Math.exp(0.3 * normal(draw) - 0.045);
    const change = Math.exp(0.25 * normal(draw) - 0.03125);
    const before = [poisson(draw, 9 * size), poisson(draw, 3 * size)] as const;
    // What is left of the year is such that both growth rates are as planted.
    const earlier = (12 * growth - 3 * lately) / 9;
    const quarter = poisson(draw, 3 * size * lately * own * change);
    return { quarter, year: quarter + poisson(draw, 9 * size * earlier * own), before };
  });
  return {
    year: Float64Array.from(rows, (row) => row.year),
    yearBefore: Float64Array.from(rows, (row) => row.before[0] + row.before[1]),
    quarter: Float64Array.from(rows, (row) => row.quarter),
    quarterBefore: Float64Array.from(rows, (row) => row.before[1]),
  };
}

/** Where those owners stand together. */
export const clockPlace = ({ year, yearBefore, quarter, quarterBefore }: ClockSums) => {
  const x = sum(year) / sum(yearBefore) - 1;
  return { x, y: sum(quarter) / sum(quarterBefore) - 1 - x };
};

/** Of how many drawn belts the intervals of both coordinates hold what is planted, among those that have any. */
export function coveredPlaces(draw: () => number, draws: number): { told: number; x: number; y: number } {
  const counts = { told: 0, x: 0, y: 0 };
  for (let trial = 0; trial < draws; trial++) {
    const [growth, lately] = [0.8 + (trial % 5) / 10, 0.85 + (trial % 3) / 10];
    const sums = clockOwners(draw, 40 + 40 * (trial % 3), growth, lately);
    const errors = clockErrors(sums);
    if (typeof errors === 'string') continue;
    const { x, y } = clockPlace(sums);
    const { xLow, xHigh, yLow, yHigh } = clockIntervals(x, y, errors);
    counts.told++;
    if (xLow <= growth - 1 && growth - 1 <= xHigh) counts.x++;
    if (yLow <= lately - growth && lately - growth <= yHigh) counts.y++;
  }
  return counts;
}
