import { DAYS, dateLabel, dayOf, daysFromFestival, weekday } from './calendar.ts';

/** Who follows which rhythm: exports stop with the factories but do not know 618. */
export const RHYTHMS = ['wholesale', 'distribution', 'offline', 'exports', 'export_distribution'] as const;
export type Rhythm = (typeof RHYTHMS)[number];

type Curve = readonly (readonly [offset: number, factor: number])[];

/**
 * Spring Festival as a curve over the days from it: wholesale nearly stops from CNY−10 to CNY+12 because factories
 * and markets close; shops go on selling from stock, so distribution only dips. All have a push before.
 *
 * All of it lies within 28 days before and 42 after, well inside the days that are compared with the same lunar days of another year.
 */
const FESTIVAL: Record<Rhythm, Curve> = {
  wholesale: [[-28, 1], [-24, 1.25], [-14, 1.1], [-11, 0.8], [-10, 0.16], [-7, 0.05], [9, 0.05], [12, 0.18], [14, 0.75], [20, 1.1], [32, 1.13], [42, 1]],
  distribution: [[-28, 1], [-23, 1.14], [-12, 1.14], [-7, 0.75], [-3, 0.42], [4, 0.42], [9, 0.75], [14, 0.98], [17, 1]],
  offline: [[-28, 1], [-20, 1.3], [-9, 1.2], [-5, 0.3], [-2, 0.05], [6, 0.05], [10, 0.35], [16, 0.95], [20, 1]],
  exports: [[-28, 1], [-22, 1.18], [-12, 1], [-8, 0.25], [8, 0.2], [13, 0.6], [20, 1.06], [35, 1.08], [42, 1]],
  export_distribution: [[-28, 1], [-22, 1.08], [-8, 0.9], [-3, 0.5], [6, 0.5], [12, 0.85], [18, 1]],
}; // prettier-ignore

/** Yearly windows (MM-DD, both included) and their factors in the order of RHYTHMS; overlapping ones multiply. */
const WINDOWS: readonly (readonly [from: string, to: string, ...factors: number[]])[] = [
  ['05-01', '05-03', 0.72, 0.92, 1.1, 0.8, 1],
  ['05-05', '05-28', 1.1, 1, 1, 1, 1], // stocking up for 618
  ['05-24', '06-18', 1, 1.24, 1.08, 1, 1],
  ['05-31', '06-02', 1, 1.35, 1, 1, 1],
  ['06-15', '06-18', 1, 1.4, 1, 1, 1],
  ['07-10', '08-10', 0.93, 0.95, 0.95, 0.98, 1.02],
  ['09-05', '10-18', 1.12, 1, 1.02, 1.1, 1.03], // stocking up for Double 11 and for Christmas abroad
  ['10-01', '10-05', 0.5, 0.85, 1.05, 0.6, 0.95],
  ['10-20', '11-11', 1.02, 1.28, 1.05, 1, 1.05],
  ['10-31', '11-02', 1, 1.35, 1, 1, 1],
  ['11-09', '11-11', 1, 1.6, 1.05, 1, 1.1],
  ['11-20', '12-02', 1, 1, 1, 1, 1.35], // Black Friday
  ['12-09', '12-12', 1, 1.3, 1.02, 1, 1.02],
];

/** Once only: the spring 2022 lockdowns and the infection wave after 7 December 2022. */
const SHOCKS: readonly (readonly [from: number, to: number, ...factors: number[]])[] = [
  [dayOf(2022, 3, 28), dayOf(2022, 5, 22), 0.86, 0.88, 0.6, 0.9, 0.92],
  [dayOf(2022, 12, 10), dayOf(2022, 12, 31), 0.62, 0.74, 0.5, 0.72, 0.82],
  [dayOf(2023, 1, 1), dayOf(2023, 1, 6), 0.8, 0.88, 0.75, 0.85, 0.92],
];

/** Factors from Sunday to Saturday. */
const WEEK: Record<Rhythm, readonly number[]> = {
  wholesale: [0.62, 1.14, 1.12, 1.1, 1.08, 1.06, 0.88],
  distribution: [1.04, 0.97, 0.96, 0.97, 0.98, 1.02, 1.06],
  offline: [1.24, 0.85, 0.84, 0.86, 0.92, 1.03, 1.26],
  exports: [0.7, 1.12, 1.1, 1.1, 1.08, 1.05, 0.85],
  export_distribution: [1.03, 0.99, 0.98, 0.98, 0.99, 1, 1.03],
};

function along(curve: Curve, offset: number): number {
  for (let i = 1; i < curve.length; i++) {
    const [x0, y0] = curve[i - 1]!;
    const [x1, y1] = curve[i]!;
    if (offset >= x0 && offset < x1) return y0 + ((y1 - y0) * (offset - x0)) / (x1 - x0);
  }
  return 1;
}

/**
 * Relative intensity of each day of the period for a rhythm, about 1 on an ordinary day; `calm` without the shocks, as in
 * belts where nothing happens.
 */
export function seasonOf(rhythm: Rhythm, calm: boolean): Float64Array {
  const column = RHYTHMS.indexOf(rhythm);
  return Float64Array.from({ length: DAYS }, (_, day) => {
    const date = dateLabel(day).slice(5);
    let factor = WEEK[rhythm][weekday(day)]! * along(FESTIVAL[rhythm], daysFromFestival(day));
    for (const [from, to, ...factors] of WINDOWS) if (date >= from && date <= to) factor *= factors[column]!;
    for (const [from, to, ...factors] of calm ? [] : SHOCKS)
      if (day >= from && day <= to) factor *= factors[column]!;
    return factor;
  });
}
