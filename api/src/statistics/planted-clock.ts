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

type Place = { readonly x: number; readonly y: number };

/** Where monthly values stand on the clock, in each month with two years before it. */
export function monthlyPlaces(values: readonly number[]): Place[] {
  const growth = (month: number, count: number) =>
    sum(values.slice(month + 1 - count, month + 1)) / sum(values.slice(month - 11 - count, month - 11)) - 1;
  return values.slice(23).map((_, index) => {
    const month = index + 23;
    const x = growth(month, 12);
    return { x, y: growth(month, 3) - x };
  });
}

/** The last places of series of four years in which nothing happens but noise of 6 log points. */
export function noisePlaces(draw: () => number, count: number): Place[] {
  return Array.from({ length: count }, () => {
    const values = Array.from({ length: 48 }, () => 100 * Math.exp(0.06 * normal(draw)));
    return monthlyPlaces(values).at(-1) ?? { x: NaN, y: NaN };
  });
}

/** Pearson's correlation of both coordinates. */
export function correlationOf(all: readonly Place[]): number {
  const mean = (axis: 'x' | 'y') => sum(all.map((place) => place[axis])) / all.length;
  const [a, b] = [mean('x'), mean('y')];
  const moment = (of: (x: number, y: number) => number) => sum(all.map(({ x, y }) => of(x - a, y - b)));
  return moment((x, y) => x * y) / Math.sqrt(moment((x) => x * x) * moment((_, y) => y * y));
}
