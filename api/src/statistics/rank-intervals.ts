/**
 * Between which places each of many estimates truly stands, all of them together: Mogstad, Romano, Shaikh and Wilhelm (2024),
 * Inference for Ranks with Applications to Mobility across Neighborhoods and Academic Achievement across Countries, with their
 * steps down. An estimate stands behind all that are surely larger and before all that are surely smaller.
 */
import jStat from 'jstat';
import { uniformOf } from './hashed.ts';
import { type Estimate, normalOf, studentOf } from './studentised.ts';

const { abs, max, sign, sqrt } = Math;

/** Places, 1 = the largest. */
export interface RankInterval {
  readonly low: number;
  readonly high: number;
}

const DRAWS = 400;
/** Of more pairs than this the largest difference is not drawn: Šidák's bound holds for any number of them. */
const MOST_DRAWN_PAIRS = 20_000;

/** Two of the estimates, by their positions, and how well their difference is known. */
interface Pair {
  readonly first: number;
  readonly second: number;
  readonly standardError: number;
  /** After Welch and Satterthwaite. */
  readonly degrees: number;
}

/**
 * One interval an estimate, in the order given. Null, and between any places to others, where the estimate is null: it may be anything. A
 * generator, because pairs times draws are millions.
 */
export function* rankIntervals(
  estimates: readonly (Estimate | null)[],
  confidence: number,
): Generator<void, (RankInterval | null)[]> {
  const known = estimates.flatMap((estimate, index) => (estimate === null ? [] : [{ ...estimate, index }]));
  const pairs = yield* pairsOf(known);
  const observed = pairs.map((pair) =>
    deviate(pair, valueOf(known, pair.first) - valueOf(known, pair.second)),
  );
  const surely =
    pairs.length <= MOST_DRAWN_PAIRS
      ? yield* stepsDown(known, pairs, observed, confidence)
      : beyond(observed, sidak(pairs.length, confidence));

  const unknown = estimates.length - known.length;
  const larger = new Uint32Array(known.length);
  const smaller = new Uint32Array(known.length);
  pairs.forEach(({ first, second }, pair) => {
    if (surely[pair] !== true) return;
    const [above, below] = (observed[pair] as number) > 0 ? [first, second] : [second, first];
    larger[below] = (larger[below] as number) + 1;
    smaller[above] = (smaller[above] as number) + 1;
  });
  const intervals: (RankInterval | null)[] = estimates.map(() => null);
  known.forEach(({ index }, position) => {
    intervals[index] = {
      low: 1 + (larger[position] as number),
      high: known.length - (smaller[position] as number) + unknown,
    };
  });
  return intervals;
}

const beyond = (observed: readonly number[], bound: number): boolean[] =>
  observed.map((size) => abs(size) > bound);

const valueOf = (estimates: readonly Estimate[], index: number): number => estimates[index]?.value ?? NaN;

function* pairsOf(estimates: readonly Estimate[]): Generator<void, Pair[]> {
  const pairs: Pair[] = [];
  for (const [first, one] of estimates.entries()) {
    yield;
    for (let second = first + 1; second < estimates.length; second++) {
      const other = estimates[second] as Estimate;
      const [a, b] = [one.standardError ** 2, other.standardError ** 2];
      const degrees =
        a + b === 0 ? one.degrees : (a + b) ** 2 / (a ** 2 / one.degrees + b ** 2 / other.degrees);
      pairs.push({ first, second, standardError: sqrt(a + b), degrees });
    }
  }
  return pairs;
}

/** How far a difference lies from nothing, as a normal deviate. */
function deviate({ standardError, degrees }: Pair, by: number): number {
  if (standardError === 0) return by === 0 ? 0 : sign(by) * Infinity;
  return normalOf(by / standardError, degrees);
}

/**
 * Which differences are sure: those beyond what the largest of all differences reaches by chance; then, since these are no longer
 * in question, beyond the largest of the rest, until no more are found.
 */
function* stepsDown(
  known: readonly Estimate[],
  pairs: readonly Pair[],
  observed: readonly number[],
  confidence: number,
): Generator<void, boolean[]> {
  const draws: Float64Array[] = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    yield;
    draws.push(
      Float64Array.from(known, ({ standardError, degrees }, index) => {
        const normal = jStat.normal.inv(uniformOf(index, draw), 0, 1);
        return standardError * studentOf(normal, degrees);
      }),
    );
  }
  let surely = pairs.map(() => false);
  for (;;) {
    const open = pairs.filter((_, pair) => !surely[pair]);
    const largest: number[] = [];
    for (const draw of draws) {
      yield;
      largest.push(largestOf(open, draw));
    }
    const bound = quantile(largest, confidence);
    const found = beyond(observed, bound);
    const next = surely.map((is, pair) => is || found[pair] === true);
    if (next.every((is, pair) => is === surely[pair])) return surely;
    surely = next;
  }
}

/** The largest of the differences that were drawn, as a normal deviate. */
function largestOf(pairs: readonly Pair[], drawn: Float64Array): number {
  let largest = 0;
  for (const pair of pairs) {
    const by = abs((drawn[pair.first] as number) - (drawn[pair.second] as number));
    // A normal deviate is never larger than Student's t that it stands for.
    if (by > largest * pair.standardError) largest = max(largest, deviate(pair, by));
  }
  return largest;
}

/** The smallest of the values that so many of them do not exceed. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * (sorted.length + 1)) - 1)] ?? 0;
}

const sidak = (pairs: number, confidence: number): number =>
  jStat.normal.inv((1 + confidence ** (1 / pairs)) / 2, 0, 1);
