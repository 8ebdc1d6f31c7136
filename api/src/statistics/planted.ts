/** Made-up owners whose growth is known, for specs of what is said of it. */

/** Random numbers on [0, 1), the same for a seed: mulberry32. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const normal = (draw: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());

/** Orders where so many are expected. From 50 on a rounded normal, which is as good. */
export function poisson(draw: () => number, expected: number): number {
  if (expected > 50) return Math.max(0, Math.round(expected + Math.sqrt(expected) * normal(draw)));
  let [count, product] = [-1, 1];
  const end = Math.exp(-expected);
  do {
    count++;
    product *= draw();
  } while (product > end);
  return count;
}

/** `skew`: standard deviation of the logarithm of an owner's size; `scatter`: of its own growth around that of all; `orders`: of a mean owner. */
export interface Planted {
  readonly owners: number;
  readonly growth: number;
  readonly skew: number;
  readonly scatter: number;
  readonly orders: number;
}

/** Orders of each owner in two periods, drawn: the expected ratio of both sums is `growth`. */
export function growingOwners(
  draw: () => number,
  { owners, growth, skew, scatter, orders }: Planted,
): { over: Float64Array; under: Float64Array } {
  const [over, under] = [new Float64Array(owners), new Float64Array(owners)];
  for (let owner = 0; owner < owners; owner++) {
    const size = orders * Math.exp(skew * normal(draw) - skew ** 2 / 2);
    const own = growth * Math.exp(scatter * normal(draw) - scatter ** 2 / 2);
    under[owner] = poisson(draw, size);
    over[owner] = poisson(draw, size * own);
  }
  return { over, under };
}
