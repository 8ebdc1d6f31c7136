import { z } from 'zod';
import { area } from './area.ts';
import { briefFigure, changePart, comparedValue, resting, sureFigure } from './figure.ts';
import {
  bilingual,
  caution,
  comparison,
  day,
  measure,
  month,
  rankingOrder,
  rankingSort,
  sourceId,
  track,
  unit,
} from './vocabulary.ts';

/** A period as whole months, and the days of it that are really covered by loaded data. Both ends are inclusive. */
export const period = z.object({
  from: month,
  to: month,
  firstDay: day,
  lastDay: day,
  /** Days covered ÷ days of the months. 1 = complete. */
  coverage: z.number().min(0).max(1),
  complete: z.boolean(),
  /**
   * Months in it that its figures do not hold: of a period those that were never loaded, of a baseline their counterparts, so
   * that like is compared with like.
   */
  without: z.array(month),
  /**
   * Months beside those, between its first and last day, of which only some days are known, and so only these are counted: there
   * are lines of no day between them and the gap. Left out where there are none.
   */
  edges: z.array(z.object({ month, firstDay: day, lastDay: day })).optional(),
});
export type Period = z.infer<typeof period>;

/** What every answer about orders carries: which data, as of which version, in which currency. */
export const meta = z.object({
  source: sourceId,
  currency: z.string().length(3),
  timeZone: z.string(),
  /** The data version (vintage) that every figure of the answer was computed from. */
  dataVersion: z.number().int(),
  publishedAt: z.iso.datetime({ offset: true }),
  /** Last day with loaded orders. */
  dataThrough: day,
});
export type Meta = z.infer<typeof meta>;

export const comparedMeta = meta.extend({
  period,
  baseline: period.nullable(),
  comparison,
  cautions: z.array(caution),
});
export type ComparedMeta = z.infer<typeof comparedMeta>;

/** `GET /growth`: the headline, every track by every measure, of an area. */
export const growthTrack = z.object({
  track,
  /** The measures that were asked for. */
  measures: z.partialRecord(measure, comparedValue),
});
export const growthAnswer = z.object({
  meta: comparedMeta,
  area,
  tracks: z.array(growthTrack),
});
export type GrowthAnswer = z.infer<typeof growthAnswer>;

/**
 * `GET /growth/uncertainty`: how sure the growth of each track by each measure is. It follows the headline, because it is read from owners,
 * not from sums.
 */
export const growthUncertaintyAnswer = z.object({
  meta: comparedMeta,
  area,
  tracks: z.array(
    z.object({
      track,
      /** Growth by the measures that were asked for. Of buyers it has no interval (`buyers-of-many-owners`). */
      measures: z.partialRecord(measure, sureFigure),
    }),
  ),
});
export type GrowthUncertaintyAnswer = z.infer<typeof growthUncertaintyAnswer>;

export const beltName = z.object({
  beltId: z.string(),
  name: bilingual,
  province: z.string(),
  city: z.string(),
  county: z.string(),
  category: bilingual,
});
export type BeltName = z.infer<typeof beltName>;

/** `GET /growth/by-belt`: one track and measure, a row a belt of the area, ranked; `total` is the area's. */
export const growthByBeltRow = z.object({
  belt: beltName,
  rank: z.number().int(),
  compared: comparedValue,
  /** The belt's part of the total's value, as a ratio; none where the total is zero. */
  share: briefFigure,
});
export const growthByBeltAnswer = z.object({
  meta: comparedMeta,
  area,
  track,
  measure,
  /** By what the rows are ranked, and in which direction. */
  sort: rankingSort,
  order: rankingOrder,
  total: comparedValue,
  rows: resting(z.array(growthByBeltRow)),
  /** Belts that match, before `limit`. */
  count: z.number().int(),
});
export type GrowthByBeltAnswer = z.infer<typeof growthByBeltAnswer>;

/**
 * `GET /growth/by-belt/uncertainty`: how sure the figures of that ranking are. It follows them, because it is read from owners, not from
 * sums.
 */
export const rankingUncertaintyAnswer = z.object({
  meta: comparedMeta,
  area,
  track,
  measure,
  sort: rankingSort,
  order: rankingOrder,
  /** Of the findings, so many are false on average, at most (Benjamini and Hochberg 1995), as a ratio. */
  falseDiscoveryRate: z.number(),
  /** Belts that have a place by this key; the others stand behind them. */
  ranked: z.number().int(),
  /** Growth of the area as a whole. */
  total: sureFigure,
  /** Every belt of the area, in the order of their ids. */
  rows: z.array(
    z.object({
      belt: beltName,
      growth: sureFigure,
      share: sureFigure,
      /** Its change ÷ the baseline of the area, as in `GET /contributions` by belt. */
      contribution: sureFigure,
      /** That it grew or shrank is a finding among all belts of the list; null where it may be chance. */
      finding: resting(z.enum(['rises', 'falls']).nullable()),
      /**
       * First and last of the places between which the belt truly stands, of all belts at once 9 times in 10 (Mogstad, Romano, Shaikh and
       * Wilhelm 2024). Null of a belt that has no place, or too few owners.
       */
      firstPlace: resting(z.number().int().nullable()),
      lastPlace: resting(z.number().int().nullable()),
    }),
  ),
});
export type RankingUncertaintyAnswer = z.infer<typeof rankingUncertaintyAnswer>;

