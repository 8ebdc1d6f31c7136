import { z } from 'zod';
import { day, flag, reason, unit } from './vocabulary.ts';

/** Days (inclusive) that a figure is about. */
export const span = z.object({ firstDay: day, lastDay: day });
export type Span = z.infer<typeof span>;

/** Letters of a coefficient of variation, as statistics offices print them. */
export const GRADES = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export const grade = z.enum(GRADES);
export type Grade = z.infer<typeof grade>;

/**
 * How sure a figure is. `low`, `high`: the interval that holds the true value 9 times in 10, in the figure's unit. `grade`: of the standard
 * error as a part of the value (of 1 + g for a growth g): A below 5 %, B 10, C 15, D 25, E 35, F beyond.
 */
export const uncertainty = z.object({ low: z.number(), high: z.number(), grade });
export type Uncertainty = z.infer<typeof uncertainty>;

/** The schemas that are a figure: what may withhold one finds them by this list, never by the name of a field. */
const FIGURES = z.registry<object>();
const asFigure = <S extends z.ZodType>(schema: S): S => {
  FIGURES.add(schema, {});
  return schema;
};
export const isFigure = (schema: z.core.$ZodType): boolean => FIGURES.has(schema);

/** Schemas of what rests on the figures of the object that it stands in. */
const RESTING = z.registry<object>();
/**
 * Numbers, or rows, that would tell a figure of the same object where it is withheld: they are withheld with it. A number is
 * nullable for that; a list of numbers is left empty; in rows with figures of their own those are withheld.
 */
export const resting = <S extends z.ZodType>(schema: S): S => {
  RESTING.add(schema, {});
  return schema;
};
export const isResting = (schema: z.core.$ZodType): boolean => RESTING.has(schema);

/**
 * A number about orders with all that makes it citable: the one type that has a value with its flag and reason. `numerator` and
 * `denominator` where it is a ratio, in the measure's unit. `value` null has a `reason`. `uncertainty` null beside a value has an
 * `uncertaintyReason`, or none where the figure is not one of a state or a headline. `definition`: its id in `GET /definitions`.
 */
export const figure = asFigure(
  z.object({
    value: z.number().nullable(),
    unit,
    flag,
    reason: reason.nullable(),
    period: span.nullable(),
    baseline: span.nullable(),
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    /** Days covered ÷ days of the period. */
    coverage: z.number(),
    uncertainty: uncertainty.nullable(),
    uncertaintyReason: reason.nullable(),
    definition: z.string(),
  }),
);
export type Figure = z.infer<typeof figure>;

/** A figure in a row: its unit, period, coverage and definition are said once, by the row, line or answer that it stands in. */
export const briefFigure = asFigure(figure.pick({ value: true, flag: true, reason: true }));
export type BriefFigure = z.infer<typeof briefFigure>;

/** The same with how sure it is. */
export const sureFigure = asFigure(
  figure.pick({ value: true, flag: true, reason: true, uncertainty: true, uncertaintyReason: true }),
);
export type SureFigure = z.infer<typeof sureFigure>;

/**
 * Of what counts buyers or SKUs: the part of the GMV of a period and of its baseline, as ratios, of which the source does not tell the buyer, or the
 * SKU, and which is not counted. It is left out where all is told. Where nothing is, there is no count (`not-told`), rather than 0.
 */
export const uncovered = z.object({ value: briefFigure, baseline: briefFigure });

/**
 * A value beside its baseline. Numbers are IEEE doubles; money is exact to the cent below 9 × 10^13. `change` = value − baseline.
 * These three are in `unit`. `growth` = change ÷ baseline as a ratio (0.7 is +70 %), without a value where there is no
 * baseline or it is not above zero; over a baseline under the set size it has the flag `base-too-small`, and must not be shown as
 * a headline. The periods are those of the answer.
 */
export const comparedValue = z.object({
  unit,
  definition: figure.shape.definition,
  value: briefFigure,
  baseline: briefFigure,
  change: briefFigure,
  growth: briefFigure,
  uncovered: uncovered.optional(),
});
export type ComparedValue = z.infer<typeof comparedValue>;

/**
 * A part of a change: parts add up to the total's change, and their `contribution` (change ÷ the total's baseline) to its growth.
 * No contribution where that baseline is not above zero, or holds too few orders for a rate.
 */
export const changePart = {
  value: briefFigure,
  baseline: briefFigure,
  change: briefFigure,
  contribution: briefFigure,
};
