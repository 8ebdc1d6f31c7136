import type { z } from 'zod';
import {
  breadthAnswer,
  breadthQuestion,
  concentrationAnswer,
  concentrationUncertaintyAnswer,
  explanationQuestion,
  marginsAnswer,
  marginsUncertaintyAnswer,
  newSkusAnswer,
  newSkusQuestion,
  pricesAnswer,
  pricesUncertaintyAnswer,
  turnoverAnswer,
} from './explanations.ts';
import {
  contributionsAnswer,
  contributionsUncertaintyAnswer,
  growthAnswer,
  growthByBeltAnswer,
  growthUncertaintyAnswer,
  rankingUncertaintyAnswer,
  seriesAnswer,
  seriesUncertaintyAnswer,
  trackGrowthAnswer,
} from './indicator.ts';
import type { IndicatorName } from './paths.ts';
import * as asked from './questions.ts';
import { qualityAnswer, qualityQuestion } from './quality.ts';
import {
  festivalAnswer,
  festivalQuestion,
  recoveryAnswer,
  recoveryQuestion,
  recoveryUncertaintyAnswer,
  recoveryUncertaintyQuestion,
  recoveryVolumeAnswer,
  stateHistoryAnswer,
  stateHistoryQuestion,
  statesAnswer,
  statesQuestion,
} from './recovery.ts';
import { clockAnswer, clockQuestion } from './clock.ts';
import { backtestAnswer, backtestQuestion } from './nowcast.ts';
import { adjustmentAnswer, adjustmentQuestion, revisionsAnswer, revisionsQuestion } from './revisions.ts';

/** A question about orders: what may be asked, and what the answer looks like. Where it is asked is in `INDICATOR_PATHS`. */
export interface IndicatorDeclaration<Question extends z.ZodType, Answer extends z.ZodType> {
  /** `operationId` of the API description; its first part is the tag. */
  readonly operationId: `${string}.${string}`;
  /** Name of the answer's schema in the API description. */
  readonly name: string;
  readonly summary: string;
  readonly question: Question;
  readonly answer: Answer;
  /**
   * Query parameters that any source with the months of `from` and `to` can answer: what is asked where every indicator is
   * asked (validators, scopes, benchmarks). `compared`: the two months are given; `whole`: it takes no period.
   */
  readonly example: { readonly over: 'compared' | 'whole'; readonly query: Readonly<Record<string, string>> };
}

const declare = <Question extends z.ZodType, Answer extends z.ZodType>(
  declaration: IndicatorDeclaration<Question, Answer>,
) => declaration;

const compared = (query: Record<string, string> = {}) => ({ over: 'compared', query }) as const;
const whole = (query: Record<string, string> = {}) => ({ over: 'whole', query }) as const;

/**
 * Every question about orders, each declared once: the API's routes and its description, the dashboard's client and the tests
 * that ask every indicator are made from this list.
 */
