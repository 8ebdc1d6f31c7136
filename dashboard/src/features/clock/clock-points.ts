import type { ClockAnswer, Quadrant } from '@beltline/contract';
import type { ClockPoint } from '../../charts/clock-option.ts';
import { isMonth, monthsBetween } from '../../format/calendar-months.ts';

export const QUADRANTS = [
  'expansion',
  'slowdown',
  'contraction',
  'recovery',
] as const satisfies readonly Quadrant[];
type AllListed<Unlisted extends never> = Unlisted;
export type UnlistedQuadrant = AllListed<Exclude<Quadrant, (typeof QUADRANTS)[number]>>;

type ClockArea = ClockAnswer['areas'][number];

/** Months of the way behind the chosen area. */
export const TRAIL_MONTHS = 12;

/** Three years show a whole cycle and stay quick to play. */
const MONTHS = 36;
/** As many as the API gives at once. */
const MOST_MONTHS = 60;

/** How many months up to the last complete one are asked for: enough to hold the month in view. */
export function monthsToAsk(asked: string | undefined, last: string | undefined): number {
  if (!isMonth(asked) || last === undefined) return MONTHS;
  return Math.min(MOST_MONTHS, Math.max(MONTHS, monthsBetween(asked, last).length));
}

/** Areas by their share, the largest first; those without one last. */
export const byShare = (areas: readonly ClockArea[]) =>
  [...areas].sort((a, b) => (b.share.value ?? -1) - (a.share.value ?? -1));

/** Where each area is in one month, the largest first; those that are nowhere are left out. */
export function pointsOf(
  areas: readonly ClockArea[],
  index: number,
  nameOf: (area: ClockArea['area']) => string,
): ClockPoint[] {
  return byShare(areas).flatMap(({ area, share, points }) => {
    const point = points[index];
    return point ? [{ id: area.id, name: nameOf(area), share: share.value, ...point }] : [];
  });
}

/** The last months of an area up to the one shown, the earliest first. */
export function trailOf(area: ClockArea | null, index: number): ClockArea['points'] {
  if (area === null) return [];
  return area.points.slice(Math.max(0, index - TRAIL_MONTHS + 1), index + 1);
}

/** An even number of steps from 0 to a little beyond the farthest point. */
function roomFor(farthest: number): number {
  if (farthest <= 0) return 0.01;
  const step = 10 ** Math.floor(Math.log10(farthest)) / 2;
  return Math.ceil((farthest * 1.04) / step) * step;
}

/** How many of a hundred distances the field holds: a few areas that are far off would press all others into its middle. */
const HELD = 0.98;

/** Half the width and height of a field for all months, so that only points move. What lies outside is drawn at its edge. */
export function reachOf(areas: readonly ClockArea[]): { x: number; y: number } {
  const places = areas.flatMap(({ points }) => points.filter((point) => point !== null));
  const farthest = (axis: 'x' | 'y') => {
    const distances = places.map((place) => Math.abs(place[axis])).sort((a, b) => a - b);
    return distances[Math.ceil(HELD * distances.length) - 1] ?? 0;
  };
  return { x: roomFor(farthest('x')), y: roomFor(farthest('y')) };
}

/** How many are at least likely in each quadrant. */
export function quadrantCounts(points: readonly ClockPoint[]): { quadrant: Quadrant; count: number }[] {
  return QUADRANTS.map((quadrant) => ({
    quadrant,
    count: points.filter((point) => point.certainty !== null && point.quadrant === quadrant).length,
  }));
}

/** How many are on the clock without a quadrant that could be claimed. */
export const undeterminedCount = (points: readonly ClockPoint[]): number =>
  points.filter(({ certainty }) => certainty === null).length;
