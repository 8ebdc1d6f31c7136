import type { ComparedValue, GrowthByBeltAnswer } from '@beltline/contract';
import { growthPhrase } from '../../format/growth-label.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import { pick, type Locale } from '../../i18n/locale.ts';
import type { Names } from '../../i18n/names.ts';
import type { Translate } from '../../i18n/translate.ts';

/** The ranking in one sentence: how many belts, their total, and the one that stands first. */
export function rankingSummary(
  answer: GrowthByBeltAnswer,
  words: { numbers: NumberFormat; names: Names; locale: Locale; t: Translate },
): string {
  const { numbers, names, locale, t } = words;
  const first = answer.rows[0];
  if (!first) return '';
  if (answer.total.value.value === null) {
    const reason = t(`reason.${answer.total.value.reason ?? 'no-data'}`);
    return t('ranking.summaryNone', { count: answer.count, reason });
  }
  const value = ({ value: { value }, unit }: ComparedValue) =>
    value === null ? t('reason.no-data') : numbers.compact(value, unit);
  return t('ranking.summary', {
    count: answer.count,
    area: answer.area.level === 'nation' ? t('area.nation') : names.area(answer.area),
    value: value(answer.total),
    comparison: t(`comparison.${answer.meta.comparison}`),
    growth: growthPhrase(answer.total.growth, numbers, t),
    name: pick(first.belt.name, locale),
    first: value(first.compared),
    firstGrowth: growthPhrase(first.compared.growth, numbers, t),
  });
}
