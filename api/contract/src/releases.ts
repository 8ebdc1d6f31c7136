/**
 * What disclosure control has let out: one release a month. Once released a month stays as it is, whatever later loads change, so that no
 * two releases can be compared to find what one of them withholds.
 */
import { z } from 'zod';
import { area } from './area.ts';
import { briefFigure } from './figure.ts';
import type { Track } from './tracks.ts';
import { bilingual, month, sourceId, track, LONGEST_NAME_BYTES } from './vocabulary.ts';

/** For whom a release is made. */
export const AUDIENCES = ['officials'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** In their order: paid amounts before refunds, pieces, and orders, of which one of several shops is one for each of them. */
export const RELEASED_MEASURES = ['gmv', 'pieces', 'orders'] as const;
export type ReleasedMeasure = (typeof RELEASED_MEASURES)[number];

/**
 * What is told of service, as a part of a whole: refunds (up to what was paid) of GMV; order lines that were dispatched in time of those whose time was over;
 * buyers of a legal owner who ordered twice or more in the month of all buyers of an owner, each counted with each owner.
 */
export const SERVICE_MEASURES = ['refund-rate', 'on-time', 'repeat-buyers'] as const;
export type ServiceMeasure = (typeof SERVICE_MEASURES)[number];

/**
 * Who carries the growth of an area, as a part of a whole: `newcomers`: of GMV what legal owners sold who sold nothing in the belt a year before (in January and February both,
 * of either of these); `breadth`: of legal owners who sold in the belt now or a year before those who sold more, and half of those who sold about as much.
 */
export const CARRIER_MEASURES = ['newcomers', 'breadth'] as const;
export type CarrierMeasure = (typeof CARRIER_MEASURES)[number];

/**
 * What GMV is made of, as a part of a whole: `small-orders`: of GMV what is of orders of fewer than 100 pieces, an order being one of one shop in one belt; `largest-sellers`: of GMV what is of the fifth of
 * the legal owners who sold anything in the month, rounded up, that sold most in it nationwide, with whoever sold as much as the last of them.
 */
export const STRUCTURE_MEASURES = ['small-orders', 'largest-sellers'] as const;
export type StructureMeasure = (typeof STRUCTURE_MEASURES)[number];

/** What tracks are divided into: downstream channels of distribution, and where cross-border orders went to. */
export const PARTITIONS = ['channels', 'countries'] as const;
export type Partition = (typeof PARTITIONS)[number];
export const DIVIDED_TRACK = {
  channels: 'distribution',
  countries: 'cross-border',
} as const satisfies Record<Partition, Track>;
/** What is left over of a partition. */
export const OTHER_PARTS = 'others';

export const releasesQuestion = z.strictObject({ source: sourceId.optional() });
export const releasePath = z.strictObject({ month });

/**
 * Four things that are not the same: `shown`; `suppressed`: there are orders, and what they come to is withheld, for their own sake or so that others stay
 * hidden; `zero`: there are none, which tells of nobody; `no-data`: not known.
 */
export const CELL_STATES = ['shown', 'suppressed', 'zero', 'no-data'] as const;
export const cellState = z.enum(CELL_STATES);
export type CellState = z.infer<typeof cellState>;

/**
 * An area on one track. One pattern for all measures: where one is withheld, all are. `growth`: of `gmv` in the answer's `growthMonths`, against
 * the same of the year before as they were released; without a value where one of them is withheld.
 */
export const releasedCell = z.object({
  track,
  state: cellState,
  gmv: briefFigure,
  pieces: briefFigure,
  orders: briefFigure,
  growth: briefFigure,
});
export type ReleasedCell = z.infer<typeof releasedCell>;

/** A measure of service of an area, all orders; to a tenth of a percentage point. Its pattern is its own: it can be withheld where the area's cells are shown. */
export const releasedShare = z.object({
  measure: z.enum(SERVICE_MEASURES),
  state: cellState,
  share: briefFigure,
});
export type ReleasedShare = z.infer<typeof releasedShare>;

/**
 * Growth of the same shops, all orders. `leavers`: of the GMV of the months that growth is against, what legal owners sold who sold nothing in the belt in `growthMonths`; with a pattern of its own,
 * told once those months are released. `growth`: of GMV of who sold in both, as a ratio, made of this share, of newcomers' and of GMV alone; rounding of the shares moves it by half a percentage point
 * at most.
 */
export const releasedSameStore = z.object({
  leavers: z.object({ state: cellState, share: briefFigure }),
  growth: briefFigure,
});
export type ReleasedSameStore = z.infer<typeof releasedSameStore>;

/**
 * Who carries the growth of an area, all orders, each to a tenth of a percentage point and with a pattern of its own. `fromNewcomers` and `fromOthers` add up to the growth of all its
 * orders, as ratios of the base: what newcomers sold, and what the others sold more than all sold a year before. Made of figures that are shown alone.
 */
export const releasedCarriers = z.object({
  shares: z.array(z.object({ measure: z.enum(CARRIER_MEASURES), state: cellState, share: briefFigure })),
  fromNewcomers: briefFigure,
  fromOthers: briefFigure,
  /** Left out where nothing is kept of who left, as before the months that it is compared with are released. */
  sameStore: releasedSameStore.optional(),
});
export type ReleasedCarriers = z.infer<typeof releasedCarriers>;

/** The same of what GMV is made of; small orders are withheld also where distribution or classic wholesale is, whose orders are mostly small, and mostly large. Of the largest sellers left out where nothing is kept. */
export const releasedStructure = z.object({
  measure: z.enum(STRUCTURE_MEASURES),
  state: cellState,
  share: briefFigure,
});
export type ReleasedStructure = z.infer<typeof releasedStructure>;

/**
 * What a track of an area is made of, in GMV: `channels` of distribution, `countries` of cross-border orders (where the goods go to; of those that stay at home, the buyer's). Each share is to a tenth of a
 * percentage point, and rounded for itself. Named are the largest of the nation's month, in its order; `others` is all besides, and last. Of an area all of them are told, the first of them (then `others` has the rest of
 * them), or none.
 */
export const releasedPartition = z.object({
  partition: z.enum(PARTITIONS),
  state: cellState,
  /** Channels by their names in the model of order lines, countries by ISO 3166-1 alpha-2. Empty unless shown. */
  parts: z.array(z.object({ part: z.string(), name: bilingual, share: briefFigure })),
});
export type ReleasedPartition = z.infer<typeof releasedPartition>;

/** One cell a track, in the order of the tracks. `goods`: of a belt. `service`, `carriers`, `structure`, `partitions`: left out where nothing is kept of them, as of months that were released before they were told. */
export const releasedArea = z.object({
  area,
  goods: bilingual.nullable(),
  cells: z.array(releasedCell),
  /** GMV of all orders in `growthMonths`, 100 being that of the answer's `reference`; without a value where one of these months is withheld. Left out where they are not released. */
  level: briefFigure.optional(),
  service: z.array(releasedShare).optional(),
  carriers: releasedCarriers.optional(),
  structure: z.array(releasedStructure).optional(),
  partitions: z.array(releasedPartition).optional(),
});
export type ReleasedArea = z.infer<typeof releasedArea>;

/** Which release it is. `dataVersion`: what it was made of, and `publishedAt` when that was published. */
export const releaseName = z.object({
  month,
  edition: z.number().int(),
  madeAt: z.iso.datetime(),
  dataVersion: z.number().int(),
  publishedAt: z.iso.datetime(),
});
export type ReleaseName = z.infer<typeof releaseName>;

/**
 * How far the releases of the last months are. `of`: how many there are to be; `made`; `refused`: that the auditor did not let pass. What is
 * missing is made in the background, the latest month first.
 */
export const releaseProgress = z.object({
  made: z.number().int(),
  refused: z.number().int(),
  of: z.number().int(),
});
export type ReleaseProgress = z.infer<typeof releaseProgress>;

/** `GET /releases`: what there is, the latest month first. */
export const releasesAnswer = z.object({
  source: sourceId,
  sourceName: bilingual,
  releases: z.array(releaseName),
  progress: releaseProgress,
});
export type ReleasesAnswer = z.infer<typeof releasesAnswer>;

/**
 * `GET /releases/{month}`: the belts, and the cities that are theirs whole; their provinces and the nation for comparison. Of all other areas
 * nothing, not even that there are any. `growthMonths`: what growth is of, January and February together because the Spring Festival falls into either;
 * `baselineMonths`: what it is against, as far as released. `troubled`: belts whose growth is told and below zero, the largest fall first; of others it says nothing.
 */
export const releaseAnswer = z.object({
  source: sourceId,
  sourceName: bilingual,
  currency: z.string(),
  release: releaseName,
  growthMonths: z.array(month),
  baselineMonths: z.array(month),
  /** What levels are against: the same months of the first year that is wholly loaded. Left out where these are not released, or growth is against them. */
  reference: z.object({ year: z.int(), months: z.array(month) }).optional(),
  nation: releasedArea,
  provinces: z.array(releasedArea),
  cities: z.array(releasedArea),
  belts: z.array(releasedArea),
  troubled: z.array(z.string()),
});
export type ReleaseAnswer = z.infer<typeof releaseAnswer>;

export const REPORT_LANGUAGES = ['zh', 'en'] as const;
export const REPORT_FORMATS = ['pdf', 'json'] as const;

/**
 * `GET /releases/{month}/report`: what of a release is the caller's in one province, as a document. `province`: by its name, as in
 * `provinces` of the release; needed where there are several. `format`: `pdf`, or `json`, which is the data set that the document is made of, byte by
 * byte: the document names its SHA-256.
 */
export const reportQuestion = z.strictObject({
  source: sourceId.optional(),
  province: z.string().min(1).max(LONGEST_NAME_BYTES).optional(),
  language: z.enum(REPORT_LANGUAGES).default('zh'),
  format: z.enum(REPORT_FORMATS).default('pdf'),
});
export type ReportQuestion = z.output<typeof reportQuestion>;
export type ReportLanguage = (typeof REPORT_LANGUAGES)[number];
