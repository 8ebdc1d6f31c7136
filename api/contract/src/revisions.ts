import { z } from 'zod';
import { area, areaParameters, checkOneArea } from './area.ts';
import { briefFigure } from './figure.ts';
import { meta } from './indicator.ts';
import { what, which } from './question-parts.ts';
import { day, flowMeasure, month, reason, track, unit } from './vocabulary.ts';

/** How figures were revised after they were first printed, and how far an adjustment can be trusted. */

/** What past revisions say of a figure of its age. `unknown`: too few of them were seen. */
export const FINALITIES = ['final', 'provisional', 'unknown'] as const;
export const finality = z.enum(FINALITIES);
export type Finality = z.infer<typeof finality>;

export const revisionsQuestion = z.strictObject({ ...which, ...areaParameters, ...what }).check(checkOneArea);
export type RevisionsQuestion = z.output<typeof revisionsQuestion>;

/**
 * Revisions from the prints of a lag to the latest figures, of prints that were looked back on after `seenFor` months. Above 0: the prints were too low.
 * Of levels ratios of the print; of growth differences of two ratios (0.01 is a point). `low`, `high`: ends of the interval of 90 % of the mean.
 * `p95`: 95 of 100 were no larger, up or down; of fewer than twenty the largest.
 */
const lagRevisions = z.object({
  /** Months after the month's end; 0: the first print. One more than the last of `lags`' possible values: all later ones. */
  lag: z.number().int(),
  /** Months whose revision is known. */
  months: z.number().int(),
  /** Of a month of this age. */
  finality,
  mean: briefFigure,
  low: briefFigure,
  high: briefFigure,
  spread: briefFigure,
  p95: briefFigure,
});
export type LagRevisions = z.infer<typeof lagRevisions>;

/**
 * `GET /revisions`: what was printed of each month when, and what became of it. A print at lag k is what had been published by the end of the k-th month
 * after the month, where anything was published in it; what was not is not there, and is no revision of 0.
 */
export const revisionsAnswer = z.object({
  meta,
  area,
  track,
  measure: flowMeasure,
  unit,
  /** Versions published up to the one in view, and the day of the first, in the source's time zone. */
  versions: z.number().int(),
  since: day,
  /** Lags of which any month has a print. */
  lags: z.array(z.number().int()),
  /** What `final` takes: so many months, each seen for so long, 95 of 100 of them revised by less than the limit (a ratio). */
  rule: z.object({
    months: z.number().int(),
    seenFor: z.number().int(),
    limit: z.number(),
    lastLag: z.number().int(),
  }),
  /** Complete months, the oldest first. */
  months: z.array(
    z.object({
      month,
      /** Months from its end to the version in view. */
      age: z.number().int(),
      finality,
      latest: briefFigure,
      growth: briefFigure,
      /** `revised`: print → a print, as a ratio of the first of the month's prints; none for that one itself. */
      prints: z.array(
        z.object({
          lag: z.number().int(),
          publishedOn: day,
          value: briefFigure,
          revised: briefFigure,
          growth: briefFigure,
          growthRevised: briefFigure,
        }),
      ),
      /** From the first of its prints to the latest figure. */
      revised: briefFigure,
      growthRevised: briefFigure,
    }),
  ),
  levels: z.array(lagRevisions),
  growth: z.array(lagRevisions),
  /** Lag from which on figures are final; null where none is known to be. */
  settledAfter: z.number().int().nullable(),
});
export type RevisionsAnswer = z.infer<typeof revisionsAnswer>;

export const adjustmentQuestion = revisionsQuestion;
export type AdjustmentQuestion = RevisionsQuestion;

/** A test of a season that is left: its statistic, and how often chance alone would reach it. */
const seasonTest = z.object({ statistic: briefFigure, p: briefFigure });

/**
 * `GET /recovery/adjustment`: how far the adjusted series of an area can be trusted. `reason`: why there is none; then all lists are empty and figures
 * without a value.
 */
export const adjustmentAnswer = z.object({
  meta,
  area,
  track,
  measure: flowMeasure,
  reason: reason.nullable(),
  /** Complete months that are adjusted. */
  months: z.number().int(),
  /** Seasons that are left in the adjusted values: QS of their changes, ranks of what is left beside the trend. */
  qs: seasonTest,
  ranks: seasonTest,
  /** A p-value below `residualP`: null where there are too few months to ask. */
  hasResidualSeason: z.boolean().nullable(),
  residualP: z.number(),
  /** Spans of the series, adjusted each by itself. Shares of months that differ by more than `limit`; bad from `badFactors`, `badChanges` on. */
  spans: z.object({
    count: z.number().int(),
    length: z.number().int(),
    limit: z.number(),
    factors: briefFigure,
    changes: briefFigure,
    badFactors: z.number(),
    badChanges: z.number(),
  }),
  /** What later months changed: from the estimate of a month when so many months after it were known (0: its own was the last) to today's, as ratios. */
  byLag: z.array(
    z.object({
      lag: z.number().int(),
      months: z.number().int(),
      adjusted: briefFigure,
      adjustedP95: briefFigure,
      trend: briefFigure,
      trendP95: briefFigure,
    }),
  ),
});
export type AdjustmentAnswer = z.infer<typeof adjustmentAnswer>;
