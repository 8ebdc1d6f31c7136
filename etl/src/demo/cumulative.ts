/** First index whose cumulative weight lies above a point. */
export function indexAt(
  cumulative: ArrayLike<number>,
  point: number,
  from = 0,
  end = cumulative.length,
): number {
  let low = from;
  let high = end - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative[middle]! > point) high = middle;
    else low = middle + 1;
  }
  return low;
}
