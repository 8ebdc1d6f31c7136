/**
 * Peaks and troughs of a monthly series, after Bry and Boschan (1971), "Cyclical Analysis of Time Series", NBER, in
 * the short form of Harding and Pagan (2002), Journal of Monetary Economics 49: no chain of moving averages, which
 * would need more years than a platform has. The series is expected without season and holiday. Below four years
 * every point is tentative.
 */
import { at } from '../core/vector.ts';

/** A month in which the series turned; `index` counts from the series' start. */
export interface TurningPoint {
  readonly index: number;
  readonly kind: 'peak' | 'trough';
}

/** What counts as a turn, in months. */
export interface TurningRules {
  /** A peak is no lower than any month within this distance, and such months must be there on both sides. */
  readonly window: number;
  /** Least distance from peak to trough or from trough to peak. */
  readonly minPhase: number;
  /** Least distance between two peaks, or two troughs. */
  readonly minCycle: number;
}

export const TURNING_RULES: TurningRules = { window: 5, minPhase: 5, minCycle: 15 };

/** Movements smaller than this part of the usual value are the rounding of what came before, and no movements. */
const LEAST_MOVEMENT = 1e-4;

/** A month this many times the usual monthly movement away from both its neighbours is an outlier. */
const SPIKE = 4;

/**
 * Turning points in order, peaks and troughs alternating. A single month that jumps out and back is no cycle: it is
 * replaced by its neighbours' mean first. A turn that takes several months of one value is dated to the middle of
 * them. Of two peaks too close together the higher stays, of two troughs the deeper, of equals the later.
 * @throws RangeError for a value that is not finite.
 */
export function turningPoints(
  values: readonly number[],
  rules: TurningRules = TURNING_RULES,
): TurningPoint[] {
  if (!values.every(Number.isFinite)) throw new RangeError('a series of turning points has no gaps');
  const series = withoutSpikes(values.map(inSteps(values)));
  let points = localExtrema(series, rules.window);
  for (let count = -1; count !== points.length;) {
    count = points.length;
    points = alternating(withoutFalseEnds(points, series), series);
    points = alternating(withoutShortCycle(points, series, rules.minCycle), series);
    points = withoutShortPhase(points, rules.minPhase);
  }
  return points;
}

/** Values in steps of the least movement. */
function inSteps(values: readonly number[]): (value: number) => number {
  const sizes = values.map(Math.abs).toSorted((a, b) => a - b);
  const step = LEAST_MOVEMENT * (sizes[Math.floor(sizes.length / 2)] ?? 0);
  return (value) => (step > 0 ? step * Math.round(value / step) : value);
}

function withoutSpikes(values: readonly number[]): number[] {
  const movements = values.slice(1).map((value, index) => Math.abs(value - at(values, index)));
  const usual = movements.toSorted((a, b) => a - b)[Math.floor(movements.length / 2)] ?? 0;
  return values.map((value, index) => {
    const [before, after] = [values[index - 1], values[index + 1]];
    if (before === undefined || after === undefined) return value;
    const [rise, fall] = [value - before, value - after];
    const isSpike = rise * fall > 0 && Math.min(Math.abs(rise), Math.abs(fall)) > SPIKE * usual;
    return isSpike ? (before + after) / 2 : value;
  });
}

/**
 * Months, or runs of months with one value, that nothing within the window exceeds and that fall off on both sides.
 */
function localExtrema(series: readonly number[], window: number): TurningPoint[] {
  const points: TurningPoint[] = [];
  for (let start = 0, end = 0; start < series.length; start = end + 1) {
    const value = at(series, start);
    for (end = start; series[end + 1] === value;) end += 1;
    const index = Math.floor((start + end) / 2);
    const hasWindow =
      start > 0 && end < series.length - 1 && index >= window && index < series.length - window;
    if (!hasWindow) continue;
    const around = series.slice(Math.max(0, start - window), end + window + 1);
    const beside = [at(series, start - 1), at(series, end + 1)];
    if (around.every((other) => other <= value) && beside.every((other) => other < value)) {
      points.push({ index, kind: 'peak' });
    } else if (around.every((other) => other >= value) && beside.every((other) => other > value)) {
      points.push({ index, kind: 'trough' });
    }
  }
  return points;
}

/** Whether value `a` is further out than `b` for this kind. */
const isBeyond = (kind: TurningPoint['kind'], a: number, b: number): boolean =>
  kind === 'peak' ? a > b : a < b;

/**
 * Drops first and last turns that a month between them and the series' end surpasses: the movement had not turned
 * there.
 */
function withoutFalseEnds(points: readonly TurningPoint[], series: readonly number[]): TurningPoint[] {
  const isReal = ({ index, kind }: TurningPoint, outside: readonly number[]) =>
    !outside.some((value) => isBeyond(kind, value, at(series, index)));
  const first = points.findIndex((point) => isReal(point, series.slice(0, point.index)));
  const last = points.findLastIndex((point) => isReal(point, series.slice(point.index)));
  return first < 0 ? [] : points.slice(first, last + 1);
}

/** Of neighbours of the same kind the one further out, or the later. */
function alternating(points: readonly TurningPoint[], series: readonly number[]): TurningPoint[] {
  const kept: TurningPoint[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (last === undefined || last.kind !== point.kind) kept.push(point);
    else if (!isBeyond(point.kind, at(series, last.index), at(series, point.index)))
      kept[kept.length - 1] = point;
  }
  return kept;
}

/**
 * Drops the lesser point of the first pair of one kind that is too close; its neighbours are then alike and merge.
 */
function withoutShortCycle(
  points: readonly TurningPoint[],
  series: readonly number[],
  minCycle: number,
): TurningPoint[] {
  const second = points.findIndex((point, place) => {
    const before = points[place - 2];
    return before !== undefined && point.index - before.index < minCycle;
  });
  if (second < 0) return [...points];
  const [before, after] = [at(points, second - 2), at(points, second)];
  const drop = isBeyond(after.kind, at(series, before.index), at(series, after.index)) ? second : second - 2;
  return points.filter((_, place) => place !== drop);
}

/** Drops both ends of the first phase that is too short: its neighbours alternate again. */
function withoutShortPhase(points: readonly TurningPoint[], minPhase: number): TurningPoint[] {
  const second = points.findIndex((point, place) => {
    const before = points[place - 1];
    return before !== undefined && point.index - before.index < minPhase;
  });
  return second < 0 ? [...points] : points.filter((_, place) => place !== second && place !== second - 1);
}
