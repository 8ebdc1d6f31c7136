/**
 * A merchant's own page: where the shops of their legal owner stand among true peers in a quarter. What is shown of the group is the same for each of
 * its members, made of the first data version that had the whole quarter, and stays as it is.
 */
import { z } from 'zod';
import { briefFigure } from './figure.ts';
import { PROGRAMME_TRACKS, type ProgrammeTrack } from './tracks.ts';
import { LONGEST_OWNER_BYTES } from './users.ts';
import { beltId, bilingual, sourceId, track, unit, type Unit } from './vocabulary.ts';

/** A calendar quarter `YYYY-Qn`. */
export const quarter = z
  .string()
  .regex(/^\d{4}-Q[1-4]$/, 'a quarter is written YYYY-Qn')
  .refine((text) => !text.startsWith('0000'), 'there is no year 0000');

/** What a measure tells of, in the order in which they are told. */
export const BENCHMARK_FAMILIES = ['sales', 'buyers', 'goods', 'reach', 'service'] as const;
export type BenchmarkFamily = (typeof BENCHMARK_FAMILIES)[number];
interface Declaration {
  readonly family: BenchmarkFamily;
  readonly unit: Unit;
  /** Which direction is better, where one is. */
  readonly better: 'higher' | 'lower' | null;
}
const measure = (family: BenchmarkFamily, unit: Unit, better: Declaration['better'] = null): Declaration => ({
  family,
  unit,
  better,
});
const NAMED_MEASURES = {
  gmv: measure('sales', 'money', 'higher'),
  growth: measure('sales', 'ratio', 'higher'),
  'growth-aligned': measure('sales', 'ratio', 'higher'),
  'growth-same-store': measure('sales', 'ratio', 'higher'),
  'recovery-level': measure('sales', 'index', 'higher'),
  orders: measure('sales', 'orders', 'higher'),
  pieces: measure('sales', 'pieces', 'higher'),
  buyers: measure('buyers', 'buyers', 'higher'),
  'repeat-buyers': measure('buyers', 'ratio', 'higher'),
  'top-buyers': measure('buyers', 'ratio'),
  'order-value': measure('buyers', 'money'),
  'order-pieces': measure('buyers', 'pieces'),
  skus: measure('goods', 'items'),
  'new-skus': measure('goods', 'ratio'),
  hits: measure('goods', 'items', 'higher'),
  'price-trend': measure('goods', 'ratio'),
  'price-position': measure('goods', 'ratio'),
  programme: measure('reach', 'ratio'),
} as const;
/**
 * What is measured of an owner in a quarter. `gmv`: paid amounts before refunds; `orders`: an order of several of their shops is one for each;
 * `growth`: of GMV on the same quarter of the year before, of who sold in both; `growth-aligned`: on the days that lie alike to the Spring Festival;
 * `growth-same-store`: of shops that sold in both; `recovery-level`: of GMV, 100 = the mean of the base year, free of season; `buyers`: distinct; `repeat-buyers`: the share of them with two orders or more in the quarter; `top-buyers`: of GMV, the share of the
 * three who bought most; `order-value`, `order-pieces`: of an order, on average; `skus`: that sold; `new-skus`: the share of GMV on those that sold nothing in the year before;
 * `hits`: SKUs with many order lines; `price-trend`: prices of the same items on the year before; `price-position`: prices beside like goods of others in the quarter (0.1 = a tenth dearer); `programme`: the share of GMV on any of the five tracks; then the share of each, which
 * overlap; `channels`: downstream channels of distribution that were used; `countries`: abroad, that goods went to; `on-time`: the share of lines dispatched within the hours of
 * `GET /benchmark/definitions` after payment; `refund-rate`: refunds ÷ GMV.
 */
export type BenchmarkMeasure =
  keyof typeof NAMED_MEASURES | ProgrammeTrack | 'channels' | 'countries' | 'on-time' | 'refund-rate';