export const INDICATORS = {
  growth: declare({
    operationId: 'growth.headline',
    name: 'GrowthAnswer',
    summary: 'Growth of every track by every measure, of one belt or of all',
    question: asked.growthQuestion,
    answer: growthAnswer,
    example: compared(),
  }),
  growthUncertainty: declare({
    operationId: 'growth.uncertainty',
    name: 'GrowthUncertaintyAnswer',
    summary: 'How sure the growth of every track by every measure is',
    question: asked.growthQuestion,
    answer: growthUncertaintyAnswer,
    example: compared(),
  }),
  growthByBelt: declare({
    operationId: 'growth.byBelt',
    name: 'GrowthByBeltAnswer',
    summary: 'Belts ranked by one measure of one track',
    question: asked.growthByBeltQuestion,
    answer: growthByBeltAnswer,
    example: compared(),
  }),
  rankingUncertainty: declare({
    operationId: 'growth.rankingUncertainty',
    name: 'RankingUncertaintyAnswer',
    summary: 'How sure a ranking of belts is: intervals of growth, share and place',
    question: asked.rankingUncertaintyQuestion,
    answer: rankingUncertaintyAnswer,
    example: compared({ sort: 'growth' }),
  }),
  trackGrowth: declare({
    operationId: 'growth.byTrack',
    name: 'TrackGrowthAnswer',
    summary: 'Belts by their growth on several tracks, and which of it is a finding',
    question: asked.trackGrowthQuestion,
    answer: trackGrowthAnswer,
    example: compared({ where: 'cross-border:rises,custom:not-rises' }),
  }),
  contributions: declare({
    operationId: 'contributions.split',
    name: 'ContributionsAnswer',
    summary: 'The change of a total, split into parts that add up to it',
    question: asked.contributionsQuestion,
    answer: contributionsAnswer,
    example: compared({ by: 'belt' }),
  }),
  contributionsUncertainty: declare({
    operationId: 'contributions.uncertainty',
    name: 'ContributionsUncertaintyAnswer',
    summary: 'How sure the parts of a change by exclusive combination of tracks are',
    question: asked.contributionsUncertaintyQuestion,
    answer: contributionsUncertaintyAnswer,
    example: compared({ by: 'combination' }),
  }),
  series: declare({
    operationId: 'series.series',
    name: 'SeriesAnswer',
    summary: 'One measure by month or day, a line a track, with the year before',
    question: asked.seriesQuestion,
    answer: seriesAnswer,
    example: compared(),
  }),
  seriesUncertainty: declare({
    operationId: 'series.uncertainty',
    name: 'SeriesUncertaintyAnswer',
    summary: 'How sure the growth of each month of a series is',
    question: asked.seriesUncertaintyQuestion,
    answer: seriesUncertaintyAnswer,
    example: compared(),
  }),
  recovery: declare({
    operationId: 'recovery.recovery',
    name: 'RecoveryAnswer',
    summary: 'Recovery of an area: level, adjusted series, aligned growth, nowcast, turning points and state',
    question: recoveryQuestion,
    answer: recoveryAnswer,
    example: whole(),
  }),
  recoveryUncertainty: declare({
    operationId: 'recovery.uncertainty',
    name: 'RecoveryUncertaintyAnswer',
    summary: 'How sure level and growth of each single month are',
    question: recoveryUncertaintyQuestion,
    answer: recoveryUncertaintyAnswer,
    example: whole(),
  }),
  recoveryVolume: declare({
    operationId: 'recovery.volume',
    name: 'RecoveryVolumeAnswer',
    summary: 'The state of an area by volume: level, growth and breadth divided by prices',
    question: recoveryQuestion,
    answer: recoveryVolumeAnswer,
    example: whole(),
  }),
  festival: declare({
    operationId: 'recovery.festival',
    name: 'FestivalAnswer',
    summary: 'The days around each New Year side by side',
    question: festivalQuestion,
    answer: festivalAnswer,
    example: whole(),
  }),
  states: declare({
    operationId: 'recovery.all',
    name: 'StatesAnswer',
    summary: 'The state of recovery of every area of a level, and what changed in a month',
    question: statesQuestion,
    answer: statesAnswer,
    example: whole({ level: 'province' }),
  }),
  stateHistory: declare({
    operationId: 'recovery.stateHistory',
    name: 'StateHistoryAnswer',
    summary: 'How many areas of a level were in which state, month by month',
    question: stateHistoryQuestion,
    answer: stateHistoryAnswer,
    example: whole({ level: 'province' }),
  }),
  clock: declare({
    operationId: 'recovery.clock',
    name: 'ClockAnswer',
    summary: 'Every area of a level on the clock of the cycle, month by month',
    question: clockQuestion,
    answer: clockAnswer,
    example: whole({ level: 'province' }),
  }),
  adjustment: declare({
    operationId: 'recovery.adjustment',
    name: 'AdjustmentAnswer',
    summary:
      'How far an adjusted series can be trusted: season that is left, sliding spans, revisions by lag',
    question: adjustmentQuestion,
    answer: adjustmentAnswer,
    example: whole(),
  }),
  revisions: declare({
    operationId: 'revisions.triangle',
    name: 'RevisionsAnswer',
    summary:
      'What was first printed of each month and how it was revised, and from which age on figures are final',
    question: revisionsQuestion,
    answer: revisionsAnswer,
    example: whole(),
  }),
  backtest: declare({
    operationId: 'nowcast.backtest',
    name: 'BacktestAnswer',
    summary: "The nowcast's past errors, beside those of two naive rules",
    question: backtestQuestion,
    answer: backtestAnswer,
    example: whole(),
  }),
  margins: declare({
    operationId: 'explanations.margins',
    name: 'MarginsAnswer',
    summary: 'The change of GMV by merchants, buyers per merchant, orders per buyer and value per order',
    question: explanationQuestion,
    answer: marginsAnswer,
    example: compared(),
  }),
  marginsUncertainty: declare({
    operationId: 'explanations.marginsUncertainty',
    name: 'MarginsUncertaintyAnswer',
    summary: 'How sure the margins of a change of GMV are',
    question: explanationQuestion,
    answer: marginsUncertaintyAnswer,
    example: compared(),
  }),
  turnover: declare({
    operationId: 'explanations.turnover',
    name: 'TurnoverAnswer',
    summary: 'The change of GMV by entrants, exits, expanding and contracting merchants; same-store growth',
    question: explanationQuestion,
    answer: turnoverAnswer,
    example: compared(),
  }),
  prices: declare({
    operationId: 'explanations.prices',
    name: 'PricesAnswer',
    summary: 'The change of GMV by price and volume, from SKUs sold in both periods',
    question: explanationQuestion,
    answer: pricesAnswer,
    example: compared(),
  }),
  pricesUncertainty: declare({
    operationId: 'explanations.pricesUncertainty',
    name: 'PricesUncertaintyAnswer',
    summary: 'How sure the price level of each month is',
    question: explanationQuestion,
    answer: pricesUncertaintyAnswer,
    example: compared(),
  }),
  newSkus: declare({
    operationId: 'newSkus.share',
    name: 'NewSkusAnswer',
    summary: 'How much of GMV comes from SKUs that were not sold in the year before',
    question: newSkusQuestion,
    answer: newSkusAnswer,
    example: compared(),
  }),
  breadth: declare({
    operationId: 'breadth.curve',
    name: 'BreadthAnswer',
    summary: 'How many merchants of an area rise and fall, month by month',
    question: breadthQuestion,
    answer: breadthAnswer,
    example: whole(),
  }),
  concentration: declare({
    operationId: 'explanations.concentration',
    name: 'ConcentrationAnswer',
    summary: 'How GMV is spread over merchants: HHI, Gini, the top fifth, the Lorenz curve',
    question: explanationQuestion,
    answer: concentrationAnswer,
    example: compared(),
  }),
  concentrationUncertainty: declare({
    operationId: 'explanations.concentrationUncertainty',
    name: 'ConcentrationUncertaintyAnswer',
    summary: 'How sure the concentration of GMV is, and that it has changed',
    question: explanationQuestion,
    answer: concentrationUncertaintyAnswer,
    example: compared(),
  }),
  quality: declare({
    operationId: 'quality.quality',
    name: 'QualityAnswer',
    summary:
      'What the figures of a data version are worth: completeness, timeliness, accuracy, coherence, comparability',
    question: qualityQuestion,
    answer: qualityAnswer,
    example: whole(),
  }),
} as const satisfies { readonly [N in IndicatorName]: IndicatorDeclaration<z.ZodType, z.ZodType> };

/** A question as it is sent. */
export type QueryTo<N extends IndicatorName> = z.input<(typeof INDICATORS)[N]['question']>;
/** A question as it arrives, with what was left out filled in. */
export type QuestionTo<N extends IndicatorName> = z.output<(typeof INDICATORS)[N]['question']>;
export type AnswerOf<N extends IndicatorName> = z.output<(typeof INDICATORS)[N]['answer']>;
