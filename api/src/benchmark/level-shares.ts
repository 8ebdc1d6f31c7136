/**
 * Of which months the recovery level of an owner's quarter is made: the recovery ratio of `docs/method.md` for what is kept by month. A day's counterpart in
 * another year is worked out day by day; a part of a month is its share of days. Kinds of days are not told apart.
 */
import type { Reason } from '@beltline/contract';
import { addMonths, type Day, daysOfMonth, lengthOfMonth, type Month, monthOf } from '../core/calendar.ts';
import type { NewYears } from '../core/lunar.ts';
import { counterpartOf } from '../core/warp.ts';
import { FEWEST_SEASONS } from '../statistics/recovery.ts';
import { addQuarters, monthsOfQuarter, type Quarter, quarterOf } from './frozen-quarters.ts';

/** What a clean year gives, in the order of its rows. */
export const SUMS_OF_A_SEASON = 4;

export interface LevelShares {
  readonly months: readonly Month[];
  /**
   * A weight for each of the months; of each clean year four rows: the quarter, its matching days in that year, the twelve months about
   * these, and their matching days in the base year.
   */
  readonly weights: readonly (readonly number[])[];
  /** Days of the quarter by those of the base year. */
  readonly partOfBase: number;
  /** Those of the base year that are not of the quarter itself. */
  readonly first: readonly Month[];
}

const YEAR = 12;
const yearOf = (day: Day | Month): number => Number(day.slice(0, 4));

/** The months of a quarter's level, from the quarters that are `whole`; or why nobody has one. */
export function levelShares(
  quarter: Quarter,
  whole: ReadonlySet<Quarter>,
  newYears: NewYears,
): LevelShares | Reason {
  const years = [...new Set([...whole].map(yearOf))].sort((a, b) => a - b);
  const base = years.find((year) => [1, 2, 3, 4].every((no) => whole.has(`${year}-Q${no}`)));
  if (base === undefined) return 'no-base-year';
  const isWhole = (month: Month) => whole.has(quarterOf(month));
  const seasons = years.filter(
    (year) => year !== base && yearAbout(quarter, year).every(({ month }) => isWhole(month)),
  );
  if (seasons.length < FEWEST_SEASONS) return 'too-few-clean-years';
  const rows = seasons.flatMap((year) => rowsOf(quarter, year, base, newYears));
  const ofQuarter = monthsOfQuarter(quarter);
  const ofBase = Array.from({ length: YEAR }, (_, at) => addMonths(`${base}-01`, at));
  const months = [...new Set(rows.flatMap((row) => [...row.keys()]))].sort();
  const lengthOf = (some: readonly Month[]) => some.reduce((sum, month) => sum + lengthOfMonth(month), 0);
  return {
    months,
    weights: rows.map((row) => months.map((month) => row.get(month) ?? 0)),
    partOfBase: lengthOf(ofQuarter) / lengthOf(ofBase),
    first: ofBase.filter((month) => !ofQuarter.includes(month)),
  };
}

/** The twelve months about the quarter's place in a year: half of the first and half of the thirteenth. */
function yearAbout(quarter: Quarter, year: number): { month: Month; weight: number }[] {
  const middle = monthsOfQuarter(addQuarters(quarter, 4 * (year - yearOf(quarter))))[1] as Month;
  return Array.from({ length: YEAR + 1 }, (_, at) => ({
    month: addMonths(middle, at - YEAR / 2),
    weight: at === 0 || at === YEAR ? 0.5 : 1,
  }));
}

type Weights = Map<Month, number>;

function rowsOf(quarter: Quarter, year: number, base: number, newYears: NewYears): Weights[] {
  const back = yearOf(quarter) - year;
  const [now, season] = [new Map<Month, number>(), new Map<Month, number>()];
  for (const day of monthsOfQuarter(quarter).flatMap(daysOfMonth)) {
    const match = counterpartOf(day, back, newYears);
    if (match !== null) pair(now, day, season, match, 1);
  }
  const [about, first] = [new Map<Month, number>(), new Map<Month, number>()];
  for (const { month, weight } of yearAbout(quarter, year))
    for (const day of daysOfMonth(month)) {
      const match = counterpartOf(day, yearOf(day) - base, newYears);
      // A level is told against days of its base year alone, which is often the first that was loaded.
      if (match !== null && yearOf(match) === base) pair(about, day, first, match, weight);
    }
  return [now, season, about, first];
}

/** Two days that are beside each other: each is a part of its month. */
function pair(one: Weights, day: Day, other: Weights, match: Day, weight: number): void {
  for (const [into, of] of [
    [one, monthOf(day)],
    [other, monthOf(match)],
  ] as const)
    into.set(of, (into.get(of) ?? 0) + weight / lengthOfMonth(of));
}