/** In the order in which they are told. */
export const BENCHMARK_MEASURE: Readonly<Record<BenchmarkMeasure, Declaration>> = {
  ...NAMED_MEASURES,
  ...(Object.fromEntries(PROGRAMME_TRACKS.map((one) => [one, measure('reach', 'ratio')])) as Record<
    ProgrammeTrack,
    Declaration
  >),
  channels: measure('reach', 'items'),
  countries: measure('reach', 'items'),
  'on-time': measure('service', 'ratio', 'higher'),
  'refund-rate': measure('service', 'ratio', 'lower'),
};
export const BENCHMARK_MEASURES = Object.keys(BENCHMARK_MEASURE) as readonly BenchmarkMeasure[];

/** `owner`: a legal owner that is the caller's; the first of `owners` unless named. `quarter`: one of `quarters`; the latest unless named. */
export const benchmarkQuestion = z.strictObject({
  source: sourceId.optional(),
  owner: z.string().min(1).max(LONGEST_OWNER_BYTES).optional(),
  quarter: quarter.optional(),
});
export type BenchmarkQuestion = z.output<typeof benchmarkQuestion>;

/** `GET /benchmark/file`: the same page as a document of one sheet of paper, or as a workbook. */
export const BENCHMARK_FORMATS = ['pdf', 'xlsx'] as const;
export const benchmarkFileQuestion = benchmarkQuestion.extend({
  language: z.enum(['zh', 'en']).default('zh'),
  format: z.enum(BENCHMARK_FORMATS).default('pdf'),
});
export type BenchmarkFileQuestion = z.output<typeof benchmarkFileQuestion>;

/** Sizes of merchants as sources give them; `unknown` where they do not. */
export const PEER_SIZES = ['unknown', 'micro', 'small', 'medium', 'large'] as const;
export const PEER_LEVELS = ['belt', 'city', 'province', 'nation'] as const;

/**
 * Who is compared. `level`: how far its belts lie apart, all with the same `goods`; `sizes`: neighbouring ones. `owners`: how many there are, the
 * caller included: from `from` (null: from the fewest that are shown) to below `below` (null: no end). `widened`: by what it is wider than one size of one belt, because a narrower
 * group would have told too much about somebody.
 */
export const peerGroup = z.object({
  level: z.enum(PEER_LEVELS),
  province: z.string(),
  city: z.string(),
  goods: bilingual,
  sizes: z.array(z.enum(PEER_SIZES)),
  belts: z.array(z.object({ beltId, name: bilingual })),
  owners: z.object({ from: z.number().int().nullable(), below: z.number().int().nullable() }),
  widened: z.array(z.enum(['size', 'belts'])),
});
export type PeerGroupAnswer = z.infer<typeof peerGroup>;

/**
 * Why there is no group, and only the caller's own figures: `too-small`: nationwide there are too few like them, or one among those is too large;
 * `no-belt`: their shops are in no belt; `no-orders`: they sold nothing in the quarter.
 */
export const noGroup = z.enum(['too-small', 'no-belt', 'no-orders']);

/** Figures of the quarter in `unit`; ratios as such (0.12 is 12 %). */
const inQuarters = z.object({ quarter, value: briefFigure, median: briefFigure });
/**
 * `value`: the caller's own, exact. `band`: in which quarter or fifth of the group it stands, from 1, the lowest, to `of`; null where there is none. `quartiles` of the group: means of
 * several neighbouring values in three digits, never of the smallest or the largest; `suppressed` where that would tell too much. `trend`: from the oldest to this quarter, each as the page of that quarter tells it: the caller's own
 * `value`, and the `median` of the group that they were in then.
 */
