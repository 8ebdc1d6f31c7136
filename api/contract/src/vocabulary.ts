import { z } from 'zod';
import { ADDITIVE_MEASURES, FLOW_MEASURES, MEASURE, type Measure, MEASURES } from './measures.ts';
import { PROGRAMME_TRACKS, TRACKS } from './tracks.ts';

/**
 * Closed vocabularies of the wire: tracks and measures (declared in `tracks.ts` and `measures.ts`), grains, flags. Terms follow the glossary.
 * Everything that names one of these (SQL parameters, URLs of the dashboard, exports) uses these spellings.
 */

export const track = z.enum(TRACKS);
export const programmeTrack = z.enum(PROGRAMME_TRACKS);

/** A whole number in an address, in digits as people write one: JavaScript would also take 0x10, 1e1 and blanks. */
export const wholeNumber = (least: number, most: number) =>
  z.preprocess(
    (text) => (typeof text === 'string' && !/^\d+$/.test(text) ? Number.NaN : text),
    z.coerce
      .number({ error: `must be a whole number from ${least} to ${most}` })
      .int()
      .min(least)
      .max(most),
  );

/** One that may be left out; its default is said again for the API description, since zod leaves it out behind a preprocess. */
export const wholeNumberOr = (byDefault: number, number: ReturnType<typeof wholeNumber>) =>
  number.default(byDefault).meta({ override: { default: byDefault } });

export const measure = z.enum(MEASURES);
/** Measures that are kept by day, so that they can be aligned on the lunar calendar: sums, not distinct units. */
export const flowMeasure = z.enum(FLOW_MEASURES);
/** Measures whose parts add up. */
export const additiveMeasure = z.enum(ADDITIVE_MEASURES);

/** Unit of a value. `money` is in the currency that the answer's `meta.currency` names. */
export const UNITS = [
  'orders',
  'pieces',
  'money',
  'merchants',
  'buyers',
  'ratio',
  'percentage-point',
  'days',
  'lines',
  'items',
  'index',
  'points',
] as const;
export const unit = z.enum(UNITS);
export type Unit = z.infer<typeof unit>;

export const UNIT_OF_MEASURE = Object.fromEntries(
  MEASURES.map((measure) => [measure, MEASURE[measure].unit]),
) as Record<Measure, Unit>;

/** Bucket of a series; always cut in the source's business time zone. */
export const grain = z.enum(['day', 'month']);
export type Grain = z.infer<typeof grain>;

/**
 * What a period is compared with. `year-ago`: the same months (and, for an incomplete last month, the same days) of the
 * year before. `previous`: the equally long run of months directly before.
 */
export const comparison = z.enum(['year-ago', 'previous']);
export type Comparison = z.infer<typeof comparison>;

/**
 * How far a value can be trusted. `final`: its period is complete. In `/series` and in whatever compares two periods it says as well that 95 of 100 past figures
 * of its age were revised by less than 1 %, where twelve of them are known; where fewer are, as after a first load, nothing is known of revisions, which
 * `/revisions` tells (`finality`: `unknown`), and `final` is not said on any page. Recovery, states and the clock look at completeness alone. `provisional`: its
 * period is not complete, or figures of its age were revised by more. `revisable`: an estimate that the next months
 * will change (the last three of a seasonal adjustment). `nowcast`: an estimate of a whole period from a part of it.
 * `base-too-small`: see `growth`. `suppressed`: known, and withheld from who asks.
 */
export const flag = z.enum([
  'final',
  'provisional',
  'revisable',
  'nowcast',
  'base-too-small',
  'not-available',
  'suppressed',
]);
export type Flag = z.infer<typeof flag>;