/**
 * `GET /growth/by-track`: belts by their growth on several tracks. A finding is one among all belts of the area and all tracks that are told, whatever
 * is asked of the rows.
 */
export const trackGrowthAnswer = z.object({
  meta: comparedMeta,
  area,
  measure,
  unit,
  tracks: z.array(track),
  /** Of the findings, so many are false on average, at most (Benjamini and Hochberg 1995), as a ratio. */
  falseDiscoveryRate: z.number(),
  /** Belts of the area, of which the rows are those that all conditions hold of. */
  count: z.number().int(),
  rows: z.array(
    z.object({
      belt: beltName,
      /** In the order of the tracks. */
      tracks: z.array(
        z.object({
          value: briefFigure,
          growth: sureFigure,
          finding: resting(z.enum(['rises', 'falls']).nullable()),
        }),
      ),
    }),
  ),
});
export type TrackGrowthAnswer = z.infer<typeof trackGrowthAnswer>;

/**
 * `GET /contributions`: the change of the total split into parts that add up to it exactly.
 * `kind` of a part: `belt`; `combination` = an exclusive combination of tracks
 * (`COMBINED_TRACKS`; an order with a classic wholesale line and a custom one is in `wholesale` with `custom`);
 * `unassigned` = merchants without a belt; `spanning` = the correction for orders or merchants counted in several belts;
 * `rest` = parts beyond `limit`, added together.
 */
export const contributionPart = z.object({
  kind: z.enum(['belt', 'combination', 'unassigned', 'spanning', 'rest']),
  belt: beltName.nullable(),
  combination: z.array(z.string()).nullable(),
  ...changePart,
  /** Number of belts or combinations in the part (1, except for `rest`). */
  members: z.number().int(),
});
export type ContributionPart = z.infer<typeof contributionPart>;
export const contributionsAnswer = z.object({
  meta: comparedMeta,
  by: z.enum(['belt', 'combination']),
  track,
  measure,
  area,
  total: comparedValue,
  parts: resting(z.array(contributionPart)),
});
export type ContributionsAnswer = z.infer<typeof contributionsAnswer>;

/**
 * `GET /contributions/uncertainty`: how sure the parts of a change by exclusive combination of tracks are, and its total. It has the parts of
 * `GET /contributions` in their order. How sure the parts by belt are is said by `GET /growth/by-belt/uncertainty`.
 */
export const contributionsUncertaintyAnswer = z.object({
  meta: comparedMeta,
  by: z.enum(['combination']),
  track,
  measure,
  area,
  /** Growth of the total. */
  total: sureFigure,
  parts: resting(
    z.array(contributionPart.pick({ kind: true, combination: true }).extend({ contribution: sureFigure })),
  ),
});
export type ContributionsUncertaintyAnswer = z.infer<typeof contributionsUncertaintyAnswer>;

/** One point of a series. No `value` = no data for the bucket (a gap); 0 = data, and nothing sold. */
export const seriesPoint = z.object({
  /** First day of the bucket. */
  day,
  value: briefFigure,
  /** The same bucket a year ago (for an incomplete month: its same days); none where not loaded. */
  yearAgo: briefFigure,
  growth: briefFigure,
  /** True where `growth` is that of January and February together, which the Spring Festival falls into. */
  merged: z.boolean(),
  /** Days covered ÷ days of the bucket. */
  coverage: z.number(),
});
export type SeriesPoint = z.infer<typeof seriesPoint>;
export const seriesLine = z.object({
  track,
  points: z.array(seriesPoint),
  /** Of buyers: the part of the GMV of all months asked for, as a ratio, whose buyers the source does not tell. Left out where all are told. */
  uncovered: briefFigure.optional(),
});
/** `GET /series`: one line a requested track, for one measure of an area. */
export const seriesAnswer = z.object({
  meta,
  grain: z.enum(['day', 'month']),
  measure,
  unit,
  area,
  lines: z.array(seriesLine),
});
export type SeriesAnswer = z.infer<typeof seriesAnswer>;

/** `GET /series/uncertainty`: the growth of each month of each line, with its interval; the same points in the same order. */
export const seriesUncertaintyAnswer = z.object({
  meta,
  measure,
  area,
  lines: z.array(z.object({ track, points: z.array(z.object({ day, growth: sureFigure })) })),
});
export type SeriesUncertaintyAnswer = z.infer<typeof seriesUncertaintyAnswer>;

/** Subjects that definitions are grouped by. */
export const DEFINITION_GROUPS = ['measure', 'track', 'growth', 'decomposition', 'cycle', 'quality'] as const;
export const definitionGroup = z.enum(DEFINITION_GROUPS);
export type DefinitionGroup = z.infer<typeof definitionGroup>;

/** `GET /definitions`. */
export const definition = z.object({
  id: z.string(),
  group: definitionGroup,
  name: bilingual,
  text: bilingual,
  formula: z.string(),
  unit,
  source: z.string(),
});
export const definitionsAnswer = z.object({ definitions: z.array(definition) });
export type Definition = z.infer<typeof definition>;
export type DefinitionsAnswer = z.infer<typeof definitionsAnswer>;
