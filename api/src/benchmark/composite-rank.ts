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

/** Of the setting, which is checked at the start: `goods=1 service=2.5 …`. */
export const weightsOf = (setting: string): RankWeights =>
  Object.fromEntries(
    setting
      .trim()
      .split(/\s+/)
      .map((part) => part.split('='))
      .map(([name, weight]) => [name, Number(weight)]),
  ) as unknown as RankWeights;

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

/** Those of a group who are ranked, as arrays: a thousand weightings of hundreds of members are some million sums. */
interface Ranked {
  readonly members: readonly number[];
  /** Of each member one after the other the percentile by component, 0 where there is none, and whether there is one (1) or not (0). */
  readonly values: Float64Array;
  readonly has: Float64Array;
}

/** Whoever has at least half of the published weight. */
function rankedOf({ percentiles }: RankedGroup, published: readonly number[]): Ranked {
  const whole = published.reduce((sum, weight) => sum + weight, 0);
  const count = percentiles[0]?.length ?? 0;
  const members = Array.from({ length: count }, (_, member) => member).filter((member) => {
    const has = published.reduce(
      (sum, weight, at) => (Number.isNaN(percentiles[at]?.[member]) ? sum : sum + weight),
      0,
    );
    return has > 0 && has >= LEAST_WEIGHT * whole;
  });
  const own = members.flatMap((member) => percentiles.map((column) => column[member] as number));
  return {
    members,
    values: Float64Array.from(own, (value) => (Number.isNaN(value) ? 0 : value)),
    has: Float64Array.from(own, (value) => (Number.isNaN(value) ? 0 : 1)),
  };
}

/** The scores of the ranked under some weights, 0 to 1. */
function scoresOf({ members, values, has }: Ranked, weights: readonly number[], into: Float64Array): void {
  for (let member = 0, from = 0; member < members.length; member++, from += weights.length) {
    let [score, weight] = [0, 0];
    for (let at = 0; at < weights.length; at++) {
      score += (weights[at] as number) * (values[from + at] as number);
      weight += (weights[at] as number) * (has[from + at] as number);
    }
    into[member] = score / weight;
  }
}

/** The rank of a member. Null where they have too little to be ranked by, or the weights are all 0. */
export function rankOf(
  group: RankedGroup,
  member: number,
  weights: RankWeights,
  rules: DisclosureRules,
): RankAnswer | null {
  const published = group.components.map((component) => weights[component]);
  const ranked = rankedOf(group, published);
  const own = ranked.members.indexOf(member);
  if (own < 0 || !isPeerGroupSafe(ranked.members.length - 1, rules)) return null;
  const scores = new Float64Array(ranked.members.length);
  scoresOf(ranked, published, scores);
  const band = bandOf(scores, own);
  const others = new Float64Array(scores.length);
  const kept = FACTORS.filter((factors) => {
    const varied = group.components.map(
      (component, at) => (published[at] as number) * (factors[RANK_COMPONENTS.indexOf(component)] as number),
    );
    scoresOf(ranked, varied, others);
    return bandOf(others, own).place === band.place;
  }).length;
  return {
    band,
    sureness: Number((SURENESS_STEP * Math.floor(kept / WEIGHTINGS / SURENESS_STEP + 1e-9)).toFixed(2)),
    components: RANK_COMPONENTS.map((component) => {
      const at = group.components.indexOf(component);
      const percentile = group.percentiles[at]?.[member] ?? NaN;
      const isRanked = !Number.isNaN(percentile);
      return {
        component,
        measure: RANK_COMPONENT[component].measure,
        weight: weights[component],
        place: isRanked ? placeOf(percentile, band.of) : null,
        needs: isRanked ? needsOf(ranked, own, at, published, scores, band) : null,
      };
    }),
  };
}

const placeOf = (percentile: number, of: number): number => Math.min(of, 1 + Math.floor(percentile * of));

/** The band of a component, other things equal, in the middle of which the whole would be one band higher; null where no band would do, or there is none. */
function needsOf(
  { values, has }: Ranked,
  own: number,
  at: number,
  weights: readonly number[],
  scores: Float64Array,
  { place, of }: Band,
): number | null {
  if (place === of) return null;
  const from = own * weights.length;
  const percentile = values[from + at] as number;
  const whole = weights.reduce((sum, weight, one) => sum + weight * (has[from + one] as number), 0);
  const raised = Float64Array.from(scores);
  for (let target = placeOf(percentile, of) + 1; target <= of; target++) {
    const more = (target - 0.5) / of - percentile;
    raised[own] = (scores[own] as number) + ((weights[at] as number) * more) / whole;
    if (bandOf(raised, own).place > place) return target;
  }
  return null;
}

/** The band of one score among all: as bands of measures are made, without all of them being. */
function bandOf(scores: Float64Array, own: number): Band {
  const score = scores[own] as number;
  let [below, alike] = [0, 0];
  for (let at = 0; at < scores.length; at++) {
    const difference = (scores[at] as number) - score;
    // The same parts can come to sums that differ in the last digit.
    if (difference < -1e-12) below += 1;
    else if (difference <= 1e-12) alike += 1;
  }
  const of = bandsIn(scores.length);
  return { place: placeOf((below + alike / 2) / scores.length, of), of };
}
