/** Figures of an explanation: of its period, or of a ratio between both. */
import type { ComparedMeta, Figure, Period, Reason, Span, Unit } from '@beltline/contract';
import { missing, UNSTATED } from '../../core/figure.ts';

const spanOf = ({ firstDay, lastDay }: Period): Span => ({ firstDay, lastDay });

/** A figure of one period. */
export function periodFigure(
  definition: string,
  unit: Unit,
  value: number | null,
  { period, reason = 'no-merchants' }: { period: Period | null; reason?: Reason },
): Figure {
  if (value === null || period === null)
    return missing(definition, unit, period === null ? 'no-baseline' : reason);
  return {
    value,
    unit,
    flag: period.complete ? 'final' : 'provisional',
    reason: null,
    period: spanOf(period),
    baseline: null,
    numerator: null,
    denominator: null,
    coverage: period.coverage,
    ...UNSTATED,
    definition,
  };
}

/** A figure that compares both periods; `sides` where it is a ratio of two sums, `isSmall` where its base is too small. */
export function comparedFigure(
  definition: string,
  unit: Unit,
  value: number | null,
  meta: ComparedMeta,
  {
    reason,
    sides,
    isSmall,
  }: { reason: Reason; sides?: readonly [numerator: number, denominator: number]; isSmall: boolean },
): Figure {
  if (value === null) return missing(definition, unit, reason);
  const figure = periodFigure(definition, unit, value, { period: meta.period });
  return {
    ...figure,
    flag: isSmall ? 'base-too-small' : figure.flag,
    baseline: meta.baseline && spanOf(meta.baseline),
    numerator: sides?.[0] ?? null,
    denominator: sides?.[1] ?? null,
  };
}
