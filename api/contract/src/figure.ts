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

/**
 * One indicator with all that makes it citable. `numerator` and `denominator` where it is a ratio, in the measure's unit.
 * `value` null has a `reason`. `uncertainty` null beside a value has an `uncertaintyReason`, or none where the figure is not one of a
 * state or a headline. `definition`: its id in `GET /definitions`.
 */
export const figure = z.object({
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
});
export type Figure = z.infer<typeof figure>;

/** How sure a figure is that stands elsewhere. */
export const figureError = figure.pick({ uncertainty: true, uncertaintyReason: true });
export type FigureError = z.infer<typeof figureError>;
