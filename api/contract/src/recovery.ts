import { z } from 'zod';
import { area, areaLevel, areaParameters, checkOneArea } from './area.ts';
import { briefFigure, figure, resting, sureFigure } from './figure.ts';
import { meta } from './indicator.ts';
import { nowcast } from './nowcast.ts';
import { what, which } from './question-parts.ts';
import {
  day,
  flowMeasure,
  month,
  reason,
  recoveryStateName,
  track,
  unit,
  wholeNumber,
  wholeNumberOr,
} from './vocabulary.ts';

/** The state, level and growth at the end of this month; left out: the last complete one. */
const atMonth = month.optional();
/** The base year, whose mean 100 stands for; left out: the first one that is completely loaded. */
const reference = wholeNumber(1990, 2100).optional();

export const recoveryQuestion = z
  .strictObject({ ...which, ...areaParameters, ...what, month: atMonth, reference })
  .check(checkOneArea);
export type RecoveryQuestion = z.output<typeof recoveryQuestion>;

/**
 * One month of an area. `value`: the measure. `adjusted`, `trend`: without season and holiday, and of that the smooth part,
 * in the measure's unit. `growth`: year on year, of whole months (that of the days of a month that is not over is in `/series`); January
 * and February carry the growth of both together. `lunarGrowth`:
 * against the lunar-aligned days of the year before. `level`: the recovery ratio of the
 * month, 100 = the base year.
 */
export const recoveryPoint = z.object({
  month,
  coverage: z.number(),
  value: briefFigure,
  adjusted: briefFigure,
  trend: briefFigure,
  growth: briefFigure,
  /** True where `growth` is that of January and February together. */
  merged: z.boolean(),
  lunarGrowth: briefFigure,
  level: briefFigure,
});
export type RecoveryPoint = z.infer<typeof recoveryPoint>;

/**
 * A state that is at least likely, else `undetermined` (or `too-little-data`). `mostProbable`: the state that most replicates of the area
 * have, `probability` their share; both null where there are no replicates, for the `reason` that is given. `certainty`: `sure` from 0.95,
 * `likely` from 0.8. `growthOfOthers`: growth without the three largest owners. `restsOnJoiners`: it surely grows, and the owners that
 * had sold anything before surely do not.
 */
export const recoveryState = z.object({
  state: recoveryStateName,
  reason: reason.nullable(),
  mostProbable: recoveryStateName.nullable(),
  probability: resting(z.number().nullable()),
  certainty: z.enum(['sure', 'likely']).nullable(),
  level: figure,
  /** The level where single months that stand out, in the window or the base year, are brought to what was expected of them. */
  levelWithoutOutliers: figure,
  growth: figure,
  growthOfOthers: figure,
  breadth: figure,
  restsOnJoiners: z.boolean(),
});
export type RecoveryState = z.infer<typeof recoveryState>;

export const turningPoint = z.object({
  month,
  kind: z.enum(['peak', 'trough']),
  /** Under four years of data every turning point, and one that the series cut a month earlier does not show within two months. */
  tentative: z.boolean(),
});
export type TurningPoint = z.infer<typeof turningPoint>;

export const recoveryAnswer = z.object({
  meta,
  area,
  track,
  measure: flowMeasure,
  /** The month at whose end state, level and growth are told; null where no month is complete. */
  month: month.nullable(),
  unit,
  /** The year that 100 stands for; null where no calendar year is completely loaded. */
  reference: z.number().int().nullable(),
  /**
   * Months that stand out (`outlier`), and months from which on sales stay higher or lower (`shift`), by which no season is told; `effect`:
   * by how much, as a ratio to what was expected. `isSure`: beyond chance, as is to be said; the others are left out of the season to be on
   * the safe side. Chen and Liu (1993).
   */
  outliers: z.array(
    z.object({ month, kind: z.enum(['outlier', 'shift']), effect: briefFigure, isSure: z.boolean() }),
  ),
  /**
   * The Spring Festival; null where the source's country does not keep it. `coefficient`: what a day of its standstill sells beyond an
   * ordinary day, as a share of that (−0.8 = four fifths less): of a belt or a category that of the category, drawn towards that of all belts;
   * of other areas that of all belts. `observations`: year-on-year differences of the series that it is told by.
   */
  holiday: z
    .object({
      coefficient: briefFigure,
      standardError: resting(z.number().nullable()),
      observations: z.number().int(),
    })
    .nullable(),
  /** Why there is no adjusted series, where there is none. */
  adjustedReason: reason.nullable(),
  points: z.array(recoveryPoint),
  /** Headlines of that month (January and February merged), each with its periods. */
  growth: figure,
  lunarGrowth: figure,
  state: recoveryState,
  nowcast: nowcast.nullable(),
  /** Of the months after the reference year whose level is known on a base that is not too small. */
  trough: z
    .object({
      month,
      /** Recovery ratio at the lowest point after the reference, 100 = the reference. */
      level: briefFigure,
      /** Months from then to the month that is told. */
      monthsSince: z.number().int(),
      /** Share of the loss that the month that is told has regained, as a ratio; null where its level is not known. */
      regained: resting(z.number().nullable()),
    })
    .nullable(),
  turningPoints: z.array(turningPoint),
});
export type RecoveryAnswer = z.infer<typeof recoveryAnswer>;

