/** The nowcast's past errors beside those of two naive rules, over every past month that all three could estimate. */
import { nowcastMonth, type RunningMonth } from './nowcast.ts';

/** Days of the month on which the past is asked again. */
export const BACKTEST_DAYS = [5, 10, 15, 20, 25] as const;

/** A past month as it stood on its last day: all its days are in `values`. */
export interface PastMonth extends Omit<RunningMonth, 'known'> {
  /** First position and length of the same month a year before, by the calendar. */
  readonly yearAgo: { readonly start: number; readonly days: number };
}

export interface BacktestRow {
  readonly day: number;
  readonly months: number;
  /** Mean absolute error as a ratio of the true month. Null without a month. */
  readonly nowcast: number | null;
  readonly daysElapsed: number | null;
  readonly lastYearsShare: number | null;
  /** Part of the months whose true value lay inside the band. */
  readonly covered: number | null;
}

interface Trial {
  readonly nowcast: number;
  readonly daysElapsed: number;
  readonly lastYearsShare: number;
  readonly covered: boolean;
}

/** Asks every month again as of each day; nothing later than that day is looked at. */
export const backtest = (months: readonly PastMonth[]): BacktestRow[] =>
  BACKTEST_DAYS.map((day) => {
    const trials = months.flatMap((month) => trialOf(month, day) ?? []);
    const average = (of: (trial: Trial) => number) =>
      trials.length === 0 ? null : trials.reduce((total, trial) => total + of(trial), 0) / trials.length;
    return {
      day,
      months: trials.length,
      nowcast: average((trial) => trial.nowcast),
      daysElapsed: average((trial) => trial.daysElapsed),
      lastYearsShare: average((trial) => trial.lastYearsShare),
      covered: average((trial) => (trial.covered ? 1 : 0)),
    };
  });

function trialOf(month: PastMonth, day: number): Trial | null {
  const { values, start, days, yearAgo } = month;
  const sum = (from: number, length: number) => {
    let total = 0;
    for (let index = from; index < from + length; index++) total += values[index] ?? 0;
    return total;
  };
  const truth = sum(start, days);
  const soFar = sum(start, day);
  const [shareBefore, before] = [sum(yearAgo.start, day), sum(yearAgo.start, yearAgo.days)];
  const known = Array.from({ length: start + day }, (_, index) => values[index] ?? 0);
  const { estimate, low, high } = nowcastMonth({ ...month, values: known, known: day });
  if (!(truth > 0 && shareBefore > 0) || estimate === null || low === null || high === null) return null;
  const error = (value: number) => Math.abs(value - truth) / truth;
  return {
    nowcast: error(estimate),
    daysElapsed: error((soFar * days) / day),
    lastYearsShare: error((soFar * before) / shareBefore),
    covered: low <= truth && truth <= high,
  };
}
