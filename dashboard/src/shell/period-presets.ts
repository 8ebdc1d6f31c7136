import type { Source } from '@beltline/contract';
import { addMonths, earlier, later, yearOf } from '../format/calendar-months.ts';

export const PRESETS = ['last-month', 'last-quarter', 'last-year', 'last-12-months', 'year-to-date'] as const;
export type Preset = (typeof PRESETS)[number];
export interface MonthRange {
  from: string;
  to: string;
}

/** A range with another first month, or another last one; the other end follows where they would cross. */
export const startingAt = (from: string, { to }: MonthRange) => ({ from, to: later(from, to) });
export const endingAt = (to: string, { from }: MonthRange) => ({ from: earlier(from, to), to });

type Calendar = Pick<Source, 'completeMonths' | 'months'>;

const monthNumber = (month: string) => Number(month.slice(5, 7));

function lastQuarter(complete: MonthRange): MonthRange | null {
  const to = addMonths(complete.to, -(monthNumber(complete.to) % 3));
  const from = addMonths(to, -2);
  return from >= complete.from ? { from, to } : null;
}

function lastYear(complete: MonthRange): MonthRange | null {
  const to = monthNumber(complete.to) === 12 ? complete.to : `${Number(yearOf(complete.to)) - 1}-12`;
  const from = `${yearOf(to)}-01`;
  return from >= complete.from ? { from, to } : null;
}

/**
 * The month range of a preset, from the months that the source has. All but "year to date" use complete months only; that
 * one runs to the last month, complete or not, and its figures are then marked. Null where the source has too little.
 */
export function presetRange(preset: Preset, calendar: Calendar): MonthRange | null {
  const { completeMonths: complete, months } = calendar;
  if (preset === 'year-to-date')
    return { from: later(`${yearOf(months.to)}-01`, months.from), to: months.to };
  if (complete === null) return null;
  switch (preset) {
    case 'last-month':
      return { from: complete.to, to: complete.to };
    case 'last-quarter':
      return lastQuarter(complete);
    case 'last-year':
      return lastYear(complete);
    case 'last-12-months': {
      const from = addMonths(complete.to, -11);
      return from >= complete.from ? { from, to: complete.to } : null;
    }
  }
}

/** The preset that a range is, so that the picker can name it; null for a range of one's own. */
export function presetOf(range: MonthRange, calendar: Calendar): Preset | null {
  const matches = (preset: Preset) => {
    const candidate = presetRange(preset, calendar);
    return candidate?.from === range.from && candidate.to === range.to;
  };
  return PRESETS.find(matches) ?? null;
}