export const recoveryUncertaintyQuestion = z
  .strictObject({ ...which, ...areaParameters, ...what, reference })
  .check(checkOneArea);
export type RecoveryUncertaintyQuestion = z.output<typeof recoveryUncertaintyQuestion>;

/** `GET /recovery/uncertainty`: the rates of each month of `/recovery` with their intervals; the same months in the same order. */
export const recoveryUncertaintyAnswer = z.object({
  meta,
  area,
  track,
  measure: flowMeasure,
  reference: z.number().int().nullable(),
  points: z.array(z.object({ month, growth: sureFigure, lunarGrowth: sureFigure, level: sureFigure })),
});
export type RecoveryUncertaintyAnswer = z.infer<typeof recoveryUncertaintyAnswer>;

/**
 * `GET /recovery/volume`: the state by volume, beside that of `/recovery` for the same question: level, growth and breadth divided by prices, told by the same rule. `kind` `not-money`:
 * the measure has no prices in it. Prices as indices, 100 = those of the base year (`priceSinceBase`) and of the same months a year before
 * (`priceOfYear`); their `coverage`: the part of the window's value that matched items hold.
 */
export const volumeRecovery = z.object({
  state: recoveryState,
  priceSinceBase: figure,
  priceOfYear: figure,
});
export type VolumeRecovery = z.infer<typeof volumeRecovery>;

export const recoveryVolumeAnswer = z.object({
  meta,
  area,
  track,
  measure: flowMeasure,
  /** The month at whose end it is told; null where no month is complete. */
  month: month.nullable(),
  reference: z.number().int().nullable(),
  kind: z.enum(['deflated', 'not-money']),
  /** Null where `not-money`. */
  volume: volumeRecovery.nullable(),
});
export type RecoveryVolumeAnswer = z.infer<typeof recoveryVolumeAnswer>;

export const festivalQuestion = z.strictObject({ ...which, ...areaParameters, ...what }).check(checkOneArea);
export type FestivalQuestion = z.output<typeof festivalQuestion>;

/** `GET /recovery/festival`: the days around each New Year side by side, and the growth of each window over the one before. */
export const festivalAnswer = z.object({
  meta,
  area,
  track,
  measure: flowMeasure,
  unit,
  /** Days relative to the New Year: from `-before` to `after`. */
  window: z.object({ before: z.number().int(), after: z.number().int() }),
  years: z.array(
    z.object({
      year: z.number().int(),
      newYear: day,
      /** One value a day of the window; null = not loaded. */
      values: resting(z.array(z.number().nullable())),
      /** The window's days that are loaded in this year and in the year before, compared. */
      growth: figure,
    }),
  ),
});
export type FestivalAnswer = z.infer<typeof festivalAnswer>;

export const statesQuestion = z.strictObject({
  ...which,
  ...what,
  level: areaLevel.default('belt'),
  month: atMonth,
  reference,
});
export type StatesQuestion = z.output<typeof statesQuestion>;

/**
 * `GET /recovery/states`: every area of a level with its state and that of the month before, the surest first. `changed`: both are
 * sure, and differ.
 */
export const statesAnswer = z.object({
  meta,
  level: areaLevel,
  track,
  measure: flowMeasure,
  /** The month at whose end states are told; null where no month is complete, and then there are no rows. */
  month: month.nullable(),
  reference: z.number().int().nullable(),
  /** `sure`: of the areas those that are surely in it. `before`: at the end of the month before; null, here and of each row, where that month is not complete and has no states. */
  counts: z.array(
    z.object({
      state: recoveryStateName,
      areas: z.number().int(),
      sure: z.number().int(),
      before: z.number().int().nullable(),
    }),
  ),
  rows: z.array(
    z.object({ area, now: recoveryState, before: recoveryStateName.nullable(), changed: z.boolean() }),
  ),
});
export type StatesAnswer = z.infer<typeof statesAnswer>;

export const stateHistoryQuestion = z.strictObject({
  ...which,
  ...what,
  level: areaLevel.default('belt'),
  /** The last of the months; left out: the last complete one. */
  month: atMonth,
  reference,
  /** How many months, back from the last one. */
  months: wholeNumberOr(13, wholeNumber(1, 24)),
});
export type StateHistoryQuestion = z.output<typeof stateHistoryQuestion>;

/** `GET /recovery/states/history`: months that have no states are left out, so there may be fewer than asked for. */
export const stateHistoryAnswer = z.object({
  meta,
  level: areaLevel,
  track,
  measure: flowMeasure,
  reference: z.number().int().nullable(),
  months: z.array(
    z.object({
      month,
      counts: z.array(
        z.object({ state: recoveryStateName, areas: z.number().int(), sure: z.number().int() }),
      ),
    }),
  ),
});
export type StateHistoryAnswer = z.infer<typeof stateHistoryAnswer>;
