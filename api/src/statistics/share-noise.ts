/**
 * How much the share that a part has of a whole scatters from week to week, for each order that it rests on: 1 for counts that come
 * independently (Poisson), more for amounts that differ from order to order. Estimated from the squares of differences between the
 * logarithms of successive weeks' shares, of all parts together: what changes slowly cancels in them.
 */
const DAYS_A_WEEK = 7;
/** Orders of a week from which on the logarithm of its share is one. */
const FEWEST_ORDERS = 10;

/** A value and the orders it comes from, of each day. */
export interface Flow {
  readonly values: ArrayLike<number>;
  readonly orders: ArrayLike<number>;
}

/**
 * Variance of the logarithm of a share, times the orders it rests on, as it was known at the beginning of each week: an element a week
 * of seven positions, and one more. 1 until two weeks of a part tell.
 */
export function* shareNoise(whole: ArrayLike<number>, parts: readonly Flow[]): Generator<void, Float64Array> {
  const weeks = Math.floor(whole.length / DAYS_A_WEEK);
  const [squares, counts] = [new Float64Array(weeks + 1), new Float64Array(weeks + 1)];
  const wholes = weekly(whole, weeks);
  for (const { values, orders } of parts) {
    yield;
    const [own, ownOrders] = [weekly(values, weeks), weekly(orders, weeks)];
    for (let week = 1; week < weeks; week++) {
      const [before, now] = [week - 1, week].map((index) => ({
        share: Math.log((own[index] ?? 0) / (wholes[index] ?? 0)),
        orders: ownOrders[index] ?? 0,
      })) as [{ share: number; orders: number }, { share: number; orders: number }];
      const difference = now.share - before.share;
      if (!(Math.min(before.orders, now.orders) >= FEWEST_ORDERS) || !Number.isFinite(difference)) continue;
      squares[week + 1] = (squares[week + 1] ?? 0) + difference ** 2 / (1 / before.orders + 1 / now.orders);
      counts[week + 1] = (counts[week + 1] ?? 0) + 1;
    }
  }
  let [total, count] = [0, 0];
  return squares.map((square, week) => {
    total += square;
    count += counts[week] ?? 0;
    return count > 0 ? total / count : 1;
  });
}

/** The week of a position in what `shareNoise` gives: all of its weeks had ended by then. */
export const weekOf = (position: number): number => Math.floor(position / DAYS_A_WEEK);

function weekly(values: ArrayLike<number>, weeks: number): Float64Array {
  const sums = new Float64Array(weeks);
  for (let position = 0; position < weeks * DAYS_A_WEEK; position++) {
    const week = weekOf(position);
    sums[week] = (sums[week] ?? 0) + Math.max(0, values[position] ?? 0);
  }
  return sums;
}
