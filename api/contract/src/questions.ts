import { z } from 'zod';
import { areaParameters, checkOneArea } from './area.ts';
import { MEASURES } from './measures.ts';
import { which } from './question-parts.ts';
import {
  additiveMeasure,
  beltId,
  comparison,
  day,
  flowMeasure,
  grain,
  measure,
  month,
  rankingOrder,
  rankingSort,
  sourceId,
  track,
  wholeNumber,
  wholeNumberOr,
  LONGEST_NAME_BYTES,
} from './vocabulary.ts';

/**
 * Query strings, as schemas. A parameter that is not listed is refused with its name. `source` may be left
 * out: then the source that was published first answers, which is the first in `GET /sources`.
 */
const csv = <T extends z.ZodType>(item: T, byDefault: readonly z.output<T>[]) =>
  z
    .preprocess((value) => (typeof value === 'string' ? value.split(',') : value), z.array(item).min(1))
    .default([...byDefault])
    // For the API description: how a list is written, and the default, which zod leaves out behind a preprocess.
    .meta({ param: { style: 'form', explode: false }, override: { default: byDefault } });
const reversed = { message: 'the first month must not be after the last', path: ['from'] };
const inOrder = (question: { from: string; to: string }) => question.from <= question.to;
const compared = {
  ...which,
  from: month,
  to: month,
  comparison: comparison.default('year-ago'),
};

export const growthQuestion = z
  .strictObject({
    ...compared,
    ...areaParameters,
    /** Only what is asked for is counted. */
    measures: csv(measure, MEASURES),
  })
  .check(checkOneArea)
  .refine(inOrder, reversed);
export type GrowthQuestion = z.infer<typeof growthQuestion>;

const ranked = {
  ...compared,
  track: track.default('all'),
  sort: rankingSort.default('value'),
  order: rankingOrder.default('desc'),
  province: areaParameters.province,
  city: areaParameters.city,
  category: areaParameters.category,
};
export const growthByBeltQuestion = z
  .strictObject({
    ...ranked,
    measure: measure.default('gmv'),
    limit: wholeNumberOr(200, wholeNumber(1, 1000)),
  })
  .check(checkOneArea)
  .refine(inOrder, reversed);
export type GrowthByBeltQuestion = z.infer<typeof growthByBeltQuestion>;

/** Of sums alone: how merchants and buyers would differ if others had sold is not told. */
export const rankingUncertaintyQuestion = z
  .strictObject({ ...ranked, measure: flowMeasure.default('gmv') })
  .check(checkOneArea)
  .refine(inOrder, reversed);
export type RankingUncertaintyQuestion = z.infer<typeof rankingUncertaintyQuestion>;

/** What is asked of a belt's growth on a track: that it rises or falls is a finding, or is none. */
export const TRACK_CONDITIONS = ['rises', 'falls', 'not-rises', 'not-falls'] as const;
export type TrackCondition = `${z.infer<typeof track>}:${(typeof TRACK_CONDITIONS)[number]}`;
const trackCondition = z.templateLiteral([track, ':', z.enum(TRACK_CONDITIONS)], {
  error: `is a track, a colon and one of ${TRACK_CONDITIONS.join(', ')}, as in cross-border:rises`,
});
const isOfTracks = ({ tracks, where, sort }: { tracks: string[]; where: string[]; sort: string }) =>
  [...where.map((one) => one.split(':')[0]), ...(sort === 'value' ? [] : [sort])].every(
    (one) => one !== undefined && tracks.includes(one),
  );

export const trackGrowthQuestion = z
  .strictObject({
    ...compared,
    measure: flowMeasure.default('gmv'),
    tracks: csv(track, ['all', 'distribution', 'cross-border', 'custom']),
    /** All of them hold of each row; every belt where there is none. */
    where: csv(trackCondition, []),
    /** What was sold on the first of the tracks, or the growth on one of them. */
    sort: z.union([z.literal('value'), track]).default('value'),
    order: rankingOrder.default('desc'),
    province: areaParameters.province,
    city: areaParameters.city,
    category: areaParameters.category,
  })
  .check(checkOneArea)
  .refine(inOrder, reversed)
  .refine(isOfTracks, { message: 'where and sort name tracks of the table alone', path: ['tracks'] });
export type TrackGrowthQuestion = z.infer<typeof trackGrowthQuestion>;

const split = {
  ...compared,
  track: track.default('all'),
  measure: additiveMeasure.default('gmv'),
  ...areaParameters,
  limit: wholeNumberOr(200, wholeNumber(1, 1000)),
};
export const contributionsQuestion = z
  .strictObject({ ...split, by: z.enum(['belt', 'combination']) })
  .check(checkOneArea)
  .refine(inOrder, reversed)
  .refine((q) => !(q.by === 'belt' && q.belt !== undefined), {
    message: 'one belt cannot be split by belt; use by=combination',
    path: ['belt'],
  });
export type ContributionsQuestion = z.infer<typeof contributionsQuestion>;

export const contributionsUncertaintyQuestion = z
  .strictObject({
    ...split,
    by: z
      .literal('combination', 'how sure parts by belt are is said by /growth/by-belt/uncertainty')
      .default('combination'),
  })
  .check(checkOneArea)
  .refine(inOrder, reversed);
export type ContributionsUncertaintyQuestion = z.infer<typeof contributionsUncertaintyQuestion>;

const line = {
  ...which,
  measure: measure.default('gmv'),
  tracks: csv(track, ['all']),
  ...areaParameters,
  from: month,
  to: month,
};

export const seriesQuestion = z
  .strictObject({ ...line, grain: grain.default('month') })
  .check(checkOneArea)
  .refine(inOrder, reversed);
export type SeriesQuestion = z.infer<typeof seriesQuestion>;

export const seriesUncertaintyQuestion = z
  .strictObject({
    ...line,
    grain: z.literal('month', 'owners are kept by month; days have no intervals').default('month'),
  })
  .check(checkOneArea)
  .refine(inOrder, reversed);
export type SeriesUncertaintyQuestion = z.infer<typeof seriesUncertaintyQuestion>;

export const beltsQuestion = z.strictObject({
  source: sourceId.optional(),
  /**
   * Belts that have every word of it, the best first: in their code, names, places or goods, in Chinese (simplified or
   * traditional, full width or not), English, pinyin or its initials.
   */
  q: z.string().max(64).optional(),
  province: z.string().max(LONGEST_NAME_BYTES).optional(),
});
/** Of what takes no parameter. */
export const noQuestion = z.strictObject({});
export const sourceQuestion = z.strictObject({ source: sourceId.optional() });
export const loadsQuestion = z.strictObject({
  source: sourceId.optional(),
  limit: wholeNumberOr(50, wholeNumber(1, 200)),
  after: z.string().max(64).optional(),
});
export const rejectsQuestion = z.strictObject({
  rule: z.string().max(64).optional(),
  limit: wholeNumberOr(50, wholeNumber(1, 500)),
  after: z.string().max(64).optional(),
});
export const lineageQuestion = z
  .strictObject({
    ...which,
    from: month,
    to: month,
    belt: beltId.optional(),
  })
  .refine(inOrder, reversed);
export const annotationsQuestion = z
  .strictObject({
    source: sourceId.optional(),
    /** Notes on this belt and the nation-wide ones; left out: nation-wide ones only. */
    belt: beltId.optional(),
    from: day.optional(),
    to: day.optional(),
    limit: wholeNumberOr(100, wholeNumber(1, 500)),
    after: z.string().max(200).optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    message: 'the first day must not be after the last',
    path: ['from'],
  });
