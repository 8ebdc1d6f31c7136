/** The rows and counts of a page of quality, from states, windows and orders that others worked out. */
import {
  GRADES,
  type QualityAnswer,
  type QualityRow,
  type RecoveryState,
  type SureFigure,
} from '@beltline/contract';
import { known } from '../../core/brief-figure.ts';
import { scaleOf } from '../../core/figure.ts';
import type { FlowMeasure } from '@beltline/contract';
import { areaOf, type ResolvedArea } from '../../data/areas/area.ts';
import { changeWithError, sure, sureGrowth, uncertaintyOf } from '../../data/owners/figure-error.ts';
import { dayAt, type DailySeries, sumOver } from '../../data/daily/daily-series.ts';
import type { Composition } from '../../statistics/composition.ts';
import type { LargestOrder } from './largest-orders.service.ts';

/** What is known of a belt. */
export interface BeltFacts {
  readonly area: ResolvedArea;
  readonly now: RecoveryState;
  readonly other: RecoveryState;
  readonly composition: Composition | null;
  readonly largest: LargestOrder | undefined;
  /** The state without the largest order. */
  readonly without: RecoveryState | undefined;
}

/** Figures of who takes part, as ratios. */
export function composedFigures(composition: Composition | null) {
  const none = {
    value: null,
    flag: 'not-available',
    reason: 'no-baseline',
    uncertainty: null,
    uncertaintyReason: null,
  } as const;
  if (composition === null) return { entrants: none, allStore: none, sameStore: none, sameStoreGap: none };
  const { entrants, allStore, sameStore, gap } = composition;
  const share = entrants.error;
  return {
    entrants: sure(
      known(entrants.value, 'no-data'),
      typeof share === 'string' ? share : uncertaintyOf(share, (ratio) => ratio),
    ),
    allStore: sureGrowth(known(allStore.value, 'baseline-zero'), allStore.error),
    sameStore: sureGrowth(known(sameStore.value, 'no-merchants'), sameStore.error),
    sameStoreGap: changeWithError(known(gap.value, 'no-merchants'), gap.error, 1),
  };
}

/** A growth as rows tell it. */
const brief = ({ value, flag, reason, uncertainty, uncertaintyReason }: SureFigure): SureFigure => ({
  ...{ value, flag, reason, uncertainty, uncertaintyReason },
});

/** The interval that a state rests on is graded: of the level, or of growth where there is no level. */
const gradeOf = ({ level, growth }: RecoveryState) =>
  (level.value === null ? growth : level).uncertainty?.grade ?? null;

export function rowOf(
  facts: BeltFacts,
  measure: FlowMeasure,
  series: DailySeries,
  window: { from: number; to: number },
): QualityRow {
  const { area, now, other } = facts;
  const { entrants, sameStoreGap } = composedFigures(facts.composition);
  return {
    area: areaOf(area),
    state: now.state,
    certainty: now.certainty,
    reason: now.reason,
    grade: gradeOf(now),
    growth: brief(now.growth),
    other: { state: other.state, certainty: other.certainty },
    entrants,
    sameStoreGap,
    largest: largestOf(facts, measure, series, window),
  };
}

function largestOf(
  { now, largest, without }: BeltFacts,
  measure: FlowMeasure,
  series: DailySeries,
  window: { from: number; to: number },
): QualityRow['largest'] {
  const [first] = largest?.parts ?? [];
  if (!largest || !without || !first) return null;
  const total = sumOver(series, window.from, window.to) ?? 0;
  return {
    orderId: largest.orderId,
    day: dayAt(series, first.position),
    amount: known(largest.amount / scaleOf(measure), 'no-data'),
    share: known(total > 0 ? largest.amount / total : null, 'baseline-zero'),
    growth: brief(without.growth),
    state: without.state,
    certainty: without.certainty,
    changed: without.state !== now.state,
  };
}

type Accuracy = QualityAnswer['accuracy'];

/** How many belts are how sure. */
export function countsOf(
  facts: readonly BeltFacts[],
  rows: readonly QualityRow[],
): Omit<Accuracy, 'entrants' | 'allStore' | 'sameStore' | 'sameStoreGap' | 'largest'> & {
  largest: Omit<Accuracy['largest'], 'reason'>;
} {
  const count = (is: (state: RecoveryState) => boolean) => facts.filter(({ now }) => is(now)).length;
  const changed = rows.filter(({ largest }) => largest?.changed === true);
  return {
    belts: facts.length,
    grades: GRADES.map((grade) => ({ grade, belts: rows.filter((row) => row.grade === grade).length })),
    withoutInterval: rows.filter(({ grade }) => grade === null).length,
    sure: count(({ certainty }) => certainty === 'sure'),
    likely: count(({ certainty }) => certainty === 'likely'),
    undetermined: count(({ state }) => state === 'undetermined'),
    tooLittleData: count(({ state }) => state === 'too-little-data'),
    largest: {
      told: rows.filter(({ largest }) => largest !== null).length,
      changed: changed.length,
      claimsChanged: changed.filter(({ certainty }) => certainty !== null).length,
    },
  };
}
