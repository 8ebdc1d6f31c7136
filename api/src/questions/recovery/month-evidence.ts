/** What the owners of an area tell of a month: where their windows stand in a list, and what they sold in them. */
import type { AreaOwners } from '../../data/owners/owner-windows.ts';
import type { PriceLevel } from '../../statistics/price-level.ts';

/** Sums of the base year, as of as many of its months as a window has, and of each clean year its season's window and the twelve months about it. */
export interface LevelEvidence {
  readonly base: Float64Array;
  readonly seasons: readonly { readonly window: Float64Array; readonly year: Float64Array }[];
}

/** What merchants of an area sold in the windows of one month. */
export interface MonthEvidence {
  readonly owners: AreaOwners;
  readonly now: Float64Array;
  readonly before: Float64Array;
  /** What a level is made of besides `now`; null where there is none. */
  readonly level: LevelEvidence | null;
  /** From the first month that is loaded to the end of the window before: nothing of who came later. */
  readonly sofar: Float64Array;
  readonly breadthBefore: Float64Array;
  readonly breadthNow: Float64Array;
  /** Left out: the state by value. Else prices of the window against the base year and against a year before, which figures have been divided by. */
  readonly prices?: { readonly level: PriceLevel | null; readonly growth: PriceLevel | null };
}

/** The same as places in the list of windows that were asked for. */
export interface MonthPlaces {
  readonly now: number;
  readonly before: number;
  readonly sofar: number;
  readonly breadthBefore: number;
  readonly breadthNow: number;
  readonly level: {
    readonly base: number;
    readonly seasons: readonly { readonly window: number; readonly year: number }[];
  } | null;
}

/** What was found at the places of a month. */
export function evidenceAt(places: MonthPlaces, owners: AreaOwners): MonthEvidence {
  const { sums, ownerOf } = owners.windows;
  const at = (place: number) => sums[place] ?? new Float64Array(ownerOf.length);
  const { level } = places;
  return {
    owners,
    now: at(places.now),
    before: at(places.before),
    sofar: at(places.sofar),
    breadthBefore: at(places.breadthBefore),
    breadthNow: at(places.breadthNow),
    level: level && {
      base: at(level.base),
      seasons: level.seasons.map(({ window, year }) => ({ window: at(window), year: at(year) })),
    },
  };
}
