/** The nowcast's past errors beside those of two naive rules, over every past month that it would have estimated and they could. */
import type { BriefFigure } from '@beltline/contract';
import { known, unknown } from '../../core/brief-figure.ts';
import { BAND, DEFAULT_REACH, type Learned, learnFrom, nowcastMonth, type RunningMonth } from './nowcast.ts';

/** Days of the month on which the past is asked again. */
export const BACKTEST_DAYS = [5, 10, 15, 20, 25] as const;

/** A past month: all its days are in `values`. */
export interface PastMonth extends RunningMonth {
  /** First position and length of the same month a year before, by the calendar. */
  readonly yearAgo: { readonly start: number; readonly days: number };
}

/** Whether a month would not have been estimated on a day, because it would have rested on too few orders. */
export type Refused = (month: PastMonth, day: number) => boolean;

export interface BacktestRow {
  readonly day: number;
  readonly months: number;
  /** Mean absolute error as a ratio of the true month. None without a month. */
  readonly nowcast: BriefFigure;
  readonly daysElapsed: BriefFigure;
  readonly lastYearsShare: BriefFigure;
  /** Part of the months whose true value lay inside the band. */
  readonly covered: BriefFigure;
}

interface Trial {
  readonly day: number;
  /** |ln(true rest ÷ estimated rest)| in standard errors. */
  readonly deviation: number;
  readonly nowcast: number;
  readonly daysElapsed: number;
  readonly lastYearsShare: number;
  readonly covered: boolean;
}

/** Past months that a band needs before it is drawn from their errors. */
const MONTHS_FOR_REACH = 6;
/** An estimate that is off by no more than this part of the true month is off by the rounding of its sums alone. */
const ROUNDING = 1e-9;

/**
 * Asks every month again as of each day, a month a step; nothing later than that day is looked at, not even for the band.
 */
export function* backtest(months: readonly PastMonth[], refused: Refused): Generator<void, BacktestRow[]> {
  const trials = (yield* trialsOf(months, refused)).flat();
  return BACKTEST_DAYS.map((day) => {
    const ofDay = trials.filter((trial) => trial.day === day);
    const average = (of: (trial: Trial) => number) =>
      ofDay.length === 0
        ? unknown('too-little-data')
        : known(ofDay.reduce((total, trial) => total + of(trial), 0) / ofDay.length, 'too-little-data');
    return {
      day,
      months: ofDay.length,
      nowcast: average((trial) => trial.nowcast),
      daysElapsed: average((trial) => trial.daysElapsed),
      lastYearsShare: average((trial) => trial.lastYearsShare),
      covered: average((trial) => (trial.covered ? 1 : 0)),
    };
  });
}

/** How many standard errors the band must reach to have covered its part of what came after past nowcasts. */
export function* reachAfter(months: readonly PastMonth[], refused: Refused): Generator<void, number> {
  return reachOf(yield* trialsOf(months, refused));
}

/** Trials of each month, in order; the band of a month is drawn from the errors of the months before it. */
function* trialsOf(months: readonly PastMonth[], refused: Refused): Generator<void, Trial[][]> {
  const before: Trial[][] = [];
  for (const month of months) {
    yield;
    const reach = reachOf(before);
    const learned = learnFrom(month);
    const told = BACKTEST_DAYS.filter((day) => !refused(month, day));
    before.push(told.flatMap((day) => trialOf(month, learned, day, reach) ?? []));
  }
  return before;
}

function reachOf(before: readonly (readonly Trial[])[]): number {
  const told = before.filter((trials) => trials.length > 0);
  if (told.length < MONTHS_FOR_REACH) return DEFAULT_REACH;
  const deviations = told.flat().map(({ deviation }) => deviation);
  return deviations.toSorted((a, b) => a - b)[Math.ceil(BAND * deviations.length) - 1] ?? DEFAULT_REACH;
}

function trialOf(month: PastMonth, learned: Learned, day: number, reach: number): Trial | null {
  const { values, start, days, yearAgo } = month;
  const truth = total(values, start, days);
  const soFar = total(values, start, day);
  const [shareBefore, before] = [
    total(values, yearAgo.start, day),
    total(values, yearAgo.start, yearAgo.days),
  ];
  const { estimate, low, high, logError } = nowcastMonth(learned, day, reach);
  if (!(truth > soFar && shareBefore > 0) || estimate === null || logError === null) return null;
  const error = (value: number) => Math.abs(value - truth) / truth;
  const isExact = error(estimate) <= ROUNDING;
  return {
    day,
    deviation: isExact ? 0 : Math.abs(Math.log((truth - soFar) / (estimate - soFar))) / logError,
    nowcast: error(estimate),
    daysElapsed: error((soFar * days) / day),
    lastYearsShare: error((soFar * before) / shareBefore),
    covered: isExact || (low !== null && high !== null && low <= truth && truth <= high),
  };
}

function total(values: ArrayLike<number>, from: number, length: number): number {
  let sum = 0;
  for (let index = from; index < from + length; index++) sum += values[index] ?? 0;
  return sum;
}