/**
 * Why a value is null. `no-baseline`: the baseline is not wholly loaded. `baseline-zero`: nothing sold in the
 * baseline. `part-month`: distinct merchants or buyers of a part of a month are not kept. `no-data`: before or after
 * the loaded data. `not-loaded`: a month between that holds no line of the whole source, or days beside it: not known, which
 * is not 0. `baseline-negative`: refunds above sales in the baseline, whose sign would turn a gain into a loss.
 * `too-little-data`: fewer months or orders than the method needs. `too-early`: the band of an estimate is wider than half of it. `not-positive`: a month without sales, or with refunds above them, where a
 * logarithm is needed. `incomplete-period`: the period is not over.
 * `other-month-incomplete`: the month is over, but January and February are compared together and the other is not.
 * `no-merchants`, `no-matched-items`: nobody, or no SKU, is in what is compared. `too-few-matched`: some SKUs are, but too few
 * of them, or too small a part of the value, to tell prices by. `too-few-owners`: whose orders they are decides, so chance cannot be
 * told from a finding. `not-positive`: see above; of an interval, refunds above sales. `buyers-of-many-owners`: a buyer buys from several owners, and how
 * many would have come without one of them is not kept. `largest-decide`: so few members decide the figure that no interval of it holds what it says.
 * `directions-of-parts`: belts or tracks are counted by their direction, which leaving out an owner turns too seldom to tell an interval by.
 * `no-base-year`: no calendar year is completely loaded. `too-few-clean-years`: fewer than two years besides the base year tell a season.
 * `each-order-once`: orders are counted, so none is larger than another. `lines-replaced`: lines of this version have been replaced by a later load, and are not kept.
 * `confidential`: it would tell too much about too few.
 */
export const reason = z.enum([
  'no-baseline',
  'baseline-zero',
  'part-month',
  'no-data',
  'not-loaded',
  'baseline-negative',
  'too-little-data',
  'too-early',
  'not-positive',
  'incomplete-period',
  'other-month-incomplete',
  'no-merchants',
  'no-matched-items',
  'too-few-matched',
  'too-few-owners',
  'too-few-clean-years',
  'no-base-year',
  'buyers-of-many-owners',
  'largest-decide',
  'directions-of-parts',
  'each-order-once',
  'lines-replaced',
  'not-told',
  'confidential',
]);
export type Reason = z.infer<typeof reason>;

/** Warnings about a comparison as a whole, for a banner beside the figures. */
export const caution = z.enum([
  'incomplete-period',
  'not-loaded',
  'spring-festival-shift',
  'baseline-incomplete',
]);
export type Caution = z.infer<typeof caution>;

/**
 * State of recovery of an area. From the recovery ratio L (100 = the base year), the lunar-aligned three-month growth g, the same
 * without the three largest owners g−3 and the breadth B: `carried-by-few` g > 0 and g−3 ≤ 0 or B below 50 by more than chance,
 * whatever the level, because three large sellers are no recovery; else `recovered` L ≥ 100, g ≥ 0; `recovering` L < 100, g > 0;
 * `slipping` L ≥ 100, g < 0; `declining` L < 100, g < 0; `flat`: L < 100 and growth within the dead-band. Where there
 * are too few years for a level, growth alone is told: `growing`, `declining` or `flat`. `undetermined`: none of
 * these is at least likely, or there are too few owners to tell.
 */
export const STATES = [
  'recovered',
  'recovering',
  'carried-by-few',
  'flat',
  'slipping',
  'declining',
  'growing',
  'undetermined',
  'too-little-data',
] as const;
export const recoveryStateName = z.enum(STATES);
export type RecoveryStateName = z.infer<typeof recoveryStateName>;

/** The calendar has no year 0, and PostgreSQL refuses it. */
const NO_YEAR_0 = 'there is no year 0000';

/** A calendar month `YYYY-MM`. */
export const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month is written YYYY-MM')
  .refine((text) => !text.startsWith('0000'), NO_YEAR_0);
/** A calendar day `YYYY-MM-DD`. */
export const day = z.iso.date().refine((text) => !text.startsWith('0000'), NO_YEAR_0);
/**
 * Read what had been published by the end of this day, in the source's time zone; the days on which something was
 * published are in `GET /data-versions`. A day that is not over, or to come, reads what has been published so far.
 */
export const asOf = day;

/** Text in both languages of the interface. */
export const bilingual = z.object({ zh: z.string(), en: z.string() });
export type Bilingual = z.infer<typeof bilingual>;

/** Identifier of a source of orders, for instance `demo` or `olist`. */
export const sourceId = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,31}$/, 'a source is lower-case letters, digits, - and _');
/** What a load takes for the name of a place or of goods at most, in UTF-8. */
export const LONGEST_NAME_BYTES = 200;
export const beltId = z.string().min(1).max(128);

/** Sort keys of a ranking: by the value, by its growth, or by its change. */
export const rankingSort = z.enum(['value', 'growth', 'change']);
export const rankingOrder = z.enum(['desc', 'asc']);
