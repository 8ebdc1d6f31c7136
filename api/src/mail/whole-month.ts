/** Which month of a source is wholly loaded last. */
import { addMonths, type Month, monthOf } from '../core/calendar.ts';
import { coveredPeriod, isNotLoaded, type LoadedRange } from '../core/period.ts';

/** Null where no month is. */
export function latestWholeMonth(loaded: LoadedRange): Month | null {
  const first = monthOf(loaded.firstDay);
  for (let month = monthOf(loaded.dataThrough); month >= first; month = addMonths(month, -1))
    if (!isNotLoaded(loaded, month) && coveredPeriod(month, month, loaded).complete) return month;
  return null;
}
