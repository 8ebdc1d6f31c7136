/**
 * Whether a series that was freed of its season still has one. QS: the autocorrelations at one and two years, of which only what is above zero
 * counts (Maravall 2012, "Update of seasonality tests and automatic model identification in TRAMO-SEATS"; as X-13ARIMA-SEATS prints it for
 * adjusted series). Kruskal and Wallis (1952): whether calendar months have different ranks, as X-12 asks.
 */
import jStat from 'jstat';
import { at, mean, sum } from '../core/vector.ts';

export interface SeasonTest {
  readonly statistic: number;
  /** How often chance alone would reach it. */
  readonly p: number;
}

const YEAR = 12;
/** Two lags of a year each have to be seen, with as much again to tell them by. */
export const FEWEST_MONTHS = 3 * YEAR;
/** X-13ARIMA-SEATS calls a series seasonal below this p-value of QS. */
export const RESIDUAL_P = 0.01;

/** χ² by its distribution function. */
const beyond = (statistic: number, degrees: number): number => 1 - jStat.chisquare.cdf(statistic, degrees);

export const differences = (values: readonly number[]): number[] =>
  values.slice(1).map((value, index) => value - at(values, index));

/**
 * QS of consecutive months, on changes from month to month: n·(n + 2)·Σ max(0, r₁₂ₖ)² ÷ (n − 12k), k = 1, 2; 0 where r₁₂ is not above zero,
 * and without its second term where r₂₄ is not. About χ² with two degrees of freedom. Null of too few months.
 */
export function qs(logs: readonly number[]): SeasonTest | null {
  if (logs.length < FEWEST_MONTHS) return null;
  const changes = differences(logs);
  const centre = mean(changes) ?? 0;
  const deviations = changes.map((change) => change - centre);
  const variance = sum(deviations.map((deviation) => deviation ** 2));
  if (!(variance > 0)) return { statistic: 0, p: 1 };
  const count = deviations.length;
  const correlation = (lag: number) =>
    sum(deviations.slice(lag).map((deviation, index) => deviation * at(deviations, index))) / variance;
  const term = (lag: number) => Math.max(0, correlation(lag)) ** 2 / (count - lag);
  const statistic = correlation(YEAR) > 0 ? count * (count + 2) * (term(YEAR) + term(2 * YEAR)) : 0;
  return { statistic, p: statistic === 0 ? 1 : beyond(statistic, 2) };
}

/** Kruskal and Wallis' H of groups, corrected for ties; null where there is nothing to rank. */
export function kruskalWallis(groups: readonly (readonly number[])[]): SeasonTest | null {
  const filled = groups.filter((group) => group.length > 0);
  const all = filled
    .flatMap((group, index) => group.map((value) => ({ value, index })))
    .sort((a, b) => a.value - b.value);
  const count = all.length;
  if (filled.length < 2) return null;
  const rankSums = filled.map(() => 0);
  let ties = 0;
  for (let from = 0; from < count;) {
    let to = from;
    while (to + 1 < count && at(all, to + 1).value === at(all, from).value) to++;
    for (let place = from; place <= to; place++) {
      const { index } = at(all, place);
      rankSums[index] = at(rankSums, index) + (from + to) / 2 + 1;
    }
    const tied = to - from + 1;
    ties += tied ** 3 - tied;
    from = to + 1;
  }
  const correction = 1 - ties / (count ** 3 - count);
  if (!(correction > 0)) return { statistic: 0, p: 1 };
  const squares = sum(rankSums.map((ranks, index) => ranks ** 2 / at(filled, index).length));
  const statistic = ((12 / (count * (count + 1))) * squares - 3 * (count + 1)) / correction;
  return { statistic, p: beyond(statistic, filled.length - 1) };
}

/** Kruskal and Wallis' H of consecutive months by calendar month, of logarithms without their trend; null of too few months. */
export function seasonOfRanks(remainders: readonly number[]): SeasonTest | null {
  if (remainders.length < FEWEST_MONTHS) return null;
  const groups = Array.from({ length: YEAR }, (): number[] => []);
  remainders.forEach((remainder, index) => at(groups, index % YEAR).push(remainder));
  return kruskalWallis(groups);
}
