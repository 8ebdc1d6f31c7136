/** The nowcast's past errors beside those of two naive rules, over every past month that it would have estimated and they could. */
import type { BacktestAnswer, BriefFigure } from '@beltline/contract';
import { known, unknown } from '../../core/brief-figure.ts';
import { BACKTEST_DAYS, type Study, toldThen, type Trial } from './study.ts';

type Row = BacktestAnswer['days'][number];
type Tested = Trial & { readonly told: ReturnType<typeof toldThen> };

/** Rows of the tested days: over all past months of an area, and apart for those about the Spring Festival and the others. */
export function backtestOf(
  { bands, trials }: Study,
  area: number,
): Pick<BacktestAnswer, 'days' | 'festival' | 'others'> {
  const tested = (trials[area] ?? []).map((trial) => ({ ...trial, told: toldThen(bands, trial) }));
  const rows = (ofMonths: readonly Tested[]): Row[] =>
    BACKTEST_DAYS.map((day) =>
      rowOf(
        day,
        ofMonths.filter((trial) => trial.day === day),
      ),
    );
  return {
    days: rows(tested),
    festival: rows(tested.filter(({ isFestival }) => isFestival)),
    others: rows(tested.filter(({ isFestival }) => !isFestival)),
  };
}

function rowOf(day: number, trials: readonly Tested[]): Row {
  const average = (of: (trial: Tested) => number): BriefFigure =>
    trials.length === 0
      ? unknown('too-little-data')
      : known(trials.reduce((total, trial) => total + of(trial), 0) / trials.length, 'too-little-data');
  const missed = (of: (trial: Tested) => number) =>
    average((trial) => Math.abs(of(trial) - trial.truth) / trial.truth);
  return {
    day,
    months: trials.length,
    told: trials.filter(({ told }) => !told.isEarly).length,
    nowcast: missed(({ told }) => told.estimate),
    daysElapsed: missed(({ daysElapsed }) => daysElapsed),
    lastYearsShare: missed(({ lastYearsShare }) => lastYearsShare),
    covered: average(({ told }) => (told.isCovered ? 1 : 0)),
  };
}
