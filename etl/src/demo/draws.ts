import { randomPoisson } from 'd3-random';
import { MONTHS, YEARS } from './calendar.ts';
import { indexAt } from './cumulative.ts';
import { KINDS } from './kinds.ts';
import type { Plan } from './plan.ts';
import { Random } from './random.ts';
import type { Roster } from './roster.ts';
import { shocksOf } from './shocks.ts';

/** How many orders that count there are of a kind in a belt and month. */
export type Drawn = (kind: number, belt: number, month: number) => number;

/**
 * Draws the orders of every kind, belt and month: Poisson about the expectation, after the month has dealt with each
 * merchant (`shocks.ts`).
 *
 * The nation's orders of a kind in a year are then made what the plan expects, by orders added or taken away at random: so
 * the published growth rates hold at any volume, while months, belts and merchants are left to chance. For a belt with a
 * share s of the nation it lowers the variance by s, a hundredth as a rule.
 */
export function drawOrders(plan: Plan, roster: Roster, merchants: number, seed: number): Drawn {
  const cells = KINDS.length * plan.beltCount;
  const counts = new Int32Array(cells * MONTHS);
  const expected = new Float64Array(cells * MONTHS);
  const random = new Random(seed, 'draws');
  const poisson = randomPoisson.source(() => random.unit());
  for (let month = 0; month < MONTHS; month++) {
    roster.enterMonth(month, shocksOf(seed, month, merchants));
    for (let cell = 0; cell < cells; cell++) {
      const [kind, belt] = [Math.floor(cell / plan.beltCount), cell % plan.beltCount];
      const mean = plan.mean(kind, belt, month);
      expected[cell * MONTHS + month] = mean;
      counts[cell * MONTHS + month] = poisson(mean * roster.lift(kind, belt))();
    }
  }
  for (let kind = 0; kind < KINDS.length; kind++) {
    const from = kind * plan.beltCount * MONTHS;
    const until = from + plan.beltCount * MONTHS;
    for (let year = 0; year < YEARS; year++) settle(counts, expected, cellsOf(from, until, year), random);
  }
  return (kind, belt, month) => counts[(kind * plan.beltCount + belt) * MONTHS + month]!;
}

/** Places of the months of a year, in all belts' cells between two places. */
function cellsOf(from: number, until: number, year: number): number[] {
  const places: number[] = [];
  for (let belt = from; belt < until; belt += MONTHS) {
    for (let month = 12 * year; month < Math.min(MONTHS, 12 * year + 12); month++) places.push(belt + month);
  }
  return places;
}

/** Brings the sum of the counts to that of the expectations: each order drawn, or each place by its mean, is as likely. */
function settle(counts: Int32Array, expected: Float64Array, places: readonly number[], random: Random): void {
  const sum = (values: ArrayLike<number>): number => places.reduce((all, place) => all + values[place]!, 0);
  const missing = Math.round(sum(expected)) - sum(counts);
  const weights = missing > 0 ? expected : counts.slice();
  const cumulative = new Float64Array(places.length);
  places.reduce((all, place, i) => (cumulative[i] = all + weights[place]!), 0);
  for (let left = Math.abs(missing); left > 0;) {
    const place = places[indexAt(cumulative, random.unit() * cumulative.at(-1)!)]!;
    // An order that is taken away cannot be taken again: a place gets rarer as it empties.
    if (missing < 0 && !random.chance(counts[place]! / weights[place]!)) continue;
    counts[place]! += missing > 0 ? 1 : -1;
    left--;
  }
}
