/**
 * The one rule of every ratio and growth rate: headline, rankings, series, contributions, shares, recovery, explanations.
 *
 * - Not known (never loaded, outside the data, a part of a month): no ratio, for the reason of what is not known. Never 0.
 * - A base of 0: no ratio (`baseline-zero`); what is sold again after nothing has no rate.
 * - A base below 0 (refunds above sales): no ratio (`baseline-negative`); its sign would turn a gain into a loss.
 * - A base of too few orders: a ratio, marked as one that must not be shown as a finding (`base-too-small`).
 */
import type { BriefFigure, Flag, Reason } from '@beltline/contract';
import { known, unknown, wholeness } from './brief-figure.ts';

/** Why nothing can be divided by a base; null where it can. Null is not known. */
export function whyNoRatio(
  base: number | null,
): Extract<Reason, `baseline-${string}` | 'no-baseline'> | null {
  if (base === null || Number.isNaN(base)) return 'no-baseline';
  if (base > 0) return null;
  return base < 0 ? 'baseline-negative' : 'baseline-zero';
}

/** A part ÷ its base. Null where one of them is not known, or the base is not above 0. */
export const ratioOf = (part: number | null, base: number | null): number | null =>
  part === null || base === null || whyNoRatio(base) !== null ? null : part / base;

/** Growth as a ratio: (value − base) ÷ base. Null as above. */
export const growthOf = (value: number | null, base: number | null): number | null =>
  value === null || base === null ? null : ratioOf(value - base, base);

/**
 * A part of a change ÷ the base of the whole: what it contributes to the whole's rate. None where that rate must not be
 * shown, or there is none: a part of no finding is none either.
 */
export const contributionOf = (part: number, base: number | null, flag: Flag): BriefFigure => {
  if (flag === 'base-too-small') return unknown('too-little-data');
  return known(ratioOf(part, base), whyNoRatio(base) ?? 'no-baseline', flag);
};

/** A part of a whole as a ratio; none where one of them is not known, or the whole is not above 0. */
export const shareOf = (part: BriefFigure, whole: BriefFigure): BriefFigure =>
  known(
    ratioOf(part.value, whole.value),
    part.reason ?? whole.reason ?? whyNoRatio(whole.value) ?? 'no-baseline',
    part.flag,
  );

/** What is known of both sides, and how far to trust it. */
export interface Sides {
  readonly value: number | null;
  readonly base: number | null;
  /** Orders in the base, in whole ones; null = not known. */
  readonly baseOrders: number | null;
  readonly minBase: number;
  readonly provisional: boolean;
  /** Why the value is not known, where it is not. */
  readonly unknownBecause: Reason;
}

/** A growth rate with its flag and, where there is none, the reason. A small base is said before a provisional period. */
export function judge({ value, base, baseOrders, minBase, provisional, unknownBecause }: Sides): BriefFigure {
  if (value === null) return unknown(unknownBecause);
  const isSmall = baseOrders !== null && hasTooFewOrders(baseOrders, minBase);
  const flag = isSmall ? 'base-too-small' : wholeness(provisional);
  return known(growthOf(value, base), whyNoRatio(base) ?? 'no-baseline', flag);
}

/** The one rule of a small base; `orders` in whole ones. */
export const hasTooFewOrders = (orders: number, minBase: number): boolean => orders < minBase;
