import type {
  ConcentrationAnswer,
  ConcentrationUncertaintyAnswer,
  Figure,
  SureFigure,
} from '@beltline/contract';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Translate } from '../../i18n/translate.ts';

/** The measures of concentration with their baselines, as rows, and how sure they and the difference are (null: not known yet). */
export function concentrationRows(
  answer: ConcentrationAnswer,
  certainty: ConcentrationUncertaintyAnswer | null,
  numbers: NumberFormat,
) {
  return [
    {
      key: 'topFifth',
      definition: 'top-fifth',
      now: answer.topFifth,
      before: answer.baselineTopFifth,
      ...surely(certainty, 'topFifth', 'baselineTopFifth', 'topFifthChange'),
      format: numbers.percent,
    },
    {
      key: 'gini',
      definition: 'gini',
      now: answer.gini,
      before: answer.baselineGini,
      ...surely(certainty, 'gini', 'baselineGini', 'giniChange'),
      format: numbers.coefficient,
    },
    {
      key: 'hhi',
      definition: 'hhi',
      now: answer.hhi,
      before: answer.baselineHhi,
      ...surely(certainty, 'hhi', 'baselineHhi', 'hhiChange'),
      format: numbers.index,
    },
  ] as const;
}

type SureKey = Exclude<keyof ConcentrationUncertaintyAnswer, 'meta' | 'area' | 'track'>;
const surely = (
  certainty: ConcentrationUncertaintyAnswer | null,
  now: SureKey,
  before: SureKey,
  change: SureKey,
) => ({
  sureNow: certainty?.[now] ?? null,
  sureBefore: certainty?.[before] ?? null,
  sureChange: certainty?.[change] ?? null,
});

/**
 * More or less concentrated than the baseline, as far as the shown digits tell and chance can be ruled out: `unsure` where it cannot, `unknown` where that is
 * not known (yet), or cannot be; null without a baseline.
 */
export function comparedWith(
  now: Figure,
  before: Figure,
  sureChange: SureFigure | null,
  format: (value: number) => string,
) {
  if (now.value === null || before.value === null) return null;
  if (format(now.value) === format(before.value)) return 'same' as const;
  const uncertainty = sureChange?.uncertainty ?? null;
  if (uncertainty === null) return 'unknown' as const;
  if (uncertainty.low < 0 && uncertainty.high > 0) return 'unsure' as const;
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
  return t('chart.join', {
    first,
    second: t('concentration.summaryBefore', { top: before.top, gini: before.gini, hhi: before.hhi }),
  });
}
