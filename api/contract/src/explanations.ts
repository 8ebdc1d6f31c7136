import { z } from 'zod';
import { area, areaParameters, checkOneArea } from './area.ts';
import { comparedMeta } from './indicator.ts';
import { what, which } from './question-parts.ts';
import { briefFigure, changePart, comparedValue, figure, resting, sureFigure, uncovered } from './figure.ts';
import { comparison, flowMeasure, month, reason, track } from './vocabulary.ts';

/** Why a figure changed: splits of a change into parts that add up to it, and how it is spread over merchants. */

/** Only money has a price and merchants behind it. */
const pricedMeasure = z.literal('gmv', 'only gmv has a price: a value is price times pieces');
const reversed = { message: 'the first month must not be after the last', path: ['from'] };
const compared = {
  ...which,
  ...areaParameters,
  from: month,
  to: month,
  comparison: comparison.default('year-ago'),
  track: track.default('all'),
};
const inOrder = (question: { from: string; to: string }) => question.from <= question.to;

export const explanationQuestion = z
  .strictObject({ ...compared, measure: pricedMeasure.default('gmv') })
  .check(checkOneArea)
  .refine(inOrder, reversed);
export type ExplanationQuestion = z.output<typeof explanationQuestion>;

const explanation = { meta: comparedMeta, area, track };
/** The change that is split, in the source's currency; null where nothing can be split: what is not known is not 0. */
const total = { total: comparedValue.nullable(), reason: reason.nullable() };
/** The margins of GMV = merchants × buyers per merchant × orders per buyer × value per order. */
export const MARGINS = ['merchants', 'buyers-per-merchant', 'orders-per-buyer', 'value-per-order'] as const;
export const marginName = z.enum(MARGINS);
export type MarginName = z.infer<typeof marginName>;
/**
 * `GET /margins`: the change of GMV by margin (LMDI-I). The parts add up to the change. There are none (`not-told`) where the buyers of more than a tenth of
 * the GMV of either side are not told: orders of nobody known would be taken for orders of those who are.
 */
export const marginsAnswer = z.object({
  ...explanation,
  ...total,
  /** `value`, `baseline`: the factor in both periods, a count or a ratio of two; `change`: what it changed GMV by. */
  parts: resting(z.array(z.object({ margin: marginName, ...changePart }))),
  uncovered: uncovered.optional(),
});
export type MarginsAnswer = z.infer<typeof marginsAnswer>;

/**
 * `GET /margins/uncertainty`: how sure those contributions are. A buyer belongs to no owner, so those of buyers per merchant and of orders per buyer have
 * no interval (`buyers-of-many-owners`); what they come to together, `ordersPerMerchant`, has one.
 */
export const marginsUncertaintyAnswer = z.object({
  ...explanation,
  /** Growth of the value; null where nothing can be split. */
  total: sureFigure.nullable(),
  parts: resting(z.array(z.object({ margin: marginName, contribution: sureFigure }))),
  /** Contribution of the two margins of buyers together. */
  ordersPerMerchant: sureFigure.nullable(),
});
export type MarginsUncertaintyAnswer = z.infer<typeof marginsUncertaintyAnswer>;

export const TURNOVER_GROUPS = ['entrants', 'expanding', 'unchanged', 'contracting', 'exits'] as const;
export const turnoverGroup = z.enum(TURNOVER_GROUPS);
export type TurnoverGroup = z.infer<typeof turnoverGroup>;
/** `GET /turnover`: the change of GMV by what merchants did (Davis–Haltiwanger), and same-store beside all-store. */
export const turnoverAnswer = z.object({
  ...explanation,
  ...total,
  /** Change ÷ the mean of both periods, from −2 to 2. */
  midpointGrowth: figure,
  groups: resting(
    z.array(
      z.object({
        group: turnoverGroup,
        merchants: resting(z.number().int().nullable()),
        ...changePart,
        contribution: sureFigure,
        /** change ÷ the mean of both periods: these add up to `midpointGrowth`. */
        midpointContribution: briefFigure,
      }),
    ),
  ),
  allStore: figure,
  sameStore: figure,
  sameStoreMerchants: resting(z.number().int().nullable()),
});
export type TurnoverAnswer = z.infer<typeof turnoverAnswer>;

/** `GET /prices`: value as price times volume, from SKUs sold in both periods. Index numbers: the baseline is 100. */
export const pricesAnswer = z.object({
  ...explanation,
  ...total,
  /**
   * Items sold in both periods, and their part of the value of the period and of the baseline, as ratios. An item is a SKU in one exclusive combination of
   * tracks, and in `monthsTogether` months of a period. Under 10 of them, or under a fifth of either value, there are no indices (`too-few-matched`).
   */
  matchedSkus: resting(z.number().int().nullable()),
  /** How many months of a period are taken together as one price of an item: 1 where enough items were sold in the same months, 3 where not, else all months. */
  monthsTogether: resting(z.number().int().nullable()),
  matchedShare: briefFigure,
  baselineMatchedShare: briefFigure,
  tornqvist: figure,
  fisher: figure,
  laspeyres: figure,
  paasche: figure,
  /** Index of the whole value ÷ Törnqvist price index of the matched SKUs. */
  volume: figure,
  /** The change of the value by price and by volume (LMDI on the two indices); they add up to the change. None without indices, or where their base is too small. */
  priceChange: sureFigure,
  volumeChange: sureFigure,
  /**
   * Falling prices with rising volume, both beyond two standard errors over owners, where the price effect is at least a quarter of the
   * volume effect; never on a base too small, nor of too few owners to tell.
   */
  isPriceWar: z.boolean(),
  /** Monthly price level by GEKS-Törnqvist over a window of 13 months up to the period's end; its first month with sales is 100. */
  chain: resting(
    z.array(z.object({ month, index: briefFigure, skus: resting(z.number().int().nullable()) })),
  ),
});
export type PricesAnswer = z.infer<typeof pricesAnswer>;

