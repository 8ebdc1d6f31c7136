/**
 * Recovery: how far a belt is back, from how deep, in which phase, and a stated rule that names its state.
 * Levels are recovery ratios, 100 = back to the reference period.
 */

/**
 * Recovery ratio 100 · (now ÷ base) ÷ (nowInReference ÷ baseInReference): the level now against the base, relative to
 * what it was at the matching (lunar-aligned) dates of the reference year. 100 = back to the reference. Null where a value is not
 * known, or one that divides is not above 0. Method: Opportunity Insights Economic Tracker, data documentation.
 */
export function recoveryRatio(
  now: number | null,
  base: number | null,
  nowInReference: number | null,
  baseInReference: number | null,
): number | null {
  if (now === null || base === null || nowInReference === null || baseInReference === null) return null;
  if (!(base > 0 && nowInReference > 0 && baseInReference > 0)) return null;
  return (100 * (now / base)) / (nowInReference / baseInReference);
}

/** The deepest month of a series of recovery ratios. */
export interface Trough {
  readonly index: number;
  /** Points below the reference. */
  readonly depth: number;
  /** Months from the trough to the last of the series, whether that is known or not. */
  readonly monthsSince: number;
  /**
   * Share of the loss that the last month of the series has regained: 0 = still at the bottom, 1 = back, above 1 = beyond. Null
   * where that month is not known: an earlier one does not speak for it.
   */
  readonly regained: number | null;
}

/** Trough of monthly recovery ratios (null = not known), the last of equal months. Null where none is below `reference`. */
export function trough(series: readonly (number | null)[], reference = 100): Trough | null {
  const known = series.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  const deepest = known.reduce((lowest, one) => (one.value <= lowest.value ? one : lowest), {
    value: reference,
    index: -1,
  });
  const last = series.at(-1) ?? null;
  const depth = reference - deepest.value;
  if (!(depth > 0)) return null;
  return {
    index: deepest.index,
    depth,
    monthsSince: series.length - 1 - deepest.index,
    regained: last === null ? null : (last - deepest.value) / depth,
  };
}

export type ClockQuadrant = 'expansion' | 'slowdown' | 'contraction' | 'recovery';

/** Phase from x = deviation from trend and y = its change; 0 counts as above and as rising. Null where either is not known. */
export function clockQuadrant(x: number | null, y: number | null): ClockQuadrant | null {
  if (x === null || y === null) return null;
  if (y >= 0) return x >= 0 ? 'expansion' : 'recovery';
  return x >= 0 ? 'slowdown' : 'contraction';
}

export const RECOVERY_STATES = [
  'recovered',
  'recovering',
  'carried-by-few',
  'slipping',
  'declining',
  'flat',
  'too-little-data',
] as const;
export type RecoveryState = (typeof RECOVERY_STATES)[number];

/** What the state is read from; also the form of dead-bands and of standard errors, in the same units. */
export interface RecoveryFigures<Value> {
  /** Recovery ratio, points. */
  readonly level: Value;
  /** Lunar-aligned three-month growth, a ratio. */
  readonly growth: Value;
  /** Breadth, 0–100. */
  readonly breadth: Value;
}

/** Why a state was named: where a figure lies against its threshold. */
export interface RecoveryReason {
  readonly figure: keyof RecoveryFigures<unknown>;
  readonly value: number;
  readonly threshold: number;
  readonly side: 'above' | 'below';
  /** |value − threshold| in units of the figure's noise, or of its dead-band where the noise is not known. */
  readonly distance: number;
}

/** A state, what decided it, and how sure that is. */
export interface RecoveryFinding {
  readonly state: RecoveryState;
  readonly reasons: readonly RecoveryReason[];
  /** The smallest distance decides: from 2 on clear, from 1 on likely, else borderline. Null with too little data. */
  readonly sureness: { readonly grade: 'clear' | 'likely' | 'borderline'; readonly distance: number } | null;
}

const BACK = 100;
const NEUTRAL = 50;

/**
 * State of recovery, the first that applies. L = level, g = growth, b = its dead-band, B = breadth: carried by few (g > b,
 * B ≤ 50, whatever the level: the growth of three large sellers is no recovery), recovered (L ≥ 100, g ≥ −b), slipping
 * (L ≥ 100, g < −b), recovering (L < 100, g > b), declining (L < 100, g < −b), flat (L < 100 else), too little data (a
 * figure that decides is not known).
 *
 * Only growth has a dead-band in the rule, since only there "unchanged" is a state. Those of level and breadth
 * measure how sure the finding is, as do the standard errors in `noise`, where they are known. A flat belt's growth
 * lies within its band, so without noise it is never more than likely.
 * @throws RangeError for a dead-band that is not above 0.
 */
export function recoveryState(
  figures: RecoveryFigures<number | null>,
  deadBand: RecoveryFigures<number>,
  noise: Partial<RecoveryFigures<number | null>> = {},
): RecoveryFinding {
  if (!Object.values(deadBand).every((band) => band > 0)) throw new RangeError('a dead-band must be above 0');
  const { level, growth, breadth } = figures;
  const band = deadBand.growth;
  const finding = (
    state: RecoveryState,
    ...thresholds: readonly (readonly [keyof typeof figures, number])[]
  ) => {
    const reasons = thresholds.flatMap(([figure, threshold]): RecoveryReason[] => {
      const value = figures[figure];
      if (value === null) return [];
      const distance = Math.abs(value - threshold) / unitOf(noise[figure], deadBand[figure]);
      const side = isAbove(figure, value, threshold) ? 'above' : 'below';
      return [{ figure, value, threshold, side, distance }];
    });
    return { state, reasons, sureness: surenessOf(reasons) };
  };
  if (level === null || growth === null) return finding('too-little-data');
  if (growth > band) {
    if (breadth === null) return finding('too-little-data');
    if (breadth <= NEUTRAL) return finding('carried-by-few', ['growth', band], ['breadth', NEUTRAL]);
    if (level >= BACK) return finding('recovered', ['level', BACK], ['breadth', NEUTRAL]);
    return finding('recovering', ['level', BACK], ['growth', band], ['breadth', NEUTRAL]);
  }
  const isFalling = growth < -band;
  const state = level >= BACK ? (isFalling ? 'slipping' : 'recovered') : isFalling ? 'declining' : 'flat';
  return finding(state, ['level', BACK], ['growth', growth < 0 ? -band : band]);
}

const unitOf = (noise: number | null | undefined, deadBand: number): number =>
  typeof noise === 'number' && noise > 0 ? noise : deadBand;

/** At the threshold a level is back and growth is not yet falling, but breadth or growth is not yet above. */
const isAbove = (figure: RecoveryReason['figure'], value: number, threshold: number): boolean =>
  figure === 'level' || (figure === 'growth' && threshold < 0) ? value >= threshold : value > threshold;

function surenessOf(reasons: readonly RecoveryReason[]): RecoveryFinding['sureness'] {
  if (reasons.length === 0) return null;
  const distance = Math.min(...reasons.map((reason) => reason.distance));
  return { grade: distance >= 2 ? 'clear' : distance >= 1 ? 'likely' : 'borderline', distance };
}