export const benchmarkMeasure = z.object({
  measure: z.enum(BENCHMARK_MEASURES as [BenchmarkMeasure, ...BenchmarkMeasure[]]),
  family: z.enum(BENCHMARK_FAMILIES),
  unit,
  better: z.enum(['higher', 'lower']).nullable(),
  value: briefFigure,
  band: z.object({ place: z.number().int(), of: z.number().int() }).nullable(),
  quartiles: z.object({ lower: briefFigure, median: briefFigure, upper: briefFigure }),
  trend: z.array(inQuarters),
});
export type BenchmarkMeasureAnswer = z.infer<typeof benchmarkMeasure>;

/** Which part of the rank is measured by what, and where more or less of it is better. Prices are seen as a buyer sees them. */
export const RANK_COMPONENT = {
  goods: { measure: 'skus', better: 'higher' },
  service: { measure: 'repeat-buyers', better: 'higher' },
  fulfilment: { measure: 'on-time', better: 'higher' },
  'after-sales': { measure: 'refund-rate', better: 'lower' },
  'new-products': { measure: 'new-skus', better: 'higher' },
  hits: { measure: 'hits', better: 'higher' },
  price: { measure: 'price-position', better: 'lower' },
} as const satisfies Readonly<Record<string, { measure: BenchmarkMeasure; better: 'higher' | 'lower' }>>;
export type RankComponent = keyof typeof RANK_COMPONENT;
export const RANK_COMPONENTS = Object.keys(RANK_COMPONENT) as readonly RankComponent[];

const band = z.object({ place: z.number().int(), of: z.number().int() });
/**
 * One rank of several measures within the peer group. `band`: of the whole, from 1, the worst. `sureness`: of 1,000 weightings around the published ones, each weight from half to one and a
 * half of its own, the share that leaves it in the same band, in twentieths. Of each component: its published `weight`; `place`: its own band of as many, from the worst (null: no value, or none that may
 * be told); `needs`: the band that it would have to come to, all else equal, for the whole to be one band higher (null: none would do).
 */
export const rankAnswer = z.object({
  band,
  sureness: z.number(),
  components: z.array(
    z.object({
      component: z.enum(RANK_COMPONENTS as [RankComponent, ...RankComponent[]]),
      measure: z.enum(BENCHMARK_MEASURES as [BenchmarkMeasure, ...BenchmarkMeasure[]]),
      weight: z.number(),
      place: z.number().int().nullable(),
      needs: z.number().int().nullable(),
    }),
  ),
});
export type RankAnswer = z.infer<typeof rankAnswer>;

const differenceSize = z.enum(['small', 'middling', 'large']);
/**
 * What those who recover best do differently: the quarter with the highest `recovery` (a measure) among the owners of a pool beside the rest of it. A pool: all owners with the same
 * `goods` nationwide; null: goods of several kinds, each of too few. `tested`: what was compared. `found`: where a difference is larger than chance would make any of them (Holm, 5 %) and not small to speak of
 * (Cliff's delta from 0.147; `middling` from 0.33, `large` from 0.474): who recovers best has a `higher` or `lower` value. `least`, `most`: the classes of
 * the ends of its interval (null: none to speak of); those of all that were compared hold together at 95 %. It is an association, and no cause.
 */
export const peerPool = z.object({
  goods: bilingual.nullable(),
  owners: z.object({ from: z.number().int().nullable(), below: z.number().int().nullable() }),
  recovery: z.enum(['recovery-level', 'growth-aligned', 'growth']),
  tested: z.array(z.enum(BENCHMARK_MEASURES as [BenchmarkMeasure, ...BenchmarkMeasure[]])),
  found: z.array(
    z.object({
      measure: z.enum(BENCHMARK_MEASURES as [BenchmarkMeasure, ...BenchmarkMeasure[]]),
      direction: z.enum(['higher', 'lower']),
      size: differenceSize,
      least: differenceSize.nullable(),
      most: differenceSize,
    }),
  ),
});
export type PeerPoolAnswer = z.infer<typeof peerPool>;

/**
 * How sure `price-position` is of the caller's own goods: `matched`: the share of their GMV that has like goods of enough others; `low`, `high`: the interval of 90 %, from how the prices of
 * their own goods scatter about it.
 */
