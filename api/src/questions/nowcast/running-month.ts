/** The months of a daily series as the nowcast takes them. */
import { addMonths, type Month } from '../../core/calendar.ts';
import type { DailySeries } from '../../data/daily/daily-series.ts';
import type { MonthDays } from '../../data/daily/months.ts';
import type { StudiedMonth } from './study.ts';

/** Months that fill up like no other: they hold the Spring Festival's window or stand beside it. */
const FESTIVAL_MONTHS = new Set(['01', '02', '03']);
/** Months whose errors are told apart: those, and December, in which the rush before an early New Year begins. */
const ABOUT_FESTIVAL = new Set(['12', ...FESTIVAL_MONTHS]);
/** Months before that may count, besides the counterparts. */
const OTHER_MONTHS = 12;

const isFestival = (month: Month) => FESTIVAL_MONTHS.has(month.slice(5));

/**
 * A month with all that was complete before it: its counterparts in earlier years, from `likeDays` (positions of the
 * likest days, negative = not loaded), and up to twelve months before it. `keepsFestival`: the source's country stands still
 * at the Spring Festival.
 */
export function monthToComplete(
  series: DailySeries,
  months: readonly MonthDays[],
  index: number,
  {
    days,
    likeDays,
    keepsFestival,
  }: {
    readonly days: number;
    readonly likeDays: (years: number) => ArrayLike<number>;
    readonly keepsFestival: boolean;
  },
): StudiedMonth | null {
  const month = months[index];
  if (!month) return null;
  const counterparts: number[][] = [];
  for (let years = 1; years <= Math.floor(index / 12) + 1; years++) {
    const positions = positionsOf(month, days, likeDays(years));
    if (positions !== null) counterparts.push(positions);
  }
  const before = months.slice(0, index).filter(({ coverage }) => coverage === 1);
  const others = before.filter((one) => !keepsFestival || !isFestival(one.month)).slice(-OTHER_MONTHS);
  const yearAgo = before.find((one) => one.month === addMonths(month.month, -12));
  return {
    month: month.month,
    isFestival: keepsFestival && ABOUT_FESTIVAL.has(month.month.slice(5)),
    values: series.values,
    start: month.from,
    days,
    counterparts,
    others: keepsFestival && isFestival(month.month) ? [] : others.map(lengthOf),
    yearAgo: yearAgo ? lengthOf(yearAgo) : { start: -1, days: 0 },
  };
}

const lengthOf = ({ from, to }: MonthDays) => ({ start: from, days: to - from + 1 });

/** Positions of the counterparts of all days of the month; null where one is not loaded. */
function positionsOf({ from }: MonthDays, days: number, matching: ArrayLike<number>): number[] | null {
  const positions = Array.from({ length: days }, (_, day) => matching[from + day] ?? -1);
  return positions.every((position) => position >= 0) ? positions : null;
}
