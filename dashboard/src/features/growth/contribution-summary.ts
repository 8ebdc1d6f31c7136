import type { ContributionPart, ContributionsAnswer, RankingUncertaintyAnswer } from '@beltline/contract';
import { inPoints } from '../../charts/in-points.ts';
import { asSureAs, growthPhrase } from '../../format/growth-label.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Locale } from '../../i18n/locale.ts';
import type { Translate } from '../../i18n/translate.ts';
import { extremes, partName } from './part-name.ts';

/** The split in one sentence: the total, the part that adds most and the part that takes most. */
export function contributionSummary(
  answer: ContributionsAnswer,
  certainty: RankingUncertaintyAnswer | null | undefined,
  words: { numbers: NumberFormat; locale: Locale; t: Translate },
): string {
  const { numbers, locale, t } = words;
  const { gain, loss } = extremes(answer.parts);
  const shared = {
    comparison: t(`comparison.${answer.meta.comparison}`),
    growth: growthPhrase(asSureAs(answer.total.growth, certainty && certainty.total), numbers, t),
  };
  const named = (part: ContributionPart) => partName(part, answer.by, locale, t);
  const points = (part: ContributionPart) => numbers.signedPoints(part.contribution.value ?? 0);
  if (!inPoints(answer.parts) || answer.total.growth.value === null) return t('gains.summaryNone', shared);
  if (gain === null && loss === null) return t('gains.summaryFlat', shared);
  const gained = gain && { gain: named(gain), gainPoints: points(gain) };
  const lost = loss && { loss: named(loss), lossPoints: points(loss) };
  if (gained && lost) return t('gains.summary', { ...shared, ...gained, ...lost });
  if (gained) return t('gains.summaryUp', { ...shared, ...gained });
  return t('gains.summaryDown', { ...shared, ...lost });
}
