import type { Source } from '@beltline/contract';
import { addMonths, firstDayOf, lastDayOf, type Month, monthOf } from '../figures/calendar.ts';
import type { LoadedRange } from '../figures/period.ts';

type Months = { from: Month; to: Month };
type Periods = Pick<Source, 'completeMonths' | 'months' | 'defaultPeriod'>;

/** The months that a source has data for, those that are complete, and what a reader sees first. */
export function sourcePeriods({ firstDay, dataThrough }: LoadedRange): Periods {
  const months = { from: monthOf(firstDay), to: monthOf(dataThrough) };
  const from = firstDay === firstDayOf(months.from) ? months.from : addMonths(months.from, 1);
  const to = dataThrough === lastDayOf(months.to) ? months.to : addMonths(months.to, -1);
  const completeMonths = from <= to ? { from, to } : null;
  return { months, completeMonths, defaultPeriod: completeMonths ? defaultPeriod(completeMonths) : months };
}

/** The last complete calendar year with a complete year before it; else up to twelve complete months. */
function defaultPeriod(complete: Months): Months {
  const lastYear = Number(complete.to.slice(0, 4)) - (complete.to.endsWith('-12') ? 0 : 1);
  if (complete.from <= `${lastYear - 1}-01`) return { from: `${lastYear}-01`, to: `${lastYear}-12` };
  const twelve = addMonths(complete.to, -11);
  return { from: twelve > complete.from ? twelve : complete.from, to: complete.to };
}