/** `GET /prices/uncertainty`: how sure the price level of each month is, against the first with sales; the same months in the same order. */
export const pricesUncertaintyAnswer = z.object({
  ...explanation,
  chain: z.array(z.object({ month, index: sureFigure })),
});
export type PricesUncertaintyAnswer = z.infer<typeof pricesUncertaintyAnswer>;

/** Whose movement is counted: merchants, belts (of an area of several) or the five tracks of the programme. */
export const BREADTH_OVER = ['merchants', 'belts', 'tracks'] as const;
export const breadthOver = z.enum(BREADTH_OVER);
export type BreadthOver = z.infer<typeof breadthOver>;

export const breadthQuestion = z
  .strictObject({
    ...which,
    ...areaParameters,
    ...what,
    over: breadthOver.default('merchants'),
  })
  .check(checkOneArea)
  .refine((question) => question.over !== 'tracks' || question.track === 'all', {
    message: 'breadth over tracks is over all of them; leave the track out',
    path: ['track'],
  });
export type BreadthQuestion = z.output<typeof breadthQuestion>;
/** `GET /breadth`: the share of members that rise, month by month: three months against the same a year before. */
export const breadthAnswer = z.object({
  meta: comparedMeta.omit({ period: true, baseline: true, comparison: true, cautions: true }),
  area,
  track,
  measure: flowMeasure,
  over: breadthOver,
  /** Changes smaller than this ratio count as unchanged. */
  deadBand: z.number(),
  points: z.array(
    z.object({
      month,
      rising: resting(z.number().int().nullable()),
      unchanged: resting(z.number().int().nullable()),
      falling: resting(z.number().int().nullable()),
      /** % rising + ½ % unchanged; 50 is neutral. None where nobody sold anything, or a month of either window was never loaded. Over belts and tracks it has no interval (`directions-of-parts`). */
      breadth: sureFigure,
    }),
  ),
});
export type BreadthAnswer = z.infer<typeof breadthAnswer>;

export const newSkusQuestion = z
  .strictObject({
    ...compared,
    track: z.literal('all', 'SKUs are kept for all lines together: track=all').default('all'),
  })
  .check(checkOneArea)
  .refine(inOrder, reversed);
export type NewSkusQuestion = z.output<typeof newSkusQuestion>;
/**
 * `GET /new-skus`: how much of the GMV of a period, and of its baseline, comes from SKUs that sold nothing in the area in the
 * twelve months before it. The figures' numerator and denominator are the two values, of SKUs that the source tells.
 */
export const newSkusAnswer = z.object({
  ...explanation,
  share: figure,
  baselineShare: figure,
  /** SKUs sold in the period, and those of them that are new; null where that cannot be told. */
  skus: resting(z.number().int().nullable()),
  newSkus: resting(z.number().int().nullable()),
  uncovered: uncovered.optional(),
});
export type NewSkusAnswer = z.infer<typeof newSkusAnswer>;

/** `GET /concentration`: how the value of a period and of its baseline is spread over merchants. */
export const concentrationAnswer = z.object({
  ...explanation,
  merchants: figure,
  hhi: figure,
  gini: figure,
  topFifth: figure,
  baselineHhi: figure,
  baselineGini: figure,
  baselineTopFifth: figure,
  /** Points of the Lorenz curve: share of merchants, the smallest first, and their share of the value. */
  lorenz: resting(z.array(z.object({ population: z.number(), share: z.number() }))),
  baselineLorenz: resting(z.array(z.object({ population: z.number(), share: z.number() }))),
});
export type ConcentrationAnswer = z.infer<typeof concentrationAnswer>;

/**
 * `GET /concentration/uncertainty`: how sure those figures are, and whether value is more or less concentrated than in the baseline: each
 * `…Change` is the figure ÷ that of the baseline − 1. HHI has no interval (`largest-decide`); levels have one of a hundred effective owners on.
 */
export const concentrationUncertaintyAnswer = z.object({
  ...explanation,
  hhi: sureFigure,
  gini: sureFigure,
  topFifth: sureFigure,
  baselineHhi: sureFigure,
  baselineGini: sureFigure,
  baselineTopFifth: sureFigure,
  hhiChange: sureFigure,
  giniChange: sureFigure,
  topFifthChange: sureFigure,
});
export type ConcentrationUncertaintyAnswer = z.infer<typeof concentrationUncertaintyAnswer>;
