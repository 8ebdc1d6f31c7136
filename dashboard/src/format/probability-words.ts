import type { RecoveryState } from '@beltline/contract';
import type { Translate } from '../i18n/translate.ts';
import type { NumberFormat } from './number-format.ts';

/** How often the same state would be found: "sure, 98 %"; of an undetermined one which it most probably is. A dash where nobody can tell. */
export function probabilityWords(
  { certainty, mostProbable, probability }: RecoveryState,
  numbers: NumberFormat,
  t: Translate,
): string {
  if (probability === null || mostProbable === null) return '–';
  const share = numbers.probability(probability);
  if (certainty !== null) return t('certainty.of', { certainty: t(`certainty.${certainty}`), share });
  return t('certainty.mostProbable', { state: t(`state.${mostProbable}`), share });
}
