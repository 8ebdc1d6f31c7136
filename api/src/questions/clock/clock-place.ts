import type { Reason } from '@beltline/contract';
import type { Month } from '../../core/calendar.ts';
import { QUARTER_MONTHS, YEAR_MONTHS } from '../../statistics/clock.ts';
import { type AreaDays, lunarGrowth } from '../recovery/area-facts.ts';

/** Coordinates as ratios, or why there are none. */
export type Placed = { readonly x: number; readonly y: number } | Reason;

/** The coordinates of an area in a month, or why it has none. */
export function placeOf(days: AreaDays, month: Month): Placed {
  const year = lunarGrowth(days, month, YEAR_MONTHS);
  const quarter = lunarGrowth(days, month, QUARTER_MONTHS);
  if (year.value === null) return year.reason ?? 'no-data';
  if (quarter.value === null) return quarter.reason ?? 'no-data';
  if (year.flag === 'base-too-small' || quarter.flag === 'base-too-small') return 'too-little-data';
  // Of an area that sold nothing for a year there is no logarithm, and no cycle.
  if (year.value <= -1) return 'not-positive';
  return { x: year.value, y: quarter.value - year.value };
}
