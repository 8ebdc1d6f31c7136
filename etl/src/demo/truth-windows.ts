import { FIRST_YEAR, MONTH_OF_DAY, MONTH_START, matchingDay, monthIndex, yearOfMonth } from './calendar.ts';
import { KINDS } from './kinds.ts';
import type { Plan } from './plan.ts';

/** The last complete month, at which states are told. */
export const LAST_MONTH = monthIndex(2025, 1);

/** The three months to the last complete one, their counterparts a year before, and those of 2021. */
export const WINDOWS = ['now', 'before', 'base'] as const;
export type Window = (typeof WINDOWS)[number];

/** Something that is summed over days: expected orders, or their expected value in cents. */
export type Worth = (kind: number, month: number) => number;

/** Sums over a window: with the season of its own days, and with that of the counterparts in another year. */
export interface WindowSums {
  readonly now: number;
  readonly before: number;
  readonly base: number;
  /** The window of now as if its days had the season of their counterparts a year before, and of those in 2021. */
  readonly nowInSeasonOfBefore: number;
  readonly nowInSeasonOfBase: number;
}

interface MatchedDay {
  readonly now: number;
  readonly before: number;
  readonly base: number;
}

const DAYS_OF_WINDOW: readonly MatchedDay[] = Array.from(
  { length: MONTH_START[LAST_MONTH + 1]! - MONTH_START[LAST_MONTH - 2]! },
  (_, i) => {
    const now = MONTH_START[LAST_MONTH - 2]! + i;
    return {
      now,
      before: matchingDay(now, 1),
      base: matchingDay(now, yearOfMonth(MONTH_OF_DAY[now]!)),
    };
  },
);

/** Sums of a belt over the windows. */
export function windowSums(plan: Plan, belt: number, worth: Worth): WindowSums {
  const sums = { now: 0, before: 0, base: 0, nowInSeasonOfBefore: 0, nowInSeasonOfBase: 0 };
  for (let kind = 0; kind < KINDS.length; kind++) {
    const rate = (day: number): number => {
      const month = MONTH_OF_DAY[day]!;
      return plan.rate(kind, belt, month) * worth(kind, month);
    };
    for (const { now, before, base } of DAYS_OF_WINDOW) {
      const [level, seasonBefore, seasonBase] = [
        rate(now),
        plan.intensity(kind, belt, before),
        plan.intensity(kind, belt, base),
      ];
      sums.now += level * plan.intensity(kind, belt, now);
      sums.before += rate(before) * seasonBefore;
      sums.base += rate(base) * seasonBase;
      sums.nowInSeasonOfBefore += level * seasonBefore;
      sums.nowInSeasonOfBase += level * seasonBase;
    }
  }
  return sums;
}

/** Months that a window touches. */
export function monthsOf(window: Window): number[] {
  return [...new Set(DAYS_OF_WINDOW.map((matched) => MONTH_OF_DAY[matched[window]]!))];
}

/** Expected orders of a kind in a belt on the days of a window that lie in a month. */
export function ordersIn(plan: Plan, window: Window, kind: number, belt: number, month: number): number {
  const season = DAYS_OF_WINDOW.reduce((sum, matched) => {
    const day = matched[window];
    return MONTH_OF_DAY[day] === month ? sum + plan.intensity(kind, belt, day) : sum;
  }, 0);
  return plan.rate(kind, belt, month) * season;
}

/** The year of the base, as it is told. */
export const BASE_YEAR = FIRST_YEAR;
