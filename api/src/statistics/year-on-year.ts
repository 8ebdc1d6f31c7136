/**
 * Growth of a monthly series on the year before, January and February together, as China's statistics bureau shows
 * them.
 */
import { addMonths, type Month } from '../figures/calendar.ts';

/** A month's growth, ratios; null where a value is missing or the base is not above 0. */
export interface YearOnYear {
  readonly month: Month;
  /** This month against the same month a year before. */
  readonly growth: number | null;
  /**
   * The rate to show: for January and February the growth of both months together, since the Spring Festival falls
   * into either; otherwise `growth`.
   */
  readonly headline: number | null;
}

/** Growth of each month; `values` in the order of `months`, in which months may be missing. Null is not known. */
export function yearOnYear(values: readonly (number | null)[], months: readonly Month[]): YearOnYear[] {
  const known = new Map(months.map((month, index) => [month, values[index] ?? null]));
  const total = (wanted: readonly Month[]): number | null =>
    wanted.reduce<number | null>((sum, month) => {
      const value = known.get(month) ?? null;
      return sum === null || value === null ? null : sum + value;
    }, 0);
  const growthOf = (wanted: readonly Month[]): number | null => {
    const [value, base] = [total(wanted), total(wanted.map((month) => addMonths(month, -12)))];
    return value === null || base === null || !(base > 0) ? null : value / base - 1;
  };
  return months.map((month) => ({
    month,
    growth: growthOf([month]),
    headline: growthOf(shownTogether(month)),
  }));
}

function shownTogether(month: Month): Month[] {
  const [year, number] = [month.slice(0, 4), month.slice(5)];
  return number === '01' || number === '02' ? [`${year}-01`, `${year}-02`] : [month];
}
