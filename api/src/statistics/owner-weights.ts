/** How often legal owners are drawn in replicates. */
import { mixed } from './hashed.ts';

/** A probability of 0.95 of so many replicates has a standard error of 0.011. */
export const REPLICATES = 400;

const { imul } = Math;

/** P(X ≤ k) of the Poisson distribution with mean 1, as whole 32-bit numbers. */
const POISSON_STEPS = (() => {
  const steps: number[] = [];
  let term = Math.exp(-1);
  for (let count = 0, total = term; count < 11; count++, term /= count, total += term)
    steps.push(total * 2 ** 32);
  return steps;
})();

/** For the upper half of such a number the count of its smallest: nearly always the count itself, without a search. */
const LEAST_COUNTS = Uint8Array.from(
  { length: 2 ** 16 },
  (_, upper) => POISSON_STEPS.filter((step) => upper * 2 ** 16 >= step).length,
);

/**
 * How often an owner is drawn in each replicate: whole numbers, Poisson with mean 1, from its seed and the replicate's
 * number alone. Into an array that is used again: a new one for each owner would cost more than what is in it.
 */
export function poissonWeights(seed: number, into: Uint8Array): Uint8Array {
  const low = seed >>> 0;
  const high = Math.floor(seed / 2 ** 32) >>> 0;
  for (let replicate = 0; replicate < into.length; replicate++) {
    const uniform = mixed(mixed(low ^ imul(replicate + 1, 0x9e3779b1)) ^ high);
    let count = LEAST_COUNTS[uniform >>> 16] as number;
    while (count < POISSON_STEPS.length && uniform >= (POISSON_STEPS[count] as number)) count++;
    into[replicate] = count;
  }
  return into;
}

/** Owners whose weights are kept: 400 bytes each. A source with more of them has them made each time, as without it. */
const MOST_OWNERS = 50_000;
/** Made together: a small array of its own costs more than what is in it. */
const OWNERS_A_SLAB = 256;
const kept = new Map<number, Uint8Array>();
let slab = new Uint8Array(0);

/** The weights of an owner in all replicates; not to be written to. Months of a page draw the same owners again and again. */
export function weightsOf(seed: number): Uint8Array {
  const found = kept.get(seed);
  if (found) return found;
  if (kept.size === MOST_OWNERS) kept.clear();
  if (slab.length === 0) slab = new Uint8Array(OWNERS_A_SLAB * REPLICATES);
  const weights = poissonWeights(seed, slab.subarray(0, REPLICATES));
  slab = slab.subarray(REPLICATES);
  kept.set(seed, weights);
  return weights;
}
