/** A figure of an owner's own: exact, or why there is none. */
import type { BenchmarkMeasure, BriefFigure } from '@beltline/contract';
import { known, unknown } from '../core/brief-figure.ts';
import { hasTooFewOrders } from '../core/ratio.ts';
import { type ComparedQuarter, measureOf, toldAs, whyNoMeasure } from './peer-measures.ts';

/** Growth whose base is that of the quarter of the year before, or a part of it. */
const ON_BASE: ReadonlySet<BenchmarkMeasure> = new Set(['growth', 'growth-aligned', 'growth-same-store']);

/** `minBase`: orders that a base needs for a rate. */
export function ownFigure(
  measure: BenchmarkMeasure,
  quarter: ComparedQuarter | null,
  minBase: number,
): BriefFigure {
  if (quarter === null) return unknown('no-data');
  const value = measureOf(measure, quarter);
  if (value === null) return unknown(whyNoMeasure(measure, quarter));
  const isSmall = hasTooFewOrders(ordersOfBase(measure, quarter), minBase);
  return known(toldAs(measure, value), 'no-data', isSmall ? 'base-too-small' : 'final');
}

function ordersOfBase(measure: BenchmarkMeasure, { before, facts: { level } }: ComparedQuarter): number {
  if (measure === 'recovery-level') return typeof level === 'string' ? Infinity : level.fewestOrders;
  return ON_BASE.has(measure) && before !== null ? before.orders : Infinity;
}
