/**
 * The effect of the Spring Festival on groups of belts that sell alike: belts of different goods stand still differently. Two to four
 * holidays of a few belts say little, so a group's estimate is drawn towards that of all belts, by how much groups differ beyond
 * their own errors, window by window (empirical Bayes; `shrinkage.ts`).
 */
import { type LunarWindow, monthShare, type NewYears } from '../core/lunar.ts';
import { at } from '../core/vector.ts';
import { type HolidayEffect, pooledHolidaySteps } from './holiday-effect.ts';
import { type Fit, fitted, type MonthlySeries, Pool } from './holiday-fit.ts';
import { betweenVariance } from './shrinkage.ts';

/** The effect over all series, and of each group; a group that says too little has that of all. */
export interface HolidayEffects {
  readonly pooled: HolidayEffect;
  readonly ofGroup: ReadonlyMap<string, HolidayEffect>;
}

/**
 * Year-on-year differences from which on a group has an estimate of its own: with one pair of years whatever else happened in one of
 * them would pass for the holiday.
 */
const FEWEST_DIFFERENCES = 24;

/** What groups are drawn towards: the effect of all, its windows, and the share of each month that lies in them. */
interface Towards {
  readonly pooled: HolidayEffect;
  readonly windows: readonly LunarWindow[];
  readonly shares: readonly (readonly number[])[];
}
const betasOf = ({ coefficients }: HolidayEffect) => coefficients.map(({ beta }) => beta);

interface Group {
  readonly pool: Pool;
  /** Its own estimate; null where it has none. */
  readonly own: (Fit & { readonly noise: number }) | null;
}

/** In steps, a series or a group each. The shape of the windows is that of all series. */
export function* holidayGroupSteps(
  groups: ReadonlyMap<string, readonly MonthlySeries[]>,
  newYears: NewYears,
): Generator<void, HolidayEffects> {
  const panel = [...groups.values()].flat();
  const pooled = yield* pooledHolidaySteps(panel, newYears);
  const windows = pooled.coefficients.map(({ window }) => window);
  const months = [...new Set(panel.flatMap((series) => series.months))].sort();
  const shares = months.map((month) => windows.map((window) => monthShare(month, newYears, window)));
  const towards = { pooled, windows, shares };
  const found = new Map<string, Group>();
  for (const [name, members] of groups) {
    yield;
    const pool = new Pool(months);
    for (const series of members) pool.add(series);
    found.set(name, { pool, own: ownFit(pool, towards) });
  }
  const between = windows.map((_, index) =>
    betweenVariance([...found.values()].flatMap(({ own }) => estimateOf(own, index))),
  );
  const ofGroup = new Map<string, HolidayEffect>();
  for (const [name, group] of found) {
    yield;
    ofGroup.set(name, shrunk(group, towards, between));
  }
  return { pooled, ofGroup };
}

function ownFit(pool: Pool, { pooled, windows, shares }: Towards): Group['own'] {
  if (windows.length === 0 || pool.observations < FEWEST_DIFFERENCES) return null;
  const betas = betasOf(pooled);
  // Begun from what all groups say, and not drawn towards it.
  const own = fitted(pool, windows, shares, { betas, precisions: betas.map(() => 0) });
  // A series without any noise has an exact estimate, which no weight can be given to.
  return own?.noise ? { ...own, noise: own.noise } : null;
}

function estimateOf(own: Group['own'], index: number) {
  const { beta, standardError } = own?.coefficients[index] ?? { beta: 0, standardError: null };
  return standardError === null ? [] : [{ value: beta, variance: standardError ** 2 }];
}

/**
 * The group's most probable betas where true ones lie about the pooled ones with the variance between groups: all windows together,
 * since what one is drawn by, another has to make up for. A window in which groups do not differ has the pooled beta, and its error.
 */
function shrunk(
  { pool, own }: Group,
  { pooled, windows, shares }: Towards,
  between: readonly number[],
): HolidayEffect {
  if (own === null || between.every((variance) => variance === 0)) return pooled;
  const { noise } = own;
  const fit = fitted(pool, windows, shares, {
    betas: betasOf(pooled),
    precisions: between.map((variance) => noise / variance),
    noise,
  });
  if (fit === null) return pooled;
  const coefficients = fit.coefficients.map((one, index) => ({
    ...one,
    standardError: one.standardError ?? at(pooled.coefficients, index).standardError,
  }));
  const [first] = coefficients;
  const { beta = null, standardError = null } = first ?? {};
  return { coefficients, beta, standardError, observations: pool.observations, reason: null };
}
