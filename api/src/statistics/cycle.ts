/**
 * Where a series stands in its cycle: how far the smooth series lies above or below its long trend, and how that changes.
 * Method: the deviation cycle of the OECD's and Eurostat's business-cycle clocks, with a log-linear long trend, which a
 * few years of data can bear where a band-pass filter cannot.
 */
import { at, sum } from '../core/vector.ts';

/** A month of the cycle. */
export interface CyclePoint {
  /** ln(smooth ÷ long trend): 0.05 is about 5 % above. */
  readonly deviation: number;
  /** Change of the deviation against the month before. */
  readonly change: number;
}

/**
 * Points of a smooth monthly series without season and holiday; null for the first month, which has no month before it.
 * The long trend is the least-squares line through the logarithms of the whole series.
 * @throws RangeError for a value that is not above 0.
 */
export function cyclePoints(smooth: readonly number[]): (CyclePoint | null)[] {
  const wrong = smooth.find((value) => !(value > 0 && value < Infinity));
  if (wrong !== undefined) throw new RangeError(`no logarithm of ${wrong}`);
  const logs = smooth.map(Math.log);
  const line = lineThrough(logs);
  const deviations = logs.map((log, index) => log - line(index));
  return deviations.map((deviation, index) =>
    index === 0 ? null : { deviation, change: deviation - at(deviations, index - 1) },
  );
}

function lineThrough(values: readonly number[]): (index: number) => number {
  const centre = (values.length - 1) / 2;
  const average = values.length === 0 ? 0 : sum(values) / values.length;
  const spread = sum(values.map((_, index) => (index - centre) ** 2));
  const slope = spread === 0 ? 0 : sum(values.map((value, index) => (index - centre) * value)) / spread;
  return (index) => average + slope * (index - centre);
}
