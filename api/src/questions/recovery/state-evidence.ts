/** What a state is told by, gathered: its exact figures, and the windows of its owners. */
import type { Vintage } from '../../data/versions/vintage.ts';
import { type Month, monthOf } from '../../core/calendar.ts';
import type { MonthShares } from '../../data/owners/owner-windows.service.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { breadthWindows, daysOfSpan, whyNoBreadth, wholeMonths } from '../breadth/breadth-windows.ts';
import { type AreaDays, comparedMonths, lunarGrowth, STATE_MONTHS } from './area-facts.ts';
import type { StateFigures } from './area-state.ts';
import type { MonthPlaces } from './month-evidence.ts';
import { levelMonths, levelWithoutOutliers, recoveryLevel } from './recovery-level.ts';

const NOTHING: MonthShares = new Map();

/** The smallest number is no dead-band at all, and nothing is equal to it. */
export const deadBandOf = ({ BELTLINE_DEAD_BAND }: Pick<ApiConfig, 'BELTLINE_DEAD_BAND'>): number =>
  Math.max(BELTLINE_DEAD_BAND, Number.EPSILON);

/** The exact figures of an area at the end of a month. */
export function figuresAt(days: AreaDays, month: Month): Omit<StateFigures, 'breadthPeriod'> {
  const level = recoveryLevel(days, month, STATE_MONTHS);
  return {
    level,
    levelWithoutOutliers: levelWithoutOutliers(days, month, STATE_MONTHS, level),
    growth: lunarGrowth(days, month, STATE_MONTHS),
  };
}

/** Windows that are asked for together, each once; each is named by its place. */
export class WindowList {
  readonly all: MonthShares[] = [];
  private readonly places = new Map<string, number>();

  /** The place of a window, which is added where it is not there. */
  placeOf(window: MonthShares | null | undefined): number {
    const asked = window ?? NOTHING;
    const key = [...asked].sort(([a], [b]) => (a < b ? -1 : 1)).join();
    const place = this.places.get(key) ?? this.all.push(asked) - 1;
    this.places.set(key, place);
    return place;
  }
}

/** Asks for the windows of one month. */
export function placesOf(windows: WindowList, vintage: Vintage, days: AreaDays, month: Month): MonthPlaces {
  const growth = comparedMonths(days, month, days.yearsBefore(1));
  const before = growth?.before ?? null;
  const breadth = whyNoBreadth(vintage, month) === null ? breadthWindows(vintage, month) : null;
  const level = levelMonths(days, month, STATE_MONTHS);
  const first = monthOf(days.series.firstDay);
  return {
    now: windows.placeOf(growth?.now ?? comparedMonths(days, month, days.yearsBefore(0))?.now),
    before: windows.placeOf(before),
    sofar: windows.placeOf(
      before && wholeMonths({ from: first, to: [...before.keys()].sort().at(-1) ?? month }),
    ),
    breadthBefore: windows.placeOf(breadth && wholeMonths(breadth.before)),
    breadthNow: windows.placeOf(breadth && wholeMonths(breadth.now)),
    level: level && {
      base: windows.placeOf(partOfAll(level.base, STATE_MONTHS / level.base.size)),
      seasons: level.seasons.map(({ window, year }) => ({
        window: windows.placeOf(window),
        year: windows.placeOf(year),
      })),
    },
  };
}

/** A quarter of whole amounts is exact, so that it is the same of each month as of all together. */
const partOfAll = (window: MonthShares, part: number): MonthShares =>
  new Map([...window].map(([month, share]) => [month, part * share]));

/** The days that breadth is told of at the end of a month, or why it is not. */
export function breadthPeriodOf(vintage: Vintage, month: Month): StateFigures['breadthPeriod'] {
  const reason = whyNoBreadth(vintage, month);
  return reason === null ? { period: daysOfSpan(breadthWindows(vintage, month).now) } : { reason };
}
