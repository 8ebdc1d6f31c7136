/** What the members of a peer group are shown of it: the same quartiles to all of them, and to each the band that they stand in. */
import { BENCHMARK_MEASURES, type BenchmarkMeasure } from '@beltline/contract';
import {
  type DisclosureRules,
  guardedMean,
  type GuardedQuartiles,
  guardedWindows,
  isPeerGroupSafe,
  isUndominated,
} from '../disclosure/rules.ts';
import { windowsBesideTotal } from './told-beside-totals.ts';
import type { InMean, Means } from './told-over-time.ts';
import { type ComparedQuarter, isShare, measureOf, type MeasureValue, restsOf } from './peer-measures.ts';

export interface Member {
  readonly owner: string;
  readonly quarter: ComparedQuarter;
}

/** `place`: from 1, the lowest, to `of`. */
export interface Band {
  readonly place: number;
  readonly of: number;
}

export interface MeasureStanding {
  /** Of the members who have the measure. */
  readonly quartiles: GuardedQuartiles;
  /** In the order of the members; null of who has no value, and of all where too few have one. */
  readonly bands: readonly (Band | null)[];
}

/** Of which officials are told the sums of belts. */
const IN_RELEASES: ReadonlySet<BenchmarkMeasure> = new Set(['gmv', 'orders']);
/** So many owners stand in a fifth at least; where they would not, quarters are told. */
const OWNERS_IN_A_FIFTH = 5;

/** Whether a mean may be told beside what earlier quarters tell. */
export type HidesBeside = (measure: BenchmarkMeasure, mean: readonly InMean[]) => boolean;
const ALONE: HidesBeside = () => true;

/** The standings of a group by measure. */
export function standingsOf(
  members: readonly Member[],
  rules: DisclosureRules,
  hides: HidesBeside = ALONE,
): Readonly<Record<BenchmarkMeasure, MeasureStanding>> {
  return Object.fromEntries(
    BENCHMARK_MEASURES.map((measure) => [measure, standingOf(measure, members, rules, hides)]),
  ) as Record<BenchmarkMeasure, MeasureStanding>;
}

function standingOf(
  measure: BenchmarkMeasure,
  members: readonly Member[],
  rules: DisclosureRules,
  hides: HidesBeside,
): MeasureStanding {
  const means = meansOf(measure, members, rules);
  if (!means) return { quartiles: [null, null, null], bands: members.map(() => null) };
  const [lower, median, upper] = means.map((mean) => (mean && hides(measure, mean) ? meanOf(mean) : null));
  const values = members.map(({ quarter }) => measureOf(measure, quarter));
  const known = values.filter((value) => value !== null);
  return { quartiles: [lower ?? null, median ?? null, upper ?? null], bands: bandsOf(values, known) };
}

/** Whose values the quartiles of a measure are the means of, each for itself; null where nothing may be told of it. */
export function meansOf(
  measure: BenchmarkMeasure,
  members: readonly Member[],
  rules: DisclosureRules,
): Means | null {
  const sorted = members
    .flatMap(({ owner, quarter }) => {
      const value = measureOf(measure, quarter);
      return value === null ? [] : [{ owner, value }];
    })
    // Of those alike the first by their ids.
    .sort((a, b) => a.value - b.value || (a.owner < b.owner ? -1 : 1));
  if (!isPeerGroupSafe(sorted.length - 1, rules) || !isRestSafe(measure, members, rules)) return null;
  const values = sorted.map(({ value }) => value);
  const windows = guardedWindows(values, rules, isShare(measure));
  const told = IN_RELEASES.has(measure) ? windowsBesideTotal(values, windows, rules) : windows;
  return told.map((window) => window && sorted.slice(window.first, window.last + 1));
}

/** As it is told. */
export const meanOf = (mean: readonly InMean[]): number =>
  guardedMean(
    mean.map(({ value }) => value),
    { first: 0, last: mean.length - 1 },
  );

/** Whoever has the measure: nobody of them may be dominant in what it is made of, such as both quarters of a rate. */
function isRestSafe(measure: BenchmarkMeasure, members: readonly Member[], rules: DisclosureRules): boolean {
  const rests = members
    .filter(({ quarter }) => measureOf(measure, quarter) !== null)
    .map(({ quarter }) => restsOf(measure, quarter));
  return (rests[0] ?? []).every((_, at) =>
    isUndominated(
      rests.map((amounts) => amounts[at] ?? 0),
      rules,
    ),
  );
}

/** How many bands so many owners are told in. */
export const bandsIn = (owners: number): number => (owners >= 5 * OWNERS_IN_A_FIFTH ? 5 : 4);

/** Values that are alike stand in the middle of the places that they share. */
function bandsOf(values: readonly MeasureValue[], known: readonly number[]): (Band | null)[] {
  const sorted = [...known].sort((a, b) => a - b);
  const of = bandsIn(sorted.length);
  const firstOf = new Map<number, number>();
  const timesOf = new Map<number, number>();
  for (const [at, value] of sorted.entries()) {
    if (!firstOf.has(value)) firstOf.set(value, at);
    timesOf.set(value, (timesOf.get(value) ?? 0) + 1);
  }
  return values.map((value) => {
    if (value === null) return null;
    const middle = (firstOf.get(value) ?? 0) + (timesOf.get(value) ?? 0) / 2;
    return { place: Math.min(of, 1 + Math.floor((middle / sorted.length) * of)), of };
  });
}

/** How many owners, in bands, so that who joins or leaves does not show: from one number up to below another; null: no end. */
const COUNT_BANDS = [20, 50, 100, 200, 500] as const;
export interface CountBand {
  readonly from: number | null;
  readonly below: number | null;
}
export function countBand(owners: number): CountBand {
  const below = COUNT_BANDS.find((end) => owners < end) ?? null;
  const from = COUNT_BANDS.findLast((start) => owners >= start) ?? null;
  return { from, below };
}
