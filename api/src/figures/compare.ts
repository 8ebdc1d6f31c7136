import { type Flag, type Indicator, type Measure, type Reason, UNIT_OF_MEASURE } from '@beltline/contract';
import type { Hundredths } from '@beltline/sql/clickhouse';

/** One measure of a period and of its baseline; null = not known. `baselineOrders` decides whether the base is too small. */
export interface Pair {
  readonly value: Hundredths | null;
  readonly baseline: Hundredths | null;
  readonly baselineOrders: Hundredths | null;
}

/** What holds for all figures of an answer. */
export interface Conditions {
  /** The period is not completely loaded. */
  readonly provisional: boolean;
  readonly hasBaseline: boolean;
  /** Orders in the baseline under which a growth rate is marked. */
  readonly minBase: number;
  /** Why a value is not known, where it is not. */
  readonly unknownBecause: Extract<Reason, 'part-month' | 'no-data'>;
}

export const plain = (amount: Hundredths | null): number | null => (amount === null ? null : amount / 100);

/** Growth as a ratio: change ÷ baseline. Null without a baseline, and where it is zero. */
export function growthOf(value: Hundredths | null, baseline: Hundredths | null): number | null {
  return value === null || baseline === null || baseline === 0 ? null : (value - baseline) / baseline;
}

/** The one definition of a compared figure: change, growth, how far to trust it, and why something is null. */
export function compare(measure: Measure, pair: Pair, conditions: Conditions): Indicator {
  const { value } = pair;
  const baseline = conditions.hasBaseline ? pair.baseline : null;
  return {
    value: plain(value),
    baseline: plain(baseline),
    change: value === null || baseline === null ? null : (value - baseline) / 100,
    growth: growthOf(value, baseline),
    unit: UNIT_OF_MEASURE[measure],
    flag: flagOf(value, baseline, pair.baselineOrders, conditions),
    reason: reasonOf(value, baseline, conditions),
    definition: measure,
  };
}

/** A small base is said before a provisional period: the period says so itself, in the cautions of the answer. */
function flagOf(
  value: Hundredths | null,
  baseline: Hundredths | null,
  baselineOrders: Hundredths | null,
  { provisional, minBase }: Conditions,
): Flag {
  if (value === null) return 'not-available';
  if (isBaseTooSmall(baseline, baselineOrders, minBase)) return 'base-too-small';
  return provisional ? 'provisional' : 'final';
}

/** The one rule of a small base; `orders` in whole ones. */
export const hasTooFewOrders = (orders: number, minBase: number): boolean => orders < minBase;

/** A growth rate that exists, on fewer orders than the set size. */
export function isBaseTooSmall(
  baseline: Hundredths | null,
  baselineOrders: Hundredths | null,
  minBase: number,
): boolean {
  if (baseline === null || baseline === 0 || baselineOrders === null) return false;
  return hasTooFewOrders(baselineOrders / 100, minBase);
}

function reasonOf(
  value: Hundredths | null,
  baseline: Hundredths | null,
  conditions: Conditions,
): Reason | null {
  if (value === null) return conditions.unknownBecause;
  if (baseline === null) return 'no-baseline';
  return baseline === 0 ? 'baseline-zero' : null;
}
