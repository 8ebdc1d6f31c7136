import { z } from 'zod';
import { area, areaLevel } from './area.ts';
import { briefFigure, resting } from './figure.ts';
import { meta } from './indicator.ts';
import { what, which } from './question-parts.ts';
import { flowMeasure, month, reason, track, wholeNumber, wholeNumberOr } from './vocabulary.ts';

export const clockQuestion = z.strictObject({
  ...which,
  ...what,
  level: areaLevel.default('belt'),
  /** Months back from the last complete one. */
  months: wholeNumberOr(24, wholeNumber(1, 60)),
});
export type ClockQuestion = z.output<typeof clockQuestion>;

export const QUADRANTS = ['expansion', 'slowdown', 'contraction', 'recovery'] as const;
export const quadrant = z.enum(QUADRANTS);
export type Quadrant = z.infer<typeof quadrant>;

const clockPoint = z.object({
  x: z.number(),
  y: z.number(),
  quadrant,
  certainty: z.enum(['sure', 'likely']).nullable(),
  interval: z.object({ xLow: z.number(), xHigh: z.number(), yLow: z.number(), yHigh: z.number() }).nullable(),
  intervalReason: reason.nullable(),
});

/**
 * `GET /recovery/clock`: each area as a point a month. x: lunar-aligned growth over twelve months, as a ratio; y: that over the last three months
 * less x, as a ratio. Quadrants: x ≥ 0, y ≥ 0 expansion; x ≥ 0, y < 0 slowdown; x < 0, y < 0 contraction; x < 0, y ≥ 0 recovery. `certainty`: `sure`
 * where that is the quadrant with a probability of 0.95 at the least, `likely` from 0.8, null where it is undetermined. `interval`: ends of the
 * intervals of 90 %, null where nobody can tell how sure a point is, for the `intervalReason` that is given.
 */
export const clockAnswer = z.object({
  meta,
  level: areaLevel,
  track,
  measure: flowMeasure,
  months: z.array(month),
  areas: z.array(
    z.object({
      area,
      /** The area's part of the last year's total, as a ratio. */
      share: briefFigure,
      /** Why the latest month without a point has none; null where every month has one. */
      reason: reason.nullable(),
      /** One a month; null where there is none. */
      points: resting(z.array(clockPoint.nullable())),
    }),
  ),
});
export type ClockAnswer = z.infer<typeof clockAnswer>;
