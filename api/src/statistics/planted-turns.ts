/** Series with turning points that are planted in noise, and series without any, for what is said of them. */
import { at, mean } from '../core/vector.ts';
import { normal, random } from './planted.ts';
import { type TurningPoint, turningPoints } from './turning-points.ts';

/** How far a turn may be found from where it is planted, in months. */
const WITHIN_MONTHS = 2;

/** Straight lines through corners [month, value], from the first month to that of the last corner. */
export function through(...corners: readonly (readonly [number, number])[]): number[] {
  const last = at(corners, corners.length - 1)[0];
  return Array.from({ length: last + 1 }, (_, month) => {
    const next = corners.findIndex(([corner]) => corner >= month);
    const [x1, y1] = at(corners, next);
    const [x0, y0] = corners[next - 1] ?? [x1 - 1, y1];
    return y0 + ((y1 - y0) * (month - x0)) / (x1 - x0);
  });
}

export const peak = (index: number): TurningPoint => ({ index, kind: 'peak' });
export const trough = (index: number): TurningPoint => ({ index, kind: 'trough' });

// Heights in deviations of the monthly noise: a fall by a third is six where a belt's months scatter by 7 log points.
const slower = through([0, 0], [16, 0], [24, -6], [36, 0], [48, 0]);
const twoDips = [trough(16), peak(24), trough(33)];

/** Paths of four years with the turns that are in them. */
export const PLANTED_TURNS = {
  quickV: { path: through([0, 0], [20, 0], [23, -6], [35, 0], [48, 0]), turns: [trough(23)] },
  v: { path: slower, turns: [trough(24)] },
  longV: { path: through([0, 0], [24, -6], [48, 0]), turns: [trough(24)] },
  w: { path: through([0, 0], [10, 0], [16, -6], [24, 0], [33, -6], [42, 0], [48, 0]), turns: twoDips },
  doubleDip: {
    path: through([0, 0], [10, 0], [16, -6], [24, -1], [33, -9], [43, 0], [48, 0]),
    turns: twoDips,
  },
  riseAndFall: { path: slower.map((value) => -value), turns: [peak(24)] },
} as const satisfies Record<string, { path: readonly number[]; turns: readonly TurningPoint[] }>;

/** Four years of noise of one standard deviation about a curve, as they are left when a season is told by them: freed of their monthly means. */
export function adjustedNoise(draw: () => number, curve: (month: number) => number): number[] {
  const noise = Array.from({ length: 49 }, () => normal(draw));
  return noise.map((one, month) => {
    const alike = noise.filter((_, other) => other % 12 === month % 12);
    return 100 + curve(month) + one - (mean(alike) ?? 0);
  });
}

/** Of series about a curve, the share that is said to have turned at all. */
export function shareTurned(curve: (month: number) => number, runs = 400, seed = 12): number {
  const draw = random(seed);
  const turned = Array.from({ length: runs }, () => turningPoints(adjustedNoise(draw, curve)));
  return turned.filter((points) => points.length > 0).length / runs;
}

/** Share of planted turns that are found within two months, and of series with more turns than were planted. */
export function foundTurns(
  { path, turns }: (typeof PLANTED_TURNS)[keyof typeof PLANTED_TURNS],
  runs = 300,
  seed = 21,
): { found: number; more: number } {
  const draw = random(seed);
  let [found, more] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const points = turningPoints(adjustedNoise(draw, (month) => at(path, month)));
    const isFound = ({ index, kind }: TurningPoint) =>
      points.some((point) => point.kind === kind && Math.abs(point.index - index) <= WITHIN_MONTHS);
    found += turns.filter(isFound).length;
    if (points.length > turns.length) more++;
  }
  return { found: found / (runs * turns.length), more: more / runs };
}
