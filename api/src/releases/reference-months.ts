/** Months of the year that levels are against, which are released like any other: what a month is compared with beside the year before. */
import { addMonths, type Month, monthOf } from '../core/calendar.ts';
import { coveredPeriod, isNotLoaded, type LoadedRange } from '../core/period.ts';
import { growthMonthsOf } from './leaver-holdings.ts';

const YEAR = 12;

/** The first year that is wholly loaded, as `recovery` takes it; null where there is none. */
export function referenceYearOf(loaded: LoadedRange): number | null {
  const [first, last] = [loaded.firstDay, loaded.dataThrough].map((day) => Number(day.slice(0, 4)));
  for (let year = first ?? 0; year <= (last ?? 0); year++) {
    const january = `${year}-01`;
    const isGap = Array.from({ length: YEAR }, (_, at) => addMonths(january, at)).some(
      (month) => month < monthOf(loaded.firstDay) || isNotLoaded(loaded, month),
    );
    if (!isGap && coveredPeriod(january, `${year}-12`, loaded).complete) return year;
  }
  return null;
}

/** The same months of the reference year that a month's growth is of; none where that is its own year or the one before, or there is none. */
export function referenceMonths(month: Month, year: number | null): Month[] {
  const { now } = growthMonthsOf(month);
  if (year === null || Number(month.slice(0, 4)) <= year + 1) return [];
  return now.map((one) => `${year}${one.slice(4)}`);
}
