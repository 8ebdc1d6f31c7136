import type { FestivalAnswer } from '@beltline/contract';
import type { DateFormat } from '../../format/date-format.ts';
import { growthPhrase, unsure } from '../../format/growth-label.ts';
import type { NumberFormat } from '../../format/number-format.ts';
import type { Translate } from '../../i18n/translate.ts';

/** The newest window against the one before, that before it, and what is not loaded of it. */
export function festivalSummary(
  { years, window }: FestivalAnswer,
  { numbers, dates, t }: { numbers: NumberFormat; dates: DateFormat; t: Translate },
): string {
  const latest = years.at(-1);
  if (!latest) return t('festival.none');
  const phrase = (year: FestivalAnswer['years'][number]) => growthPhrase(unsure(year.growth), numbers, t);
  const sentences = [
    t('festival.summary', {
      year: latest.year,
      newYear: dates.day(latest.newYear),
      before: window.before,
      after: window.after,
      growth: phrase(latest),
    }),
  ];
  const { coverage } = latest.growth;
  if (latest.growth.value !== null && coverage < 1)
    sentences.push(t('festival.summaryPart', { year: latest.year, coverage: numbers.percent(coverage) }));
  const before = years.at(-2);
  if (before?.growth.value != null)
    sentences.push(t('festival.summaryBefore', { year: before.year, growth: phrase(before) }));
  return sentences.reduce((first, second) => t('recovery.join', { first, second }));
}
