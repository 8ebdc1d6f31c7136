/**
 * One rank of several measures (综合排名): each as a percentile within the peer group, combined by published weights. Told are bands alone: of each component, of
 * the whole, and what would move it up one; and how often the band stays when the weights are others.
 */
import {
  type BenchmarkMeasure,
  RANK_COMPONENT,
  RANK_COMPONENTS,
  type RankAnswer,
  type RankComponent,
} from '@beltline/contract';
import { type DisclosureRules, isPeerGroupSafe } from '../disclosure/rules.ts';
import { uniformOf } from '../statistics/hashed.ts';
import { measureOf } from './peer-measures.ts';
import { type Band, bandsIn, type Member, type MeasureStanding } from './peer-standing.ts';

/** None below 0. */
export type RankWeights = Readonly<Record<RankComponent, number>>;

/** Weightings that are tried: each weight from half to one and a half of the published one, the same for everybody. */
const WEIGHTINGS = 1_000;
const FACTORS = Array.from({ length: WEIGHTINGS }, (_, weighting) =>
  RANK_COMPONENTS.map((__, at) => 0.5 + uniformOf(weighting + 1, at)),
);
/** Who has less of the weight than this is not ranked. */
const LEAST_WEIGHT = 0.5;
/** Fewer components are not the whole of anything. */
const FEWEST_COMPONENTS = 3;
/** How sure a band is is told in steps of this: single weightings tell how near somebody is to it. */
const SURENESS_STEP = 0.05;

/** A group as far as its members are ranked. */
export interface RankedGroup {
  readonly components: readonly RankComponent[];
  /** Of each component the percentile of each member, 0 to 1, from the worst; NaN of who has none. */
  readonly percentiles: readonly Float64Array[];
}

/** `standings`: of the group; a component that may not be told of takes no part. Null where too few are left. */
export function rankedGroup(
  members: readonly Member[],
  standings: Readonly<Record<BenchmarkMeasure, Pick<MeasureStanding, 'bands'>>>,
): RankedGroup | null {
  const components = RANK_COMPONENTS.filter((component) =>
    standings[RANK_COMPONENT[component].measure].bands.some((band) => band !== null),
  );
  if (components.length < FEWEST_COMPONENTS) return null;
  return {
    components,
    percentiles: components.map((component) => {
      const { measure, better } = RANK_COMPONENT[component];
      const sign = better === 'higher' ? 1 : -1;
      return percentilesOf(
        members.map(({ quarter }) => {
          const value = measureOf(measure, quarter);
          return value === null ? NaN : sign * value;
        }),
      );
    }),
  };
}

/** The share below, with half of those alike. */
function percentilesOf(values: readonly number[]): Float64Array {
  const sorted = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort();
  const firstOf = new Map<number, number>();
  const timesOf = new Map<number, number>();
  for (const [at, value] of sorted.entries()) {
    if (!firstOf.has(value)) firstOf.set(value, at);
    timesOf.set(value, (timesOf.get(value) ?? 0) + 1);
  }
  return Float64Array.from(values, (value) =>
    Number.isNaN(value) ? NaN : ((firstOf.get(value) ?? 0) + (timesOf.get(value) ?? 0) / 2) / sorted.length,
  );
}

/** Everybody's score under some weights, 0 to 1; NaN of who is not ranked. */
function scoresOf({ components, percentiles }: RankedGroup, weights: RankWeights, published: RankWeights) {
  const members = percentiles[0]?.length ?? 0;
  const scores = new Float64Array(members);
  const whole = components.reduce((sum, component) => sum + published[component], 0);
  for (let member = 0; member < members; member++) {
    let [score, weight, has] = [0, 0, 0];
    for (let at = 0; at < components.length; at++) {
      const component = components[at] as RankComponent;
      const percentile = percentiles[at]?.[member] as number;
      if (Number.isNaN(percentile)) continue;
      score += weights[component] * percentile;
      weight += weights[component];
      has += published[component];
    }
    scores[member] = weight > 0 && has >= LEAST_WEIGHT * whole ? score / weight : NaN;
  }
  return scores;
}

/** The rank of a member. Null where they have too little to be ranked by, or the weights are all 0. */
export function rankOf(
  group: RankedGroup,
  member: number,
  weights: RankWeights,
  rules: DisclosureRules,
): RankAnswer | null {
  const published = scoresOf(group, weights, weights);
  const ranked = published.reduce((count, score) => (Number.isNaN(score) ? count : count + 1), 0);
  const band = isPeerGroupSafe(ranked - 1, rules) ? bandOf(published, member) : null;
  if (band === null) return null;
  const kept = FACTORS.filter((factors) => {
    const other = Object.fromEntries(
      RANK_COMPONENTS.map((component, at) => [component, weights[component] * (factors[at] as number)]),
    ) as RankWeights;
    return bandOf(scoresOf(group, other, weights), member)?.place === band.place;
  }).length;
  return {
    band,
    sureness: SURENESS_STEP * Math.floor(kept / WEIGHTINGS / SURENESS_STEP + 1e-9),
    components: RANK_COMPONENTS.map((component) => {
      const at = group.components.indexOf(component);
      const percentile = group.percentiles[at]?.[member] ?? NaN;
      const isRanked = !Number.isNaN(percentile);
      return {
        component,
        measure: RANK_COMPONENT[component].measure,
        weight: weights[component],
        place: isRanked ? placeOf(percentile, band.of) : null,
        needs: isRanked ? needsOf(group, member, at, weights, published, band) : null,
      };
    }),
  };
}

const placeOf = (percentile: number, of: number): number => Math.min(of, 1 + Math.floor(percentile * of));

/** The band of a component, other things equal, in the middle of which the whole would be one band higher; null where no band would do, or there is none. */
function needsOf(
  { components, percentiles }: RankedGroup,
  member: number,
  at: number,
  weights: RankWeights,
  scores: Float64Array,
  { place, of }: Band,
): number | null {
  if (place === of) return null;
  const own = percentiles[at]?.[member] as number;
  const whole = components.reduce(
    (sum, component, one) =>
      Number.isNaN(percentiles[one]?.[member] as number) ? sum : sum + weights[component],
    0,
  );
  const weight = weights[components[at] as RankComponent];
  for (let target = placeOf(own, of) + 1; target <= of; target++) {
    const raised = Float64Array.from(scores);
    raised[member] = (scores[member] as number) + (weight * ((target - 0.5) / of - own)) / whole;
    if ((bandOf(raised, member)?.place ?? 0) > place) return target;
  }
  return null;
}

/** The band of one score among all: as bands of measures are made, without all of them being. */
function bandOf(scores: Float64Array, member: number): Band | null {
  const own = scores[member];
  if (own === undefined || Number.isNaN(own)) return null;
  let [below, alike, count] = [0, 0, 0];
  for (let at = 0; at < scores.length; at++) {
    const score = scores[at] as number;
    if (Number.isNaN(score)) continue;
    count += 1;
    // The same parts can come to sums that differ in the last digit.
    if (Math.abs(score - own) < 1e-12) alike += 1;
    else if (score < own) below += 1;
  }
  const of = bandsIn(count);
  return { place: placeOf((below + alike / 2) / count, of), of };
}
