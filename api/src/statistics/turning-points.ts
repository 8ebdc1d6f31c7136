/**
 * Peaks and troughs of a monthly series, after Bry and Boschan (1971), "Cyclical Analysis of Time Series", NBER: found on a smooth curve and dated
 * on the series itself, with the rules of Harding and Pagan (2002), Journal of Monetary Economics 49. The curve is one moving average of
 * five months; a chain of longer ones would need more years than a platform has. Months that the noise cannot tell apart are told by a mean of
 * three: dated by its own value alone, a trough six deviations deep, two years down and two up, is within two months in 80 %, so in 85 %. The series is expected without season, holiday and single
 * months that stand out, as logarithms where it grows by multiples. Below four years every point is tentative.
 *
 * A movement counts from two and a half deviations of the monthly noise on. Without that, 75 % of series of four years in which nothing happens have a
 * turn; with it 7 %, and of dips by three deviations over two years 83 % are found (`turning-points.trials.spec.ts`).
 */
import { at, median, sum } from '../core/vector.ts';

/** A month in which the series turned; `index` counts from the series' start. */
export interface TurningPoint {
  readonly index: number;
  readonly kind: 'peak' | 'trough';
}

/** What counts as a turn, in months. */
export interface TurningRules {
  /** Least height of a movement, in standard deviations of the monthly noise. */
  readonly amplitude: number;
  /** A peak is no lower than any month within this distance, and such months must be there on both sides. */
  readonly window: number;
  /** Least distance from peak to trough or from trough to peak. */
  readonly minPhase: number;
  /** Least distance between two peaks, or two troughs. */
  readonly minCycle: number;
}

export const TURNING_RULES: TurningRules = { amplitude: 2.5, window: 5, minPhase: 5, minCycle: 15 };

/** Movements smaller than this part of the usual value are the rounding of what came before, and no movements. */
const LEAST_MOVEMENT = 1e-4;

/** A month this many times the usual monthly movement away from both its neighbours is an outlier. */
const SPIKE = 4;

/** Months before and after one that the curve is the mean of on which turns are found, and that on which they are dated. */
const FOUND_ON = 2;
const DATED_ON = 1;

/** Values of two months closer than so many deviations of the noise are not told apart by it. */
const TOLD_APART = 2;

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
  const inSteps = stepsOf(values);
  const series = withoutSpikes(values.map(inSteps));
  const curve = smoothed(series, FOUND_ON).map(inSteps);
  const finer = smoothed(series, DATED_ON).map(inSteps);
  const found = regular(localExtrema(curve, rules.window), curve, rules, withoutFalseEnds);
  const noise = noiseOf(series);
  const large = withoutSmallMovements(found, curve, rules.amplitude * noise);
  const dated = (point: TurningPoint) => datedOn(series, finer, noise, point);
  const isInside = ({ index }: TurningPoint) => index >= rules.window && index < series.length - rules.window;
  // Smoothing brings turns that lie near the ends further in.
  const inside = large.filter((point) => isInside(dated(point)));
  return regular(withoutFalseEnds(inside, curve).map(dated), series, rules);
}

/** A turn, and whether the series without its last month has it too. */
export interface CheckedTurn extends TurningPoint {
  readonly isConfirmed: boolean;
}

/** Turns of the shorter series within so many months are the same turn. */
const SAME_TURN = 2;

/** Turning points as above; one that the series cut a month earlier does not show within two months is not confirmed. */
export function checkedTurns(values: readonly number[]): CheckedTurn[] {
  const earlier = turningPoints(values.slice(0, -1));
  return turningPoints(values).map(({ index, kind }) => ({
    index,
    kind,
    isConfirmed: earlier.some((point) => point.kind === kind && Math.abs(point.index - index) <= SAME_TURN),
  }));
}

/** Alternating points whose phases and cycles are long enough, and of which the ends are real, where it is asked. */
function regular(
  points: readonly TurningPoint[],
  series: readonly number[],
  { minCycle, minPhase }: TurningRules,
  withRealEnds: typeof withoutFalseEnds = (all) => [...all],
): TurningPoint[] {
  let left = alternating(points, series);
  for (let count = -1; count !== left.length;) {
    count = left.length;
    left = alternating(withRealEnds(left, series), series);
    left = alternating(withoutShortCycle(left, series, minCycle), series);
    left = withoutShortPhase(left, minPhase);
  }
  return left;
}

/** Means of `months` before and after each month, of fewer near the ends: as many before a month as after it. */
const smoothed = (series: readonly number[], months: number): number[] =>
  series.map((_, index) => {
    const reach = Math.min(months, index, series.length - 1 - index);
    const around = series.slice(index - reach, index + reach + 1);
    return sum(around) / around.length;
  });

/** Standard deviation = this · median absolute deviation, for normal values; that of a second difference is √6 times that of a value. */
const DEVIATION = 1.4826 / Math.sqrt(6);

/** Standard deviation of what months scatter by, from second differences, in which trend and cycle all but vanish. */
function noiseOf(series: readonly number[]): number {
  const bends = series
    .slice(2)
    .map((value, index) => Math.abs(value - 2 * at(series, index + 1) + at(series, index)));
  return bends.length === 0 ? 0 : DEVIATION * median(bends);
}

/** Drops what is least, until every movement between turns, and to and from the ends of the series, is as high as is asked. */
function withoutSmallMovements(
  points: readonly TurningPoint[],
  curve: readonly number[],
  least: number,
): TurningPoint[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return [];
  const height = (a: number, b: number) => Math.abs(a - b);
  const furthest = ({ kind }: TurningPoint, outside: readonly number[]) =>
    kind === 'peak' ? Math.min(...outside) : Math.max(...outside);
  const valueOf = ({ index }: TurningPoint) => at(curve, index);
  const movements = [
    { of: height(valueOf(first), furthest(first, curve.slice(0, first.index))), from: 0, count: 1 },
    ...points.slice(1).map((point, from) => ({
      of: height(valueOf(point), valueOf(at(points, from))),
      from,
      count: 2,
    })),
    {
      of: height(valueOf(last), furthest(last, curve.slice(last.index + 1))),
      from: points.length - 1,
      count: 1,
    },
  ];
  const smallest = movements.reduce((small, next) => (next.of < small.of ? next : small));
  if (smallest.of >= least) return [...points];
  return withoutSmallMovements(points.toSpliced(smallest.from, smallest.count), curve, least);
}

/**
 * The month of a turn of the curve: of the months that its mean is of, that whose value is furthest out. Values that the noise cannot tell apart
 * are told by the curve of three months, and those by nearness.
 */
function datedOn(
  series: readonly number[],
  finer: readonly number[],
  noise: number,
  { index, kind }: TurningPoint,
): TurningPoint {
  const furthest = (months: readonly number[], values: readonly number[]) =>
    months.reduce((best, month) => (isBeyond(kind, at(values, month), at(values, best)) ? month : best));
  const months = [0, 1, -1, 2, -2].map((away) => index + away).filter((month) => month in series);
  const extreme = at(series, furthest(months, series));
  const alike = months.filter((month) => Math.abs(at(series, month) - extreme) <= TOLD_APART * noise);
  return { index: furthest(alike, finer), kind };
}

/** Values in steps of the least movement. */
function stepsOf(values: readonly number[]): (value: number) => number {
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
