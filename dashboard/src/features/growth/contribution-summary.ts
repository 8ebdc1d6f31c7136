import type { ContributionPart, ContributionsAnswer, SureFigure } from '@beltline/contract';
import { inPoints, isNoPoint } from '../../charts/in-points.ts';
import { asSureAs, growthPhrase, isSignUnsure } from '../../format/growth-label.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Locale } from '../../i18n/locale.ts';
import type { Translate } from '../../i18n/translate.ts';
import { extremes, partName } from './part-name.ts';
import type { SplitCertainty } from './useSplitCertainty.ts';

/** What a sentence that names a part adds: that its sign may be chance, or why that is not known; nothing where it is sure. */
export function chanceWords(figure: SureFigure | null, t: Translate): string {
  if (figure === null) return t('uncertainty.unknown');
  if (figure.uncertaintyReason !== null)
    return t('uncertainty.because', { reason: t(`reason.${figure.uncertaintyReason}`) });
  return isSignUnsure(figure) ? t('uncertainty.chance') : '';
}

/** The split in one sentence: the total, the part that adds most and the part that takes most. */
export function contributionSummary(
  answer: ContributionsAnswer,
  certainty: SplitCertainty | null,
  words: { numbers: NumberFormat; locale: Locale; t: Translate },
): string {
  const { numbers, locale, t } = words;
  const { gain, loss } = extremes(answer.parts, ({ contribution: { value } }) => isNoPoint(value));
  const shared = {
    comparison: t(`comparison.${answer.meta.comparison}`),
    growth: growthPhrase(asSureAs(answer.total.growth, certainty && certainty.total), numbers, t),
  };
  const named = (part: ContributionPart) => partName(part, answer.by, locale, t);
  const points = (part: ContributionPart) => numbers.signedPoints(part.contribution.value ?? 0);
  const chance = (part: ContributionPart) => chanceWords(certainty?.of(part) ?? null, t);
  if (!inPoints(answer.parts) || answer.total.growth.value === null) return t('gains.summaryNone', shared);
  if (gain === null && loss === null) return t('gains.summaryFlat', shared);
  const gained = gain && { gain: named(gain), gainPoints: points(gain), gainChance: chance(gain) };
  const lost = loss && { loss: named(loss), lossPoints: points(loss), lossChance: chance(loss) };
  if (gained && lost) return t('gains.summary', { ...shared, ...gained, ...lost });
  if (gained) return t('gains.summaryUp', { ...shared, ...gained });
  return t('gains.summaryDown', { ...shared, ...lost });
}