export const pricePosition = z.object({ matched: briefFigure, low: briefFigure, high: briefFigure });
export type PricePosition = z.infer<typeof pricePosition>;

export const OWN_FACTORS = ['orders', 'pieces-per-order', 'value-per-piece'] as const;
export const BUYER_FACTORS = ['buyers', 'orders-per-buyer', 'value-per-order'] as const;
export const PRICE_FACTORS = ['price', 'volume'] as const;
export const BUYER_SIZES = ['small', 'medium', 'large'] as const;
/**
 * Where the caller's own change of GMV on the same quarter of the year before comes from, in the currency: `factors` of GMV = orders × pieces per order × value per piece; `buyers`: of buyers ×
 * orders of a buyer × value of an order; `prices`: prices of the same items, and the rest, which is volume; exclusive `combinations` of tracks, the largest change first; and `turnover`: of buyers who came, went and
 * stayed, by what they bought in both quarters together: `small` under a hundredth of the owner's GMV of both, `large` from a tenth on. Each adds up to `change`. Empty: `factors` where a
 * quarter has value without orders or pieces; `buyers`, `turnover` where nothing is sold in the quarter, or order lines of either had been replaced before they were read; `prices` where there are no prices of the same items.
 */
export const ownChange = z.object({
  baselineQuarter: quarter,
  baseline: briefFigure,
  change: briefFigure,
  factors: z.array(z.object({ factor: z.enum(OWN_FACTORS), change: briefFigure })),
  buyers: z.array(z.object({ factor: z.enum(BUYER_FACTORS), change: briefFigure })),
  prices: z.array(z.object({ factor: z.enum(PRICE_FACTORS), change: briefFigure })),
  turnover: z.array(
    z.object({ size: z.enum(BUYER_SIZES), came: briefFigure, went: briefFigure, stayed: briefFigure }),
  ),
  combinations: z.array(z.object({ tracks: z.array(track), change: briefFigure })),
});
export type OwnChange = z.infer<typeof ownChange>;

/**
 * `GET /benchmark`. `owner`: whose figures these are, the sum of their `shops` that sold in the quarter; `owners`: all that are the caller's in the source. `quarters`: that can be asked for, the latest first.
 * `pricePosition`: null where that measure has no value. `rank`, `differences`: null without a group, and where too few have what they are made of.
 * `dataVersion`: the first that had the whole quarter, of which all figures are, published on the day `publishedOn` in the source's time zone.
 */
export const benchmarkAnswer = z.object({
  source: sourceId,
  sourceName: bilingual,
  currency: z.string(),
  quarter,
  quarters: z.array(quarter),
  dataVersion: z.number().int(),
  publishedOn: z.iso.date(),
  owner: z.string(),
  owners: z.array(z.string()),
  shops: z.number().int(),
  group: peerGroup.nullable(),
  noGroup: noGroup.nullable(),
  measures: z.array(benchmarkMeasure),
  pricePosition: pricePosition.nullable(),
  rank: rankAnswer.nullable(),
  differences: peerPool.nullable(),
  change: ownChange.nullable(),
});
export type BenchmarkAnswer = z.infer<typeof benchmarkAnswer>;

/** What a figure of the page means: a measure, by its name and family, or how figures are told (`method`). */
export const benchmarkDefinition = z.object({
  id: z.string(),
  group: z.enum([...BENCHMARK_FAMILIES, 'method']),
  name: bilingual,
  text: bilingual,
  formula: z.string(),
  unit: unit.nullable(),
  better: z.enum(['higher', 'lower']).nullable(),
  source: z.string(),
});
export type BenchmarkDefinition = z.infer<typeof benchmarkDefinition>;
/** `GET /benchmark/definitions`. */
export const benchmarkDefinitionsAnswer = z.object({ definitions: z.array(benchmarkDefinition) });
export type BenchmarkDefinitionsAnswer = z.infer<typeof benchmarkDefinitionsAnswer>;
