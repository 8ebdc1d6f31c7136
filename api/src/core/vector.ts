/** Reading and adding rows of numbers. */

/**
 * The element at an index that must exist. @throws RangeError where it does not, instead of a silent NaN further on.
 */
export function at<T>(values: ArrayLike<T>, index: number): T {
  if (!(index >= 0 && index < values.length)) throw new RangeError(`no element ${index} of ${values.length}`);
  return values[index] as T;
}

/** In their order. By index: typed arrays of owners are summed many thousand times, and their iterators are slow. */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < values.length; index++) total += values[index] as number;
  return total;
}

/** `length` elements from one on; those beyond the ends add nothing. */
export function sumFrom(values: ArrayLike<number>, from: number, length: number): number {
  let total = 0;
  for (let index = from; index < from + length; index++) total += values[index] ?? 0;
  return total;
}

/** Arithmetic mean; null of nothing. */
export const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : sum(values) / values.length;

/** The middle value, or the mean of both in the middle; NaN of nothing. By a typed array, which sorts numbers without asking for each pair. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}
