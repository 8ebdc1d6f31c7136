/** What a state is told by, gathered: its exact figures, and the windows of its owners. */
import type { Vintage } from '../../data/versions/vintage.ts';
import { type Month, monthOf } from '../../core/calendar.ts';
import type { MonthShares } from '../../data/owners/owner-windows.service.ts';
import type { AreaOwners } from '../../data/owners/owner-windows.ts';
import type { ApiConfig } from '../../platform/config/config.ts';
import { breadthWindows, daysOfSpan, whyNoBreadth, wholeMonths } from '../breadth/breadth-windows.ts';
import { type AreaDays, comparedMonths, lunarGrowth, STATE_MONTHS } from './area-facts.ts';
import type { MonthEvidence, StateFigures } from './area-state.ts';
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

  /** Adds a window; what it gives is the sums of its merchants. */
  add(window: MonthShares | null | undefined): (owners: AreaOwners) => Float64Array {
    const asked = window ?? NOTHING;
    const key = [...asked].sort(([a], [b]) => (a < b ? -1 : 1)).join();
    const place = this.places.get(key) ?? this.all.push(asked) - 1;
    this.places.set(key, place);
    return ({ windows }) => windows.sums[place] ?? new Float64Array(windows.ownerOf.length);
  }
}

/** Asks for the windows of one month; what it gives makes its evidence of what was found. */
export function evidenceFrom(
  windows: WindowList,
  vintage: Vintage,
  days: AreaDays,
  month: Month,
): (owners: AreaOwners) => MonthEvidence {
  const growth = comparedMonths(days, month, days.yearsBefore(1));
  const before = growth?.before ?? null;
  const breadth = whyNoBreadth(vintage, month) === null ? breadthWindows(vintage, month) : null;
  const level = levelMonths(days, month, STATE_MONTHS);
  const places = {
    now: windows.add(growth?.now ?? comparedMonths(days, month, days.yearsBefore(0))?.now),
    before: windows.add(before),
    sofar: windows.add(
      before &&
        wholeMonths({ from: monthOf(days.series.firstDay), to: [...before.keys()].sort().at(-1) ?? month }),
    ),
    breadthBefore: windows.add(breadth && wholeMonths(breadth.before)),
    breadthNow: windows.add(breadth && wholeMonths(breadth.now)),
  };
  const ofLevel = level && {
    base: windows.add(partOfAll(level.base, STATE_MONTHS / level.base.size)),
    seasons: level.seasons.map(({ window, year }) => ({
      window: windows.add(window),
      year: windows.add(year),
    })),
  };
  return (owners) => ({
    owners,
    now: places.now(owners),
    before: places.before(owners),
    sofar: places.sofar(owners),
    breadthBefore: places.breadthBefore(owners),
    breadthNow: places.breadthNow(owners),
    level: ofLevel && {
      base: ofLevel.base(owners),
      seasons: ofLevel.seasons.map(({ window, year }) => ({ window: window(owners), year: year(owners) })),
    },
  });
}

/** A quarter of whole amounts is exact, so that it is the same of each month as of all together. */
const partOfAll = (window: MonthShares, part: number): MonthShares =>
  new Map([...window].map(([month, share]) => [month, part * share]));

/** The days that breadth is told of at the end of a month, or why it is not. */
export function breadthPeriodOf(vintage: Vintage, month: Month): StateFigures['breadthPeriod'] {
  const reason = whyNoBreadth(vintage, month);
  return reason === null ? { period: daysOfSpan(breadthWindows(vintage, month).now) } : { reason };
}
