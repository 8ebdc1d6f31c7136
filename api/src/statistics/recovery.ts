/**
 * Recovery: how far a belt is back, from how deep, in which phase, and a stated rule that names its state, with how often it
 * would be named again. Levels are recovery ratios, 100 = back to the reference period.
 */
import { median } from '../core/vector.ts';

/**
 * Recovery ratio 100 · (now ÷ base) ÷ (season ÷ yearOfSeason): the level now against the base, relative to what the matching
 * (lunar-aligned) dates of another year were to the twelve months about them. 100 = back to the base. Null where a value is not
 * known, or one that divides is not above 0. Method: Opportunity Insights Economic Tracker, data documentation; the season as in
 * the ratio-to-moving-average method (Macaulay 1931), which keeps a trend out of it.
 */
export function recoveryRatio(
  now: number | null,
  base: number | null,
  season: number | null,
  yearOfSeason: number | null,
): number | null {
  if (now === null || base === null || season === null || yearOfSeason === null) return null;
  if (!(base > 0 && season > 0 && yearOfSeason > 0)) return null;
  return (100 * (now / base)) / (season / yearOfSeason);
}

/** Of fewer clean years than these there is no level: one year's season is that year's chance. */
export const FEWEST_SEASONS = 2;

/** The median of levels by the seasons of several years; null of fewer than two. */
export const medianLevel = (levels: readonly number[]): number | null =>
  levels.length < FEWEST_SEASONS ? null : median(levels);

/**
 * Standard error of the median of n normal values ÷ that of their mean (Hojo 1931). A season that is the median over n years is so much less
 * sure than their mean would be.
 */
export const medianInflation = (count: number): number => Math.sqrt(MEDIAN_VARIANCE[count] ?? Math.PI / 2);
const MEDIAN_VARIANCE = [1, 1, 1, 1.346, 1.193, 1.434, 1.288, 1.472];

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

/** What the rule tells apart. */
export const RECOVERY_STATES = [
  'recovered',
  'recovering',
  'carried-by-few',
  'flat',
  'slipping',
  'declining',
  'growing',
] as const;
export type RecoveryState = (typeof RECOVERY_STATES)[number];

/** What tells whether growth is carried by few. */
export interface CarriedFigures {
  /** Lunar-aligned three-month growth, a ratio. */
  readonly growth: number;
  /** The same without the three largest owners; null where there are no others. */
  readonly growthOfOthers: number | null;
  /** Breadth lies below 50 by more than chance. */
  readonly isNarrow: boolean;
}

/** It grows, and the others do not, or more merchants fall than rise: the growth of three large sellers is no recovery. */
export const isCarriedByFew = (
  { growth, growthOfOthers, isNarrow }: CarriedFigures,
  deadBand: number,
): boolean => growth > deadBand && (isNarrow || growthOfOthers === null || growthOfOthers <= 0);

/** What a state is read from. */
export interface RecoveryFigures {
  /** Recovery ratio, points; null where there are too few years for one. */
  readonly level: number | null;
  readonly growth: number;
  readonly isCarried: boolean;
}

const BACK = 100;

/**
 * State of recovery, the first that applies. L = level, g = growth, b = its dead-band: carried by few (whatever the level), recovered
 * (L ≥ 100, g ≥ −b), slipping (L ≥ 100, g < −b), recovering (L < 100, g > b), declining (L < 100, g < −b), flat (L < 100 else). Without
 * a level growth alone is told: growing (g > b), declining (g < −b), flat.
 */
export function recoveryState(
  { level, growth, isCarried }: RecoveryFigures,
  deadBand: number,
): RecoveryState {
  if (isCarried) return 'carried-by-few';
  if (level === null && growth > deadBand) return 'growing';
  if (level !== null && level >= BACK) return growth < -deadBand ? 'slipping' : 'recovered';
  if (growth > deadBand) return 'recovering';
  return growth < -deadBand ? 'declining' : 'flat';
}

/** From these probabilities on a state is sure, or likely; below it is undetermined. */
const SURE = 0.95;
const LIKELY = 0.8;

/** The word for a probability; null where nothing is claimed. */
export function certaintyOf(probability: number): 'sure' | 'likely' | null {
  if (probability >= SURE) return 'sure';
  return probability >= LIKELY ? 'likely' : null;
}

/** Which state would be found again, and how often. */
export interface StateFinding {
  /** The most frequent state of the replicates. */
  readonly state: RecoveryState;
  /** Its share of them. */
  readonly probability: number;
  readonly certainty: 'sure' | 'likely' | null;
}

/** The state that most replicates of an area have. Of equally frequent ones the first of the list. */
export function stateFinding(states: readonly RecoveryState[]): StateFinding {
  const counts = RECOVERY_STATES.map((state) => states.filter((one) => one === state).length);
  const most = Math.max(...counts);
  const probability = most / states.length;
  const state = RECOVERY_STATES[counts.indexOf(most)] as RecoveryState;
  return { state, probability, certainty: certaintyOf(probability) };
}
