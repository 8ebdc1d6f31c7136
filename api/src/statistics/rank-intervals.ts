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
const PAIRS_A_STEP = 20_000;

/**
 * One interval an estimate, in the order given. Null, and between any places to others, where the estimate is null: it may be anything. A
 * generator, because pairs times draws are millions.
 */
export function* rankIntervals(
  estimates: readonly (Estimate | null)[],
  confidence: number,
): Generator<void, (RankInterval | null)[]> {
  const known = estimates.flatMap((estimate, index) => (estimate === null ? [] : [{ ...estimate, index }]));
  const pairs = (known.length * (known.length - 1)) / 2;
  const observed = new Float64Array(pairs);
  yield* eachPair(known, (pair, first, second) => {
    observed[pair] = difference(first, second, first.value - second.value);
  });
  const surely =
    pairs <= MOST_DRAWN_PAIRS
      ? yield* stepsDown(known, observed, confidence)
      : beyond(observed, sidak(pairs, confidence));

  const unknown = estimates.length - known.length;
  const larger = new Uint32Array(known.length);
  const smaller = new Uint32Array(known.length);
  let pair = 0;
  for (let first = 0; first < known.length; first++) {
    for (let second = first + 1; second < known.length; second++, pair++) {
      if (surely[pair] !== 1) continue;
      const [above, below] = (observed[pair] as number) > 0 ? [first, second] : [second, first];
      larger[below] = (larger[below] as number) + 1;
      smaller[above] = (smaller[above] as number) + 1;
    }
  }
  const intervals: (RankInterval | null)[] = estimates.map(() => null);
  known.forEach(({ index }, position) => {
    intervals[index] = {
      low: 1 + (larger[position] as number),
      high: known.length - (smaller[position] as number) + unknown,
    };
  });
  return intervals;
}

/** How far a difference lies from nothing, as a normal deviate; its degrees of freedom after Welch and Satterthwaite. */
function difference(first: Estimate, second: Estimate, by: number): number {
  const [a, b] = [first.standardError ** 2, second.standardError ** 2];
  if (a + b === 0) return by === 0 ? 0 : sign(by) * Infinity;
  const degrees = (a + b) ** 2 / (a ** 2 / first.degrees + b ** 2 / second.degrees);
  return normalOf(by / sqrt(a + b), degrees);
}

/**
 * Which differences are sure: those beyond what the largest of all differences reaches by chance; then, since these are no longer
 * in question, beyond the largest of the rest, until no more are found.
 */
function* stepsDown(
  known: readonly Estimate[],
  observed: Float64Array,
  confidence: number,
): Generator<void, Uint8Array> {
  const drawn: Float32Array[] = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    const deviations = known.map(({ standardError, degrees }, index) => {
      const normal = jStat.normal.inv(uniformOf(index, draw), 0, 1);
      return standardError * studentOf(normal, degrees);
    });
    const sizes = new Float32Array(observed.length);
    let pair = 0;
    for (let first = 0; first < known.length; first++) {
      for (let second = first + 1; second < known.length; second++, pair++) {
        const by = (deviations[first] as number) - (deviations[second] as number);
        sizes[pair] = abs(difference(known[first] as Estimate, known[second] as Estimate, by));
      }
    }
    drawn.push(sizes);
    yield;
  }
  let surely: Uint8Array = new Uint8Array(observed.length);
  for (;;) {
    const largest = drawn.map((sizes) =>
      sizes.reduce((most, size, pair) => (surely[pair] === 1 ? most : max(most, size)), 0),
    );
    const bound = quantile(largest, confidence);
    const next = beyond(observed, bound);
    for (let pair = 0; pair < next.length; pair++) if (surely[pair] === 1) next[pair] = 1;
    yield;
    if (next.every((is, pair) => is === surely[pair])) return surely;
    surely = next;
  }
}

const beyond = (observed: Float64Array, bound: number): Uint8Array =>
  Uint8Array.from(observed, (deviate) => (abs(deviate) > bound ? 1 : 0));

/** The smallest of the values that so many of them do not exceed. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * (sorted.length + 1)) - 1)] ?? 0;
}

const sidak = (pairs: number, confidence: number): number =>
  jStat.normal.inv((1 + confidence ** (1 / pairs)) / 2, 0, 1);

function* eachPair<T>(
  items: readonly T[],
  visit: (pair: number, first: T, second: T) => void,
): Generator<void, void> {
  let pair = 0;
  for (let first = 0; first < items.length; first++) {
    for (let second = first + 1; second < items.length; second++, pair++) {
      if (pair % PAIRS_A_STEP === PAIRS_A_STEP - 1) yield;
      visit(pair, items[first] as T, items[second] as T);
    }
  }
}
