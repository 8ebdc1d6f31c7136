import type { SeriesPoint } from '@beltline/contract';
import type { DAILY_RANGES } from '../../shell/page-choices.ts';
import { addMonths, later } from '../../format/calendar-months.ts';

export type DailyRange = (typeof DAILY_RANGES)[number];
export const RECENT_DAYS = 120;
/** The API answers up to 1,100 days at once; 36 months are at most 1,097. */
const MOST_MONTHS = 36;

/** The months to ask for: those that hold the last 120 days up to the end of the period, or those of the period. */
export function dailyMonths(range: DailyRange, period: { from: string; to: string }, firstMonth: string) {
  return range === 'period'
    ? { from: later(period.from, addMonths(period.to, 1 - MOST_MONTHS)), to: period.to }
    : { from: later(addMonths(period.to, -4), firstMonth), to: period.to };
}

/** Picks the days to draw: none after the last one with data, and of the recent range its last 120. */
export function daysToDraw(points: readonly SeriesPoint[], range: DailyRange): readonly SeriesPoint[] {
  const last = points.findLastIndex((point) => point.value.value !== null);
  const known = points.slice(0, last + 1);
  return range === 'recent' ? known.slice(-RECENT_DAYS) : known;
}
