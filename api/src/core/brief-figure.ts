/** Figures of a row: what is known of them, how far to trust it, and why it is not known. */
import type { BriefFigure, Flag, Reason } from '@beltline/contract';

export const unknown = (reason: Reason): BriefFigure => ({ value: null, flag: 'not-available', reason });

/** A number with its flag; where there is none (null), why. */
export const known = (value: number | null, reason: Reason, flag: Flag = 'final'): BriefFigure =>
  value === null ? unknown(reason) : { value, flag, reason: null };

/** What a row says of a whole figure. */
export const brief = ({ value, flag, reason }: BriefFigure): BriefFigure => ({ value, flag, reason });

/** The flag of what is known of a period, which may not be wholly loaded. */
export const wholeness = (provisional: boolean): 'provisional' | 'final' =>
  provisional ? 'provisional' : 'final';
