import { z } from 'zod';
import { area, areaParameters, checkOneArea } from './area.ts';
import { briefFigure, figure, resting } from './figure.ts';
import { meta } from './indicator.ts';
import { what, which } from './question-parts.ts';
import { day, flowMeasure, month, track } from './vocabulary.ts';

/**
 * An estimate of the whole of the running month. `low`, `high`: the band that covers about `band` of outcomes. Where that is wider than half of the estimate there is none
 * (`too-early`); `usuallyFrom` is then the day of the month from which on there usually was one in past months of the kind, null where there was none on any tested day.
 */
export const nowcast = z.object({
  month,
  /** Last day with orders. */
  through: day,
  soFar: resting(z.number().nullable()),
  /** Share of the month that is usually done by then, as a ratio. */
  completion: resting(z.number().nullable()),
  estimate: figure,
  low: resting(z.number().nullable()),
  high: resting(z.number().nullable()),
  band: z.number(),
  /** Earlier months that the estimate learned from. */
  months: z.number().int(),
  /** Whether it is a month about the Spring Festival (December to March), whose errors are told apart. */
  isFestival: z.boolean(),
  usuallyFrom: resting(z.number().int().nullable()),
});
export type Nowcast = z.infer<typeof nowcast>;

export const backtestQuestion = z.strictObject({ ...which, ...areaParameters, ...what }).check(checkOneArea);
export type BacktestQuestion = z.output<typeof backtestQuestion>;

/**
 * Mean absolute errors as ratios of the true month, over the months that each rule could estimate. `told`: the months of which the estimate was told, since its
 * band was no wider than half of it; the errors are those of all.
 */
const backtestDays = z.array(
  z.object({
    day: z.number().int(),
    months: z.number().int(),
    told: z.number().int(),
    nowcast: briefFigure,
    daysElapsed: briefFigure,
    lastYearsShare: briefFigure,
    /** Share of months whose true value lay inside the band, as a ratio. */
    covered: briefFigure,
  }),
);

/**
 * `GET /nowcast/backtest`: the nowcast of every past month as it would have been on given days, beside two naive rules: of all months, and apart for
 * those about the Spring Festival (December to March, where the source's country keeps it) and the others.
 */
export const backtestAnswer = z.object({
  meta,
  area,
  track,
  measure: flowMeasure,
  band: z.number(),
  days: backtestDays,
  festival: backtestDays,
  others: backtestDays,
});
export type BacktestAnswer = z.infer<typeof backtestAnswer>;
