/** Figures of a row: what is known of them, how far to trust it, and why it is not known. */
import type { BriefFigure, Flag, Reason } from '@beltline/contract';
import { contributorsOf, withContributors } from './contributors.ts';

export const unknown = (reason: Reason): BriefFigure => ({ value: null, flag: 'not-available', reason });

/** A number with its flag; where there is none (null), why. */
export const known = (value: number | null, reason: Reason, flag: Flag = 'final'): BriefFigure =>
  value === null ? unknown(reason) : { value, flag, reason: null };

/** What a row says of a whole figure, which is of the same owners. */
export function brief(figure: BriefFigure): BriefFigure {
  const { value, flag, reason } = figure;
  const contributors = contributorsOf(figure);
  const said = { value, flag, reason };
  return contributors === null ? said : withContributors(said, contributors);
}

/** The flag of what is known of a period, which may not be wholly loaded. */
export const wholeness = (provisional: boolean): 'provisional' | 'final' =>
  provisional ? 'provisional' : 'final';
