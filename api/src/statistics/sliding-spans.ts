/**
 * Sliding spans: how much a month's season, and its change from the month before, differ between adjustments of overlapping spans of the
 * same series. Findley, Monsell, Shulman and Pugh (1990), "Sliding-spans diagnostics for seasonal and related adjustments", JASA 85, 345–355.
 */
import { at } from '../core/vector.ts';

/** A span: its first position in the series, and what adjusting it alone gave for each of its months. */
export interface Span {
  readonly start: number;
  /** Seasonal factors: value ÷ adjusted value. */
  readonly factors: readonly number[];
  readonly adjusted: readonly number[];
}

export interface SlidingSpans {
  /** Months that two spans or more have, and those of them with a month before in two. */
  readonly months: number;
  readonly changes: number;
  /** Share of those months whose factors differ by more than the limit: S(%). */
  readonly unstableFactors: number;
  /** The same of the changes of adjusted values from the month before: MM(%). */
  readonly unstableChanges: number;
}

/** A month is unstable where spans differ by more than this. */
export const UNSTABLE = 0.03;
/** Shares from which on an adjustment is not to be trusted; between the first two of factors it is doubtful. */
export const DOUBTFUL_FACTORS = 0.15;
export const BAD_FACTORS = 0.25;
export const BAD_CHANGES = 0.4;

/** Months of a span, and months between the starts of two. */
export interface SpanShape {
  readonly length: number;
  readonly step: number;
}

/** Where spans of a series start, so that the last one ends with it; at most four, as in X-12. */
export function spanStarts(months: number, { length, step }: SpanShape): number[] {
  const starts: number[] = [];
  for (let start = months - length; start >= 0 && starts.length < 4; start -= step) starts.unshift(start);
  return starts;
}

/** Null where no month is in two spans. */
export function slidingSpans(spans: readonly Span[]): SlidingSpans | null {
  const end = Math.max(0, ...spans.map(({ start, factors }) => start + factors.length));
  const factorSpreads: number[] = [];
  const changeSpreads: number[] = [];
  for (let month = 0; month < end; month++) {
    const inside = spans.filter(({ start, factors }) => month >= start && month < start + factors.length);
    const factors = inside.map(({ start, factors }) => at(factors, month - start));
    if (factors.length > 1) factorSpreads.push(Math.max(...factors) / Math.min(...factors) - 1);
    const changes = inside
      .filter(({ start }) => month > start)
      .map(({ start, adjusted }) => at(adjusted, month - start) / at(adjusted, month - start - 1) - 1);
    if (changes.length > 1) changeSpreads.push(Math.max(...changes) - Math.min(...changes));
  }
  if (factorSpreads.length === 0) return null;
  const share = (values: readonly number[]) =>
    values.filter((value) => value > UNSTABLE).length / Math.max(1, values.length);
  return {
    months: factorSpreads.length,
    changes: changeSpreads.length,
    unstableFactors: share(factorSpreads),
    unstableChanges: share(changeSpreads),
  };
}
