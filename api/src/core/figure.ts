/** Figures that carry what makes them citable: periods, both sides of a ratio, how far they are covered. */
import {
  type Figure,
  type FlowMeasure,
  MEASURE,
  type Reason,
  type Span,
  type Unit,
} from '@beltline/contract';
import { whyNoRatio } from './ratio.ts';

/** Series keep money in hundredths and all else in units. */
export const scaleOf = (measure: FlowMeasure): number => (MEASURE[measure].unit === 'money' ? 100 : 1);

/** The uncertainty of a figure is not given, or not yet. */
export const UNSTATED = { uncertainty: null, uncertaintyReason: null } as const;

/** A figure that cannot be given, and why. */
export const missing = (definition: string, unit: Unit, reason: Reason): Figure => ({
  value: null,
  unit,
  flag: 'not-available',
  reason,
  period: null,
  baseline: null,
  numerator: null,
  denominator: null,
  coverage: 0,
  ...UNSTATED,
  definition,
});

interface Ratio {
  readonly definition: string;
  readonly unit: Unit;
  readonly numerator: number;
  readonly denominator: number;
  /** What is made of numerator ÷ denominator. */
  readonly value: (ratio: number) => number;
  readonly period: Span;
  readonly baseline: Span | null;
  readonly coverage: number;
  /** What is not covered will never be: days without a counterpart. Else a figure that covers less than all is provisional. */
  readonly isFinal?: boolean;
  /** The baseline holds fewer orders than the set size. */
  readonly baseTooSmall?: boolean;
}

/** A ratio with both its sides; without a value where the denominator is not above zero. */
export function figureOf(ratio: Ratio): Figure {
  const { definition, unit, numerator, denominator, period, baseline, coverage } = ratio;
  const sides = { unit, period, baseline, numerator, denominator, coverage, ...UNSTATED, definition };
  const reason = whyNoRatio(denominator);
  if (reason !== null) return { ...sides, value: null, flag: 'not-available', reason };
  const whole = coverage < 1 && !ratio.isFinal ? 'provisional' : 'final';
  return {
    ...sides,
    value: ratio.value(numerator / denominator),
    flag: ratio.baseTooSmall ? 'base-too-small' : whole,
    reason: null,
  };
}
