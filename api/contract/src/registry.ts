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
import { compared, declare, type IndicatorDeclaration, whole } from './declaration.ts';
import { qualityAnswer, qualityQuestion } from './quality.ts';
import { backtestAnswer, backtestQuestion } from './nowcast.ts';
import { RECOVERY_INDICATORS } from './recovery-registry.ts';
import { revisionsAnswer, revisionsQuestion } from './revisions.ts';

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
  ...RECOVERY_INDICATORS,
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
