import type { Source } from '@beltline/contract';
import { addMonths, firstDayOf, lastDayOf, type Month, monthOf, monthsThrough } from '../../core/calendar.ts';
import { isInGap, type LoadedRange } from '../../core/period.ts';

type Months = { from: Month; to: Month };
type Periods = Pick<Source, 'completeMonths' | 'months' | 'defaultPeriod'>;

/** The months that a source has data for, those that are complete, and what a reader sees first. */
export function sourcePeriods(loaded: LoadedRange): Periods {
  const { firstDay, dataThrough } = loaded;
  const months = { from: monthOf(firstDay), to: monthOf(dataThrough) };
  const complete = monthsThrough(months.from, months.to).filter(
    (month) => firstDayOf(month) >= firstDay && lastDayOf(month) <= dataThrough && !isInGap(loaded, month),
  );
  const [from, to] = [complete[0], complete.at(-1)];
  if (from === undefined || to === undefined) return { months, completeMonths: null, defaultPeriod: months };
  return { months, completeMonths: { from, to }, defaultPeriod: defaultPeriod(complete, to) };
}

/**
 * The last complete calendar year with a complete year before it; else up to twelve complete months. A month that was never loaded, or only
 * in part beside such a one, is in none of these, nor in the months a year before that the source has, unless the last one's is: what a reader
 * sees first is known, and so is what it is compared with.
 */
function defaultPeriod(complete: readonly Month[], to: Month): Months {
  const known = new Set(complete);
  const isComplete = (from: Month, through: Month) =>
    monthsThrough(from, through).every((month) => known.has(month));
  const lastYear = Number(to.slice(0, 4)) - (to.endsWith('-12') ? 0 : 1);
  if (isComplete(`${lastYear - 1}-01`, `${lastYear}-12`))
    return { from: `${lastYear}-01`, to: `${lastYear}-12` };
  const [first = to] = complete;
  const lacksBase = (month: Month) => addMonths(month, -12) >= first && !known.has(addMonths(month, -12));
  const belongs = (month: Month) => known.has(month) && (!lacksBase(month) || lacksBase(to));
  let from = to;
  while (belongs(addMonths(from, -1)) && from > addMonths(to, -11)) from = addMonths(from, -1);
  return { from, to };
}
