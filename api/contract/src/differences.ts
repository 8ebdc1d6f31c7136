import { z } from 'zod';
import { area, AREA_LEVELS } from './area.ts';
import { figure, resting, sureFigure } from './figure.ts';
import { meta } from './indicator.ts';
import { what, which } from './question-parts.ts';
import { recoveryState } from './recovery.ts';
import { flowMeasure, LONGEST_NAME_BYTES, month, track, wholeNumber } from './vocabulary.ts';

/** More make no picture. */
export const MOST_COMPARED = 6;

/**
 * An area in a list: its level, a colon and its id, as in `belt:B001`, `city:浙江省/金华市`; `nation` alone. A comma or a percent sign in an
 * id is written as in an address (`%2C`, `%25`).
 */
const listedArea = z
  .string()
  .max(3 * LONGEST_NAME_BYTES)
  .regex(
    new RegExp(`^(?:nation|(?:${AREA_LEVELS.filter((level) => level !== 'nation').join('|')}):.+)$`, 'u'),
    'is a level, a colon and an id, as in belt:B001 or city:浙江省/金华市, or nation',
  );
const areas = z
  .preprocess(
    (value) => (typeof value === 'string' ? value.split(',') : value),
    z
      .array(listedArea)
      .min(1)
      .max(MOST_COMPARED)
      .refine((listed) => new Set(listed).size === listed.length, { message: 'names an area twice' }),
  )
  .meta({ param: { style: 'form', explode: false } });

const compared = { ...which, ...what, areas, month: month.optional() };

export const differencesQuestion = z.strictObject({
  ...compared,
  /** The base year, whose mean 100 stands for; left out: the first one that is completely loaded. */
  reference: wholeNumber(1990, 2100).optional(),
});
export type DifferencesQuestion = z.output<typeof differencesQuestion>;
export const priceDifferencesQuestion = z.strictObject(compared);
export type PriceDifferencesQuestion = z.output<typeof priceDifferencesQuestion>;

/** That a difference is more, or less, than nothing is a finding among all differences of the answer; null where it may be chance. */
export const DIFFERENCE_FINDINGS = ['more', 'less'] as const;
export type DifferenceFinding = (typeof DIFFERENCE_FINDINGS)[number];
const finding = () => resting(z.enum(DIFFERENCE_FINDINGS).nullable());

const answered = { meta, track, measure: flowMeasure, falseDiscoveryRate: z.number() };

/**
 * `GET /recovery/differences`: areas side by side, in the order they were asked for: each with its state, and with its differences from each of
 * the others, in the order of the areas. A difference is the area's own figure less the other's, in the figure's unit (of growth as a ratio: 0.05
 * are five percentage points); its interval takes into account who sells in both. Its `grade` is of the standard error as a part of the area's
 * own figure (of 1 + g for growth).
 */
export const differencesAnswer = z.object({
  ...answered,
  /** The month at whose end it is told; null where no month is complete. */
  month: month.nullable(),
  reference: z.number().int().nullable(),
  areas: z.array(
    z.object({
      area,
      ...recoveryState.shape,
      against: resting(
        z.array(
          z.object({
            area,
            level: sureFigure,
            levelFinding: finding(),
            growth: sureFigure,
            growthFinding: finding(),
            breadth: sureFigure,
            breadthFinding: finding(),
          }),
        ),
      ),
    }),
  ),
});
export type DifferencesAnswer = z.infer<typeof differencesAnswer>;

/**
 * `GET /recovery/differences/prices`: the prices of each area in the three months of the state against the same months a year before, as
 * indices (100 = no change), and their differences. Without areas where the measure has no prices in it.
 */
export const priceDifferencesAnswer = z.object({
  ...answered,
  month: month.nullable(),
  areas: z.array(
    z.object({
      area,
      price: figure,
      against: resting(z.array(z.object({ area, price: sureFigure, priceFinding: finding() }))),
    }),
  ),
});
export type PriceDifferencesAnswer = z.infer<typeof priceDifferencesAnswer>;
