import type { ConcentrationAnswer, Figure } from '@beltline/contract';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Translate } from '../../i18n/translate.ts';

/** The measures of concentration with their baselines, as rows. */
export function concentrationRows(answer: ConcentrationAnswer, numbers: NumberFormat) {
  return [
    {
      key: 'topFifth',
      definition: 'top-fifth',
      now: answer.topFifth,
      before: answer.baselineTopFifth,
      format: numbers.percent,
    },
    {
      key: 'gini',
      definition: 'gini',
      now: answer.gini,
      before: answer.baselineGini,
      format: numbers.coefficient,
    },
    { key: 'hhi', definition: 'hhi', now: answer.hhi, before: answer.baselineHhi, format: numbers.index },
  ] as const;
}

/** More or less concentrated than the baseline, as far as the shown digits tell; null without a baseline. */
export function comparedWith(now: Figure, before: Figure, format: (value: number) => string) {
  if (now.value === null || before.value === null) return null;
  if (format(now.value) === format(before.value)) return 'same' as const;
  return now.value > before.value ? ('higher' as const) : ('lower' as const);
}

/** The three measures in a sentence, and those of the baseline in another; or why there are none. */
export function concentrationSummary(
  answer: ConcentrationAnswer,
  numbers: NumberFormat,
  t: Translate,
): string {
  const of = (top: Figure, gini: Figure, hhi: Figure) =>
    hhi.value === null
      ? null
      : {
          top: top.value === null ? null : numbers.percent(top.value),
          gini: gini.value === null ? null : numbers.coefficient(gini.value),
          hhi: numbers.index(hhi.value),
        };
  const now = of(answer.topFifth, answer.gini, answer.hhi);
  if (now === null) {
    return t('concentration.none', { reason: t(`reason.${answer.hhi.reason ?? 'no-data'}`) });
  }
  const before = of(answer.baselineTopFifth, answer.baselineGini, answer.baselineHhi);
  const { top, gini, hhi } = now;
  if (gini === null) return t('concentration.summaryOne', { hhi });
  // Of fewer than five merchants a fifth is none.
  if (top === null) return t('concentration.summaryFew', { gini, hhi });
  const first = t('concentration.summary', { top, gini, hhi });
  if (before?.top == null || before.gini === null) return first;
  return t('clock.join', {
    first,
    second: t('concentration.summaryBefore', { top: before.top, gini: before.gini, hhi: before.hhi }),
  });
}
