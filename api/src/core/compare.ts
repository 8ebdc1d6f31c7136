import { type ComparedValue, type Measure, type Reason, UNIT_OF_MEASURE } from '@beltline/contract';
import type { Hundredths } from '@beltline/sql/clickhouse';
import type { Amount, Uncovered } from './amounts.ts';
import { known, unknown, wholeness } from './brief-figure.ts';
import { contributionOf, judge } from './ratio.ts';

/** One measure of a period and of its baseline; null = not known. `baselineOrders` decides whether the base is too small. */
export interface Pair extends Amount {
  readonly baselineOrders: Hundredths | null;
}

/** What holds for all figures of an answer. */
export interface Conditions {
  /** No month of the period was ever loaded: nothing of it is known. */
  readonly nothingLoaded: boolean;
  /** The period is not completely loaded. */
  readonly provisional: boolean;
  readonly hasBaseline: boolean;
  /** Orders in the baseline under which a growth rate is marked. */
  readonly minBase: number;
  /** Why a value is not known, where it is not. */
  readonly unknownBecause: Extract<Reason, 'part-month' | 'no-data' | 'not-loaded'>;
}

export const plain = (amount: Hundredths | null): number | null => (amount === null ? null : amount / 100);

/** The one definition of a compared figure: change, growth, how far to trust it, and why something is null. */
export function compare(measure: Measure, pair: Pair, conditions: Conditions): ComparedValue {
  const value = conditions.nothingLoaded ? null : pair.value;
  const baseline = conditions.hasBaseline ? pair.baseline : null;
  const { hasBaseline, minBase, provisional, nothingLoaded } = conditions;
  const { uncovered } = pair;
  const isTold = (side: keyof Uncovered) => pair[side] !== null || uncovered === undefined;
  const unknownBecause = nothingLoaded || isTold('value') ? conditions.unknownBecause : 'not-told';
  const whyNoBase: Reason = isTold('baseline') ? conditions.unknownBecause : 'not-told';
  const whyNoBaseline = hasBaseline ? whyNoBase : 'no-baseline';
  const flag = wholeness(provisional);
  const change = value === null || baseline === null ? null : (value - baseline) / 100;
  return {
    unit: UNIT_OF_MEASURE[measure],
    definition: measure,
    value: known(plain(value), unknownBecause, flag),
    baseline: known(plain(baseline), whyNoBaseline),
    change: known(change, value === null ? unknownBecause : whyNoBaseline, flag),
    growth:
      value !== null && whyNoBaseline === 'not-told'
        ? unknown(whyNoBaseline)
        : judge({
            value,
            base: baseline,
            baseOrders: plain(pair.baselineOrders),
            minBase,
            provisional,
            unknownBecause,
          }),
    ...(uncovered && { uncovered: toldUncovered(uncovered, conditions) }),
  };
}

/** What a count does not cover, as it is told. */
export const toldUncovered = (
  { value, baseline }: Uncovered,
  { nothingLoaded, hasBaseline, provisional, unknownBecause }: Conditions,
) => ({
  value: known(nothingLoaded ? null : value, unknownBecause, wholeness(provisional)),
  baseline: known(hasBaseline ? baseline : null, hasBaseline ? unknownBecause : 'no-baseline'),
});

/** What the parts of a change contribute to: the total, and its baseline to the hundredth. */
export interface Whole {
  readonly baseline: Hundredths;
  readonly total: ComparedValue;
}

/** A part of a change, from hundredths. */
export const partOfChange = (
  { value, baseline, change }: { value: Hundredths; baseline: Hundredths; change: Hundredths },
  { baseline: base, total }: Whole,
) => {
  const { flag } = total.value;
  return {
    value: known(value / 100, 'no-data', flag),
    baseline: known(baseline / 100, 'no-data'),
    change: known(change / 100, 'no-data', flag),
    contribution: contributionOf(change, base, total.growth.flag),
  };
};
