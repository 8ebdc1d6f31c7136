import type { Comparison, Reason, Unit } from '@beltline/contract';
import { isNoPoint } from '../../charts/in-points.ts';
import type { WaterfallPart } from '../../charts/waterfall-option.ts';
import { type GrowthFacts, growthPhrase } from '../../format/growth-label.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Translate } from '../../i18n/translate.ts';
import { chanceWords } from '../growth/contribution-summary.ts';

/** A part's size in words: percentage points where there are any, else the change in money. */
export function partSize(
  part: { change: number; contribution: number | null },
  unit: Unit,
  numbers: NumberFormat,
  t: Translate,
): string {
  return part.contribution === null
    ? numbers.signed(part.change, unit)
    : t('why.pointsOf', { points: numbers.signedPoints(part.contribution) });
}

/** The same with what it adds where chance may have given the sign. A change in money, over a base too small for a rate, says that already. */
const saidSize = (part: WaterfallPart, unit: Unit, numbers: NumberFormat, t: Translate): string =>
  partSize(part, unit, numbers, t) + (part.contribution === null ? '' : chanceWords(part.sure, t));

/** A split in one sentence: the total, the part that adds most and the part that takes most. */
export function changeSummary(
  split: {
    parts: readonly WaterfallPart[];
    /** The growth of the whole; null where nothing can be split. */
    growth: GrowthFacts | null;
    reason: Reason | null;
    comparison: Comparison;
    unit: Unit;
  },
  { numbers, t }: { numbers: NumberFormat; t: Translate },
): string {
  const { growth, reason, unit } = split;
  const comparison = t(`comparison.${split.comparison}`);
  const bySize = [...split.parts].sort((a, b) => b.change - a.change);
  const first = bySize[0];
  const last = bySize.at(-1);
  const gain = first && first.change > 0 && !isNoPoint(first.contribution) ? first : null;
  const loss = last && last.change < 0 && !isNoPoint(last.contribution) ? last : null;
  if (growth?.value == null)
    return t('why.summaryNone', { comparison, reason: t(`reason.${reason ?? growth?.reason ?? 'no-data'}`) });
  const shared = { comparison, growth: growthPhrase(growth, numbers, t) };
  if (gain === null && loss === null) return t('why.summaryFlat', shared);
  const gained = gain && { gain: gain.name, gainChange: saidSize(gain, unit, numbers, t) };
  const lost = loss && { loss: loss.name, lossChange: saidSize(loss, unit, numbers, t) };
  if (gained && lost) return t('why.summary', { ...shared, ...gained, ...lost });
  return gained ? t('why.summaryUp', { ...shared, ...gained }) : t('why.summaryDown', { ...shared, ...lost });
}
