/** Diameter in pixels of a point that no line reaches. */
const LONE_SIZE = 6;

const isLone = (values: readonly (number | null)[], index: number): boolean =>
  [index - 1, index, index + 1].every((place) => ((values[place] ?? null) !== null) === (place === index));

/** Whether a value has a gap, or an end of the series, on either side of it. */
export const hasLonePoint = (values: readonly (number | null)[]): boolean =>
  values.some((_, index) => isLone(values, index));

/**
 * The values of a line that is drawn without points, gaps as null. A line joins two values at least: one between two gaps (the
 * only month of a young source, a day beside days that were never loaded) would not be seen at all, and a chart of such
 * values would look empty. So those are drawn as points.
 */
export function linePoints(values: readonly (number | null)[]) {
  if (!hasLonePoint(values)) return { showSymbol: false, symbol: 'circle', data: [...values] };
  return {
    showSymbol: true,
    showAllSymbol: true,
    symbol: 'none',
    data: values.map((value, index) =>
      isLone(values, index) ? { value, symbol: 'circle', symbolSize: LONE_SIZE } : value,
    ),
  };
}
